"""One program on that evening: real windows, a clock that stands still, chance that is fixed."""

import gc
import shutil
import time
from functools import cache, partial
from pathlib import Path

from fakes import FixedChance
from prove.proof import scratch
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from vaults_for_tests import a_keychain, by_key

import ui.backing_up
import ui.main
import ui.practice
from desktop.paths import Places
from desktop.services import members, outreach
from desktop.settings import Settings, save
from gallery import evening
from ui.consents import voice
from ui.world import Start

_POPUP = Qt.WindowType.Popup
_PATIENCE, _NEVER, _MOMENT = 20, 3_600_000, 1_000
_HOMES = {
    "counselor": evening.live, "agency": evening.live_at_agency, "new": lambda home: None,
    "joined": evening.join, "answered": evening.live_until_answered,
}  # fmt: skip


def the_app():
    """Return the one application; its caret does not blink."""
    app = QApplication.instance() or QApplication(["gallery", "-style", "Fusion"])
    app.setCursorFlashTime(0)
    return app


@cache
def _kept(who):
    """Keep a home that was lived in, for as long as this process runs; every stage is a copy."""
    place = scratch(f"gallery-{who}")
    home = Path(place.name) / "home"
    home.mkdir()
    _HOMES[who](home)
    return place, home


class Stage:
    """A program as it stands before a screen is brought up."""

    def __init__(self, place, language, who="counselor", text_size=100):
        self.app, self.home, self.language = the_app(), Path(place) / "home", language
        shutil.copytree(_kept(who)[1], self.home)
        _hold_still()
        settings = Settings(language=language, theme="light", text_size=text_size)
        save(Places(self.home).settings, settings)
        self.program = ui.main.Program(
            self.app, Start(self.home, "practice"), lambda _: None, members.FLOOR
        )
        self.frame = self.program.frame
        self._watch = _Watch(self.frame)
        self.app.installEventFilter(self._watch)
        self.program.show()
        self.frame.resize(1366, 768)
        self.frame.activateWindow()
        self.pump()

    def unlock(self):
        """Open the vault; nobody is chosen yet."""
        self.program._on_opened(by_key(Places(self.home).vault("practice")), ())
        self.desk = self.program.desk
        self.window, self.tasks = self.desk.window, self.desk.tasks
        self.window.status.switch_button.click()  # a cut line asks nobody
        self.until(lambda: self.window.status._round is not None)
        self.desk.line.stop()
        self.frame.activateWindow()
        self.settle()
        return self

    def open(self, alias):
        """Open the page of somebody who was met tonight."""
        tonight = self.ask(outreach.tonight)
        met = next(each for each in tonight.met if each.youth.alias == alias)
        self.window.rail.select(met.meeting.id)
        self.window.open_file(met.youth.id, met.meeting.id)
        self.until(lambda: self.window.pages.file is not None and self.window.pages._is_made)
        self.settle()
        return self

    def press(self, key):
        """Do what the palette would for this key."""
        self.window.drawer_wanted.emit(key)
        self.settle()

    def ask(self, work):
        """Return what the vault answers."""
        found = []
        self.tasks.run(work, found.append)
        self.until(lambda: bool(found))
        return found[0]

    def until(self, is_so):
        """Let the program work until it is so."""
        end = time.monotonic() + _PATIENCE
        while not is_so():
            self.app.processEvents()
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(0.001)

    def settle(self):
        """Let everything that was asked be answered and laid out."""
        for _ in range(3):
            self.until(lambda: all(each() for each in self._idle()))
            self.pump()

    def pump(self, times=6):
        """Let what is queued happen."""
        for _ in range(times):
            self.app.processEvents()

    @property
    def strays(self):
        """What was shown as a window of its own, though it belongs into the frame."""
        return tuple(self._watch.seen)

    def leave(self):
        """End it; nothing of it is left."""
        self.app.removeEventFilter(self._watch)
        self.program.lock.close()
        self.program.worker.wait(lambda: None, 5)
        self.frame.close()
        self.frame.deleteLater()
        self.program.deleteLater()
        self.pump(3)
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()

    def _idle(self):
        program = self.program
        yield lambda: not any(map(_is_about_to, self.frame.findChildren(QTimer)))
        yield lambda: program.worker.is_idle()
        if program.desk is not None:
            yield program.desk.tasks.is_idle
            yield program.desk._line_tasks.is_idle
        if program.backing_up is not None:
            yield program.backing_up.is_idle


def _is_about_to(timer):
    """Whether it asks something a moment after the last key."""
    return timer.isActive() and timer.isSingleShot() and timer.interval() < _MOMENT


class _Watch(QObject):
    """Notices what flashes up beside the one window there should be."""

    def __init__(self, frame):
        super().__init__()
        self._frame, self.seen = frame, []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            is_ours = watched is self._frame or watched.windowFlags() & _POPUP == _POPUP
            if not is_ours:
                self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def _hold_still():
    """Let every program from here on live at one moment, with a keyring and without a network."""
    ui.main.now = lambda: evening.SHOWN_AT
    ui.main._chance = FixedChance("program")
    ui.main.keychain = a_keychain
    ui.practice.Practice.start = lambda _: None
    voice._SPEAKERS = {}  # whether a computer can read aloud is no part of a picture
    if not isinstance(ui.backing_up.BackingUp, partial):
        ui.backing_up.BackingUp = partial(ui.backing_up.BackingUp, first=_NEVER)
