"""First start: language, passphrase, recovery code. Everything after each choice is in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

import i18n
from desktop.errors import AppError
from i18n import tr
from ui.unlock.choosing import ChoosingPage
from ui.unlock.gate import Gate
from ui.unlock.language import LanguagePage
from ui.unlock.recovery_code import RecoveryCodePage
from ui.world import PRACTICE

if TYPE_CHECKING:
    from desktop.services.members import Created


class FirstStart(QStackedWidget):
    """Emits `made` with the vault once the recovery code is on paper."""

    made = Signal(object)
    language_chosen = Signal(str)
    practice_wanted = Signal()

    def __init__(self, gate: Gate) -> None:
        """Begin with the language."""
        super().__init__()
        self._gate = gate
        self._created: Created | None = None
        self.language = LanguagePage(is_practice=gate.world == PRACTICE)
        self.language.chosen.connect(self._on_language)
        self.language.practice_wanted.connect(self.practice_wanted)
        self.passphrase: ChoosingPage | None = None
        self.recovery: RecoveryCodePage | None = None
        self._show(self.language)

    def _show(self, page: LanguagePage | ChoosingPage | RecoveryCodePage) -> None:
        self.addWidget(page)
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        i18n.use(language)
        self.language_chosen.emit(language)
        self.passphrase = ChoosingPage(self._gate, tr("Choose a passphrase"), "2 / 3")
        self.passphrase.chosen.connect(self._on_passphrase)
        self._show(self.passphrase)

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        if self.passphrase is not None:
            self._gate.create(passphrase, self._on_created, self.passphrase.say_failed)

    def _on_created(self, created: "Created") -> None:
        if self.passphrase is not None:
            self.passphrase.forget()
        self._created = created
        self.recovery = RecoveryCodePage(
            created.recovery_code,
            self._gate.chance,
            keyring_failed=created.keyring_failed,
            is_anew=False,
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
