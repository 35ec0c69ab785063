"""Rows of places or of nights: a name on the left, numbers on the right."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTreeView

from ui import style

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MOST = 320
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
Cells = tuple[str, ...]


class RowModel(QAbstractTableModel):
    """Shows the cells it was given. It fetches nothing."""

    def __init__(self, heads: Cells) -> None:
        """Be empty under these heads."""
        super().__init__()
        self._heads = heads
        self.rows: tuple[Cells, ...] = ()

    def show(self, rows: tuple[Cells, ...]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, _: _Index = _ROOT) -> int:
        """Count the columns."""
        return len(self._heads)

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        is_name = role == Qt.ItemDataRole.DisplayRole and way is Qt.Orientation.Horizontal
        return self._heads[section] if is_name else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one cell; to a screen reader the first says all of its row."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            numbers = zip(self._heads[1:], row[1:], strict=True)
            return ", ".join((row[0], *(f"{head} {cell}" for head, cell in numbers)))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        return row[index.column()] if role in _ROLES else None


class RowList(QTreeView):
    """Read and chosen with the arrow keys; Tab leaves it."""

    def __init__(self, name: str, heads: Cells) -> None:
        """Show nothing yet."""
        super().__init__()
        self.cells = RowModel(heads)
        self.setAccessibleName(name)
        self.setModel(self.cells)
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
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)

    def show_rows(self, rows: tuple[Cells, ...]) -> None:
        """Show these, as high as they are many, the first one chosen."""
        self.cells.show(rows)
        high = len(rows) * max(self.sizeHintForRow(0), 1) + self.header().sizeHint().height() + 12
        self.setFixedHeight(min(high, style.scaled(_MOST)))
        self.setVisible(bool(rows))
        if rows:
            self.setCurrentIndex(self.cells.index(0, 0))


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
