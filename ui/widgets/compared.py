"""Six words that somebody has compared: said in two steps, so that no second press says it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.twice import SecondButton


class ComparedSteps(QWidget):
    """First that they were compared, then that the new key is to be used."""

    agreed = Signal()

    def __init__(self, name: str) -> None:
        """Begin at the first step; the buttons are found by this name."""
        super().__init__()
        self.compared_button = Button(tr("I have compared them"), "plain")
        self.compared_button.setObjectName(f"{name}-compared")
        self.use_button = SecondButton(tr("Use the new key"), "soft", "check")
        self.use_button.setObjectName(f"{name}-use")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(self.compared_button)
        row.addWidget(self.use_button)
        self.compared_button.clicked.connect(self._on_compared)
        self.use_button.clicked.connect(self.agreed)
        self.begin()

    def begin(self) -> None:
        """Ask anew."""
        self.compared_button.show()
        self.use_button.hide()

    @Slot()
    def _on_compared(self) -> None:
        self.compared_button.hide()
        self.use_button.show()
        self.use_button.setFocus()
