"""Requests to see, correct or stop what is kept: what waits, and those of who is open."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.own_data import Outcome, Request, Wish
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import own_data
from desktop.services.own_data import Waiting
from i18n import tr
from ui import messages
from ui.own_data.about import AboutPart
from ui.own_data.waiting import WaitingPart
from ui.own_data.words import written
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.labels import Rule
from ui.widgets.sheet import Sheet

_Asked = tuple[tuple[Waiting, ...], tuple[Request, ...]]
_Show = Callable[[Youth | None, _Asked, datetime], None]


class RequestsSheet(Sheet):
    """With nobody open it only lists; what was typed about somebody stays until it is kept."""

    youth_chosen = Signal(object, object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Requests about their own data"), tr("Close"), width=700)
        self.setObjectName("own-data-sheet")
        self._tasks = tasks
        self._about: Youth | None = None
        self.waiting, self.rule, self.about = WaitingPart(), Rule(), AboutPart()
        self.save_button = Button(
            tr("Save their data as a file…"), "plain", "file-text", pressed=self._on_save
        )
        self.save_button.setObjectName("own-data-save")
        for part in (self.waiting, self.rule, self.about):
            self.body.addWidget(part)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(self.save_button)
        self.waiting.chosen.connect(self._on_chosen)
        self.about.grown.connect(self.fit)
        self.about.asking.said.connect(self._on_asked)
        self.about.answering.said.connect(self._on_answered)

    def begin(self, about: Youth | None) -> None:
        """Show what waits and, with somebody open, what they asked for."""
        if about is None or self._about is None or about.id != self._about.id:
            self.about.rest()
        self._about = about
        self.about.notice.hide()
        self.save_button.setEnabled(True)
        for part in (self.rule, self.about, self.save_button):
            part.setVisible(about is not None)
        self._reload(self._open)

    def let_go(self, youth: YouthId) -> None:
        """Keep nothing of a young person here: it is about to be destroyed."""
        if self._about is not None and self._about.id == youth:
            self.about.rest()
            self._about = None
            self.leave()

    def save_as(self, file: Path) -> None:
        """Write all of it to a file, after writing down that it was taken out."""
        about, moment = self._about, self._tasks.moment()
        if about is None:
            return
        self.save_button.setEnabled(False)
        self._tasks.run(
            lambda vault: own_data.save(
                vault, about.id, file, lambda data: written(data, moment.now), moment
            ),
            lambda _: self._on_saved(file),
            self._on_not_saved,
        )

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

    @Slot()
    def _on_save(self) -> None:
        name = f"{self._tasks.moment().now:%Y%m%d-%H%M}.txt"  # it says not even whose program
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Where should the file be?"), name, tr("Text (*.txt)")
        )
        if chosen:
            self.save_as(Path(chosen))

    def _on_saved(self, file: Path) -> None:
        self.save_button.setEnabled(True)
        told = tr(
            "Saved as {name}, and written down here. Anyone who has the file can read it: print "
            "it or hand it over, then delete it and empty the trash.",
            name=file.name,
        )
        self.about.say("circle-check", told, "ok")
        self.close_button.setFocus()

    def _on_not_saved(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self.about.say("circle-alert", messages.sentence(error), "danger")
