"""Questionnaires in the window: from the grounds of a judgement to the questions, and back."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.domain.forms import FormName
from desktop.domain.ids import YouthId
from desktop.domain.questionnaires import Answered, Questionnaire
from desktop.domain.youths import Youth
from desktop.services import questionnaires
from desktop.services.youths import YouthFile
from i18n import tr
from ui.window.half_said import Half, HalfSaid, in_sheet
from ui.window.window import Window

if TYPE_CHECKING:  # few organisations have one
    from ui.notes.page import NotePage
    from ui.questionnaires.answering import AnsweringSheet
    from ui.questionnaires.earlier import EarlierSheet
    from ui.questionnaires.loading import LoadingSheet


class Questioning(QObject):
    """The button beside the grounds is there once a questionnaire is in use."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window, self._tasks = window, window.tasks
        self._used: tuple[Questionnaire, ...] = ()
        self._grounds: tuple[YouthId, str] | None = None
        self._page: NotePage | None = None
        window.drawer_wanted.connect(self._on_drawer)
        window.pages.made.connect(self._on_made)
        window.pages.gone.connect(self._on_gone)
        self._half_said = HalfSaid(self._tasks, FormName.ANSWERS, self, _answers)
        window.pages.shown.connect(self._on_file)
        self.reload()

    def rescue(self) -> None:
        """At lock: keep what is half answered."""
        self._half_said.rescue()

    @cached_property
    def answering(self) -> "AnsweringSheet":
        """The questions."""
        from ui.questionnaires.answering import AnsweringSheet

        sheet = AnsweringSheet(self._tasks, self._window)
        sheet.answered.connect(self._on_answered)
        sheet.earlier_wanted.connect(self._on_earlier)
        sheet.closed.connect(self._half_said.look)
        return sheet

    @cached_property
    def loading(self) -> "LoadingSheet":
        """Those in use, and loading another."""
        from ui.questionnaires.loading import LoadingSheet

        sheet = LoadingSheet(self._tasks, self._window)
        sheet.changed.connect(self.reload)
        return sheet

    @cached_property
    def earlier(self) -> "EarlierSheet":
        """What was answered before."""
        from ui.questionnaires.earlier import EarlierSheet

        return EarlierSheet(self._tasks, self._window)

    @Slot()
    def reload(self) -> None:
        """Ask which are in use."""
        self._tasks.run(questionnaires.in_use, self._show)

    @Slot()
    def ask(self) -> None:
        """Ask about whoever's page is open."""
        file = self._window.pages.file
        if not self._used:
            self.loading.begin()
        elif file is None:
            self._window.toast.say(tr("Choose the young person first, then open it again."))
        else:
            self._half_said.is_said(self, file.youth.id, "answering")
            self.answering.open_for(file.youth, self._used)

    def _show(self, used: tuple[Questionnaire, ...]) -> None:
        self._used = used
        if self._page is not None:
            self._page.judging.panel.questions_button.setVisible(bool(used))

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "questionnaires":
            self.loading.begin()
        elif key == "questionnaire":
            self.ask()

    @Slot(object)
    def _on_made(self, page: "NotePage") -> None:
        self._page = page
        page.judging.panel.questions_button.clicked.connect(self.ask)
        page.judging.panel.questions_button.setVisible(bool(self._used))
        page.judging.panel.shown.connect(self._on_judging)

    @Slot(object)
    def _on_file(self, file: YouthFile) -> None:
        if self._used and (words := self._half_said.take(file.youth.id)):
            self._half_said.keep_of(self, "answering")
            self.answering.open_again(file.youth, self._used, words)

    @Slot(object)
    def _on_answered(self, answered: Answered) -> None:
        from ui.questionnaires.words import grounds

        self._grounds = (answered.youth, grounds(answered))
        if not self._bring():
            self._window.toast.say(tr("Kept. Choose a risk level, and it stands in the grounds."))

    @Slot(bool)
    def _on_judging(self, is_shown: bool) -> None:
        if is_shown:
            self._bring()

    def _bring(self) -> bool:
        """Put one line into the grounds that are being written; say whether there were any."""
        file = self._window.pages.file
        if self._grounds is None or file is None or self._page is None:
            return False
        youth, line = self._grounds
        if file.youth.id != youth or not self._page.judging.add_line(line):
            return False
        self._grounds = None
        return True

    @Slot(object)
    def _on_earlier(self, youth: Youth) -> None:
        self.answering.leave()
        self.earlier.open_for(youth)

    @Slot(object)
    def _on_gone(self, youth: YouthId) -> None:
        if self._grounds is not None and self._grounds[0] == youth:
            self._grounds = None
        if "answering" in vars(self):
            self.answering.let_go(youth)
        if "earlier" in vars(self):
            self.earlier.forget()


def _answers(door: QObject) -> Iterable[Half]:
    return in_sheet(door, "answering")
