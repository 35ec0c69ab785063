"""The last screen before the laptop goes back: which answers were chosen."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.consents import Answer, Article
from ui.consents.around import around
from ui.consents.texts import Form
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import Pill, text, wrapped

_ANSWER_WORDS = {Answer.GIVEN: "yes", Answer.REFUSED: "no", Answer.LATER: "later"}


class ThanksPage(QWidget):
    """Thanks, whatever the answer was, and lets the person look again."""

    back_wanted = Signal()
    give_wanted = Signal()

    def __init__(self) -> None:
        """Lay out an empty list."""
        super().__init__()
        self.title = wrapped("", "question", "text")
        self.intro = wrapped("", "lead", "text2")
        self.card = Card(margin=28)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self.card.body.addLayout(self._grid)
        self.slip, self.slip_warning = QCheckBox(), wrapped("", "body", "text2")
        self.slip.setObjectName("thanks-slip")
        self.back_button = Button(" ", "plain", "arrow-left")
        self.back_button.setObjectName("thanks-back")
        self.back_button.clicked.connect(self.back_wanted)
        self.give_button = Button(" ", "primary", "lock")
        self.give_button.setObjectName("thanks-give")
        self.give_button.clicked.connect(self.give_wanted)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()

    def show_answers(self, form: Form, answers: Mapping[Article, Answer]) -> None:
        """List what was answered. Yes and no look alike here too."""
        words = form.part("thanks")
        self.title.setText(words["title"])
        self.intro.setText(words["intro"])
        self.back_button.say(form.word("back"))
        self.give_button.say(words["give"])
        beside = around(form.language)
        self.slip.setText(beside["slip_want"])
        self.slip.setAccessibleName(beside["slip_want"])
        self.slip_warning.setText(beside["slip_warn"])
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        while item := self._grid.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, (article, answer) in enumerate(answers.items()):
            said = form.word(_ANSWER_WORDS[answer])
            self._grid.addWidget(text(words[article], "lead"), number, 0)
            self._grid.addWidget(Pill(said), number, 1, Qt.AlignmentFlag.AlignRight)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addStretch(2)
        for widget in (self.title, self.intro, self.card):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(self.slip)
        column.addWidget(self.slip_warning)
        column.addSpacing(8)
        below = QHBoxLayout()
        below.addWidget(self.back_button)
        below.addStretch()
        below.addWidget(self.give_button)
        column.addLayout(below)
        column.addStretch(3)
