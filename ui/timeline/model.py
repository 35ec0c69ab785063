"""What happened as rows under the heads of its nights."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.domain.timeline import Event
from i18n import formats
from ui.timeline import words

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the column; the head of a night has a title alone."""

    title: str
    time: str = ""
    detail: str = ""
    icon: str = ""
    tone: str = "text2"
    event: Event | None = None

    @property
    def is_head(self) -> bool:
        """Whether it is the name of a night."""
        return self.event is None

    def spoken(self) -> str:
        """Return what a screen reader says."""
        return ", ".join(part for part in (self.time, self.title, self.detail) if part)


class TimelineModel(QAbstractListModel):
    """Shows the rows it was given. It fetches nothing."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.rows: list[Row] = []
        self._night: date | None = None

    def clear(self) -> None:
        """Show nothing any more."""
        self.beginResetModel()
        self.rows, self._night = [], None
        self.endResetModel()

    def add(self, events: tuple[Event, ...]) -> None:
        """Show what comes next, under the head of its night."""
        rows = list(self._rows_of(events))
        if rows:
            self.beginInsertRows(_ROOT, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row itself, or its words."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return row.spoken() if role in (*spoken, Qt.ItemDataRole.ToolTipRole) else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let heads be passed over."""
        if self.rows[index.row()].is_head:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def _rows_of(self, events: tuple[Event, ...]) -> list[Row]:
        rows = []
        for event in events:
            if event.day() != self._night:
                self._night = event.day()
                rows.append(Row(words.day_title(event)))
            rows.append(_row(event))
        return rows


def _row(event: Event) -> Row:
    return Row(
        words.title(event),
        formats.clock(event.at),
        words.detail(event),
        words.ICONS[event.kind],
        words.tone(event),
        event,
    )
