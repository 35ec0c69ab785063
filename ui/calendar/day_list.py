"""What one day holds, as rows that open it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.domain.calendar import Entry
from desktop.services.calendar import DayPage
from i18n import tr
from ui import style
from ui.calendar import words

_ENTRY = Qt.ItemDataRole.UserRole


class DayList(QListWidget):
    """Enter opens a night, or the page of a young person."""

    entry_chosen = Signal(object)

    def __init__(self) -> None:
        """Show no day yet."""
        super().__init__()
        self.setObjectName("calendar-day")
        self.setAccessibleName(tr("What the day holds"))
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._on_activated)

    def show_page(self, page: DayPage) -> None:
        """Show a day."""
        self.clear()
        for entry in page.entries:
            time = words.time(entry)
            title = f"{time}  {words.title(entry)}" if time else words.title(entry)
            item = QListWidgetItem(style.icon(words.ICONS[entry.kind], "text2"), title)
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, title)
            self.addItem(item)
        if page.entries:
            self.setCurrentRow(0)

    def _on_activated(self, item: QListWidgetItem) -> None:
        entry = item.data(_ENTRY)
        if isinstance(entry, Entry):
            self.entry_chosen.emit(entry)
