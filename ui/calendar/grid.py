"""The days of a month: chosen with the arrow keys, each with its number and what stands on it."""

from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.services.calendar import MonthPage
from i18n import formats, tr
from ui import style
from ui.calendar import words

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
DAY = Qt.ItemDataRole.UserRole
_HIGH, _HEAD, _EDGE, _ICON = 74, 28, 7, 14
_SATURDAY, _SUNDAY = 5, 6
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

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.day_shown.emit(now.data(DAY))


class DayDelegate(QStyledItemDelegate):
    """Sundays and holidays in red and Saturdays in blue, as calendars in Korea are."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one day."""
        model = index.model()
        page = model.page if isinstance(model, GridModel) else None
        if page is None:
            return
        day: date = index.data(DAY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, option, is_today=day == page.today)
        _day(painter, QRect(option.rect).adjusted(_EDGE, 5, -_EDGE, -5), page, day)
        painter.restore()


def _ground(painter: QPainter, option: QStyleOptionViewItem, *, is_today: bool) -> None:
    theme, card = style.current(), QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5)
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
    edge = "focus" if is_chosen and has_focus else "line_strong" if is_chosen else "line"
    painter.setPen(QPen(theme.color(edge), 2 if is_chosen else 1))
    painter.setBrush(theme.color("lamp_soft" if is_today else "surface"))
    painter.drawRoundedRect(card, style.SMALL, style.SMALL)


def _day(painter: QPainter, area: QRect, page: MonthPage, day: date) -> None:
    holiday, is_other = page.holidays.get(day, ""), day.month != page.month.number
    number = style.font(style.BODY, QFont.Weight.DemiBold)
    upper = QRect(area.left(), area.top(), area.width(), QFontMetrics(number).height())
    painter.setFont(number)
    painter.setPen(style.current().color(_tone(day, bool(holiday), is_other=is_other)))
    painter.drawText(upper, Qt.AlignmentFlag.AlignLeft, formats.number(day.day))
    upper.setLeft(upper.left() + style.scaled(26))
    small = style.font(style.CAPTION)
    painter.setFont(small)
    shown = QFontMetrics(small).elidedText(holiday, Qt.TextElideMode.ElideRight, upper.width())
    painter.drawText(upper, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    _marks(painter, area, page, day)


def _marks(painter: QPainter, area: QRect, page: MonthPage, day: date) -> None:
    pixels, small = style.scaled(_ICON), style.font(style.CAPTION)
    left, low = area.left(), area.bottom() - pixels - 1
    painter.setFont(small)
    painter.setPen(style.current().color("text2"))
    for kind, count in page.counts.get(day, {}).items():
        style.paint_icon(painter, QRect(left, low, pixels, pixels), words.ICONS[kind], "text2")
        left += pixels + 2
        if count > 1:
            said = formats.number(count)
            wide = QFontMetrics(small).horizontalAdvance(said)
            room = QRect(left, low - 2, wide + 2, pixels + 4)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)
            left += wide
        left += 5


def _tone(day: date, is_holiday: bool, *, is_other: bool) -> str:
    if is_other:
        return "text3"
    if is_holiday or day.weekday() == _SUNDAY:
        return "danger_text"
    return "info_text" if day.weekday() == _SATURDAY else "text"
