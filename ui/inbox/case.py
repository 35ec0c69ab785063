"""One case: what must not be overlooked first, then what is asked, then what can be done."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Deed, Received
from desktop.services.agency_keys import KeyChange
from ui.inbox.answering import AnswerCard
from ui.inbox.deciding import DecisionCard
from ui.inbox.facts import FactsCard, WordsCard
from ui.inbox.focus import CaseFocus
from ui.inbox.handing import HandingCard
from ui.inbox.keeping_part import KeepingPart
from ui.inbox.key import KeyPart
from ui.inbox.late import LateCard
from ui.inbox.notices import CaseNotices
from ui.inbox.told import ToldCard
from ui.inbox.unsent import UnsentCard
from ui.tasks import Tasks


class CasePart(QWidget):
    """Shows what `Received` allows; emits what somebody wants done."""

    typed = Signal()

    def __init__(self, tasks: Tasks) -> None:
        """Lay out everything, hidden until it has something to show."""
        super().__init__()
        self.shown: ReferralId | None = None
        self.notices = CaseNotices()
        self.facts, self.words = FactsCard(), WordsCard()
        self.decisions, self.answer = DecisionCard(), AnswerCard()
        self.handing, self.told, self.key = HandingCard(tasks), ToldCard(), KeyPart()
        self.keeping, self.late, self.unsent = KeepingPart(), LateCard(), UnsentCard()
        self._focus = CaseFocus(self, self.decisions, self.answer)
        self._opened: QWidget = self.decisions
        # Once what opened has been given its room.
        self._show_opened = QTimer(self, singleShot=True, interval=0)
        self._show_opened.timeout.connect(self._scroll_to_opened)
        self._lay_out()
        self.key.compared.connect(self._focus.to_words)
        self.late.wanted.connect(self._on_wanted)
        self.decisions.typed.connect(self.typed)
        self.answer.typed.connect(self.typed)
        self.unsent.let_go.connect(self._on_let_go)
        self.handing.grown.connect(partial(self._reveal, self.handing))

    def show_case(self, case: Received, now: datetime) -> None:
        """Show a case; where it is the one shown before, what is being typed stays."""
        # What is gone takes with it whatever was being typed about it.
        is_shown = case.id == self.shown
        is_same = is_shown and case.glimpse is not None
        self.shown = case.id
        held = self._focus.inside()
        self.notices.show_case(case, now)
        if not is_shown:
            self.clear_wrong()
        self.late.show_case(case)
        self.facts.show_case(case, now)
        self.words.show_case(case)
        self.decisions.show_case(case, is_same=is_same)
        self.answer.show_case(case, now, is_same=is_same)
        self.unsent.show_case(case, self.typed_words(), is_same=is_same)
        self.handing.show_case(case, is_same=is_same)
        self.told.show_case(case)
        self.keeping.show_case(case, is_same=is_shown)
        if not is_same:
            self.key.hide()
            self._area.verticalScrollBar().setValue(0)
        self._focus.stay(held)

    def fill_anew(self) -> None:
        """Fill the fields from what is kept when a case is shown next, even the same one."""
        self.shown = None

    def typed_words(self) -> dict[str, str]:
        """Return everything that stands in the fields."""
        return {**self.decisions.words(), **self.answer.typed_words()}

    def be_busy(self, *, is_busy: bool, is_done: bool = False) -> None:
        """Take no second press before the first is done, and then say whether it `is_done`."""
        if is_busy:
            self._focus.wait()
        self.decisions.be_busy(is_busy=is_busy)
        self.answer.be_busy(is_busy=is_busy)
        self.late.be_busy(is_busy=is_busy)
        self.keeping.be_busy(is_busy=is_busy)
        self.handing.be_busy(is_busy=is_busy)
        if not is_busy:
            self._focus.go_on(is_done=is_done)

    def clear_wrong(self) -> None:
        """Say nowhere that something went wrong."""
        for part in (self.decisions, self.answer, self.keeping, self.late):
            part.say_wrong("")
        self.say_undone("")

    def say_undecided(self, words: str) -> None:
        """Say why a decision came to nothing: in its second step, or beside what was pressed."""
        self.decisions.say_wrong(words)
        self.say_undone(words if not self.decisions.ways.isHidden() else "")

    def say_undone(self, words: str) -> None:
        """Say that nothing came of what was pressed, and why; with "" that nothing is wrong."""
        self.notices.say_undone(words)

    @Slot()
    def _on_let_go(self) -> None:
        for field in self.unsent.fields:
            if field in set(Deed):
                self.decisions.done(Deed(field))
            else:
                self.answer.let_go()
        self.typed.emit()

    def show_key(self, change: KeyChange) -> None:
        """Ask somebody to compare another key, where it can be seen."""
        self.key.show_change(change)
        self._reveal(self.key)

    @Slot(object)
    def _on_wanted(self, deed: Deed) -> None:
        self.decisions.ask(deed)
        self._reveal(self.decisions)

    def _reveal(self, part: QWidget) -> None:
        self._opened = part
        self._show_opened.start()

    @Slot()
    def _scroll_to_opened(self) -> None:
        self._area.ensureWidgetVisible(self._opened)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("clear", "true")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 16, 12, 16)
        column.setSpacing(12)
        says = self.notices
        for part in (
            says.guardian, says.law, says.gone, self.keeping, self.late, says.elsewhere,
            says.untaken, says.owed, self.key, self.unsent, self.facts, says.undone,
            self.decisions, says.waiting, self.words, self.answer, self.told, self.handing,
        ):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
