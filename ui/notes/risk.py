"""Judging risk: choosing a level opens a place for its grounds; without them nothing is kept."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QIcon,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from desktop.domain.ids import YouthId
from desktop.domain.screening import NextStep, Risk, Unfinished
from i18n import tr
from ui import style
from ui.people import risk_icon, risk_words, step_words
from ui.widgets.buttons import Button
from ui.widgets.labels import Pill, text, wrapped
from ui.widgets.segmented import Choice, Segmented

_ROOMY = 560
LEVELS = (Risk.LOW, Risk.MEDIUM, Risk.HIGH)


def risk_choice() -> Segmented:
    """Return the three levels, each with its shape."""
    segmented = Segmented(
        tr("Risk level"),
        (
            Choice(Risk.LOW.value, tr("Low"), tone="ok"),
            Choice(Risk.MEDIUM.value, tr("Mid"), tone="warn"),
            Choice(Risk.HIGH.value, tr("High"), tone="danger"),
        ),
    )
    segmented.setObjectName("risk_level")
    for level in LEVELS:
        segmented.buttons[level.value].setIcon(risk_icon(level))
        segmented.buttons[level.value].setIconSize(QSize(24, 18))
    return segmented


class GroundsPanel(QFrame):
    """Asks for grounds, and for a next step when the risk is high."""

    shown = Signal(bool)
    confirmed = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        """Be closed."""
        super().__init__()
        self.setObjectName("grounds_panel")
        self.setProperty("card", "true")
        self.risk = Risk.NONE
        self._unfinished: dict[YouthId, tuple[Risk, str, str]] = {}
        self.level = Pill()
        self.grounds = _paper()
        self.steps = Segmented(tr("Next step"), _step_choices())
        self.steps.setObjectName("next_step")
        self.steps_label = text(tr("Next step"), "caption", "text2", "semibold")
        self.questions_button = Button(tr("Questionnaire"), "quiet", "list-checks").sized("small")
        self.questions_button.setObjectName("questions")
        self.questions_button.hide()
        self.problem = wrapped("", "caption", "danger")
        self.save_button = Button(tr("Keep judgment"), "primary", pressed=self.confirmed.emit)
        self.save_button.setObjectName("keep_judgement")
        self.cancel_button = Button(tr("Cancel"), "quiet", pressed=self.cancelled.emit)
        self._lay_out()
        self.grounds.textChanged.connect(self._on_answered)
        self.steps.chosen.connect(self._on_answered)
        self.hide()

    def ask(self, risk: Risk) -> None:
        """Open for this level; words already written stay."""
        self.risk = risk
        tones = {Risk.LOW: "ok", Risk.MEDIUM: "warn", Risk.HIGH: "danger"}
        self.level.show_words(risk_words(risk), tones[risk])
        for widget in (self.steps, self.steps_label):
            widget.setVisible(risk is Risk.HIGH)
        self.say_wrong("")
        self._on_answered()
        self.show()
        self.grounds.setFocus()

    def close_panel(self) -> None:
        """Forget the words and close."""
        self.grounds.clear()
        self.steps.choose("")
        self.hide()

    def set_aside(self, youth: YouthId) -> None:
        """Keep unfinished words for when this young person is opened again."""
        self.put_away(youth)
        self.close_panel()

    def put_away(self, youth: YouthId) -> None:
        """Remember what is written, and leave it open."""
        if not self.isHidden():
            self._unfinished[youth] = (self.risk, self.words(), self.steps.key())

    def typed(self, youth: YouthId) -> Unfinished:
        """Return what is written now; a syllable under composition is not ended for it."""
        return Unfinished(youth, self.risk, self.grounds.toPlainText(), self.next_step())

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Return all that was set aside and has words."""
        return tuple(
            Unfinished(youth, risk, words, NextStep(step) if step else None)
            for youth, (risk, words, step) in self._unfinished.items()
            if words.strip()
        )

    def take_up(self, youth: YouthId, kept: Unfinished | None) -> Risk:
        """Open with the words set aside or `kept`, if there are any, and return their level."""
        usual = (kept.risk, kept.grounds, kept.next_step or "") if kept else (Risk.NONE, "", "")
        risk, words, step = self._unfinished.pop(youth, usual)
        if risk is not Risk.NONE:
            self.grounds.setPlainText(words)
            self.steps.choose(step)
            self.ask(risk)
        return risk

    def forget(self, youth: YouthId) -> None:
        """Drop words set aside: they were kept meanwhile."""
        self._unfinished.pop(youth, None)

    def words(self) -> str:
        """Return the grounds, the last syllable included."""
        QGuiApplication.inputMethod().commit()
        return self.grounds.toPlainText()

    def next_step(self) -> NextStep | None:
        """Return the next step chosen for a high risk."""
        key = self.steps.key()
        return NextStep(key) if key and self.risk is Risk.HIGH else None

    def say_wrong(self, words: str) -> None:
        """Say why it was not kept, or with "" nothing."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def showEvent(self, event: QShowEvent) -> None:
        """Say that the grounds are being written."""
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that they are not."""
        super().hideEvent(event)
        self.shown.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where words are large and the laptop small, the steps' names are enough."""
        is_narrow = event.size().width() < style.scaled(_ROOMY)
        for choice in _step_choices():
            icon = QIcon() if is_narrow else style.icon(choice.icon)
            self.steps.buttons[choice.key].setIcon(icon)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes an empty panel; Ctrl+Enter keeps the judgement."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape and not self.grounds.toPlainText().strip():
            self.cancelled.emit()
        elif is_enter and self.save_button.isEnabled():
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_answered(self) -> None:
        has_step = self.risk is not Risk.HIGH or bool(self.steps.key())
        self.save_button.setEnabled(not self.grounds.document().isEmpty() and has_step)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(text(tr("Grounds for the judgment"), "body", weight="semibold"))
        head.addWidget(self.level)
        head.addStretch()
        foot.addWidget(wrapped(tr("Kept with the time. Earlier ones stay."), "caption"), 1)
        foot.addWidget(self.questions_button)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self.grounds, self.steps_label, self.steps, self.problem):
            column.addWidget(widget)
        column.addLayout(foot)


def _paper() -> QPlainTextEdit:
    paper = QPlainTextEdit()
    paper.setObjectName("grounds")
    paper.setAccessibleName(tr("Grounds for the judgment"))
    paper.setPlaceholderText(tr("What did you see or hear that makes you judge so?"))
    paper.setTabChangesFocus(True)
    paper.setFixedHeight(64)
    return paper


def _step_choices() -> tuple[Choice, ...]:
    return (
        Choice(NextStep.ACCOMPANY.value, step_words(NextStep.ACCOMPANY), "footprints"),
        Choice(NextStep.URGENT_REFERRAL.value, step_words(NextStep.URGENT_REFERRAL), "send"),
        Choice(NextStep.REPORT.value, step_words(NextStep.REPORT), "siren"),
        Choice(NextStep.SUICIDE_LINE.value, step_words(NextStep.SUICIDE_LINE), "phone"),
    )
