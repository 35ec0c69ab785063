"""The quiet way to what somebody may always ask for, under the cards about them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n import tr
from ui.widgets.buttons import Button


class ForgetDoor(QWidget):
    """Never in the way of a note, never more than one look away."""

    wanted = Signal()

    def __init__(self) -> None:
        """Stand at the right end, as wide as its words."""
        super().__init__()
        self.button = Button(tr("Asked to be forgotten…"), "quiet", "eraser").sized("small")
        self.button.setObjectName("forget")
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(self.button)
