"""The right of the window: consent, referral, and the numbers for an emergency."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from i18n import tr
from ui.emergency.numbers import EmergencyCard

_MARGIN = 16


class Side(QWidget):
    """Cards that scroll when the window is low; the emergency numbers never leave its foot."""

    compacted = Signal(bool)

    def __init__(self, window: QWidget) -> None:
        """Lay out the numbers; cards about a person come once one is chosen."""
        super().__init__()
        self.is_compact = False
        self.emergency = EmergencyCard(window)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, _MARGIN, _MARGIN, 0)
        self._column.setSpacing(14)
        self._column.addStretch(1)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(8)
        self._foot.addWidget(self.emergency)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._area = _scrolled(self._column)
        column.addWidget(self._area, 1)
        column.addLayout(self._foot)

    def add_card(self, card: QWidget, place: int) -> None:
        """Add a card at a place from the top, hidden until it has something to show."""
        card.hide()
        self._column.insertWidget(min(place, self._column.count() - 1), card)

    def add_door(self, door: QWidget) -> None:
        """Put a door above the numbers; it shows itself when there is something behind it."""
        self._foot.insertWidget(0, door)

    def reveal(self, card: QWidget, heights: tuple[int, ...]) -> None:
        """Scroll so that a card is seen at these heights; for the last one there is room."""
        for y in heights:
            self._area.ensureVisible(0, card.y() + y, 0, _MARGIN)

    def set_compact(self, is_compact: bool) -> None:
        """Spend less room on a small laptop."""
        self.is_compact = is_compact
        self.compacted.emit(is_compact)
        self._foot.setContentsMargins(0, 12, _MARGIN, 12 if is_compact else 18)


def _scrolled(column: QVBoxLayout) -> QScrollArea:
    inner = QWidget()
    inner.setProperty("clear", "true")
    inner.setLayout(column)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(tr("Consent and referral"))
    area.setWidget(inner)
    return area
