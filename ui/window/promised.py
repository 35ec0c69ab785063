"""Promises on a young person's page: the line under the header, and making one with two keys."""

import re
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

import i18n
from desktop.domain.forms import FormName
from desktop.domain.ids import YouthId
from desktop.domain.promises import Outcome, Promise
from desktop.services import promises
from desktop.services.promises import OfYouth, Reading
from desktop.services.youths import YouthFile
from i18n import tr
from ui.window.half_said import HalfSaid
from ui.window.strips import under_header
from ui.window.window import Window

if TYPE_CHECKING:  # made when they are first needed
    from ui.notes.page import NotePage
    from ui.promises.sheet import PromiseSheet
    from ui.promises.strip import PromiseStrip

_SENTENCE = re.compile(r"[^.!?\n\u2029\u2028]*[.!?]?")


class PromisePage(QObject):
    """Shows what is open about whoever is on the page; Ctrl+D makes one of the words there."""

    changed = Signal()
    list_wanted = Signal()

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window, self._tasks = window, window.tasks
        self._about: YouthId | None = None
        window.pages.made.connect(self._on_page_made)
        window.pages.shown.connect(self._on_file)
        self._half_said = HalfSaid(self._tasks, FormName.PROMISE, self)
        QShortcut(QKeySequence("Ctrl+D"), window.board, self.make)

    @cached_property
    def sheet(self) -> "PromiseSheet":
        """Where a promise is made."""
        from ui.promises.sheet import PromiseSheet

        sheet = PromiseSheet(self._tasks, self._window)
        sheet.made.connect(self._on_made)
        sheet.closed.connect(self._half_said.look)
        return sheet

    @cached_property
    def strip(self) -> "PromiseStrip":
        """What is promised, on the page."""
        from ui.promises.strip import PromiseStrip

        strip = PromiseStrip()
        strip.done.connect(self._on_done)
        strip.list_wanted.connect(self.list_wanted)
        under_header(self._window.pages.note, strip)
        return strip

    @Slot()
    def make(self) -> None:
        """Make a promise about whoever's page is open, of the words at the caret."""
        file = self._window.pages.file
        if file is None:
            self._window.toast.say(tr("Choose the young person first, then press Ctrl+D."))
            return
        said, moment, language = self._words_at_caret(), self._tasks.moment(), i18n.language()
        self._tasks.run(
            lambda vault: promises.read(vault, said, language, moment),
            lambda found: self._open_sheet(file, found, said),
            lambda _: self._open_sheet(file, None, said),
        )

    def reload(self) -> None:
        """Ask again what is open about whoever is on the page."""
        if (about := self._about) is not None:
            now, language = self._tasks.moment().now, i18n.language()
            self._tasks.run(
                lambda vault: promises.of_youth(vault, about, language, now),
                lambda found: self._show(about, found),
            )

    def rescue(self) -> None:
        """At lock: keep what is half typed."""
        self._half_said.rescue()

    def let_go(self, youth: YouthId) -> None:
        """Keep nothing of a young person here: it is about to be destroyed."""
        if self._about == youth:
            self._about = None
            self.strip.hide()
        if "sheet" in vars(self):
            self.sheet.let_go(youth)

    def _words_at_caret(self) -> str:
        cursor = self._window.pages.note.editor.textCursor()
        if cursor.hasSelection():
            return cursor.selectedText().strip()
        block, at = cursor.block().text(), cursor.positionInBlock()
        found = [each for each in _SENTENCE.finditer(block) if each.group().strip()]
        here = [each for each in found if each.start() <= at]
        return here[-1].group().strip() if here else ""

    def _open_sheet(self, file: YouthFile, found: Reading | None, said: str) -> None:
        if self._window.pages.file is None or self._window.pages.file.youth != file.youth:
            return
        if self._half_said.is_said(self, file.youth.id):
            self.sheet.raise_()
        else:
            self.sheet.open_for(file.youth, found, said, self._tasks.moment().now)

    def _show(self, about: YouthId, found: OfYouth) -> None:
        if about == self._about:
            self.strip.show_open(found, self._tasks.moment().now)

    @Slot(object)
    def _on_page_made(self, page: "NotePage") -> None:
        page.header.promise_button.clicked.connect(self.make)
        page.judging.panel.shown.connect(self._on_judging)

    @Slot(object)
    def _on_file(self, file: YouthFile) -> None:
        self._about = file.youth.id
        self.reload()
        if words := self._half_said.take(file.youth.id):
            self._half_said.keep_of(self)
            self.sheet.open_again(file.youth, words, self._tasks.moment().now)

    @Slot(bool)
    def _on_judging(self, is_shown: bool) -> None:
        self.strip.make_room(is_needed=is_shown)

    @Slot(object)
    def _on_made(self, _: Promise) -> None:
        self.changed.emit()
        self._window.toast.say(tr("The promise is kept."))

    @Slot(object)
    def _on_done(self, promise: Promise) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: promises.end(vault, promise.id, Outcome.KEPT, moment), self._on_ended
        )

    def _on_ended(self, before: Promise) -> None:
        self.changed.emit()
        self._window.toast.offer(tr("Done."), tr("Undo"), lambda: self._put_back(before))

    def _put_back(self, before: Promise) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: promises.put_back(vault, before, moment), lambda _: self.changed.emit()
        )
