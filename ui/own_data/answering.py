"""How one open request is answered: chosen first, written down with a second press."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.own_data import Outcome, Request
from desktop.errors import AppError, NothingWritten
from i18n import formats, tr
from ui import messages
from ui.own_data.lines import outcome_words, wish_words
from ui.own_data.waiting import days_words
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped
from ui.widgets.segmented import Choice, Segmented

_ANSWERS = (Outcome.DONE, Outcome.PARTLY, Outcome.REFUSED)


class AnsweringPart(QWidget):
    """Emits which request, how it was answered and in which words."""

    answered = Signal(object, object, str)
    grown = Signal()

    def __init__(self) -> None:
        """Be about nothing yet."""
        super().__init__()
        self.request: Request | None = None
        self.title = text("", "body", weight="semibold")
        self.said = wrapped("")
        name = tr("How was it answered?")
        self.outcome = Segmented(
            name, tuple(Choice(each.value, outcome_words(each)) for each in _ANSWERS)
        )
        self.words = Field(
            tr("What was answered"), tr("If anything was not done: why, and that they may object.")
        )
        self.words.edit.setObjectName("own-data-answer-words")
        self.act_button = Button(tr("Write the answer down"), "primary", pressed=self._on_act)
        self.act_button.setObjectName("own-data-answer")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.title, self.said, self.outcome, self.words):
            column.addWidget(part)
        column.addWidget(self.act_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.entered.connect(self._on_act)
        self.outcome.chosen.connect(self._on_chosen)
        self.rest()

    def rest(self) -> None:
        """Hold nothing any more."""
        self.request = None
        self.outcome.choose("")
        self.words.edit.clear()
        self.words.say_wrong("")
        self.act_button.setEnabled(False)

    def show_request(self, request: Request, now: datetime) -> None:
        """Show one; what is being typed about the same one stays."""
        if self.request is None or self.request.id != request.id:
            self.rest()
        self.request = request
        self.title.setText(f"{wish_words(request.wish)} · {days_words(request.days_left(now))}")
        asked = tr("Asked on {day}", day=formats.full_day(request.asked_at))
        self.said.setText(" · ".join(part for part in (asked, request.words) if part))

    def say_failed(self, error: AppError) -> None:
        """Say why it was not written down; nothing typed is lost."""
        self.act_button.setEnabled(True)
        is_empty = isinstance(error, NothingWritten)
        self.words.say_wrong(
            tr("Write why, in a few words.") if is_empty else messages.sentence(error)
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
        if not self.outcome.key():
            self.words.say_wrong(tr("First choose how it was answered."))
            self.grown.emit()
            return
        if self.request is None or not self.act_button.isEnabled():
            return
        self.act_button.setEnabled(False)
        self.answered.emit(self.request, Outcome(self.outcome.key()), self.words.words())
