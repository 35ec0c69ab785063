"""Looks as rows: any number of them, each read out as one sentence."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTreeView

from desktop.domain.looks import Look
from desktop.services.access_record import Page
from i18n import formats, tr
from ui import style
from ui.keeping.look_words import what_words, who_words, why_words

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WHEN = 0
_HIGH = 340


class LookModel(QAbstractTableModel):
    """When, who, and what was done why."""

    def __init__(self) -> None:
        """Be empty."""
        super().__init__()
        self._rows: tuple[tuple[str, str, str], ...] = ()

    def show_page(self, page: Page) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = tuple(_row(look, page) for look in page.looks)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many looks there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, _: _Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 3

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one cell; to a screen reader the first says all of its row."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == _WHEN:
            return ". ".join(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row[index.column()]
        return None


class LookList(QTreeView):
    """Read with the arrow keys; Tab leaves it."""

    def __init__(self) -> None:
        """Show no looks yet."""
        super().__init__()
        self.looks = LookModel()
        self.setObjectName("look-list")
        self.setAccessibleName(tr("Who looked, newest first"))
        self.setModel(self.looks)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    def show_page(self, page: Page) -> None:
        """Show these looks, as high as they are many."""
        self.looks.show_page(page)
        rows = self.looks.rowCount() * max(self.sizeHintForRow(0), 1) + 12
        self.setFixedHeight(min(rows, style.scaled(_HIGH)))
        if page.looks:
            self.setCurrentIndex(self.looks.index(0, 0))


def _row(look: Look, page: Page) -> tuple[str, str, str]:
    about = page.aliases.get(look.sight.youth, "") if look.sight.youth else ""
    parts = (about, what_words(look), why_words(look))
    said = " · ".join(part for part in parts if part)
    return formats.day_and_clock(look.at), who_words(look, page.me), said
