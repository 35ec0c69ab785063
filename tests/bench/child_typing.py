"""Type, save and search in the open window. Reports the longest stall around each key."""

import json
import os
import random
import sys
from pathlib import Path

from bench.shared_window import Heartbeat, Opened
from invented import note
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QInputMethodEvent

KEYS, SEARCHES, BETWEEN = 240, 40, 25  # milliseconds between keys: a fast hand


class Hand:
    """Does one thing each beat of its own, and notes the stall that the one before caused."""

    def __init__(self, opened):
        self._opened, self._heart = opened, Heartbeat()
        self._window = opened.window
        self._steps = list(self._typing()) + list(self._searching())
        self.stalls = {"typing": [], "saving": [], "searching": []}
        self._last = None
        self._timer = QTimer()
        self._timer.timeout.connect(self._next)

    def begin(self):
        self._heart.start()
        self._timer.start(BETWEEN)

    def _typing(self):
        editor = self._window.pages.note.editor
        for number, letter in enumerate(note(random.Random("typing"), KEYS, KEYS)):
            yield "typing", lambda letter=letter: _compose(editor, letter)
            if number % 12 == 11:
                yield "saving", self._window.pages.note.save_now

    def _searching(self):
        palette = self._window.palette_sheet
        yield "searching", lambda: palette.open_at(self._window.header.search_button)
        words = note(random.Random("searching")).split()
        for word in words[:SEARCHES]:
            yield "searching", palette.query.clear
            for letter in word[:3]:
                yield "searching", lambda letter=letter: _compose(palette.query, letter)
            for _ in range(8):  # let the answer come
                yield "searching", lambda: None

    def _next(self):
        stall = self._heart.longest()
        if self._last:
            self.stalls[self._last].append(stall)
        if not self._steps:
            self._timer.stop()
            self._opened.app.quit()
            return
        self._last, step = self._steps.pop(0)
        step()


def _compose(widget, letter):
    """Compose a syllable and commit it, as a Korean input method does."""
    QCoreApplication.postEvent(widget, QInputMethodEvent(letter, []))
    done = QInputMethodEvent()
    done.setCommitString(letter)
    QCoreApplication.postEvent(widget, done)


opened = Opened(Path(sys.argv[1]))
opened.unlock()
opened.window.rail.people.view.setCurrentIndex(opened.window.rail.people.view.model().index(0, 0))
opened.until(
    lambda: opened.window.board.middle.currentIndex() == 1 and opened.program.worker.is_idle()
)
hand = Hand(opened)
hand.begin()
opened.app.exec()
written = opened.window.pages.note.editor.length()
print(json.dumps({"stalls": hand.stalls, "written": written}), flush=True)
opened.program.lock.close()
os._exit(0)
