"""First start: language, passphrase, recovery code. And another colleague's: a name instead."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

import i18n
from desktop.errors import AppError
from i18n import tr
from ui.unlock.choosing import ChoosingPage
from ui.unlock.gate import Gate
from ui.unlock.language import LanguagePage
from ui.unlock.recovery_code import RecoveryCodePage, keyring_notice
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.world import PRACTICE

if TYPE_CHECKING:
    from desktop.services.members import Created
    from ui.unlock.bringing import Bringing


class FirstStart(QStackedWidget):
    """Emits `made` with the vault once the recovery code is on paper."""

    made = Signal(object)
    language_chosen = Signal(str)
    practice_wanted = Signal()
    back_wanted = Signal()
    door_wanted = Signal()

    def __init__(self, gate: Gate, *, is_another: bool = False) -> None:
        """Begin with the language; where another vault is already, with a name."""
        super().__init__()
        self._gate = gate
        self._created: Created | None = None
        self.language: LanguagePage | None = None
        self.label: Field | None = None
        self.passphrase: ChoosingPage | None = None
        self.recovery: RecoveryCodePage | None = None
        self.bringing: Bringing | None = None
        self._last_step = "2 / 2" if is_another else "3 / 3"
        if is_another:
            hint = tr("Your colleagues see it on the lock screen. Never a young person's name.")
            self.label = Field(tr("Name on the lock screen"), hint)
            self.label.edit.setObjectName("label")
            self._ask_passphrase(tr("A vault of your own"), "1 / 2")
        else:
            self._ask_language()

    def forget(self) -> None:
        """Take a half-typed passphrase off the screen."""
        for part in (self.passphrase, self.bringing):
            if part is not None:
                part.forget()

    def _ask_language(self) -> None:
        self.language = LanguagePage(is_practice=self._gate.world == PRACTICE)
        self.language.chosen.connect(self._on_language)
        self.language.practice_wanted.connect(self.practice_wanted)
        self._show(self.language)

    def _ask_passphrase(self, title: str, step: str) -> None:
        self.passphrase = ChoosingPage(self._gate, title, step, self.label)
        self.passphrase.chosen.connect(self._on_passphrase)
        self.passphrase.back_wanted.connect(self.back_wanted)
        bring = Button(tr("Bring back a backup"), "quiet", "history", pressed=self._on_bring)
        bring.setObjectName("bring")
        self.passphrase.foot.addWidget(bring)
        if self.label is None:
            self.passphrase.foot.addStretch()
        self._show(self.passphrase)

    @Slot()
    def _on_bring(self) -> None:
        from ui.unlock.bringing import Bringing  # few ever come here

        if self.bringing is None:
            self.bringing = Bringing(self._gate)
            self.bringing.shown.connect(self._show)
            self.bringing.back_wanted.connect(self._on_back_from_bringing)
            self.bringing.door_wanted.connect(self.door_wanted)
        self.bringing.begin()

    @Slot()
    def _on_back_from_bringing(self) -> None:
        if self.passphrase is not None:
            self._show(self.passphrase)

    @Slot(QWidget)
    def _show(self, page: QWidget) -> None:
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        i18n.use(language)
        self.language_chosen.emit(language)
        self._ask_passphrase(tr("Choose a passphrase"), "2 / 3")

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        if self.passphrase is not None:
            label = self.label.words() if self.label else ""
            self._gate.create(passphrase, label, self._on_created, self.passphrase.say_failed)

    def _on_created(self, created: "Created") -> None:
        self.forget()
        self._created = created
        notices = (keyring_notice(),) if created.keyring_failed else ()
        self.recovery = RecoveryCodePage(
            created.recovery_code, self._gate.chance, *notices, step=self._last_step
        )
        self.recovery.confirmed.connect(self._on_confirmed)
        self._show(self.recovery)

    @Slot()
    def _on_confirmed(self) -> None:
        if self._created is not None:
            self._gate.prove_code(self._created, self._on_proven, self._on_unproven)

    def _on_proven(self, _: None) -> None:
        if self._created is not None:
            self.made.emit(self._created.vault)

    def _on_unproven(self, _: AppError) -> None:
        self._on_proven(None)  # a full disk: the next unlocking offers another code
