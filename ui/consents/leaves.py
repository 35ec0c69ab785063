"""What the handed-over screen shows, one thing at a time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ui.consents.guardian import GuardianPage
from ui.consents.pin import PinPage
from ui.consents.question import QuestionPage
from ui.consents.signing import SigningPage
from ui.consents.thanks import ThanksPage


class Leaves(QStackedWidget):
    """Question, guardian, thanks, PIN, signature: each scrolls where a screen is small."""

    def __init__(self) -> None:
        """Make every page once."""
        super().__init__()
        self.question, self.guardian = QuestionPage(), GuardianPage()
        self.thanks, self.pin, self.signing = ThanksPage(), PinPage(), SigningPage()
        self._areas: dict[QWidget, QScrollArea] = {}
        for page in (self.question, self.guardian, self.thanks, self.pin, self.signing):
            self._areas[page] = _scrolled(page)
            self.addWidget(self._areas[page])

    def turn_to(self, page: QWidget) -> None:
        """Show one of them, from its top."""
        area = self._areas[page]
        self.setCurrentWidget(area)
        area.verticalScrollBar().setValue(0)


def _scrolled(page: QWidget) -> QScrollArea:
    page.setProperty("clear", "true")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
