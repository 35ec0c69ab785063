"""What can be done with the row that is chosen: open it, end it, or put it off."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.promises import Outcome, Snooze
from i18n import tr
from ui.promises import words
from ui.widgets.buttons import Button
from ui.widgets.labels import text


class Acting(QWidget):
    """Two lines of buttons under the list; hidden while nothing is chosen."""

    opened = Signal()
    ended = Signal(object)
    put_off = Signal(object)

    def __init__(self) -> None:
        """Be hidden."""
        super().__init__()
        kept, off = partial(self._end, Outcome.KEPT), partial(self._end, Outcome.OFF)
        self.done_button = Button(tr("It is done"), "soft", "check", pressed=kept).sized("small")
        self.open_button = Button(tr("Open"), "quiet", pressed=self.opened.emit).sized("small")
        self.off_button = Button(tr("Not needed"), "quiet", pressed=off).sized("small")
        named = {"done": self.done_button, "open": self.open_button, "off": self.off_button}
        for name, button in named.items():
            button.setObjectName(f"promise-{name}")
        self.later = {
            until: Button(
                words.short_snooze(until), "plain", pressed=partial(self._put_off, until)
            ).sized("small")
            for until in Snooze
        }
        for until, button in self.later.items():
            button.setObjectName(f"promise-{until.value}")
            button.setToolTip(words.snooze_words(until))
            button.setAccessibleName(f"{tr('Put off')}: {words.snooze_words(until)}")
        self._laters = QWidget()
        self._lay_out()
        self.hide()

    def offer(self, *, is_promise: bool, is_tonight_there: bool) -> None:
        """Show what can be done; late in a night there is no later tonight."""
        for part in (self.done_button, self.off_button, self._laters):
            part.setVisible(is_promise)
        self.later[Snooze.TONIGHT].setVisible(is_tonight_there)
        self.show()

    def _end(self, outcome: Outcome) -> None:
        self.ended.emit(outcome)

    def _put_off(self, until: Snooze) -> None:
        self.put_off.emit(until)

    def _lay_out(self) -> None:
        ends, laters = QHBoxLayout(), QHBoxLayout()
        inside, column = QVBoxLayout(self._laters), QVBoxLayout(self)
        for row in (ends, laters):
            row.setSpacing(4)
        ends.addWidget(self.done_button, 1)
        ends.addWidget(self.open_button)
        ends.addWidget(self.off_button)
        for button in self.later.values():
            laters.addWidget(button, 1)
        for box in (inside, column):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(4)
        inside.addWidget(text(tr("Put off"), "caption", "text3", "semibold"))
        inside.addLayout(laters)
        column.addLayout(ends)
        column.addWidget(self._laters)
