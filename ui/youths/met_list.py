"""The young people met tonight, newest first."""

from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from desktop.domain.ids import MeetingId
from desktop.services.outreach import Met
from i18n import tr
from ui.widgets.labels import text, wrapped
from ui.widgets.still_list import StillList
from ui.youths.delegate import MetDelegate
from ui.youths.model import MetModel


class MetList(QWidget):
    """Choosing a row, by click or arrow key, opens that meeting."""

    row_chosen = Signal(object, object)

    def __init__(self) -> None:
        """Lay out a head, the list, and words for when it is empty."""
        super().__init__()
        self._model, self._delegate = MetModel(), MetDelegate()
        self.view = StillList()
        self.view.setObjectName("met_list")
        self.view.setAccessibleName(tr("Young people met tonight"))
        self.view.setStyleSheet("QListView:focus { border: none; }")  # the row shows the focus
        self.view.setModel(self._model)
        self.view.setItemDelegate(self._delegate)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._count = text("", "caption", "text2")
        self._nobody = wrapped(tr("Nobody yet. Ctrl+N when you meet someone."), "body", "text3")
        self._nobody.setContentsMargins(10, 0, 10, 0)
        self._lay_out()
        self.view.row_chosen.connect(self._on_row_chosen)

    def show_met(self, met: tuple[Met, ...], chosen: MeetingId | None, now: datetime) -> None:
        """Show these as they stand now, with `chosen` still chosen."""
        self._is_ours = True
        self._model.show(met, now)
        self.select(chosen)
        self._count.setText(str(len(met)) if met else "")
        self.view.setVisible(bool(met))
        self._nobody.setVisible(not met)

    def select(self, meeting: MeetingId | None) -> None:
        """Show a meeting as chosen without opening it."""
        row = self._model.row_of(meeting)
        index = QModelIndex() if row is None else self._model.index(row)
        self._is_ours = True
        self.view.setCurrentIndex(index)
        self._is_ours = False

    def _lay_out(self) -> None:
        self._is_ours = False
        head, column = QHBoxLayout(), QVBoxLayout(self)
        head.setSpacing(6)
        head.setContentsMargins(10, 0, 10, 0)
        head.addWidget(text(tr("Met tonight"), "body", weight="semibold"))
        head.addWidget(self._count)
        head.addStretch()
        head.addWidget(text(tr("Newest first"), "caption", "text3"))
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self._nobody, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch(0)

    @Slot(QModelIndex)
    def _on_row_chosen(self, row: QModelIndex) -> None:
        met = row.data(Qt.ItemDataRole.UserRole)
        if isinstance(met, Met) and not self._is_ours:
            self.row_chosen.emit(met.youth.id, met.meeting.id)
