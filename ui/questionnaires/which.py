"""Which of several questionnaires is asked."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from i18n import tr


class Which(QComboBox):
    """Says when another is chosen; the same one again, or the wheel passing by, is no choice."""

    turned = Signal()

    def __init__(self) -> None:
        """Offer nothing yet."""
        super().__init__()
        self.setObjectName("questionnaire-which")
        self.setAccessibleName(tr("Which questionnaire"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._at = -1
        self.activated.connect(self._on_activated)

    def offer(self, titles: Iterable[str], at: int = 0) -> None:
        """Offer these, the one at `at` being asked."""
        self.clear()
        self.addItems(list(titles))
        self.setCurrentIndex(at)
        self._at = at

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: it would turn to other questions unasked."""
        event.ignore()

    @Slot()
    def _on_activated(self) -> None:
        if self.currentIndex() != self._at:
            self._at = self.currentIndex()
            self.turned.emit()
