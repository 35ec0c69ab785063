"""One of a few choices and words with it, written down with a second press."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import AppError, NothingWritten
from ui import messages
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.segmented import Choice, Segmented


@dataclass(frozen=True, slots=True)
class Wording:
    """What the part says."""

    question: str
    label: str
    hint: str
    act: str
    choose_first: str
    write_first: str


class SayingPart(QWidget):
    """Nothing is chosen beforehand; what was typed stays until it is kept."""

    said = Signal(str, str)
    """The key of the choice, and the words."""
    grown = Signal()

    def __init__(
        self, wording: Wording, choices: Sequence[Choice], above: Sequence[QWidget]
    ) -> None:
        """Begin with nothing chosen, under what stands above."""
        super().__init__()
        self._wording = wording
        self.choice = Segmented(wording.question, tuple(choices))
        self.words = Field(wording.label, wording.hint)
        self.act_button = Button(wording.act, "primary", pressed=self._on_act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (*above, self.choice, self.words):
            column.addWidget(part)
        column.addWidget(self.act_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.entered.connect(self._on_act)
        self.choice.chosen.connect(self._on_chosen)
        self.rest()

    @property
    def is_begun(self) -> bool:
        """Say whether something is chosen or typed."""
        return bool(self.choice.key() or self.words.words())

    def fill(self, key: str, words: str) -> None:
        """Put back what was half typed."""
        self.choice.choose(key)
        self.words.edit.setText(words)
        self.act_button.setEnabled(bool(self.choice.key()))

    def rest(self) -> None:
        """Hold nothing any more."""
        self.choice.choose("")
        self.words.edit.clear()
        self.words.say_wrong("")
        self.act_button.setEnabled(False)

    def say_failed(self, error: AppError) -> None:
        """Say why it was not written down; nothing typed is lost."""
        self.act_button.setEnabled(True)
        is_empty = isinstance(error, NothingWritten)
        self.words.say_wrong(self._wording.write_first if is_empty else messages.sentence(error))
        self.words.edit.setFocus()
        self.grown.emit()

    @Slot()
    def _on_chosen(self) -> None:
        self.act_button.setEnabled(True)
        self.words.say_wrong("")
        self.grown.emit()

    @Slot()
    def _on_act(self) -> None:
        QGuiApplication.inputMethod().commit()
        if not self.choice.key():
            self.words.say_wrong(self._wording.choose_first)
            self.grown.emit()
        elif self.act_button.isEnabled():
            self.act_button.setEnabled(False)
            self.said.emit(self.choice.key(), self.words.words())
