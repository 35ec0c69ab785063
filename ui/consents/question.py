"""One question on the handed-over screen, with answers that look alike."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.consent_texts import SHOWN_CLEARLY
from desktop.domain.consents import Answer, Article
from ui.consents.texts import ROWS, Screen
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import Icon, repaint, text, wrapped

_ICONS = dict(
    zip(ROWS, ("building-2", "target", "list-checks", "calendar-check", "hand"), strict=True)
)
_GAP = 16
_KOREAN, _WIDEST = 300, 16_777_215
"""Width of the Korean text beside a row; as wide as it likes (Qt's own limit)."""


class QuestionPage(QWidget):
    """Shows a `Screen` line for line; what is hashed is what these labels say."""

    answered = Signal(object)
    back_wanted = Signal()

    def __init__(self) -> None:
        """Lay out five rows and three answers; nothing is chosen."""
        super().__init__()
        self.title = wrapped("", "question", "text")
        self.intro = wrapped("", "lead", "text2")
        self.child = wrapped("", "lead", "accent", "semibold")
        self.until = wrapped("", "body", "text2")
        self.korean = (wrapped("", "caption", "text2"), wrapped("", "caption", "text2"))
        self.rows: dict[str, tuple[QLabel, QLabel, QLabel]] = {}
        self.yes_button = Button(" ", "choice", "check", "ok")
        self.no_button = Button(" ", "choice", "x", "text2")
        self.later_button = Button("", "quiet").sized("large")
        self.back_button = Button(" ", "quiet", "arrow-left").sized("small")
        self._name_parts()
        self._lay_out()
        self.yes_button.clicked.connect(self._on_yes)
        self.no_button.clicked.connect(self._on_no)
        self.later_button.clicked.connect(self._on_later)
        self.back_button.clicked.connect(self.back_wanted)

    def show_screen(self, screen: Screen, gloss: Mapping[str, str], back: str) -> None:
        """Show a question; `gloss` names the rows for the counselor, `back` the way back or ""."""
        self.title.setText(screen.title)
        self.intro.setText(screen.intro)
        self.child.setText(screen.child)
        self.child.setVisible(bool(screen.child))
        self.until.setText(screen.until)
        for row in screen.rows:
            question, answer, beside = self.rows[row.key]
            question.setText(row.question)
            answer.setText(row.answer)
            beside.setText(gloss.get(row.key, ""))
        self._show_clearly(screen.article, has_korean=bool(screen.korean))
        self._show_korean(screen.korean)
        buttons = (self.yes_button, self.no_button, self.later_button)
        for button, words in zip(buttons, screen.answers, strict=True):
            button.say(words)
        self.back_button.say(back)
        self.back_button.setVisible(bool(back))
        # No answer is under Enter or Space until a person moves there.
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_clearly(self, article: Article, *, has_korean: bool) -> None:
        """Let what the decree names stand out: bold, and a fifth larger than the rest."""
        for key, (_, answer, beside) in self.rows.items():
            is_clear = key in SHOWN_CLEARLY[article]
            repaint(answer, type="clear" if is_clear else "lead")
            is_beside = is_clear and has_korean
            repaint(
                beside,
                type="clear-beside" if is_beside else "caption",
                tone="text" if is_beside else "text3",
            )

    def _show_korean(self, lines: tuple[str, ...]) -> None:
        for label, words in zip(
            self.korean, (lines[0], lines[-1]) if lines else ("", ""), strict=True
        ):
            label.setText(words)
            label.setVisible(bool(words))
        for (_, _, beside), words in zip(self.rows.values(), lines[1:-1], strict=False):
            beside.setText(words)
        for _, _, beside in self.rows.values():
            beside.setWordWrap(bool(lines))
            beside.setMinimumWidth(_KOREAN if lines else 0)
            beside.setMaximumWidth(_KOREAN if lines else _WIDEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give yes and no the same width to the pixel; a layout would share out the rest."""
        width = (event.size().width() - 2 * _GAP) * 9 // 26  # both are longer words than "later"
        self.yes_button.setFixedWidth(width)
        self.no_button.setFixedWidth(width)
        super().resizeEvent(event)

    def _name_parts(self) -> None:
        for name, button in (
            ("consent-yes", self.yes_button),
            ("consent-no", self.no_button),
            ("consent-later", self.later_button),
            ("consent-back", self.back_button),
        ):
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.later_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.back_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self.back_button)
        column.addWidget(self.title)
        column.addWidget(self.intro)
        column.addWidget(self.child)
        column.addWidget(self.korean[0])
        column.addSpacing(8)
        column.addWidget(self._table())
        column.addWidget(self.until)
        column.addWidget(self.korean[1])
        column.addSpacing(10)
        answers = QHBoxLayout()
        answers.setSpacing(_GAP)
        for button in (self.yes_button, self.no_button, self.later_button):
            answers.addWidget(button, 1)
        column.addLayout(answers)
        column.addStretch(3)

    def _table(self) -> Card:
        card = Card(margin=32)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(18)
        grid.setColumnMinimumWidth(1, 210)
        grid.setColumnStretch(2, 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        for number, key in enumerate(ROWS):
            question = text("", "lead", "accent", "semibold")
            answer = wrapped("", "lead", "text")
            beside = text("", "caption", "text3")
            grid.addWidget(Icon(_ICONS[key], "accent_text", 26), number, 0, middle)
            grid.addWidget(question, number, 1, middle)
            grid.addWidget(answer, number, 2)
            grid.addWidget(beside, number, 3, middle | Qt.AlignmentFlag.AlignRight)
            self.rows[key] = (question, answer, beside)
        card.body.addLayout(grid)
        return card

    @Slot()
    def _on_yes(self) -> None:
        self.answered.emit(Answer.GIVEN)

    @Slot()
    def _on_no(self) -> None:
        self.answered.emit(Answer.REFUSED)

    @Slot()
    def _on_later(self) -> None:
        self.answered.emit(Answer.LATER)
