"""The full-window screen that is handed over: nothing here is about anyone else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.agencies import Agency
from desktop.domain.consents import Answer, Consent, Guardian
from desktop.errors import AppError
from desktop.services import consents
from desktop.services.youths import YouthFile
from ui.consents.asking import Asking
from ui.consents.frame import Foot, Head, draft_words
from ui.consents.guardian import GuardianPage
from ui.consents.pin import PinPage
from ui.consents.question import QuestionPage
from ui.consents.reading import Reading
from ui.consents.texts import Form, Screen
from ui.consents.thanks import ThanksPage
from ui.messages import sentence
from ui.tasks import Tasks

LOOK: Final = """
QLabel[type="question"] { font-size: 32px; font-weight: 700; }
QLabel[type="lead"] { font-size: 18px; }
QLabel[type="told"] { font-size: 19px; }
QPushButton[tall="large"] { font-size: 18px; }
QPushButton[kind="choice"] { min-height: 72px; }
QPushButton#consent-back, QPushButton#handover-give-back { padding: 0 2px; }
"""
_LET_THROUGH: Final = ("Ctrl+L", "Ctrl+Shift+H")


class HandOver(QWidget):
    """Asks one question a screen, then waits for the PIN."""

    finished = Signal(object)
    lock_wanted = Signal()

    def __init__(self, tasks: Tasks) -> None:
        """Build every page once."""
        super().__init__()
        self._tasks = tasks
        self._asking: Asking | None = None
        self._screen: Screen | None = None
        self._form = Form("ko")
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(LOOK)
        self.head, self.foot = Head(), Foot()
        self.reading = Reading(self.head)
        self.question, self.guardian = QuestionPage(), GuardianPage()
        self.thanks, self.pin = ThanksPage(), PinPage()
        self.languages, self.give_back_button = self.head.languages, self.foot.give_back_button
        self.pages = QStackedWidget()
        for page in (self.question, self.guardian, self.thanks, self.pin):
            self.pages.addWidget(_scrolled(page))
        self._column = QVBoxLayout(self)
        for part in (self.head, self.pages, self.foot):
            self._column.addWidget(part, 1 if part is self.pages else 0)
        self._connect()

    def begin(self, file: YouthFile, agency: Agency, pin: str) -> None:
        """Start asking this young person, or their guardian, about this agency."""
        self._asking = Asking.about(file.youth, agency, file.draft, self._tasks.moment())
        self._form = Form(file.youth.language)
        self.languages.choose(self._form.language)
        self.guardian.clear()
        self.pin.begin(pin)
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
        self.thanks.back_wanted.connect(self._on_back)
        self.thanks.give_wanted.connect(self._on_give_back)
        self.foot.give_back_wanted.connect(self._on_give_back)
        self.foot.korean_wanted.connect(self._show_now)
        self.pin.reading_wanted.connect(self._show_now)
        self.pin.lock_wanted.connect(self.lock_wanted)
        self.pin.opened.connect(self._on_opened)

    @Slot()
    def _show_now(self) -> None:
        """Show whatever comes next: who answers, a question, or thanks."""
        if self._asking is None:
            return
        needs_name = self._asking.needs_guardian() and self._asking.guardian is None
        self._screen = None if needs_name else _asked(self._asking, self._form, self.foot)
        if self._screen is not None:
            self._show_question(self._asking, self._screen)
            return
        self.reading.stop()
        self.head.show_step("")
        self.foot.show_law("")
        if needs_name:
            self.pages.setCurrentIndex(1)
            self.guardian.show_form(self._form)
        else:
            self.pages.setCurrentIndex(2)
            self.thanks.show_answers(self._form, self._asking.answered)

    def _show_question(self, asking: Asking, screen: Screen) -> None:
        gloss = {} if self._form.language == "ko" else Form("ko").part("gloss")
        back = self._form.word("back") if asking.answered else ""
        self.head.show_step(f"{len(asking.answered) + 1} / {len(asking.questions())}")
        self.foot.show_form(self._form, screen.article)
        self.pages.setCurrentIndex(0)
        self.question.show_screen(screen, gloss, back)
        self.reading.show(screen, self._form)

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
            self._asking = self._asking.for_guardian(guardian)
            self._show_now()

    @Slot()
    def _on_give_back(self) -> None:
        self.reading.stop()
        self.head.show_step("", has_languages=False)
        self.foot.show_law("", has_way_back=False)
        self.pages.setCurrentIndex(3)
        self.pin.ask()

    @Slot()
    def _on_opened(self) -> None:
        if not self._record(self._leave, lambda error: self.pin.say(sentence(error))):
            self._leave(None)

    def _record(self, then: Callable[[Consent], None], failed: Callable[[AppError], None]) -> bool:
        """Keep what was answered so far; say whether anything was."""
        if self._asking is None or not self._asking.answered:
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

    def event(self, event: QEvent) -> bool:
        """Keep every shortcut of the counselor's window out, but for locking and hiding."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination()).toString()
            if pressed not in _LET_THROUGH:
                event.accept()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short on a wide screen and the margin small on a small one."""
        side = max(32, (self.width() - 1200) // 2) if self.width() > 1400 else self.width() // 16
        self._column.setContentsMargins(side, 20, side, 16)
        super().resizeEvent(event)


def _asked(asking: Asking, form: Form, foot: Foot) -> Screen | None:
    """Return the question, with the Korean text beside it where somebody wishes that."""
    screen, korean = asking.screen(form), asking.screen(Form("ko"))
    if screen is None or korean is None or form.language == "ko":
        return screen
    is_beside = foot.korean_button.isChecked()
    gloss = () if is_beside else tuple(Form("ko").part("gloss").values())
    screen = screen.beside(korean) if is_beside else screen
    return replace(screen, aside=(*gloss, draft_words(form)))


def _scrolled(page: QWidget) -> QScrollArea:
    page.setProperty("clear", "true")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
