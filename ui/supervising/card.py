"""One case: who, when, why, what next; and who has seen it, in two steps."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.supervision import Case
from i18n import formats, tr
from ui.people import age_words, step_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.elided import Elided
from ui.widgets.field import Field
from ui.widgets.labels import IconLabel, text, wrapped


class CaseCard(Card):
    """What is written here stays: the name is asked for first."""

    seen = Signal(object, str, str)
    opened = Signal(object)
    resized = Signal()

    def __init__(self, case: Case, supervisor: str) -> None:
        """Show a case; `supervisor` is proposed where this laptop is a supervisor's."""
        super().__init__(margin=18)
        self.setObjectName("case-card")
        self.setAccessibleName(f"{case.youth.alias}. {case.judgement.grounds}")
        self.case = case
        self.open_button = Button(tr("Open"), "quiet").sized("small")
        self.seen_button = Button(tr("A supervisor has seen this…"), "soft", "eye")
        self.name = Field(tr("Supervisor's name"))
        self.name.edit.setObjectName("supervisor-name")
        self.name.edit.setText(supervisor)
        self.words = Field(tr("What was agreed"), tr("It may be left empty."))
        self.words.edit.setObjectName("supervisor-words")
        self.back_button = Button(tr("Back"), "quiet")
        self.sure_button = Button(tr("Write down under this name"), "primary", "check")
        self._asked = QWidget()
        named = {"case-open": self.open_button, "case-seen": self.seen_button}
        for name, button in (named | {"case-sure": self.sure_button}).items():
            button.setObjectName(name)
        self._lay_out()
        self._connect()

    def say_wrong(self, words: str) -> None:
        """Say why it was not written down."""
        self.name.say_wrong(words)
        self.sure_button.setEnabled(True)
        self.name.edit.setFocus()
        self.resized.emit()

    @Slot()
    def _on_seen(self) -> None:
        self._step(is_asked=True)
        (self.words if self.name.words() else self.name).edit.setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._step(is_asked=False)
        self.seen_button.setFocus()

    @Slot()
    def _on_sure(self) -> None:
        QGuiApplication.inputMethod().commit()
        if self.sure_button.isEnabled():
            self.sure_button.setEnabled(False)
            self.seen.emit(self.case, self.name.words(), self.words.words())

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self.case.youth.id)

    def _step(self, *, is_asked: bool) -> None:
        self._asked.setVisible(is_asked)
        for button in (self.seen_button, self.open_button):
            button.setVisible(not is_asked)
        self.resized.emit()

    def _connect(self) -> None:
        self.seen_button.clicked.connect(self._on_seen)
        self.back_button.clicked.connect(self._on_back)
        self.sure_button.clicked.connect(self._on_sure)
        self.open_button.clicked.connect(self._on_open)
        for field in (self.name, self.words):
            field.entered.connect(self._on_sure)

    def _lay_out(self) -> None:
        youth, judged = self.case.youth, self.case.judgement
        head, foot = QHBoxLayout(), QHBoxLayout()
        when = tr("Judged high {time}", time=formats.day_and_clock(judged.judged_at))
        head.addWidget(Elided(text(youth.alias, "note", weight="semibold")))
        head.addWidget(text(age_words(youth.age), "caption", "text2"))
        head.addStretch()
        head.addWidget(text(when, "caption", "danger"))
        self.body.addLayout(head)
        self.add(wrapped(judged.grounds, "body", "text"))
        if judged.next_step is not None:
            said = tr("Next step: {step}", step=step_words(judged.next_step))
            self.add(IconLabel("footprints", said))
        foot.addWidget(self.open_button)
        foot.addStretch()
        foot.addWidget(self.seen_button)
        self.add(self._asked)
        self.body.addLayout(foot)
        self._lay_out_question()

    def _lay_out_question(self) -> None:
        sure, asked = QHBoxLayout(), QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(self.name)
        asked.addWidget(self.words)
        sure.addWidget(self.back_button)
        sure.addStretch()
        sure.addWidget(self.sure_button)
        asked.addLayout(sure)
        self._asked.hide()
