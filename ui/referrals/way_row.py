"""One referral on one line: about whom, to whom, how far, how long it is quiet, what next."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.following import Next
from desktop.services.following import Way
from i18n import tr
from ui import style
from ui.referrals import following_words, steps, words
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided
from ui.widgets.labels import Icon, Pill, text, wrapped

_DOT, _GAP = 8, 7
_STATE = 96
"""Wide enough for most, so that the dots stand below each other."""


class Dots(QWidget):
    """How far it is, as small dots; the words are in the tooltip and for screen readers."""

    def __init__(self, progress: steps.Progress) -> None:
        """Draw these steps."""
        super().__init__()
        self._progress = progress
        at = min(progress.at, len(progress.names) - 1)
        said = f"{progress.names[at]} ({at + 1}/{len(progress.names)})"
        self.setToolTip(said)
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Have room for every dot."""
        count = len(self._progress.names)
        return QSize(count * (_DOT + _GAP) - _GAP + 2, _DOT + 4)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw done, now and ahead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(len(self._progress.names)):
            painter.setBrush(style.current().color(self._token(number)))
            painter.drawEllipse(1 + number * (_DOT + _GAP), 2, _DOT, _DOT)
        painter.end()

    def _token(self, number: int) -> str:
        if number < self._progress.at:
            return "ok"
        if number > self._progress.at:
            return "line"
        return "danger" if self._progress.is_stopped else "accent"


class WayRow(QFrame):
    """Opens the young person's page when it is pressed."""

    opened = Signal(object)

    def __init__(self, way: Way, now: datetime) -> None:
        """Say where this one stands."""
        super().__init__()
        self.setProperty("card", "sunken")
        self.way = way
        following, tracking = way.following, way.tracking
        said = following_words.advice(following, tracking, way.phone)
        is_silent = following.is_late or following.next is Next.WAIT
        quiet = following_words.quiet(following, now) if is_silent else ""
        self.line = " · ".join(part for part in (said, quiet) if part)
        self.state = Pill(words.standing(tracking), following_words.tone(following))
        self.state.setMinimumWidth(style.scaled(_STATE))
        self.state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open_button = Button(tr("Open"), "plain").sized("small")
        self.open_button.setObjectName("way-open")
        name = f"{way.alias}, {tracking.agency_name}"
        self.open_button.setAccessibleName(f"{name}: {tr('Open')}")
        self.open_button.clicked.connect(lambda: self.opened.emit(tracking.referral.youth))
        self.setAccessibleName(f"{name}. {self.line}")
        self._lay_out()

    def _lay_out(self) -> None:
        tracking, tone = self.way.tracking, following_words.tone(self.way.following)
        head, column, row = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(self)
        head.setSpacing(10)
        head.addWidget(text(self.way.alias, "body", "text", "semibold"))
        head.addWidget(Elided(text(f"→ {tracking.agency_name}", "body", "text2")), 1)
        head.addWidget(Dots(steps.of_tracking(tracking)))
        head.addWidget(self.state)
        column.setSpacing(3)
        column.addLayout(head)
        if self.line:
            column.addWidget(wrapped(self.line, "caption", "text2"))
        row.setContentsMargins(14, 9, 10, 9)
        row.setSpacing(12)
        colour = "text3" if tone == "neutral" else f"{tone}_text"
        row.addWidget(Icon(following_words.icon(self.way.following), colour))
        row.addLayout(column, 1)
        row.addWidget(self.open_button)
