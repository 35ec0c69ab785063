"""Tonight's young people as rows."""

from datetime import UTC, datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.domain.ids import MeetingId
from desktop.services.outreach import Met
from i18n import formats, tr
from ui.people import age_words, risk_words
from ui.youths.badges import badge

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
MET = Qt.ItemDataRole.UserRole


class MetModel(QAbstractListModel):
    """Shows the meetings it was given. It fetches nothing and changes nothing."""

    def __init__(self) -> None:
        """Start with nobody."""
        super().__init__()
        self._met: tuple[Met, ...] = ()
        self._now = datetime.min.replace(tzinfo=UTC)

    def show(self, met: tuple[Met, ...], now: datetime) -> None:
        """Replace what is shown; rows stay in place when the same people are shown again."""
        self._now = now
        if [m.meeting.id for m in met] == [m.meeting.id for m in self._met]:
            self._met = met
            if met:
                self.dataChanged.emit(self.index(0), self.index(len(met) - 1))
            return
        self.beginResetModel()
        self._met = met
        self.endResetModel()

    def row_of(self, meeting: MeetingId | None) -> int | None:
        """Return where a meeting stands."""
        found = (n for n, met in enumerate(self._met) if met.meeting.id == meeting)
        return next(found, None)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._met)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt should draw or read aloud."""
        if not index.isValid():
            return None
        met = self._met[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return met
            case Qt.ItemDataRole.DecorationRole:
                return badge(met, self._now)
            case Qt.ItemDataRole.DisplayRole:
                return met.youth.alias
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return _spoken(met, self._now)
            case _:
                return None


def _spoken(met: Met, now: datetime) -> str:
    """Say a row in one breath, as a screen reader does."""
    parts = (
        met.youth.alias,
        age_words(met.youth.age),
        formats.clock(met.meeting.met_at),
        met.meeting.place,
        risk_words(met.risk),
        badge(met, now).text,
        tr("Given: {things}", things=met.jotting.given)
        if met.jotting and met.jotting.given
        else "",
    )
    return ", ".join(part for part in parts if part)
