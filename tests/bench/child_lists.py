"""Open each list in the window, again and again, and scroll through it.

Reports, for each, the milliseconds from the gesture to what is painted, and the gap of the
painting thread's loop around each step of the wheel.
"""

import json
import os
import sys
import time
from functools import partial
from pathlib import Path

from bench.shared_window import Heartbeat, Opened
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPushButton

from ui.widgets.sheet import Sheet

TIMES, STEPS, BETWEEN = 6, 60, 0.016  # opened so often; turns of the wheel, one a frame
PATIENCE = 10.0
NOTCH = QPoint(0, -120)
WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
SHEETS = (
    "timeline", "supervisor", "ways", "ending", "looks", "calendar", "places", "nights",
    "agencies", "own-data", "questionnaires",
)  # fmt: skip


class Painted(QObject):
    """Knows whether a list has been painted since it was asked for."""

    def __init__(self):
        super().__init__()
        self._watched, self._are, self._turns = set(), set(), 0

    def clear(self):
        self._are, self._turns = set(), 0

    def watch(self, shown):
        part = _ground(shown)
        if part not in self._watched:
            self._watched.add(part)
            part.installEventFilter(self)

    def is_so(self, shown):
        # One that was not there before it was asked for is laid out, then fitted, then painted.
        self._turns += 1
        part = _ground(shown)
        return part in self._are or (part not in self._watched and self._turns > 3)

    def eventFilter(self, part, event):
        if event.type() == QEvent.Type.Paint:
            self._are.add(part)
        return False


def _ground(shown):
    if isinstance(shown, Sheet):
        return shown.panel
    return shown.viewport() if isinstance(shown, QAbstractScrollArea) else shown


