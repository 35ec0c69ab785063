"""Requests to see, correct or stop what is kept: what waits, and those of who is open."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import YouthId
from desktop.domain.own_data import Outcome, Request, Wish
from desktop.domain.youths import Youth
from desktop.services import own_data
from desktop.services.own_data import Waiting
from i18n import tr
from ui.own_data import half_said
from ui.own_data.about import AboutPart
from ui.own_data.file_button import FileButton
from ui.own_data.waiting import WaitingPart
from ui.tasks import Tasks
from ui.widgets.labels import Rule
from ui.widgets.sheet import Sheet

_Asked = tuple[tuple[Waiting, ...], tuple[Request, ...]]
_Show = Callable[[Youth | None, _Asked, datetime], None]


class RequestsSheet(Sheet):
    """With nobody open it only lists; what was typed about somebody stays until it is kept."""

    youth_chosen, changed = Signal(object, object), Signal()

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Requests about their own data"), tr("Close"), width=700)
        self.setObjectName("own-data-sheet")
        self._tasks = tasks
        self._about: Youth | None = None
        self._half: Mapping[str, str] = {}
        self.waiting, self.rule, self.about = WaitingPart(), Rule(), AboutPart()
        self.save_button = FileButton(tasks)
        for part in (self.waiting, self.rule, self.about):
            self.body.addWidget(part)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(self.save_button)
        self.save_button.told.connect(self._on_told)
        self.waiting.chosen.connect(self._on_chosen)
        self.about.grown.connect(self.fit)
        self.about.asking.said.connect(self._on_asked)
        self.about.answering.said.connect(self._on_answered)

    def begin(self, about: Youth | None) -> None:
        """Show what waits and, with somebody open, what they asked for."""
        if about is None or self._about is None or about.id != self._about.id:
            self.about.rest()
            self._half = {}
        self._about = about
        self.about.notice.hide()
        self.save_button.begin(about)
        for part in (self.rule, self.about, self.save_button):
            part.setVisible(about is not None)
        self._reload(self._open)

    def half_said(self) -> tuple[YouthId, dict[str, str]] | None:
        """Return about whom something is half typed, and what, open or not."""
        if self._about is None:
            return None
        typed = half_said.typed(self.about, is_open=self.isVisible())
        held = dict(self._half)  # an answer, until its request is shown
        return self._about.id, held or typed

    def put_back(self, youth: Youth, words: Mapping[str, str]) -> None:
        """Hold what was half typed at a lock; in front again where it was in front."""
        self.about.rest()
        self._about, self._half = youth, words
        half_said.put_back(self.about, words)
        if half_said.was_open(words):
            self.begin(youth)

    def let_go(self, youth: YouthId) -> None:
        """Keep nothing of a young person here: it is about to be destroyed."""
        if self._about is not None and self._about.id == youth:
            self.about.rest()
            self._about, self._half = None, {}
            self.leave()

    def _reload(self, show: _Show) -> None:
        about, moment = self._about, self._tasks.moment()
        self._tasks.run(
            lambda vault: (
                own_data.waiting(vault, moment),
                own_data.of_youth(vault, about.id) if about is not None else (),
            ),
            lambda asked: show(about, asked, moment.now),
        )

    def _open(self, about: Youth | None, asked: _Asked, now: datetime) -> None:
        if about is self._about:
            self._show(about, asked, now)
            self.open(self.waiting.list if asked[0] and about is None else self.close_button)
            self.fit()

    def _show(self, about: Youth | None, asked: _Asked, now: datetime) -> None:
        if about is not self._about:
            return  # another page came to the front meanwhile
        waiting, theirs = asked
        self.waiting.show_waiting(waiting, now)
        if about is not None:
            self.about.show_requests(about.alias, theirs, now)
            half_said.put_back(self.about, self._half)
            self._half = {}
        self.fit()

    @Slot(object)
    def _on_chosen(self, youth: YouthId) -> None:
        self.leave()
        self.youth_chosen.emit(youth, None)

    @Slot(str, str)
    def _on_asked(self, wish: str, words: str) -> None:
        about, moment = self._about, self._tasks.moment()
        if about is not None:
            self._tasks.run(
                lambda vault: own_data.ask(vault, about.id, Wish(wish), words, moment),
                self._on_kept,
                self.about.asking.say_failed,
            )

    @Slot(str, str)
    def _on_answered(self, outcome: str, words: str) -> None:
        request, moment = self.about.answering.request, self._tasks.moment()
        if request is not None:
            self._tasks.run(
                lambda vault: own_data.answer(vault, request.id, Outcome(outcome), words, moment),
                self._on_kept,
                self.about.answering.say_failed,
            )

    def _on_kept(self, request: Request) -> None:
        if self._about is not None and self._about.id == request.youth:
            self.about.say_kept(request)
            self._reload(self._show)
            self.close_button.setFocus()
        self.changed.emit()

    @Slot(str, str, str)
    def _on_told(self, icon: str, words: str, tone: str) -> None:
        self.about.say(icon, words, tone)
        if tone == "ok":
            self.close_button.setFocus()
