"""The full-window screen that is handed over: nothing here is about anyone else."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal, Slot

from desktop.domain.consent_records import Stroke
from desktop.domain.consents import Answer, Consent, Guardian
from desktop.errors import AppError
from desktop.services import consents
from ui.consents.around import how_words
from ui.consents.asking import Asking
from ui.consents.frame import Foot, Head, draft_words
from ui.consents.handing import Handing
from ui.consents.leaves import Leaves
from ui.consents.reading import Reading
from ui.consents.surface import Surface
from ui.consents.texts import Form, Screen
from ui.messages import sentence
from ui.tasks import Tasks


class HandOver(Surface):
    """Asks one question a screen, then waits for the PIN."""

    finished = Signal(object)
    slip_wanted = Signal(object, str)
    lock_wanted = Signal()

    def __init__(self, tasks: Tasks) -> None:
        """Build every page once."""
        super().__init__()
        self._tasks = tasks
        self._asking: Asking | None = None
        self._screen: Screen | None = None
        self._form = Form("ko")
        self.head, self.foot = Head(), Foot()
        self.reading = Reading(self.head)
        self.pages = Leaves()
        self.question, self.guardian = self.pages.question, self.pages.guardian
        self.thanks, self.pin = self.pages.thanks, self.pages.pin
        self.languages, self.give_back_button = self.head.languages, self.foot.give_back_button
        for part in (self.head, self.pages, self.foot):
            self.column.addWidget(part, 1 if part is self.pages else 0)
        self._connect()

    def begin(self, handing: Handing) -> None:
        """Start asking this young person, or their guardian, about this agency."""
        self._asking = Asking.about(handing, self._tasks.moment())
        self._form = Form(handing.file.youth.language)
        self.languages.choose(self._form.language)
        self.guardian.clear()
        self.thanks.slip.setChecked(False)
        self.pin.begin(handing.pin)
        self._show_now()

    def rescue(self) -> None:
        """At lock: what was answered is kept, as it is when the PIN gives the laptop back."""
        self.reading.stop()
        self._record(lambda _: None, lambda _: None)

    def _connect(self) -> None:
        self.head.language_chosen.connect(self._on_language)
        self.question.answered.connect(self._on_answer)
        self.question.back_wanted.connect(self._on_back)
        self.guardian.given.connect(self._on_guardian)
        self.pages.signing.signed.connect(self._on_signed)
        self.pages.signing.back_wanted.connect(self._on_back)
        self.thanks.back_wanted.connect(self._on_back)
        self.thanks.give_wanted.connect(self._on_give_back)
        self.foot.give_back_wanted.connect(self._on_give_back)
        self.foot.korean_wanted.connect(self._show_now)
        self.pin.reading_wanted.connect(self._show_now)
        self.pin.lock_wanted.connect(self.lock_wanted)
        self.pin.opened.connect(self._on_opened)

    @Slot()
    def _show_now(self) -> None:
        """Show whatever comes next: who answers, a question, a signature, or thanks."""
        if self._asking is None:
            return
        asking, form = self._asking, self._form
        self._screen = None if asking.needs_name() else _asked(asking, form, self.foot)
        if self._screen is not None:
            self._show_question(asking, self._screen)
            return
        self.reading.stop()
        self.head.show_step("")
        self.foot.show_law("")
        self.foot.show_draft(draft_words(form))
        if asking.needs_name():
            self.pages.turn_to(self.guardian)
            self.guardian.show_form(form)
        elif asking.needs_signature():
            self.pages.turn_to(self.pages.signing)
            self.pages.signing.ask(form.language, form.word("back"))
        else:
            self.pages.turn_to(self.thanks)
            self.thanks.show_answers(form, asking.answers())

    def _show_question(self, asking: Asking, screen: Screen) -> None:
        gloss = {} if self._form.language == "ko" else Form("ko").part("gloss")
        back = self._form.word("back") if asking.answered else ""
        self.head.show_step(f"{len(asking.answered) + 1} / {len(asking.steps())}")
        how = how_words(asking.handing.how, screen.language)
        self.foot.show_form(self._form, screen.article, how)
        self.pages.turn_to(self.question)
        self.question.show_screen(screen, gloss, back)
        self.reading.show(screen, self._form, how)

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._form = Form(language)
        self._show_now()

    @Slot(object)
    def _on_answer(self, answer: Answer) -> None:
        if self._asking is not None and self._screen is not None:
            self._asking = self._asking.answer(self._screen, answer)
            self._show_now()

    @Slot()
    def _on_back(self) -> None:
        if self._asking is not None:
            self._asking = self._asking.take_back()
            self._show_now()

    @Slot(object)
    def _on_guardian(self, guardian: Guardian) -> None:
        if self._asking is not None:
            self._asking = self._asking.for_guardian(guardian, self._tasks.moment().now)
            self._show_now()

    @Slot(object)
    def _on_signed(self, strokes: tuple[Stroke, ...]) -> None:
        if self._asking is not None:
            self._asking = self._asking.sign(strokes)
            self._show_now()

    @Slot()
    def _on_give_back(self) -> None:
        self.reading.stop()
        self.head.show_step("", has_languages=False)
        self.foot.show_law("", has_way_back=False)
        self.pages.turn_to(self.pin)
        self.pin.ask()

    @Slot()
    def _on_opened(self) -> None:
        if not self._record(self._leave, lambda error: self.pin.say(sentence(error))):
            self._leave(None)

    def _record(self, then: Callable[[Consent], None], failed: Callable[[AppError], None]) -> bool:
        """Keep what was answered so far; say whether anything was."""
        if self._asking is None or not self._asking.answers():
            return False
        moment = self._tasks.moment()
        consent = self._asking.consent(moment)
        self._tasks.run(lambda vault: consents.record(vault, consent, moment), then, failed)
        return True

    def _leave(self, consent: Consent | None) -> None:
        self._asking = None
        self.pin.begin("")
        self.guardian.clear()
        self.finished.emit(consent)
        if consent is not None and self.thanks.slip.isChecked():
            self.slip_wanted.emit(consent, self._form.language)


def _asked(asking: Asking, form: Form, foot: Foot) -> Screen | None:
    """Return the question, with the Korean text beside it where somebody wishes that."""
    screen, korean = asking.screen(form), asking.screen(Form("ko"))
    if screen is None or korean is None:
        return None
    told = (how_words(asking.handing.how, form.language), draft_words(form))
    if form.language == "ko":
        return replace(screen, aside=told)
    is_beside = foot.korean_button.isChecked()
    gloss = () if is_beside else tuple(Form("ko").part("gloss").values())
    screen = screen.beside(korean) if is_beside else screen
    return replace(screen, aside=(*gloss, *told))
