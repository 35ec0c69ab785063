"""The second step before something that cannot be taken back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.labels import repaint, text, wrapped


class Asking(QFrame):
    """Says what would happen; two answers, of which the harmless one has the focus."""

    def __init__(self) -> None:
        """Ask nothing yet."""
        super().__init__()
        self.setProperty("card", "sunken")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.title = text("", "body", weight="semibold")
        self.words = wrapped("", "body", "text")
        self.keep_button = Button(tr("Cancel"), "plain")
        self.keep_button.setObjectName("device-keep")
        self.sure_button = Button("", "danger")
        self.sure_button.setObjectName("device-sure")
        row, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.words)
        row.addStretch()
        row.addWidget(self.keep_button)
        row.addWidget(self.sure_button)
        column.addLayout(row)

    def ask(self, title: str, words: str, sure: str, *, kind: str = "danger") -> None:
        """Ask this; `kind` is how the button looks that does it."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.words.setText(words)
        self.sure_button.say(sure)
        repaint(self.sure_button, kind=kind)
        self._offer(is_open=True)
        self.show()
        self.keep_button.setFocus()

    def wait(self) -> None:
        """Say that it is being done: nobody is offered to cancel what is under way."""
        self.setFocus()
        self.words.setText(tr("Asking the hub …"))
        self._offer(is_open=False)

    def _offer(self, *, is_open: bool) -> None:
        for button in (self.keep_button, self.sure_button):
            button.setVisible(is_open)
