"""New keys for the whole vault; the program locks afterwards."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop.errors import AppError
from desktop.services import members
from i18n import tr
from ui.members.code import PassphraseAsked
from ui.members.means import Means

if TYPE_CHECKING:
    from desktop.services.members import Unlocked


class RenewTask(PassphraseAsked):
    """Puts everything under new keys. From the first step on there is no way but to lock."""

    lock_wanted = Signal()

    def __init__(self, means: Means) -> None:
        """Say what it is for and what it cannot do."""
        words = tr("Make new keys"), tr("Writing everything anew…"), "key-renew"
        super().__init__(means, tr("New keys"), tr(
            "Do this if somebody may have copied your vault or known your passphrase. Everything "
            "is written anew under new keys and you get a new recovery code. The passphrase "
            "stays. Copies and backups made before still open with the old code. "
            "The program locks at the end."
        ), words)  # fmt: skip
        self._is_alone = False

    def is_safe_to_leave(self) -> bool:
        """Once other connections are closed, only a lock brings them back."""
        return not self._is_alone

    def act(self) -> None:
        """Ask for the passphrase first: nothing is closed for a wrong one."""
        if self._is_alone:
            self.lock_wanted.emit()
            return
        typed, now, means = self.passphrase.words(), self._means.tasks.moment().now, self._means
        if not typed:
            return
        self.show_busy(is_busy=True)
        means.tasks.run(
            lambda vault: members.prove(vault, typed, means.making()["keychain"], now),
            lambda _: self._renew(typed),
            self.say_failed,
        )

    def say_failed(self, error: AppError) -> None:
        """The old keys are in force; what was closed comes back after a lock."""
        super().say_failed(error)
        if self._is_alone:
            self._offer_lock()

    def finish(self) -> None:
        """Lock: what was closed is opened again with the new keys."""
        self.lock_wanted.emit()

    def _renew(self, passphrase: str) -> None:
        means, now = self._means, self._means.tasks.moment().now
        self._is_alone = True
        if not means.be_alone():
            self.say_problem(tr("Something is still being written. Lock, open again and repeat."))
            self._offer_lock()
            return
        means.tasks.renew(
            lambda vault: members.renew_keys(vault, passphrase, now=now, **means.making()),
            self._on_renewed,
            self.say_failed,
        )

    def says_now(self) -> str:
        """Return what is said above the code."""
        return tr("Your vault is under new keys. Write the new code down; then the program locks. "
                  "Keep the old paper until you have copied anew: what lies on a stick or at the "
                  "hub opens with the old code.")  # fmt: skip

    def _on_renewed(self, unlocked: "Unlocked") -> None:
        self.show_code(unlocked.recovery_code)

    def _offer_lock(self) -> None:
        self.passphrase.hide()
        self.back_button.hide()
        self.act_button.say(tr("Lock now"))
        self.act_button.setFocus()