class Reader:
    """Opens lists as a press on their action does, and turns the wheel over them."""

    def __init__(self, opened):
        self._opened, self._window = opened, opened.window
        self._heart, self._painted = Heartbeat(), Painted()
        self._pulse = QTimer(interval=10)  # wakes the loop where nothing else does
        self.report = {}

    def read(self, name, begin, find, leave):
        """Measure one list: `find` returns it once it is shown."""
        times, busy = zip(*[self._open(begin, find, leave) for _ in range(TIMES)], strict=True)
        begin()
        self._opened.until(lambda: find() is not None)
        self._settle()
        scrolled, gaps, worked = self._scroll(find())
        leave()
        self._settle()
        self.report[name] = {
            "first": times[0], "again": times[1:], "busy": busy[1:], "scrolled": scrolled,
            "gaps": gaps, "worked": worked,
        }  # fmt: skip

    def _open(self, begin, find, leave):
        self._painted.clear()
        self._opened.program.idle.stir()  # what a press does in the window
        began, idle = time.perf_counter(), time.process_time()
        begin()
        # Waiting as the program's loop does: to ask every moment takes time from the question.
        self._pulse.start()
        while (shown := find()) is None or not self._painted.is_so(shown):
            self._opened.app.processEvents(WAITING)
            if time.perf_counter() > began + PATIENCE:
                raise TimeoutError
        self._pulse.stop()
        took = (time.perf_counter() - began) * 1000
        busy = (time.process_time() - idle) * 1000
        self._painted.watch(shown)
        self._settle()
        leave()
        self._settle()
        return took, busy

    def _settle(self):
        self._opened.until(self._opened.program.worker.is_idle)
        for _ in range(20):
            self._opened.app.processEvents()
            time.sleep(0.002)

    def _scroll(self, widget):
        gaps, worked, area = [], [], _scrolled(widget)
        if area is None:
            return 0, [], []
        bar = area.verticalScrollBar()
        self._heart.start()
        self._settle()
        began, _ = bar.value(), self._heart.longest()
        for _ in range(STEPS):
            if bar.value() >= bar.maximum() and (more := _button(widget)) is not None:
                more.click()  # what a person does at the end of a page
            _turn(area)
            self._opened.program.idle.stir()  # what a turn of the wheel does in the window
            until, most = time.perf_counter() + BETWEEN, 0.0
            while time.perf_counter() < until:
                before = time.thread_time()
                self._opened.app.processEvents()
                most = max(most, time.thread_time() - before)
                time.sleep(0.0005)
            worked.append(most * 1000)
            gaps.append(self._heart.longest())
        self._heart.stop()
        return bar.value() - began, gaps, worked

    def sheets(self):
        """Read every sheet that an action opens."""
        for name in SHEETS:
            begin = partial(self._window.action_chosen.emit, name)
            self.read(name, begin, self._sheet, self._leave)

    def promises(self):
        """Read the promises, which stand in the place of the night."""
        promising = self._opened.program.desk.promising
        board = promising.board

        def find():
            return board.view if board.view.isVisible() and board.model.rows else None

        def leave():
            board.forget()
            promising._left.turn("night")

        self.read("promises", promising.show_list, find, leave)

    def search(self, words):
        """Read what is found by typing; a pause of the hand is not counted."""
        palette, button = self._window.palette_sheet, self._window.header.search_button

        def begin():
            palette.query.setText(words)
            palette.open_at(button)

        def find():
            return palette.list if palette.list.model().rowCount() else None

        def leave():
            palette._model.show(())
            palette.leave()

        self.read("found", begin, find, leave)

    def inbox(self):
        """Read what came from other agencies."""
        window = self._window

        def find():
            return window.currentWidget() if window.currentWidget() is not window.board else None

        self.read(
            "inbox", partial(window.action_chosen.emit, "inbox"), find,
            lambda: window.setCurrentWidget(window.board),
        )  # fmt: skip

    def rail(self):
        """Read tonight's people, and who is found by typing."""
        view = self._window.rail.people.view
        loaded = []
        view.model().modelReset.connect(lambda: loaded.append(1))
        self.read(
            "tonight",
            lambda: (loaded.clear(), self._window.rail.reload()),
            lambda: view if loaded or self._opened.program.worker.is_idle() else None,
            lambda: None,
        )

    def person(self, youth):
        """Read a young person's page."""
        pages = self._window.pages

        def begin():
            pages.let_go(youth)
            self._window.open_file(youth, None)

        def find():
            return pages.note if pages.file and pages.file.youth.id == youth else None

        self.read("person", begin, find, lambda: None)

    def _sheet(self):
        return next(self._shown(), None)

    def _leave(self):
        for each in self._shown():
            each.leave()

    def _shown(self):
        # Asked again and again while a list is waited for: what stands in the window takes long.
        every = (each for each in self._window.children() if isinstance(each, Sheet))
        return (each for each in every if each.isVisible())


def _scrolled(widget):
    """Return the part of it that has most to scroll."""
    areas = [widget, *widget.findChildren(QAbstractScrollArea)]
    areas = [a for a in areas if isinstance(a, QAbstractScrollArea) and a.isVisible()]
    longest = max(areas, key=lambda a: a.verticalScrollBar().maximum(), default=None)
    return longest if longest and longest.verticalScrollBar().maximum() > 0 else None


def _button(widget):
    for each in widget.findChildren(QPushButton):
        if each.objectName().endswith("-more") and each.isVisible() and each.isEnabled():
            return each
    return None


def _turn(area):
    at = QPointF(area.viewport().rect().center())
    glob = QPointF(area.viewport().mapToGlobal(at.toPoint()))
    event = QWheelEvent(
        at, glob, QPoint(), NOTCH, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(area.viewport(), event)


opened = Opened(Path(sys.argv[1]))
opened.unlock()
reader = Reader(opened)
reader.rail()
view = opened.window.rail.people.view
view.setCurrentIndex(view.model().index(0, 0))
opened.until(
    lambda: opened.window.board.middle.currentIndex() == 1 and opened.program.worker.is_idle()
)
reader.person(opened.window.pages.file.youth.id)
reader.promises()
reader.search("편의점")
reader.sheets()
reader.inbox()
print(json.dumps({"lists": reader.report}), flush=True)
opened.program.lock.close()
os._exit(0)
