"""Who has seen a case, and what was agreed: made when a card first asks for it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.field import Field


class SeenForm(QWidget):
    """What is written here stays: the name is asked for first."""

    sure = Signal(str, str)
    """The supervisor's name, and the words."""
    left = Signal()
    resized = Signal()

    def __init__(self, supervisor: str) -> None:
        """Propose `supervisor`, where this laptop is a supervisor's."""
        super().__init__()
        self.name = Field(tr("Supervisor's name"))
        self.name.edit.setObjectName("supervisor-name")
        self.name.edit.setText(supervisor)
        self.words = Field(tr("What was agreed"), tr("It may be left empty."))
        self.words.edit.setObjectName("supervisor-words")
        self.back_button = Button(tr("Back"), "quiet", pressed=self.left.emit)
        self.sure_button = Button(
            tr("Write down under this name"), "primary", "check", pressed=self._on_sure
        )
        self.sure_button.setObjectName("case-sure")
        foot, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for field in (self.name, self.words):
            column.addWidget(field)
            field.entered.connect(self._on_sure)
        foot.addWidget(self.back_button)
        foot.addStretch()
        foot.addWidget(self.sure_button)
        column.addLayout(foot)

    def first(self) -> QWidget:
        """Return the line in which something is missing."""
        return (self.words if self.name.words() else self.name).edit

    def say_wrong(self, words: str) -> None:
        """Say why it was not written down."""
        self.name.say_wrong(words)
        self.sure_button.setEnabled(True)
        self.name.edit.setFocus()
        self.resized.emit()

    @Slot()
    def _on_sure(self) -> None:
        QGuiApplication.inputMethod().commit()
        if self.sure_button.isEnabled():
            self.sure_button.setEnabled(False)
            self.sure.emit(self.name.words(), self.words.words())
