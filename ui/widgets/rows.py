"""Rows to read: any number of them, with or without names above, each read out as one sentence."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTreeView

from ui import style

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
Cells = tuple[str, ...]
_WORDS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)})
_SIDE = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_MEASURED, _NARROWEST = 24, 40
"""Rows that say how wide a column is: measuring hundreds takes longer than drawing them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands beside what."""

    count: int
    heads: Cells = ()
    """Their names; without any, there is no line above the rows."""
    words: int = 0
    """So many columns, from the first, hold words; the others hold numbers. 0: all hold words."""
    stretched: int = -1
    """Which column takes the room that is left."""
    between: str = ". "
    """What is said between two cells."""

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Return where a cell stands: numbers at the right, with their digits below each other."""
        is_number = 0 < self.words <= column
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def spoken(self, row: Cells) -> str:
        """Return a row as one sentence; a number is said with the name of its column."""
        words = self.words or self.count
        numbers = (
            f"{head} {cell}" for head, cell in zip(self.heads[words:], row[words:], strict=True)
        )
        return self.between.join((*row[:words], *numbers))


class Rows(QAbstractTableModel):
    """Shows the rows it was given. It fetches nothing."""

    def __init__(self, columns: Columns) -> None:
        """Be empty."""
        super().__init__()
        self._columns = columns
        # Asked for each cell that is drawn or measured, several times.
        self._sides = tuple(map(columns.side, range(columns.count)))
        self._rows: tuple[Cells, ...] = ()

    def show_rows(self, rows: tuple[Cells, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, _: _Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return self._columns.count

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name of a column."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._columns.side(section)
        is_name = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return self._columns.heads[section] if is_name and self._columns.heads else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one cell; to a screen reader the first says all of its row."""
        if role in _WORDS:
            return self._rows[index.row()][index.column()]
        if role == _SIDE:
            return self._sides[index.column()]
        if role == _SPOKEN and index.column() == 0:
            return self._columns.spoken(self._rows[index.row()])
        return None


class RowList(QTreeView):
    """Read and chosen with the arrow keys; Tab leaves it."""

    def __init__(self, name: str, columns: Columns, high: int) -> None:
        """Show nothing yet; never higher than `high`, at the usual size of text."""
        super().__init__()
        self._high = high
        self.rows = Rows(columns)
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setHeaderHidden(not columns.heads)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setMinimumSectionSize(_NARROWEST)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(columns.stretched < 0)
        if columns.stretched >= 0:
            header.setSectionResizeMode(columns.stretched, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: tuple[Cells, ...]) -> None:
        """Show these, as high as they are many, with the first one chosen."""
        self.rows.show_rows(rows)
        self._fit_columns(rows[:_MEASURED])
        head = 0 if self.isHeaderHidden() else self.header().sizeHint().height()
        high = len(rows) * max(self.sizeHintForRow(0), 1) + head + 12
        self.setFixedHeight(min(high, style.scaled(self._high)))
        if rows:
            self.setCurrentIndex(self.rows.index(0, 0))

    def _fit_columns(self, rows: tuple[Cells, ...]) -> None:
        """Be as wide as the widest; Qt would ask for every cell, again with each change."""
        header, metrics = self.header(), self.fontMetrics()
        for column, cells in enumerate(zip(*rows, strict=True)):
            wide = {cell: metrics.horizontalAdvance(cell) for cell in dict.fromkeys(cells)}
            index = self.rows.index(cells.index(max(wide, key=wide.__getitem__)), column)
            wanted = (self.sizeHintForIndex(index).width(), header.sectionSizeHint(column))
            header.resizeSection(column, max(*wanted, _NARROWEST))
