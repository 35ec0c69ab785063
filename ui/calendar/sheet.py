"""The month in front: the days on the left, what the chosen one holds on the right."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

import i18n
from desktop.domain.calendar import Entry
from desktop.domain.days import day_of
from desktop.domain.nights import Month
from desktop.services import calendar
from desktop.services.calendar import DayPage, MonthPage
from i18n import tr
from ui import style
from ui.calendar import words
from ui.calendar.day_list import DayList
from ui.calendar.grid import Grid
from ui.tasks import Tasks
from ui.widgets.buttons import Button, icon_button
from ui.widgets.labels import IconLabel, text, wrapped
from ui.widgets.sheet import Sheet

_WIDE, _LIST = 1080, 300


class CalendarSheet(Sheet):
    """Asks for a month at a time, and for the day that is chosen."""

    youth_chosen = Signal(object, object)
    night_chosen = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Calendar"), tr("Close"), width=_WIDE)
        self.setObjectName("calendar-sheet")
        self._tasks = tasks
        self._page: MonthPage | None = None
        self._day: date | None = None
        self.earlier = icon_button("chevron-left", tr("The month before"), self._on_earlier)
        self.later = icon_button("chevron-right", tr("The month after"), self._on_later)
        self.month = text("", "note", weight="semibold")
        self.today_button = Button(tr("Today"), "quiet", pressed=self.begin).sized("small")
        self.grid, self.list = Grid(), DayList()
        self.day = wrapped("", "body", "text", "semibold")
        self.empty = wrapped(tr("Nothing on this day."), "body", "text3")
        self._lay_out()
        self.grid.day_shown.connect(self._on_day)
        self.grid.day_wanted.connect(self._on_day_wanted)
        self.grid.month_wanted.connect(self._move)
        self.list.entry_chosen.connect(self._on_entry)

    @Slot()
    def begin(self) -> None:
        """Show the month and the day that are now."""
        self._ask(day_of(self._tasks.moment().now))

    def forget(self) -> None:
        """Show nobody any more."""
        self.list.clear()
        if self.isVisible():
            self.leave()

    def _ask(self, day: date) -> None:
        now, month, language = self._tasks.moment().now, Month.of(day), i18n.language()
        self._tasks.run(
            lambda vault: (
                calendar.month(vault, month, language, now),
                calendar.day(vault, day, language),
            ),
            lambda pages: self._show(*pages),
        )

    def _show(self, page: MonthPage, day: DayPage) -> None:
        self._page, self._day = page, day.day
        self.month.setText(words.month_title(page.month))
        self.grid.show_page(page, day.day)
        self._show_day(day)
        if not self.isVisible():
            self.open(self.grid)
        self.fit()

    @Slot(object)
    def _on_day(self, day: date) -> None:
        if day == self._day:
            return  # it came with its month
        self._day, language = day, i18n.language()
        self._tasks.run(lambda vault: calendar.day(vault, day, language), self._show_day)

    def _show_day(self, page: DayPage) -> None:
        if page.day != self._day:
            return  # another was chosen meanwhile
        self.day.setText(words.day_title(page.day, page.holiday))
        self.list.show_page(page)
        self.list.setVisible(bool(page.entries))
        self.empty.setVisible(not page.entries)

    @Slot(object)
    def _on_day_wanted(self, _: date) -> None:
        if self.list.isVisible():
            self.list.setFocus()

    @Slot(object)
    def _on_entry(self, entry: Entry) -> None:
        self.leave()
        if entry.night is not None:
            self.night_chosen.emit(entry.night)
        else:
            self.youth_chosen.emit(entry.youth, None)

    @Slot()
    def _on_earlier(self) -> None:
        self._move(-1)

    @Slot()
    def _on_later(self) -> None:
        self._move(1)

    @Slot(int)
    def _move(self, months: int) -> None:
        if self._page is not None:
            month = self._page.month.moved(months)
            self._ask(date(month.year, month.number, 1))

    def _lay_out(self) -> None:
        head, both, side = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.setSpacing(10)
        for part in (self.earlier, self.month, self.later, self.today_button):
            head.addWidget(part)
        head.addStretch()
        for icon, meant in words.legend():
            sign = IconLabel(icon, meant, "text2", "caption", 14)
            sign.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            head.addWidget(sign)
        side.addWidget(self.day)
        side.addWidget(self.empty)
        side.addWidget(self.list, 1)
        side.addStretch()
        beside: tuple[QWidget, ...] = (self.day, self.list, self.empty)
        for each in beside:
            each.setFixedWidth(style.scaled(_LIST))
        both.setSpacing(18)
        both.addWidget(self.grid, 1)
        both.addLayout(side)
        self.body.addLayout(head)
        self.body.addLayout(both)
