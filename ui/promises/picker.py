"""The other way to say when: a calendar and a part of the day, which write the words for you."""

from datetime import date, datetime, time

from PySide6.QtCore import QDate, QLocale, Qt, QTime, Signal, Slot
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QHBoxLayout,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

import i18n
from desktop.domain.days import day_of
from desktop.domain.promises import FARTHEST, Due, Part
from i18n import tr
from ui.promises import words
from ui.widgets.labels import text

_PARTS = (
    Part.ALL, Part.MORNING, Part.NOON, Part.AFTERNOON, Part.EVENING, Part.NIGHT, Part.SMALL_HOURS,
)  # fmt: skip
_CLOCK = "clock"


class DuePicker(QWidget):
    """`picked` is emitted for a person's choice only."""

    picked = Signal(object)

    def __init__(self) -> None:
        """Show a month, and no part of a day."""
        super().__init__()
        self.calendar = _calendar()
        self.part = QComboBox()
        self.part.setObjectName("promise-part")
        self.part.setAccessibleName(tr("Part of the day"))
        for part in _PARTS:
            self.part.addItem(words.part_words(part) or tr("all day"), part.value)
        self.part.addItem(tr("at a time"), _CLOCK)
        self.clock = QTimeEdit(QTime(19, 0))
        self.clock.setObjectName("promise-clock")
        self.clock.setAccessibleName(tr("Time"))
        self.clock.setDisplayFormat("HH:mm")
        self.clock.hide()
        self._lay_out()
        self.calendar.clicked.connect(self._on_picked)
        self.calendar.activated.connect(self._on_picked)
        self.part.activated.connect(self._on_picked)
        self.clock.editingFinished.connect(self._on_picked)

    def show_due(self, due: Due | None, now: datetime) -> None:
        """Show a time, or today; only days that can be promised can be picked."""
        today = day_of(now)
        self.calendar.setDateRange(_qdate(today), _qdate(today + FARTHEST))
        self.calendar.setSelectedDate(_qdate(due.day if due else today))
        if due is not None:
            key = _CLOCK if due.clock else due.part.value
            self.part.setCurrentIndex(self.part.findData(key))
            if due.clock is not None:
                self.clock.setTime(QTime(due.clock.hour, due.clock.minute))
        self.clock.setVisible(self.part.currentData() == _CLOCK)

    def due(self) -> Due:
        """Return what is picked."""
        picked = self.calendar.selectedDate()
        day = date(picked.year(), picked.month(), picked.day())
        key = str(self.part.currentData())
        if key == _CLOCK:
            return Due(day, clock=time(self.clock.time().hour(), self.clock.time().minute()))
        return Due(day, Part(key))

    @Slot()
    def _on_picked(self) -> None:
        self.clock.setVisible(self.part.currentData() == _CLOCK)
        self.picked.emit(self.due())

    def _lay_out(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(8)
        row.addWidget(text(tr("Part of the day"), "caption", "text2"))
        row.addWidget(self.part)
        row.addWidget(self.clock)
        row.addStretch()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.calendar)
        column.addLayout(row)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _calendar() -> QCalendarWidget:
    calendar = QCalendarWidget()
    calendar.setObjectName("promise-calendar")
    calendar.setAccessibleName(tr("Calendar"))
    calendar.setLocale(QLocale(i18n.language()))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # not in a red of Qt's own
        calendar.setWeekdayTextFormat(day, QTextCharFormat())
    no_numbers = QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
    calendar.setVerticalHeaderFormat(no_numbers)
    calendar.setGridVisible(False)
    return calendar
