"""Where the keyboard is while something is done with a case: a second Space never meets a deed."""

from PySide6.QtWidgets import QWidget

from ui.inbox.answering import AnswerCard
from ui.inbox.deciding import DecisionCard
from ui.widgets.buttons import Button


class CaseFocus:
    """Qt goes on to the next button when one is disabled or hidden; this waits on the case."""

    def __init__(self, case: QWidget, decisions: DecisionCard, answer: AnswerCard) -> None:
        """Hold nothing yet; `case` takes no key itself."""
        self._case, self._decisions, self._answer = case, decisions, answer
        self._pressed: Button | None = None

    def inside(self) -> QWidget | None:
        """Return what of the case has the focus, if anything has."""
        held = self._case.window().focusWidget()
        return held if self._case.isAncestorOf(held) else None

    def wait(self) -> None:
        """Wait on the case until what was pressed is done; words go on being typed."""
        held = self.inside()
        if isinstance(held, Button):
            self._pressed = held
            self._case.setFocus()

    def go_on(self, *, is_done: bool) -> None:
        """Give the focus back, if nobody moved it: to the words, or to what has to be tried again.

        After a deed that `is_done` it stays: Tab leads from there to what can be done now.
        """
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._case.window().focusWidget() is not self._case:
            return
        if self._answer.isAncestorOf(pressed):
            self._answer.words.setFocus()
        elif not is_done:
            (self._decisions.field() or pressed).setFocus()

    def to_words(self) -> None:
        """Go to where words are written: what was to be sent can be sent again."""
        (self._decisions.field() or self._answer.words).setFocus()

    def stay(self, held: QWidget | None) -> None:
        """Stay on the case where what had the focus is not shown any more."""
        if held is not None and not held.isVisibleTo(self._case):
            self._case.setFocus()
