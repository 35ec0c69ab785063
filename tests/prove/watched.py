"""The real program, left alone with an open note, until it locks; for `vault_lock_triggers`.

What to open, and what is to happen, is in a file that the environment names. The lock cleans the
environment, so the program that it becomes only says when it was painted.
"""

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[0] = str(ROOT)
sys.path[1:1] = [str(ROOT / "tests")]
PLAN = "BAMMAJUNG_PROVE"


def main():
    from ui import quick

    quick.prepare()
    import ui.main

    plan = os.environ.get(PLAN)
    ui.main.Program = _program(ui.main.Program, json.loads(Path(plan).read_text()) if plan else {})
    from ui.__main__ import start

    start()


def say(what, **facts):
    """One line to the parent."""
    os.write(1, (json.dumps({"what": what, "at": time.monotonic(), **facts}) + "\n").encode())


def _program(usual, plan):
    from PySide6.QtCore import QTimer, Slot

    class Watched(usual):
        @Slot()
        def _on_painted(self):
            super()._on_painted()
            if plan:
                QTimer.singleShot(0, lambda: Hand(self._app, self, plan).leave_it_open())
            else:
                say("painted")

    return Watched


class Hand:
    """Unlocks, writes, opens something over it, and lets go."""

    def __init__(self, app, program, plan):
        self._app, self.program, self._plan = app, program, plan
        self.ids = None

    def leave_it_open(self):
        from screens_for_tests import SCREENS

        self._unlock()
        SCREENS[self._plan["screen"]](self, self)
        guard = self.program.guard
        self.waitUntil(lambda: guard.waking is not None)
        if self._plan["is_unplugged"]:
            guard.signs.seen.disconnect(self.program.lock.lock)
        say("ready")
        sys.stdin.readline()  # until the parent has looked at logind
        getattr(self, f"_{self._plan['trigger']}", lambda: None)()

    def waitUntil(self, is_so, timeout=60):
        """Let the program live until something is so, as `qtbot` does."""
        deadline = time.monotonic() + timeout
        while not is_so():
            self._app.processEvents()
            if time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(0.0005)
        self._app.processEvents()

    def _unlock(self):
        door = self.program.unlock.door
        self.waitUntil(self.program.worker.is_idle)
        door.passphrase.edit.setText(self._plan["passphrase"])
        door.unlock_button.click()
        self.waitUntil(lambda: self.program.desk is not None)
        window = self.program.desk.window
        view = window.rail.people.view
        self.waitUntil(lambda: view.model().rowCount() > 0)
        view.setCurrentIndex(view.model().index(0, 0))
        made = vars(window.pages)
        self.waitUntil(lambda: "note" in made and made["note"].saver._about is not None)
        self.ids = window._open
        editor = window.pages.note.editor
        self.waitUntil(lambda: not editor.is_arriving())
        editor.setPlainText(self._plan["words"])
        editor.selectAll()
        editor.copy()

    def _key(self):
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        window = self._app.focusWindow() or self.program.frame.windowHandle()
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    def _idle(self):
        self.program.idle._timer.setInterval(30)
        self.program.idle.stir()

    def _hidden(self):
        self.program.guard._hidden.setInterval(30)
        self.program.frame.toggle_hidden()

    def _waking(self):
        later = self.program.guard.waking._now() + timedelta(hours=7)
        self.program.guard.waking._now = lambda: later
        self.program.guard.waking.look()


if __name__ == "__main__":
    main()
