"""What colleagues ask a supervisor to sign: all of it to read, then a name or a reason."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.disclosures import Cosigning
from desktop.errors import AppError
from desktop.services import cosigning
from i18n import formats, tr
from ui import report_words
from ui.disclosures import seen
from ui.messages import sentence
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Notice
from ui.widgets.labels import IconLabel, Rule, text, wrapped
from ui.widgets.segmented import Choice, Segmented
from ui.widgets.sheet import Sheet
from ui.widgets.twice import SecondButton


class SigningSheet(Sheet):
    """One card a question, the oldest first."""

    answered, listed = Signal(), Signal()

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("To sign"), tr("Close"), width=720)
        self.setObjectName("signing-sheet")
        self._tasks = tasks
        told = tr("The call to 112 or 119 waits for nobody. If it was not made, call now.")
        self.call = Notice("phone", told, "danger")
        self.empty = wrapped(tr("Nothing waits for your name."), "body", "text2")
        self.problem = Notice("triangle-alert", "", "danger")
        self.cards: tuple[SigningCard, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(14)
        self.keep_in_sight(self.call)
        for part in (self.problem, self.empty):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        self.body.addStretch()

    def begin(self) -> None:
        """Ask what waits, and show it."""
        self.problem.hide()
        self.reload()
        self.open(self.close_button)

    def reload(self) -> None:
        """Ask again what waits: a card that still does stays as it stands."""
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: cosigning.waiting(vault, moment), self._show)

    def _show(self, waiting: tuple[Cosigning, ...]) -> None:
        for card in self.cards:
            if card.question not in waiting:
                self._drop(card)
        standing = {card.question.id: card for card in self.cards if card.question in waiting}
        self.cards = tuple(standing.get(each.id) or self._made(each) for each in waiting)
        for place, card in enumerate(self.cards):
            if self._list.indexOf(card) != place:
                self._list.insertWidget(place, card)
        self.empty.setVisible(not waiting)
        self.fit()
        self.listed.emit()

    def _made(self, question: Cosigning) -> "SigningCard":
        card = SigningCard(question)
        card.signed.connect(self._on_signed)
        card.refused.connect(self._on_refused)
        card.resized.connect(self.fit)
        return card

    def _drop(self, card: "SigningCard") -> None:
        if card.isAncestorOf(self._window.focusWidget()):
            self.close_button.setFocus()
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()

    @Slot(object)
    def _on_signed(self, question: Cosigning) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: cosigning.sign(vault, question.id, moment),
            lambda _: self._on_answered(),
            lambda error: self._say_wrong(question, error),
        )

    @Slot(object, str)
    def _on_refused(self, question: Cosigning, reason: str) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: cosigning.refuse(vault, question.id, reason, moment),
            lambda _: self._on_answered(),
            lambda error: self._say_wrong(question, error),
        )

    def _on_answered(self) -> None:
        self.problem.hide()
        self.reload()
        self.answered.emit()

    def _say_wrong(self, question: Cosigning, error: AppError) -> None:
        for card in self.cards:
            if card.question is question:
                card.be_busy(is_busy=False)
        self.problem.show_words("triangle-alert", sentence(error), "danger")
        self.problem.show()
        self.reload()


class SigningCard(Card):
    """Every word of one question, and two answers."""

    signed = Signal(object)
    refused = Signal(object, str)
    resized = Signal()

    def __init__(self, question: Cosigning) -> None:
        """Show all of it; nothing is answered yet."""
        super().__init__(margin=18)
        self.setObjectName(f"signing-{question.id}")
        self.question = question
        self.add(*_asked(question))
        self.sign_button = Button(tr("Sign…"), "primary", pressed=partial(self._on_open, "sign"))
        self.no_button = Button(tr("Do not sign…"), "plain", pressed=partial(self._on_open, "no"))
        self.sure_button = SecondButton(
            tr("Sign with my name"), "primary", "check", pressed=self._sign
        )
        self.sure_no_button = SecondButton(tr("Do not sign"), "danger", pressed=self._refuse)
        self.back_button = Button(tr("Back"), "quiet", pressed=self._on_back)
        self.reasons = Segmented(
            tr("Why not"),
            tuple(Choice(code, report_words.refusal(code)) for code in cosigning.REASONS),
        )
        self.means = wrapped("", "body", "text", "semibold")
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch()
        for button in (self.no_button, self.sign_button, self.sure_no_button, self.sure_button):
            row.addWidget(button)
        self.add(self.means, self.reasons)
        self.body.addLayout(row)
        self.reasons.chosen.connect(lambda _: self.sure_no_button.setEnabled(True))
        self._opener = self.sign_button
        self._step("")

    def _on_open(self, step: str) -> None:
        self._opener = self.no_button if step == "no" else self.sign_button
        self._step(step)
        self.back_button.setFocus()  # the harmless one: a second Space signs nothing

    @Slot()
    def _on_back(self) -> None:
        self._step("")
        self._opener.setFocus()

    def _step(self, step: str) -> None:
        for button in (self.sign_button, self.no_button):
            button.setVisible(not step)
        self.back_button.setVisible(bool(step))
        self.sure_button.setVisible(step == "sign")
        for part in (self.sure_no_button, self.reasons):
            part.setVisible(step == "no")
        self.reasons.choose("")
        self.sure_no_button.setEnabled(False)
        agency = self.question.agency_name
        said = {
            "sign": tr(
                "It then goes to {agency} as soon as your colleague has a line, unless they took "
                "it back. Once sent, it cannot be taken back.",
                agency=agency,
            ),
            "no": tr("It is not sent. Whoever asked sees why; talk with them by telephone."),
        }.get(step, "")
        self.means.setText(said)
        self.means.setVisible(bool(step))
        self.resized.emit()

    def _sign(self) -> None:
        self.be_busy(is_busy=True)
        self.signed.emit(self.question)

    def _refuse(self) -> None:
        if self.reasons.key():
            self.be_busy(is_busy=True)
            self.refused.emit(self.question, self.reasons.key())

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second answer while one is on its way."""
        for part in (self.back_button, self.sure_button, self.sure_no_button, self.reasons):
            part.setEnabled(not is_busy)


def _asked(question: Cosigning) -> tuple[QWidget, ...]:
    when = formats.day_and_clock(question.asked_at)
    told = tuple(question.words.items())
    call = tr("Call your colleague: their screen shows the same six words.")
    return (
        text(tr("Asked {time}", time=when), "caption", "text3"),
        seen.asker(question.asked_from),
        wrapped(call, "caption", "text3"),
        Rule(),
        *seen.parts(question.ground, question.agency_name, question.reason, told),
        IconLabel("eye-off", tr("Tell nobody who reports: the law forbids it.")),
    )
