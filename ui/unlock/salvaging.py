"""The way from a damaged vault to what can be saved of it, or a backup, and to a new vault."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from i18n import tr
from ui.unlock import salvage
from ui.unlock.choosing import ChoosingPage
from ui.unlock.gate import Gate
from ui.unlock.recovery_code import salvaged_notices
from ui.unlock.salvage import Chosen
from ui.unlock.salvage_asking import AskingPage
from ui.unlock.salvage_result import SalvagedPage
from ui.widgets.field import Field

if TYPE_CHECKING:
    from datetime import datetime

    from ui.unlock.bringing import Bringing
    from ui.unlock.salvage import Anew, Left
    from ui.unlock.salvage_back import PutBackPage


class Salvaging(QObject):
    """Asks for the key, shows what is left, and makes a new vault of it when that is wished."""

    shown = Signal(QWidget)
    made = Signal(object, object)
    put_back = Signal()
    back_wanted = Signal()

    def __init__(self, gate: Gate) -> None:
        """Be about the vault that `gate` leads to; it stays the same, whatever is made beside."""
        super().__init__()
        self._gate = gate.at(gate.vault())
        self._left: Left | None = None
        self.asking = AskingPage()
        self.asking.back_wanted.connect(self.back_wanted)
        self.asking.entered.connect(self._on_entered)
        self.result: SalvagedPage | None = None
        self.label: Field | None = None
        self.choosing: ChoosingPage | None = None
        self.putting_back: PutBackPage | None = None
        self.bringing: Bringing | None = None

    def begin(self) -> None:
        """Ask for what opens the damaged vault."""
        self.shown.emit(self.asking)

    def bring(self) -> None:
        """Ask for a backup instead: the one on a stick may be all that is left."""
        from ui.unlock.bringing import Bringing

        self.bringing = Bringing(self._gate)
        self.bringing.shown.connect(self.shown)
        self.bringing.back_wanted.connect(self.back_wanted)
        self.bringing.door_wanted.connect(self.put_back)
        self.bringing.begin()

    def forget(self) -> None:
        """Take what is half typed off the screen, and let go of what was read."""
        self.asking.forget()
        for part in (self.choosing, self.bringing):
            if part is not None:
                part.forget()
        if self._left is not None:
            self._left = None
            self.back_wanted.emit()

    @Slot(str)
    def _on_entered(self, typed: str) -> None:
        salvage.look(self._gate, typed, self._on_found, self.asking.say_failed)

    def _on_found(self, left: "Left") -> None:
        self.asking.show_read()
        self._left = left
        self.result = SalvagedPage(left.found)
        self.result.back_wanted.connect(self.forget)
        self.result.new_wanted.connect(self._on_new_wanted)
        self.result.backup_wanted.connect(self._on_backup_wanted)
        self.shown.emit(self.result)

    @Slot()
    def _on_new_wanted(self) -> None:
        hint = tr("It tells the new vault from the damaged one. Never a young person's name.")
        self.label = Field(tr("Name on the lock screen"), hint)
        self.label.edit.setObjectName("salvage-label")
        title = tr("A new vault for what could be read")
        self.choosing = ChoosingPage(self._gate, title, label=self.label)
        self.choosing.chosen.connect(self._on_chosen)
        self.choosing.back_wanted.connect(self._on_back_to_result)
        self.shown.emit(self.choosing)

    @Slot()
    def _on_backup_wanted(self) -> None:
        from ui.unlock.salvage_back import PutBackPage

        self.putting_back = PutBackPage()
        self.putting_back.chosen.connect(self._on_put_back)
        self.putting_back.back_wanted.connect(self._on_back_to_result)
        self.putting_back.door_wanted.connect(self.put_back)
        self.shown.emit(self.putting_back)

    @Slot()
    def _on_back_to_result(self) -> None:
        if self.choosing is not None:
            self.choosing.forget()
        if self.result is not None:
            self.shown.emit(self.result)

    @Slot(str)
    def _on_put_back(self, label: str) -> None:
        page = self.putting_back
        if self._left is not None and page is not None:
            salvage.put_back(self._gate, self._left, label, self._on_is_back, page.say_failed)

    def _on_is_back(self, made_at: "datetime") -> None:
        self._left = None
        if self.putting_back is not None:
            self.putting_back.show_done(made_at)
            self.shown.emit(self.putting_back)

    @Slot(str)
    def _on_chosen(self, passphrase: str) -> None:
        if self._left is not None and self.label is not None and self.choosing is not None:
            chosen = Chosen(passphrase, self.label.words())
            failed = self.choosing.say_failed
            salvage.make_anew(self._gate, self._left.found, chosen, self._on_made, failed)

    def _on_made(self, anew: "Anew") -> None:
        self._left = None
        if self.choosing is not None:
            self.choosing.forget()
        self.made.emit(anew.unlocked, salvaged_notices(anew))
