"""One step of a decision: what follows from it, a way back, and the button that does it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import AppError
from i18n import tr
from ui import messages
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped


class StepPage(QWidget):
    """Put widgets into `body`. Hidden until its turn comes."""

    back_wanted = Signal()
    resized = Signal()

    def __init__(self, act: Button) -> None:
        """Lay it out around the button that does it."""
        super().__init__()
        self.act_button = act
        self.title = wrapped("", "note", "text", "semibold")
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.problem = Notice("circle-alert", "", "danger")
        self.back_button = Button(tr("Back"), "plain", "arrow-left")
        self.back_button.clicked.connect(self.back_wanted)
        foot, column = QHBoxLayout(), QVBoxLayout(self)
        foot.addWidget(self.back_button)
        foot.addStretch()
        foot.addWidget(act)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addLayout(self.body)
        column.addWidget(self.problem)
        column.addLayout(foot)
        self.hide()

    def begin_step(self, title: str) -> None:
        """Begin anew under this title, with nothing gone wrong."""
        self.title.setText(title)
        self.problem.hide()
        self.be_busy(is_busy=False)

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second press."""
        for button in (self.act_button, self.back_button):
            button.setEnabled(not is_busy)

    def say_failed(self, error: AppError) -> None:
        """Say why it was not done."""
        self.be_busy(is_busy=False)
        self.problem.show_words("circle-alert", messages.sentence(error), "danger")
        self.problem.show()
        self.back_button.setFocus()
        self.resized.emit()
