"""Six numbers, always in sight: to copy, and large enough to read out."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from i18n import tr
from ui.emergency.words import Line, lines
from ui.widgets.buttons import Button
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:  # made when it is first needed
    from ui.emergency.report import ReportSheet

_HIGH, _ACROSS = 34, 3


class NumberButton(QPushButton):
    """A number with its short name beside it."""

    def __init__(self, line: Line) -> None:
        """Show one line."""
        super().__init__()
        self.setObjectName(f"number-{line.number}")
        self.setAccessibleName(f"{line.number} {line.short}")
        self.setAccessibleDescription(line.about)
        self.setToolTip(line.about)
        self.setProperty("kind", "plain")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setStyleSheet("padding: 0;")
        number, name = (
            text(line.number, "body", weight="bold"),
            text(line.short, "caption", "text2"),
        )
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(5)
        row.addStretch()
        for label in (number, name):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setMinimumWidth(1)
            row.addWidget(label)
        row.addStretch()

    def sizeHint(self) -> QSize:
        """Be as high as its words, whatever their size."""
        return QSize(1, max(_HIGH, self._row.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Never cut a number off."""
        return self.sizeHint()


class LargeNumber(Sheet):
    """One number, large, for reading out."""

    def __init__(self, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Read it out, or call"), tr("Close"), width=460)
        self.number = text("", "hero")
        self.number.setStyleSheet("font-size: 84px; font-weight: 700;")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.about = wrapped("", "note", "text2")
        self.about.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.copied = wrapped("", "caption", "ok")
        self.copied.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self.number, self.about, self.copied):
            self.body.addWidget(label)

    def show_line(self, line: Line) -> None:
        """Show a number and say that it was copied."""
        self.number.setText(line.number)
        self.about.setText(f"{line.short} · {line.about}")
        self.copied.setText(tr("The number was copied."))
        self.open(self.close_button)


class EmergencyCard(QFrame):
    """The numbers and the way to the guidance on reporting."""

    number_copied = Signal(str)
    record_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        """Lay out the numbers; the sheets open over `window`."""
        super().__init__()
        self.setObjectName("emergency-card")
        self.setAccessibleName(tr("Emergency numbers"))
        self._window = window
        self.numbers: dict[str, NumberButton] = {}
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, line in enumerate(lines()):
            button = self.numbers[line.number] = NumberButton(line)
            button.clicked.connect(partial(self.show_number, line))
            grid.addWidget(button, place // _ACROSS, place % _ACROSS)
            grid.setColumnStretch(place % _ACROSS, 1)
        self.report_button = Button(
            tr("Child abuse? How to report now"),
            "danger",
            "triangle-alert",
            pressed=self.open_report,
        )
        self.report_button.setObjectName("emergency-report")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(self.report_button)

    @cached_property
    def large(self) -> LargeNumber:
        """One number over the window, made when it is first needed."""
        return LargeNumber(self._window)

    @cached_property
    def report(self) -> "ReportSheet":
        """The guidance on reporting, made when it is first needed."""
        from ui.emergency.report import ReportSheet

        sheet = ReportSheet(self._window)
        sheet.record_wanted.connect(self.record_wanted)
        return sheet

    @Slot()
    def open_report(self) -> None:
        """Show what to do when child abuse is suspected."""
        self.report.open()

    def show_number(self, line: Line) -> None:
        """Copy a number and show it large."""
        QGuiApplication.clipboard().setText(line.number)
        self.large.show_line(line)
        self.number_copied.emit(line.number)
