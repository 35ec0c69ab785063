"""How the line is and what waits to go: on the strip, and on a page that covers it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from i18n import ntr, tr
from ui.syncing.words import LineWords
from ui.widgets.buttons import Button
from ui.widgets.labels import repaint

if TYPE_CHECKING:
    from desktop.services.exchange import LineState


class LinePill(Button):
    """The state of the line: an icon and a few words. A press tells more."""

    said = Signal(object)

    def __init__(self, pressed: Callable[[], object]) -> None:
        """Say nothing yet."""
        super().__init__(" ", "line", "cloud", "text2", pressed)
        self.setObjectName("status-line")
        self.shown: LineWords | None = None

    def show_words(self, words: LineWords) -> None:
        """Say how the line is; the reason is one look away."""
        self.shown = words
        self._colour = "text2" if words.tone == "neutral" else f"{words.tone}_text"
        self.say(words.short)
        self.show_icon(words.icon)
        self.setToolTip(words.why)
        self.setAccessibleDescription(words.why)
        repaint(self, notice=words.tone)
        self.said.emit(words)

    def show_same(self, other: "LinePill") -> None:
        """Say what another one says, now and from now on."""
        if other.shown is not None:
            self.show_words(other.shown)
        other.said.connect(self.show_words)


class WaitingButton(Button):
    """How much waits to go, how much stays here, and first of all how much was not taken."""

    counted = Signal(int, int, int)

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__(" ", "quiet", "inbox")
        self.setObjectName("status-outbox")
        self.sized("small")
        self._counts = (0, 0, 0)

    def show_line(self, line: "LineState") -> None:
        """Say it all."""
        self.show_counts(line.waiting, line.refused, line.held)

    def show_count(self, waiting: int) -> None:
        """Say how much waits; the rest stays what it was."""
        self.show_counts(waiting, *self._counts[1:])

    def show_counts(self, waiting: int, refused: int, held: int) -> None:
        """Say each that is not nothing."""
        self._counts = (waiting, refused, held)
        self.say(_waiting_words(waiting, refused, held))
        self.show_icon("circle-alert" if refused else "inbox")
        repaint(self, kind="danger" if refused else "quiet")
        self.counted.emit(waiting, refused, held)

    def show_same(self, other: "WaitingButton") -> None:
        """Say what another one says, now and from now on."""
        self.show_counts(*other._counts)
        other.counted.connect(self.show_counts)


def signs_like(pill: LinePill, waiting_button: WaitingButton) -> tuple[Button, ...]:
    """Return two that say what the strip's say, and lead to the same."""
    line, waiting = LinePill(pill.click), WaitingButton()
    line.setObjectName("page-line")
    waiting.setObjectName("page-outbox")
    line.show_same(pill)
    waiting.show_same(waiting_button)
    waiting.clicked.connect(waiting_button.click)
    return line, waiting


def _waiting_words(waiting: int, refused: int, held: int) -> str:
    counted = (
        (waiting, ntr("{n} thing to send", "{n} things to send", waiting)),
        (refused, ntr("{n} was not taken", "{n} were not taken", refused)),
        (held, ntr("{n} stays here", "{n} stay here", held)),
    )
    return " · ".join(words for count, words in counted if count) or tr("Nothing to send")
