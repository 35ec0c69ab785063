"""One case: who, when, why, what next; and who has seen it, in two steps."""

from functools import cached_property

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.services.supervision import Case
from i18n import formats, tr
from ui.people import age_words, step_words
from ui.supervising.seen import SeenForm
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.elided import Elided
from ui.widgets.labels import IconLabel, text, wrapped


class CaseCard(Card):
    """Reading it needs no field: those are made when somebody says that it was seen."""

    seen = Signal(object, str, str)
    opened = Signal(object)
    resized = Signal()

    def __init__(self, case: Case, supervisor: str) -> None:
        """Show a case; `supervisor` is proposed where this laptop is a supervisor's."""
        super().__init__(margin=18)
        self.setObjectName("case-card")
        self.setAccessibleName(f"{case.youth.alias}. {case.judgement.grounds}")
        self.case, self.supervisor = case, supervisor
        self.is_asked = False
        self.open_button = Button(tr("Open"), "quiet").sized("small")
        self.seen_button = Button(tr("A supervisor has seen this…"), "soft", "eye")
        self.open_button.setObjectName("case-open")
        self.seen_button.setObjectName("case-seen")
        self._lay_out()
        self.seen_button.clicked.connect(self._on_seen)
        self.open_button.clicked.connect(self._on_open)

    @cached_property
    def form(self) -> SeenForm:
        """Who has seen it, in the place of the buttons."""
        form = SeenForm(self.supervisor)
        form.sure.connect(self._on_sure)
        form.left.connect(self._on_back)
        form.resized.connect(self.resized)
        self.body.addWidget(form)
        return form

    def first(self) -> QWidget:
        """Return where the keyboard begins."""
        return self.form.first() if self.is_asked else self.seen_button

    def half_said(self) -> dict[str, str]:
        """Return what is typed here; nothing but the proposed name is nothing."""
        if "form" not in vars(self):
            return {}
        name, words = self.form.name.words(), self.form.words.words()
        return {"name": name, "words": words} if words or name != self.supervisor else {}

    def put_back(self, said: dict[str, str]) -> None:
        """Let it stand here again."""
        self._step(is_asked=True)
        self.form.name.edit.setText(said.get("name", ""))
        self.form.words.edit.setText(said.get("words", ""))

    def say_wrong(self, words: str) -> None:
        """Say why it was not written down."""
        self.form.say_wrong(words)

    @Slot()
    def _on_seen(self) -> None:
        self._step(is_asked=True)
        self.form.first().setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._step(is_asked=False)
        self.seen_button.setFocus()

    @Slot(str, str)
    def _on_sure(self, name: str, words: str) -> None:
        self.seen.emit(self.case, name, words)

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self.case.youth.id)

    def _step(self, *, is_asked: bool) -> None:
        self.is_asked = is_asked
        self.form.setVisible(is_asked)
        for button in (self.seen_button, self.open_button):
            button.setVisible(not is_asked)
        self.resized.emit()

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
        self.body.addLayout(foot)
