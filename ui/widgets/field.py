"""A labelled line to write on, which says what is wrong underneath."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui import style
from ui.widgets.labels import repaint, text, wrapped


class Field(QWidget):
    """Label above, line, then a hint or an error in its place."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, label: str, hint: str = "") -> None:
        """Show an empty line called `label`."""
        super().__init__()
        self.label = text(label, "caption", "text2", "semibold")
        self.edit = QLineEdit()
        self.edit.setAccessibleName(label)
        self.label.setBuddy(self.edit)
        self.note = wrapped(hint, "caption", "text3")
        self._hint = hint
        self.line = QHBoxLayout()
        self.line.setSpacing(8)
        self.line.addWidget(self.edit, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.label)
        column.addLayout(self.line)
        column.addWidget(self.note)
        self.note.setVisible(bool(hint))
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)

    def words(self) -> str:
        """Return what is written, without spaces around it."""
        return self.edit.text().strip()

    def say_wrong(self, words: str) -> None:
        """Say what is wrong, or with "" that nothing is."""
        self._say(words or self._hint, "danger" if words else "text3", is_wrong=bool(words))

    def say(self, words: str, tone: str = "text3") -> None:
        """Say something that is not an error under the line."""
        self._say(words, tone, is_wrong=False)

    def _say(self, words: str, tone: str, *, is_wrong: bool) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.edit.setAccessibleDescription(words)
        repaint(self.note, tone=tone)
        repaint(self.edit, wrong="true" if is_wrong else "false")


class SecretField(Field):
    """A line whose letters are hidden until the person wants to see them. Paste is allowed."""

    def __init__(self, label: str, show: str, hide: str) -> None:
        """Hide letters; `show` and `hide` name the button that changes it."""
        super().__init__(label)
        self._names = (show, hide)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setProperty("large", "true")
        self._eye = self.edit.addAction(
            style.icon("eye", "text2"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._eye.setText(show)
        self._eye.setToolTip(show)
        self._eye.triggered.connect(self._on_eye)

    def words(self) -> str:
        """Return what is written; a space may belong to a passphrase."""
        return self.edit.text()

    def reveal(self) -> None:
        """Show the letters from the beginning: nobody types a code off a paper blindly."""
        if self.edit.echoMode() == QLineEdit.EchoMode.Password:
            self._on_eye()

    @Slot()
    def _on_eye(self) -> None:
        is_hidden = self.edit.echoMode() == QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if is_hidden else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self._eye.setIcon(style.icon("eye-off" if is_hidden else "eye", "text2"))
        self._eye.setText(self._names[is_hidden])
        self._eye.setToolTip(self._names[is_hidden])
