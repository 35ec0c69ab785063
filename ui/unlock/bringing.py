"""The way from a backup on a stick or in a folder to a vault on this laptop."""

from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.errors import AppError, BackupFailed
from i18n import tr
from ui.unlock import bring
from ui.unlock.bring import Wanted
from ui.unlock.bringing_choice import ChoicePage
from ui.unlock.bringing_here import HerePage
from ui.unlock.bringing_key import KeyPage
from ui.unlock.choosing import ChoosingPage
from ui.unlock.gate import Gate
from ui.world import REAL

if TYPE_CHECKING:
    from desktop.services.backups import GoesOn
    from ui.unlock.bring import Back, Offered, Proven


class Bringing(QObject):
    """Asks where it is, which, and what opens it; then puts it beside whatever is here."""

    shown = Signal(QWidget)
    back_wanted = Signal()
    door_wanted = Signal()
    _copied = Signal(int)

    def __init__(self, gate: Gate) -> None:
        """Be ready; `begin` asks for the place."""
        super().__init__()
        self._gate = gate
        self._folder = Path()
        self._offered: Offered | None = None
        self._proven: Proven | None = None
        self._passphrase = ""
        self._place: Path | None = None
        self._is_stopped = Event()
        self._copied.connect(self._on_copied)
        self.choice = ChoicePage(None if gate.is_empty() else gate.vault())
        self.choice.folder_chosen.connect(self._on_folder)
        self.choice.chosen.connect(self._on_choice)
        self.choice.back_wanted.connect(self.back_wanted)
        self.key: KeyPage | None = None
        self.choosing: ChoosingPage | None = None
        self.here: HerePage | None = None
        self.back: Back | None = None
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._is_stopped.set)

    def begin(self) -> None:
        """Ask where the backup is."""
        self.shown.emit(self.choice)

    def forget(self) -> None:
        """Take what is half typed off the screen, and stop what is under way."""
        self._is_stopped.set()
        self._let_go()
        if self.choosing is not None and self.here is None:
            self._on_back_to_key()
        self.choosing = None

    @Slot(Path)
    def _on_folder(self, folder: Path) -> None:
        self._folder = folder
        bring.look(self._gate, folder, self.choice.show_found, self.choice.say_failed)

    @Slot(object)
    def _on_choice(self, offered: "Offered") -> None:
        self._offered, before = offered, self.key
        self.key = KeyPage(offered, are_others_here=not self._gate.is_empty())
        if before is not None:
            self.key.take_over(before)
        self.key.back_wanted.connect(self.begin)
        self.key.entered.connect(self._on_typed)
        self.shown.emit(self.key)

    @Slot(str, str)
    def _on_typed(self, typed: str, label: str) -> None:
        if self._offered is not None and self.key is not None:
            self._is_stopped.clear()
            wanted = Wanted(self._folder, self._offered, typed, label)
            bring.open_with(self._gate, wanted, self._on_proven, self.key.say_failed)

    def _on_proven(self, proven: "Proven") -> None:
        if self.key is not None:
            self.key.rest()
        if self._is_stopped.is_set():  # left alone meanwhile: what was typed is taken away
            return
        self._proven = proven
        if not proven.is_anew:
            self._begin_here()
            return
        self.choosing = ChoosingPage(self._gate, tr("Choose a new passphrase"))
        self.choosing.busy_words = tr("Opening the vault…")
        self.choosing.chosen.connect(self._on_passphrase)
        self.shown.emit(self.choosing)

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        self._passphrase = passphrase
        self._begin_here()

    def _begin_here(self) -> None:
        from desktop.services import backups

        if self._offered is None:
            return
        made_at, parts = self._offered.found.generation.made_at, backups.parts(self._offered.size)
        self.here = HerePage(made_at, parts)
        self.here.stop_wanted.connect(self._is_stopped.set)
        self.here.again_wanted.connect(self._go)
        self.here.back_wanted.connect(self._on_back_to_key)
        self.here.door_wanted.connect(self.door_wanted)
        self.shown.emit(self.here)
        self._go()

    @Slot()
    def _go(self) -> None:
        proven, here = self._proven, self.here
        if here is None or (proven is None and self._place is None):
            self._on_back_to_key()  # left alone: what opens it has to be typed again
        elif proven is None:
            self.door_wanted.emit()
        elif self._place is not None:
            self._finish(proven, self._passphrase, self._place)
        else:
            self._is_stopped.clear()
            here.show_going()
            then = partial(self._finish, proven, self._passphrase)
            goes_on = _counted(self._copied.emit, self._is_stopped)
            bring.put_here(self._gate, proven, goes_on, then, self._on_failed)

    def _finish(self, proven: "Proven", passphrase: str, place: Path) -> None:
        self._place = place
        if self.here is not None:
            failed = self.here.say_unfinished
            bring.finish(self._gate.at(place), proven, passphrase, self._on_back, failed)

    def _on_back(self, back: "Back") -> None:
        self._let_go()
        self.back = back
        if self.here is not None:
            self.here.show_back(back, is_real=self._gate.world == REAL)

    def _on_failed(self, error: AppError) -> None:
        if self.here is not None:
            is_stopped = isinstance(error, BackupFailed) and self._is_stopped.is_set()
            self.here.say_failed(error, is_stopped=is_stopped)

    @Slot(int)
    def _on_copied(self, parts: int) -> None:
        if self.here is not None:
            self.here.show_part(parts)

    @Slot()
    def _on_back_to_key(self) -> None:
        self.here = None
        self.shown.emit(self.key or self.choice)

    def _let_go(self) -> None:
        self._proven, self._passphrase = None, ""
        for page in (self.key, self.choosing):
            if page is not None:
                page.forget()


def _counted(copied: Callable[[int], None], is_stopped: Event) -> "GoesOn":
    parts = count(1)

    def goes_on() -> bool:
        copied(next(parts))  # on the vault's thread, heard on the window's
        return not is_stopped.is_set()

    return goes_on
