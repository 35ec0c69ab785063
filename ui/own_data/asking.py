"""What a young person asks for about their own data: nothing is chosen beforehand."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.own_data import Wish
from desktop.errors import AppError, NothingWritten
from i18n import tr
from ui import messages
from ui.own_data.lines import wish_words
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import text
from ui.widgets.segmented import Choice, Segmented


class AskingPart(QWidget):
    """Emits what is asked for and in which words; what was typed stays until it is kept."""

    asked = Signal(object, str)
    grown = Signal()

    def __init__(self) -> None:
        """Begin with nothing chosen."""
        super().__init__()
        title = tr("What do they ask for?")
        self.title = text(title, "body", weight="semibold")
        self.wish = Segmented(title, tuple(Choice(each.value, wish_words(each)) for each in Wish))
        self.words = Field(
            tr("In their words"),
            tr("For a correction, write what is wrong. Else it may be empty."),
        )
        self.words.edit.setObjectName("own-data-words")
        self.act_button = Button(tr("Write it down"), "primary", pressed=self._on_act)
        self.act_button.setObjectName("own-data-ask")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.title, self.wish, self.words):
            column.addWidget(part)
        column.addWidget(self.act_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.entered.connect(self._on_act)
        self.wish.chosen.connect(self._on_chosen)
        self.rest()

    def rest(self) -> None:
        """Hold nothing any more."""
        self.wish.choose("")
        self.words.edit.clear()
        self.words.say_wrong("")
        self.act_button.setEnabled(False)

    def say_failed(self, error: AppError) -> None:
        """Say why it was not written down; nothing typed is lost."""
        self.act_button.setEnabled(True)
        is_empty = isinstance(error, NothingWritten)
        self.words.say_wrong(
            tr("Write what is wrong, in a few words.") if is_empty else messages.sentence(error)
        )
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
        if not self.wish.key():
            self.words.say_wrong(tr("First choose what they ask for."))
            self.grown.emit()
            return
        if not self.act_button.isEnabled():
            return
        self.act_button.setEnabled(False)
        self.asked.emit(Wish(self.wish.key()), self.words.words())
