"""The days of a month: chosen with the arrow keys, each with its number and what stands on it."""

from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.services.calendar import MonthPage
from i18n import tr
from ui import style
from ui.calendar import drawing, words
from ui.calendar.drawing import Pens

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
DAY = Qt.ItemDataRole.UserRole
_HIGH = 74
_DAYS = 7


class GridModel(QAbstractTableModel):
    """Shows the month it was given. It fetches nothing."""

    def __init__(self) -> None:
        """Be empty."""
        super().__init__()
        self.page: MonthPage | None = None

    def show_page(self, page: MonthPage) -> None:
        """Show a month."""
        self.beginResetModel()
        self.page = page
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Count the weeks."""
        return 0 if parent.isValid() or self.page is None else len(self.page.weeks)

    def columnCount(self, _: _Index = _ROOT) -> int:
        """Count the days of a week."""
        return _DAYS

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the short name of a weekday."""
        is_name = role == Qt.ItemDataRole.DisplayRole and way is Qt.Orientation.Horizontal
        if not is_name or self.page is None:
            return None
        return words.weekday_heads(self.page.weeks[0])[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the day, or all that is said of it."""
        if self.page is None:
            return None
        day = self.page.weeks[index.row()][index.column()]
        if role == DAY:
            return day
        said = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return words.spoken(self.page, day) if role in said else None


class Grid(QTableView):
    """Enter or a press says which day is wanted; Page Up and Down go to another month."""

    day_shown = Signal(object)
    day_wanted = Signal(object)
    month_wanted = Signal(int)

    def __init__(self) -> None:
        """Show no month yet."""
        super().__init__()
        self.days, self._delegate = GridModel(), DayDelegate()
        self.setObjectName("calendar-grid")
        self.setAccessibleName(tr("Days of the month"))
        self.setModel(self.days)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_page(self, page: MonthPage, day: date) -> None:
        """Show a month with one of its days chosen."""
        self.days.show_page(page)
        high = style.scaled(_HIGH if len(page.weeks) < 6 else 62)
        self.verticalHeader().setDefaultSectionSize(high)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + high * len(page.weeks) + 2)
        at = (day - page.weeks[0][0]).days
        self.setCurrentIndex(self.days.index(at // _DAYS, at % _DAYS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a day, or turn the page; the arrow keys choose."""
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in pages:
            self.month_wanted.emit(pages[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.day_wanted.emit(self.currentIndex().data(DAY))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Look up what is the same for all days once."""
        self._delegate.pens = Pens(self.devicePixelRatioF())
        super().paintEvent(event)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.day_shown.emit(now.data(DAY))


class DayDelegate(QStyledItemDelegate):
    """Sundays and holidays in red and Saturdays in blue, as calendars in Korea are."""

    pens: Pens | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one day."""
        model = index.model()
        page = model.page if isinstance(model, GridModel) else None
        if page is None or self.pens is None:
            return
        day, area, state = page.weeks[index.row()][index.column()], option.rect, option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        edge = "focus" if is_chosen and has_focus else "line_strong" if is_chosen else "line"
        card = self.pens.card(area.size(), edge, is_today=day == page.today)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(area.topLeft(), card)
        drawing.day(painter, area, self.pens, page, day)
        painter.restore()
