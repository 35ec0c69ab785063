"""Puts the program together. The only file that knows every part, the clock and chance."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

import desktop.settings
import i18n
from desktop.paths import Places
from desktop.settings import Settings
from i18n import tr
from ui import quick, style
from ui.lock import Idle, Lock, start_again
from ui.settings.look import Look
from ui.tasks import Tasks, Worker
from ui.unlock.gate import Gate
from ui.unlock.pages import UnlockPages
from ui.widgets.frame import Frame
from ui.world import PRACTICE, Start

if TYPE_CHECKING:  # what follows is loaded after the first window is painted
    from datetime import datetime

    from desktop.domain.moment import Moment
    from desktop.keychain import Keychain
    from desktop.services.members import Cost
    from desktop.vault.database import Vault
    from ui.backing_up import BackingUp
    from ui.locking.guard import Guard
    from ui.practice import Practice
    from ui.window.desk import Desk


def main(start: Start) -> int:
    """Run the program."""
    # Qt's wheel has no fcitx plugin; fcitx speaks ibus too. Without it no Hangul can be typed.
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"
    app = QApplication([sys.argv[0], "-style", "Fusion"])
    program = Program(app, start, start_again)
    sys.excepthook = lambda _, error, __: program.say_bug(error)
    program.show()
    return app.exec()


class Program(QObject):
    """From the first window to the lock. The tour builds one too, with its own `again`."""

    opened = Signal()

    def __init__(
        self,
        app: QApplication,
        start: Start,
        again: Callable[[tuple[str, ...]], None],
        cost: "Cost | None" = None,
    ) -> None:
        """Dress the program and show the way in; `again` replaces the process at lock."""
        super().__init__()
        self._app, self._start = app, start
        self.places = Places(start.home) if start.home else Places.usual()
        if start.is_anew:
            _begin_anew(self.places)
        self.settings = desktop.settings.load(self.places.settings)
        i18n.use(self.settings.language or system_language())
        style.load_fonts()
        self.look = Look(app, self.settings)
        is_practice = start.world == PRACTICE
        self.frame = Frame(_title(is_practice), _band(is_practice))
        self.lock, self.idle = Lock(again), Idle(self.settings.lock_after_minutes)
        self.worker = Worker("vault")
        self.gate = Gate(self.worker, self.places, start.world, now, _chance, keychain, cost)
        self.unlock = UnlockPages(self.gate)
        self.practice = _practice(app, self.places, start) if is_practice else None
        self.desk: Desk | None = None
        self.backing_up: BackingUp | None = None
        self._desk_to_be: tuple[Desk, Tasks, Tasks] | None = None
        self._connect()

    def show(self) -> None:
        """Show the window; the rest is loaded once it is painted."""
        self.frame.show_page(self.unlock)
        if self._start.is_hidden:
            self.frame.toggle_hidden()
        self.frame.appear(self._app.primaryScreen().availableSize())
        self.unlock.setFocus()

    def say_bug(self, error: BaseException) -> None:
        """Log where a bug is, never what it said, and tell the person that words are safe."""
        from desktop.logs import Log

        Log(self.places.logs, now).failed(error)
        if self.desk is not None:
            words = tr("The program made a mistake. What you wrote is kept; lock and open again.")
            self.desk.window.toast.say(words)

    def _connect(self) -> None:
        self.frame.painted.connect(self._on_painted)
        self.unlock.opened.connect(self._on_opened)
        # While the other thread derives the key, and after "Unlocking…" was painted.
        self.unlock.trying.connect(lambda: QTimer.singleShot(0, self._built))
        self.unlock.language_chosen.connect(self._on_language)
        self.unlock.practice_wanted.connect(partial(self.lock.start_again_with, ("--practice",)))
        self.idle.left_alone.connect(self._on_left_alone)
        self._app.aboutToQuit.connect(self.lock.close)

    @cached_property
    def guard(self) -> "Guard":
        """What locks it when it must be locked."""
        from ui.locking.guard import Guard  # after the window is seen

        return Guard(self.frame, self.lock)

    @Slot()
    def _on_painted(self) -> None:
        from desktop import dumps, logs  # before a passphrase is typed, after the window is seen

        dumps.refuse()
        logs.keep_quiet(logs.Log(self.places.logs, now))
        quick.collect_here(self, self.idle.is_resting)
        self.guard.begin(self._app)
        self.look.follow_system()
        self.gate.warm_up()
        self.unlock.ask_names()
        self.idle.watch(self.frame.windowHandle())
        if self.practice is not None:
            self.practice.start()

    def _built(self) -> "tuple[Desk, Tasks, Tasks]":
        """Return the window with nothing in it yet, and what will ask the vault for it."""
        if self._desk_to_be is None:
            from ui.window.desk import Desk

            tasks, line_tasks = Tasks(None, _moment, self.worker), Tasks(None, _moment)
            desk = Desk(tasks, line_tasks, self.settings, _chance)
            self.frame.pages.addWidget(desk.window)
            self._desk_to_be = desk, tasks, line_tasks
        return self._desk_to_be

    @Slot(object, object)
    def _on_opened(self, vault: "Vault", notices: tuple[str, ...]) -> None:
        desk, tasks, line_tasks = self._built()
        self.desk = desk
        self._back_up(vault, desk)
        self.guard.watch_over(tasks, line_tasks, desk.rescue, _chance)
        desk.page_wanted.connect(self.frame.show_page)
        desk.window.lock_wanted.connect(self.lock.lock)
        desk.window.theme_wanted.connect(self._on_theme_wanted)
        desk.window.settings_changed.connect(self._on_settings)
        tasks.open(lambda: vault)
        line_tasks.open(vault.sibling)
        desk.begin(self.practice, notices)
        self.opened.emit()

    def _back_up(self, vault: "Vault", desk: "Desk") -> None:
        from ui.backing_up import BackingUp
        from ui.window.forgetting import look_after

        self.backing_up = BackingUp(_moment)
        self.lock.closes(self.backing_up, 0.2)  # first: what it has open is the vault's
        self.backing_up.damaged.connect(desk.damage.show)
        self.backing_up.begin(vault)
        opens = partial(desk.open_drawer, self.gate, self.lock, self.backing_up.leaving)
        desk.window.drawer_wanted.connect(opens)
        desk.inbox.looked_after_by(look_after(desk.window, self.backing_up, _moment))

    @Slot()
    def _on_left_alone(self) -> None:
        if self.desk is None and not self.unlock.is_code_shown():
            self.unlock.forget()  # nothing is open; a half-typed passphrase is taken away
        else:
            self.lock.lock()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._on_settings(replace(self.settings, language=language))
        is_practice = self._start.world == PRACTICE
        self.frame.rename(_title(is_practice), _band(is_practice))

    @Slot()
    def _on_theme_wanted(self) -> None:
        self._on_settings(replace(self.settings, theme=style.other().half))

    @Slot(object)
    def _on_settings(self, settings: Settings) -> None:
        self.settings = settings
        desktop.settings.save(self.places.settings, settings)
        self.idle.wait_for(settings.lock_after_minutes)
        self.look.follow(settings)
        if self.desk is not None:
            self.desk.window.show_settings(settings)


def _begin_anew(places: Places) -> None:
    from ui.practice import destroy

    destroy(places.all_practice)


def _practice(app: QApplication, places: Places, start: Start) -> "Practice":
    from ui.practice import Practice  # real work never loads it

    practice = Practice(places.practice, os.getpid(), start.pace, has_week=start.has_week)
    app.aboutToQuit.connect(practice.leave)
    return practice


def _title(is_practice: bool) -> str:
    return tr("Bammajung · Practice") if is_practice else tr("Bammajung")


def _band(is_practice: bool) -> str:
    return tr("Practice · Do not write about real young people") if is_practice else ""


def system_language() -> str:
    return "en" if QLocale.system().language() == QLocale.Language.English else "ko"


def keychain() -> "Keychain":
    from desktop.keychain import OsKeychain

    return OsKeychain()


def now() -> "datetime":
    from datetime import UTC, datetime

    return datetime.now(UTC)  # noqa: TID251 - this is where the clock is read


def _chance(count: int) -> bytes:
    return os.urandom(count)


def _moment() -> "Moment":
    from desktop.domain.moment import CHANCE, Moment, fresh_id

    at = now()
    return Moment(at, fresh_id(at, _chance(CHANCE)))
