"""Promises in the window: the switch on the left, the sheet, the line on a page, a quiet word."""

import re
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QIcon, QKeySequence, QShortcut

import i18n
from desktop.domain.ids import YouthId
from desktop.domain.promises import Outcome, Promise
from desktop.services import promises
from desktop.services.promises import Counts, OfYouth, Reading
from desktop.services.youths import YouthFile
from i18n import ntr, tr
from ui.window.left import NIGHT, PROMISES
from ui.window.window import Window

if TYPE_CHECKING:  # made when they are first needed
    from ui.promises.board import PromiseBoard
    from ui.promises.sheet import PromiseSheet
    from ui.promises.strip import PromiseStrip

_HALF_A_MINUTE = 30_000  # milliseconds
_SENTENCE = re.compile(r"[^.!?\n\u2029\u2028]*[.!?]?")


class Promising(QObject):
    """Counts every half minute; what comes due is said without a name, and only on the board."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window, self._tasks = window, window.tasks
        self._counts: Counts | None = None
        self._about: YouthId | None = None
        self._left = window.board.left
        self._left.turned.connect(self._on_turned)
        window.drawer_wanted.connect(self._on_drawer)
        window.pages.gone.connect(self.let_go)
        window.pages.shown.connect(self._on_file)
        window.pages.promise_wanted.connect(self.make)
        window.pages.judged.connect(self.reload)
        window.rail.youth_met.connect(self.count)
        QShortcut(QKeySequence("Ctrl+D"), window.board, self.make)
        self._clock = QTimer(self)
        self._clock.setInterval(_HALF_A_MINUTE)
        self._clock.timeout.connect(self._on_clock)
        self._clock.start()
        self.count()

    @cached_property
    def board(self) -> "PromiseBoard":
        """The list."""
        from ui.promises.board import PromiseBoard

        board = PromiseBoard(self._tasks)
        board.youth_chosen.connect(self._window.found)
        board.changed.connect(self._on_changed)
        board.undoable.connect(self._on_undoable)
        self._left.add_page(board)
        return board

    @cached_property
    def sheet(self) -> "PromiseSheet":
        """Where a promise is made."""
        from ui.promises.sheet import PromiseSheet

        sheet = PromiseSheet(self._tasks, self._window)
        sheet.made.connect(self._on_made)
        return sheet

    @cached_property
    def strip(self) -> "PromiseStrip":
        """What is promised, on the page."""
        from ui.promises.strip import PromiseStrip

        strip = PromiseStrip()
        strip.done.connect(self._on_done)
        strip.list_wanted.connect(self.show_list)
        self._window.pages.note.add_strip(strip)
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

    @Slot()
    def show_list(self) -> None:
        """Put the promises in the place of the night."""
        self._left.turn(PROMISES)
        self.board.view.setFocus()

    @Slot()
    def count(self) -> None:
        """Ask how many are open."""
        now = self._tasks.moment().now
        self._tasks.run(lambda vault: promises.counts(vault, now), self._show_counts)

    @Slot()
    def reload(self) -> None:
        """Ask again for all that is shown."""
        self.count()
        if self._left.is_turned:
            self.board.reload()
        if (about := self._about) is not None:
            now, language = self._tasks.moment().now, i18n.language()
            self._tasks.run(
                lambda vault: promises.of_youth(vault, about, language, now),
                lambda found: self._show_strip(about, found),
            )

    @Slot(object)
    def let_go(self, youth: YouthId) -> None:
        """Keep nothing of a young person here: it is about to be destroyed."""
        if self._about == youth:
            self._about = None
            self.strip.hide()
        if "sheet" in vars(self):
            self.sheet.let_go(youth)
        if "board" in vars(self):
            self.board.forget()
            self._left.turn(NIGHT)

    def _words_at_caret(self) -> str:
        cursor = self._window.pages.note.editor.textCursor()
        if cursor.hasSelection():
            return cursor.selectedText().strip()
        block, at = cursor.block().text(), cursor.positionInBlock()
        found = [each for each in _SENTENCE.finditer(block) if each.group().strip()]
        here = [each for each in found if each.start() <= at]
        return here[-1].group().strip() if here else ""

    def _open_sheet(self, file: YouthFile, found: Reading | None, said: str) -> None:
        if self._window.pages.file is not None and self._window.pages.file.youth == file.youth:
            self.sheet.open_for(file.youth, found, said, self._tasks.moment().now)

    def _show_counts(self, counts: Counts) -> None:
        before, self._counts = self._counts, counts
        is_board = self._window.currentWidget() is self._window.board
        if before is not None and counts.come_due > before.come_due and is_board:
            # No name and no words: somebody may be standing beside the laptop.
            self._window.toast.offer(tr("A promise has come due."), tr("Look"), self.show_list)
        button, now = self._left.switch.buttons[PROMISES], counts.overdue + counts.today
        button.say(tr("Promises {n}", n=now) if now else tr("Promises"))
        late = ntr("{n} promise is overdue", "{n} promises are overdue", counts.overdue)
        said = (
            late
            if counts.overdue
            else ntr("{n} promise is open", "{n} promises are open", counts.open)
        )
        button.setToolTip(said)
        button.setAccessibleDescription(said)
        if counts.overdue or counts.come_due:
            button.show_icon("circle-alert" if counts.overdue else "clock")
        else:
            button.setIcon(QIcon())
        self._left.offer(is_wanted=counts.open > 0 or counts.quiet > 0)

    def _show_strip(self, about: YouthId, found: OfYouth) -> None:
        if about == self._about:
            self.strip.show_open(found, self._tasks.moment().now)

    @Slot(object)
    def _on_file(self, file: YouthFile) -> None:
        self._about = file.youth.id
        self.reload()

    @Slot(str)
    def _on_turned(self, key: str) -> None:
        if key == PROMISES:
            self.board.reload()

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "promises":
            self.show_list()
        elif key == "promise":
            self.make()

    @Slot(object)
    def _on_made(self, _: Promise) -> None:
        self.reload()
        self._window.toast.say(tr("The promise is kept."))

    @Slot(object)
    def _on_done(self, promise: Promise) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: promises.end(vault, promise.id, Outcome.KEPT, moment), self._on_ended
        )

    def _on_ended(self, before: Promise) -> None:
        self.reload()
        undo = tr("Undo")
        self._window.toast.offer(tr("Done."), undo, lambda: self._put_back(before))

    def _put_back(self, before: Promise) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: promises.put_back(vault, before, moment), lambda _: self.reload()
        )

    @Slot()
    def _on_changed(self) -> None:
        self.reload()

    @Slot(str)
    def _on_undoable(self, said: str) -> None:
        self._window.toast.offer(said, tr("Undo"), self.board.undo)

    @Slot()
    def _on_clock(self) -> None:
        self.count()
