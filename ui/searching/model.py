"""What was found, as rows under their heads."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.domain.agencies import Agency
from desktop.domain.ids import AgencyId, MeetingId, YouthId
from desktop.domain.youths import Youth
from desktop.services.search import FoundNote, Results
from i18n import formats, tr
from ui.people import age_words
from ui.searching.actions import Action

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Kind(Enum):
    """What a row is."""

    HEAD = auto()
    YOUTH = auto()
    NOTE = auto()
    AGENCY = auto()
    ACTION = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One row; the match stands between what is before and after it."""

    kind: Kind
    title: str
    icon: str = ""
    context: tuple[str, str, str] = ("", "", "")
    aside: str = ""
    person: tuple[YouthId, MeetingId | None] | None = None
    action: str = ""
    agency: AgencyId | None = None


def rows_of(found: Results, actions: tuple[Action, ...]) -> tuple[Row, ...]:
    """Put what was found under heads; an empty part has none."""
    youths = tuple(_youth_row(youth) for youth in found.youths)
    alike = tuple(_youth_row(youth) for youth in found.alike)
    notes = tuple(_note_row(note) for note in found.notes)
    doing = tuple(
        Row(Kind.ACTION, action.words, action.icon, aside=action.keys, action=action.key)
        for action in actions
    )
    parts = (
        (tr("Young people"), youths),
        (tr("Almost the same alias"), alike),
        (tr("Notes"), notes),
        (tr("Agencies"), tuple(_agency_row(agency) for agency in found.agencies)),
        (tr("Actions"), doing),
    )
    return tuple(row for name, rows in parts if rows for row in (Row(Kind.HEAD, name), *rows))


def _youth_row(youth: Youth) -> Row:
    return Row(
        Kind.YOUTH,
        youth.alias,
        "user-round",
        (age_words(youth.age), "", ""),
        tr("First met {day}", day=formats.short_day(youth.met_first)),
        (youth.id, None),
    )


def _note_row(note: FoundNote) -> Row:
    context = tuple(" ".join(part.split("\n")) for part in (note.before, note.match, note.after))
    return Row(
        Kind.NOTE,
        note.alias,
        "file-text",
        (context[0], context[1], context[2]),
        formats.short_day(note.met_at),
        (note.youth_id, note.meeting_id),
    )


def _agency_row(agency: Agency) -> Row:
    context = (agency.address, "", "")
    return Row(Kind.AGENCY, agency.name, "building-2", context, agency.phone, agency=agency.id)


class FoundModel(QAbstractListModel):
    """Shows rows it was given."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def next_choice(self, start: int, step: int) -> int | None:
        """Return the next row that can be chosen, going round at the ends."""
        count = len(self._rows)
        for n in range(1, count + 1):
            row = (start + n * step) % count
            if self._rows[row].kind is not Kind.HEAD:
                return row
        return None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let heads be seen but not chosen."""
        if index.isValid() and self._rows[index.row()].kind is Kind.HEAD:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt should draw or read aloud."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (row.title, "".join(row.context).strip(), row.aside)
                return ", ".join(part for part in parts if part)
            case _:
                return None
