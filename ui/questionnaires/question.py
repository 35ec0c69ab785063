"""One question and the place for its answer. Nothing is answered beforehand."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.questionnaires import AnswerKind, Question
from i18n import tr
from ui.questionnaires import words
from ui.widgets.labels import wrapped


class QuestionPart(QWidget):
    """Arrow keys move between answers, Space chooses, Tab goes on to the next question."""

    changed = Signal()

    def __init__(self, question: Question, number: int) -> None:
        """Ask it."""
        super().__init__()
        self.question = question
        asked = f"{number}. {words.said(question.text)}"
        if question.is_required:
            asked = tr("{question} (needed)", question=asked)
        self.setAccessibleName(asked)
        self.label = wrapped(asked, "body", "text", "semibold")
        self.problem = wrapped("", "caption", "danger")
        self.problem.hide()
        self.buttons: dict[str, QRadioButton] = {}
        self.edit: QLineEdit | QPlainTextEdit | None = None
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.label)
        self._make(asked)
        self._column.addWidget(self.problem)
        self._group.buttonToggled.connect(self._on_changed)

    def typed(self) -> str:
        """Return the answer as it stands."""
        if isinstance(self.edit, QPlainTextEdit):
            return self.edit.toPlainText()
        if self.edit is not None:
            return self.edit.text()
        return next((key for key, each in self.buttons.items() if each.isChecked()), "")

    def put_back(self, answer: str) -> None:
        """Show an answer that was half given."""
        if isinstance(self.edit, QPlainTextEdit):
            self.edit.setPlainText(answer)
        elif self.edit is not None:
            self.edit.setText(answer)
        elif answer in self.buttons:
            self.buttons[answer].setChecked(True)

    def first(self) -> QWidget:
        """Return where the keyboard belongs."""
        return self.edit or next(iter(self.buttons.values()))

    def say_wrong(self, said: str) -> None:
        """Say why the answer does not fit, or with "" nothing."""
        self.problem.setText(said)
        self.problem.setVisible(bool(said))

    def _make(self, asked: str) -> None:
        question = self.question
        match question.kind:
            case AnswerKind.TEXT:
                self.edit = _paper()
                self.edit.textChanged.connect(self._on_changed)
            case AnswerKind.NUMBER:
                self.edit = QLineEdit()
                self.edit.setValidator(QIntValidator(0, question.highest, self))
                self.edit.setMaximumWidth(160)
                span = tr(
                    "{lowest} to {highest}", lowest=question.lowest, highest=question.highest
                )
                self.edit.setPlaceholderText(span)
                self.edit.textChanged.connect(self._on_changed)
            case AnswerKind.CHOICE | AnswerKind.YES_NO:
                self._choices(asked)
                return
        self.edit.setAccessibleName(asked)
        self.edit.setObjectName(f"answer-{question.id}")
        self._column.addWidget(self.edit)

    def _choices(self, asked: str) -> None:
        for option in self.question.options:
            button = QRadioButton(words.option_words(self.question, option.id))
            button.setObjectName(f"answer-{self.question.id}-{option.id}")
            button.setAccessibleName(f"{asked}: {button.text()}")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.buttons[option.id] = button
            self._group.addButton(button)
            self._column.addWidget(button)

    @Slot()
    @Slot(QAbstractButton, bool)
    def _on_changed(self, *_: object) -> None:
        self.say_wrong("")
        self.changed.emit()


def _paper() -> QPlainTextEdit:
    paper = QPlainTextEdit()
    paper.setProperty("written", "true")
    paper.setTabChangesFocus(True)
    paper.setFixedHeight(72)
    return paper
