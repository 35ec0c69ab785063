"""The nights of one month as rows, under the row of all of them together."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTreeView

from desktop.domain.nights import Counts, Night
from desktop.domain.outreach import DAY_ROLLS_AT
from desktop.services.nights import MonthPage
from i18n import formats, ntr, tr
from ui import style
from ui.night_words import hours_words

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_HIGH = 300
_NUMBERS = 2
"""The first column of a number."""


class MonthModel(QAbstractTableModel):
    """Shows the nights it was given. It fetches nothing."""

    def __init__(self) -> None:
        """Be empty."""
        super().__init__()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._heads = (
            tr("Date"), tr("Place"), tr("Met"), tr("Talks"), tr("Items"), tr("Linked"),
            tr("Time out"),
        )  # fmt: skip

    def show_page(self, page: MonthPage) -> None:
        """Show a month."""
        self.beginResetModel()
        each = (_row(_night(n), n.outreach.place, n.counts) for n in page.nights)
        whole = ntr("{n} night", "{n} nights", page.total.nights)
        self._rows = (_row(tr("The whole month"), whole, page.total), *each) if page.nights else ()
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, _: _Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return len(self._heads)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name of a column."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        is_name = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return self._heads[section] if is_name else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one cell; to a screen reader the first says all of its row."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            numbers = (
                f"{head} {cell}"
                for head, cell in zip(self._heads[_NUMBERS:], row[_NUMBERS:], strict=True)
            )
            return ", ".join((*row[:_NUMBERS], *numbers))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row[index.column()]
        return None


class MonthList(QTreeView):
    """Read and chosen with the arrow keys; Tab leaves it."""

    def __init__(self) -> None:
        """Show no night yet."""
        super().__init__()
        self.nights = MonthModel()
        self.setObjectName("month-list")
        self.setAccessibleName(tr("Nights of the month, newest first"))
        self.setModel(self.nights)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)

    def show_page(self, page: MonthPage) -> None:
        """Show a month, as high as its nights are many, with all of it chosen."""
        self.nights.show_page(page)
        rows = self.nights.rowCount() * max(self.sizeHintForRow(0), 1)
        self.setFixedHeight(
            min(rows + self.header().sizeHint().height() + 12, style.scaled(_HIGH))
        )
        self.setVisible(bool(page.nights))
        if page.nights:
            self.setCurrentIndex(self.nights.index(0, 0))


def _side(column: int) -> Qt.AlignmentFlag:
    """Numbers stand at the right, so that their digits are below each other."""
    is_number = column >= _NUMBERS
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _night(night: Night) -> str:
    day = formats.day(night.outreach.started_at - DAY_ROLLS_AT)
    return f"{day} *" if night.was_forgotten else day


def _row(name: str, place: str, counts: Counts) -> tuple[str, ...]:
    numbers = (counts.met, counts.counseled, counts.given(), counts.referrals)
    return name, place, *map(formats.number, numbers), hours_words(counts.out)
