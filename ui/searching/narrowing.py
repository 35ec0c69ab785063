"""What a search may be narrowed to: when, how great the risk, where, with whom."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.filters import Filters
from desktop.domain.screening import Risk
from i18n import tr
from ui.people import risk_words


class Narrowing(QWidget):
    """Four answers in a row; left as they are, nothing is narrowed."""

    changed = Signal()

    def __init__(self) -> None:
        """Narrow nothing, out of sight."""
        super().__init__()
        self.when, self.risk = QComboBox(), QComboBox()
        self.place, self.worker = QLineEdit(), QLineEdit()
        for days, words in _times():
            self.when.addItem(words, days)
        for risk, words in _risks():
            self.risk.addItem(words, risk)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 10)
        row.setSpacing(8)
        named = (
            (self.when, tr("When")),
            (self.risk, tr("Risk")),
            (self.place, tr("Place")),
            (self.worker, tr("Worker")),
        )
        for widget, name in named:
            widget.setAccessibleName(name)
            row.addWidget(widget, 1)
        for line, name in named[2:]:
            if isinstance(line, QLineEdit):
                line.setPlaceholderText(name)
                line.textChanged.connect(self._on_changed)
        for box in (self.when, self.risk):
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.currentIndexChanged.connect(self._on_changed)
        self.hide()

    def filters(self, now: datetime) -> Filters:
        """Return what is narrowed; nothing while it is out of sight."""
        if self.isHidden():
            return Filters()
        days, risk = self.when.currentData(), self.risk.currentData()
        return Filters(
            since=now - timedelta(days=days) if days else None,
            place=self.place.text().strip(),
            worker=self.worker.text().strip(),
            risk=Risk(risk) if risk else None,  # Qt keeps it as a plain text
        )

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()


def _times() -> tuple[tuple[int, str], ...]:
    return (
        (0, tr("Any time")),
        (1, tr("Last 24 hours")),
        (7, tr("Last 7 days")),
        (30, tr("Last 30 days")),
        (365, tr("Last year")),
    )


def _risks() -> tuple[tuple[Risk | None, str], ...]:
    risks = (Risk.HIGH, Risk.MEDIUM, Risk.LOW, Risk.NONE)
    return ((None, tr("Any risk")), *((risk, risk_words(risk)) for risk in risks))
