"""One statement a row, as many as there are: read with the arrow keys; Tab leaves it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, QStringListModel, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from ui import style

_HIGH, _LINE, _GAP = 190, 18, 14


class _Apart(QStyledItemDelegate):
    """Leaves room around statements of several lines."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Ask for a little more than the lines need; one line has room as it is."""
        room = style.scaled(_GAP) if "\n" in str(index.data()) else 0
        return super().sizeHint(option, index) + QSize(0, room)


class StatementList(QTreeView):
    """As high as it has rows, and no higher than a page bears: then it scrolls."""

    def __init__(self, name: str, statements: tuple[str, ...]) -> None:
        """Show `statements`; a screen reader calls the list `name`."""
        super().__init__()
        self.rows = QStringListModel(list(statements))
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setItemDelegate(_Apart(self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines = sum(each.count("\n") + 1 for each in statements)
        high = lines * _LINE + len(statements) * _GAP + 8
        self.setFixedHeight(style.scaled(min(high, _HIGH)))
