"""The real program, driven from inside as a hand would, up to its lock, or its death.

Started by `driving`. What to do is in a file that the environment names; the lock cleans the
environment, so the program that it becomes is driven by nobody and only says when it was painted.
"""

import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[0] = str(ROOT)
PLAN = "BAMMAJUNG_PROVE"
READABLE = ".readable"  # in a home whose program must let its parent look into its memory


def main():
    plan = os.environ.get(PLAN)
    if not plan:
        say("begun")
    from ui import quick

    quick.prepare()
    import ui.main

    if (Path(sys.argv[2]) / READABLE).exists():
        from desktop import dumps

        dumps.refuse = lambda: False
    ui.main.Program = _driven(json.loads(Path(plan).read_text("utf-8"))) if plan else _painted()
    from ui.__main__ import start

    start()


def say(what, **facts):
    """One line to the parent."""
    os.write(1, (json.dumps({"what": what, "at": time.monotonic(), **facts}) + "\n").encode())


def _painted():
    from PySide6.QtCore import Slot

    from ui.main import Program

    class Painted(Program):
        """The program after its lock."""

        @Slot()
        def _on_painted(self):
            super()._on_painted()
            say("painted")

    return Painted


def _driven(plan):
    from PySide6.QtCore import QTimer, Slot

    from ui.main import Program

    class Driven(Program):
        """The program, and a hand."""

        @Slot()
        def _on_painted(self):
            super()._on_painted()
            QTimer.singleShot(0, lambda: Hand(self._app, self, plan).live())

    return Driven


class Hand:
    """Does what the plan says, one thing after the other."""

    def __init__(self, app, program, plan):
        self._app, self._program, self._plan = app, program, plan

    def live(self):
        """Unlock, open, read, search, write and copy; then end as the plan says."""
        try:
            self._evening()
        except BaseException:  # noqa: BLE001
            traceback.print_exc()  # the program's own hook would say nothing, and live on
            os._exit(1)
        getattr(self, f"_{self._plan['end']}")()

    def _evening(self):
        self._unlock()
        rows = min(self._rail.model().rowCount(), self._plan["most"])
        for number in range(rows):
            self._open(number)
            self._write(number)
        for words in self._plan["searches"]:
            self._search(words)
        say("written", rows=rows)
        sys.stdin.readline()  # until the parent has looked

    @property
    def _window(self):
        return self._program.desk.window

    @property
    def _rail(self):
        return self._window.rail.people.view

    def _until(self, is_so, seconds=60.0):
        deadline = time.monotonic() + seconds
        while not is_so():
            self._app.processEvents()
            if time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(0.0005)
        self._app.processEvents()

    def _settle(self):
        self._until(self._program.worker.is_idle)

    def _unlock(self):
        door = self._program.unlock.door
        door.passphrase.edit.setText(self._plan["passphrase"])
        self._settle()
        door.unlock_button.click()
        self._until(lambda: self._program.desk is not None)
        shown = self._program.frame.pages
        self._until(lambda: shown.currentWidget() is self._window)
        self._until(lambda: self._rail.model().rowCount() > 0)
        self._settle()

    def _open(self, number):
        self._rail.setCurrentIndex(self._rail.model().index(number, 0))
        self._settle()
        editor = self._window.pages.note.editor
        self._until(lambda: not editor.is_arriving())

    def _write(self, number):
        """Type as an input method does, and copy the whole note."""
        from PySide6.QtGui import QInputMethodEvent

        editor = self._window.pages.note.editor
        words = self._plan["additions"][number % len(self._plan["additions"])]
        for text in (words[:3], words):
            self._app.sendEvent(editor, QInputMethodEvent(text, []))
        done = QInputMethodEvent()
        done.setCommitString(words)
        self._app.sendEvent(editor, done)
        editor.selectAll()
        editor.copy()
        if number % 2:
            self._window.pages.note.save_now()
        self._settle()

    def _search(self, words):
        palette = self._window.palette_sheet
        palette.open_at(self._window.header.search_button)
        palette.query.clear()
        palette.query.insert(words)
        self._app.processEvents()
        time.sleep(0.1)  # the palette waits until the hand rests
        self._until(palette.list.model().rowCount)
        self._settle()
        palette.leave()

    def _lock(self):
        """By the real way, with a syllable still being composed."""
        from PySide6.QtGui import QInputMethodEvent

        self._app.sendEvent(self._window.pages.note.editor, QInputMethodEvent("한", []))
        self._app.processEvents()
        say("locking")
        self._program.lock.lock()

    def _kill(self):
        os.kill(os.getpid(), signal.SIGKILL)

    def _segv(self):
        os.kill(os.getpid(), signal.SIGSEGV)

    def _abrt(self):
        os.abort()

    def _bug(self):
        """A bug whose message holds words; then the program ends by its own."""
        from PySide6.QtCore import QTimer

        def fails():
            raise ValueError(self._plan["additions"][0])

        QTimer.singleShot(0, fails)
        self._app.processEvents()
        self._program.frame.close()


if __name__ == "__main__":
    main()
