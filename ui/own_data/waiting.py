"""What waits for an answer, whosever it is: the most urgent first."""

from datetime import datetime

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import YouthId
from desktop.services.own_data import SHOWN, Waiting
from i18n import formats, tr
from ui.request_words import days_words, wish_words
from ui.widgets.labels import text, wrapped
from ui.widgets.rows import Columns, RowList

_HIGH = 132


class WaitingPart(QWidget):
    """Enter, or two presses, on a line opens that young person's page."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.found: tuple[Waiting, ...] = ()
        title = tr("Waiting for an answer")
        self.list = RowList(title, Columns(3, stretched=1), _HIGH)
        self.list.setObjectName("own-data-waiting")
        self.note = wrapped("", "caption", "text3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (text(title, "body", weight="semibold"), self.list, self.note):
            column.addWidget(part)
        self.list.activated.connect(self._on_activated)

    def show_waiting(self, found: tuple[Waiting, ...], now: datetime) -> None:
        """Show these, with the days that are left."""
        self.found = found
        cells = tuple(
            (each.youth.alias, wish_words(each.request.wish), days_words(each.days_left))
            for each in found
        )
        self.list.show_rows(cells)
        self.list.setVisible(bool(found))
        self.note.setText(_note(len(found), now))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        youth: YouthId = self.found[index.row()].youth.id
        self.chosen.emit(youth)


def _note(count: int, now: datetime) -> str:
    if not count:
        return tr("Nothing waits, as of {day}.", day=formats.full_day(now))
    if count >= SHOWN:
        return tr("These are the {n} most urgent ones. Enter opens somebody's page.", n=SHOWN)
    return tr("An answer is due within ten days. Enter opens somebody's page.")
