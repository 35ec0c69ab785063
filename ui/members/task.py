"""One thing that is done about one's keys: a page of the sheet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import AppError
from i18n import tr
from ui import messages
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import text, wrapped


class KeyTask(QWidget):
    """Title, why one would do it, what is typed, and the button that does it."""

    done = Signal(str)
    back_wanted = Signal()
    resized = Signal()

    def __init__(self, title: str, lead: str, action: tuple[str, str, str]) -> None:
        """Lay it out; `action` is the button's word, the word while it works, and its name."""
        super().__init__()
        self.setAccessibleName(title)
        self._words, self._busy, self._lead = action[0], action[1], lead
        self.lead = wrapped(lead)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        self.problem = Notice("circle-alert", "", "danger")
        self.act_button = Button(self._words, "primary", pressed=self.act)
        self.act_button.setObjectName(action[2])
        self.back_button = Button(tr("Back"), "plain", "arrow-left")
        self.back_button.setObjectName(f"{action[2]}-back")
        self.back_button.clicked.connect(self.back_wanted)
        self.foot, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(text(title, "note", weight="semibold"))
        column.addWidget(self.lead)
        column.addLayout(self.body)
        column.addWidget(self.problem)
        column.addLayout(self.foot)
        self.problem.hide()

    def lay_out_foot(self) -> None:
        """Put the buttons in: last of all, so that Tab comes to them last."""
        self.foot.insertWidget(0, self.back_button)
        self.foot.insertStretch(1)
        self.foot.insertWidget(2, self.act_button)

    def begin(self) -> None:
        """Show it fresh, with the keyboard where one begins."""
        self.problem.hide()
        self.lead.setText(self._lead)
        self.show_busy(is_busy=False)

    def act(self) -> None:
        """Do it: the button was pressed."""

    def forget(self) -> None:
        """Take secrets off the screen."""

    def is_safe_to_leave(self) -> bool:
        """Tell whether closing the sheet now leaves everything in order."""
        return True

    def show_busy(self, *, is_busy: bool) -> None:
        """Say that it is being worked on."""
        self.act_button.setEnabled(not is_busy)
        self.back_button.setEnabled(not is_busy)
        self.act_button.say(self._busy if is_busy else self._words)

    def say_failed(self, error: AppError) -> None:
        """Say why it was not done."""
        self.say_problem(messages.sentence(error))

    def say_problem(self, words: str) -> None:
        """Say what is in the way."""
        self.show_busy(is_busy=False)
        self.problem.show_words("circle-alert", words, "danger")
        self.problem.show()
        self.resized.emit()
