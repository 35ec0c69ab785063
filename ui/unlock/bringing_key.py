"""Asking what opens a backup that is to be brought back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from desktop.errors import (
    AppError,
    KeyringSilent,
    NothingWritten,
    ResidentNumberFound,
    TextTooLong,
    WaitBeforeTrying,
    WrongPassphrase,
)
from i18n import formats, tr
from ui import messages
from ui.unlock.stage import Stage
from ui.unlock.waiting import Waiting
from ui.widgets.buttons import Button
from ui.widgets.field import Field, SecretField

if TYPE_CHECKING:
    from ui.unlock.bring import Offered


class KeyPage(Stage):
    """Emits `entered` with what was typed, and with a name for the lock screen or nothing."""

    entered = Signal(str, str)
    back_wanted = Signal()

    def __init__(self, offered: "Offered", *, are_others_here: bool) -> None:
        """Ask for the code, and where colleagues have vaults here for a name too."""
        made_at = offered.found.generation.made_at
        title = tr("The backup of {when}", when=formats.day_and_clock(made_at))
        lead = _by_code_only() if offered.is_by_code_only else _by_either(offered)
        super().__init__(title, lead)
        self.secret = _secret(is_code_only=offered.is_by_code_only)
        self._wrong = _not_by_code() if offered.is_by_code_only else _not_by_either()
        self.label: Field | None = None
        self.next_button = Button(tr("Next"), "primary", pressed=self._on_next).sized("large")
        self.next_button.setObjectName("bring-next")
        self.waiting = Waiting(self.secret, self.next_button)
        self.back_button = Button(tr("Back"), "quiet", "arrow-left")
        self.back_button.clicked.connect(self.back_wanted)
        self.add(self.secret)
        if are_others_here:
            self._ask_name(offered)
        self.add(self.next_button)
        self.foot.addWidget(self.back_button)
        self.foot.addStretch()
        self.secret.entered.connect(self._on_next)
        self.secret.changed.connect(self._show_ready)
        self.setFocusProxy(self.secret.edit)
        self._show_ready()

    def take_over(self, before: "KeyPage") -> None:
        """Keep what was typed for another backup: it may open this one too."""
        self.secret.edit.setText(before.secret.words())
        if self.label is not None and before.label is not None:
            self.label.edit.setText(before.label.words())

    def forget(self) -> None:
        """Take what is typed off the screen."""
        self.secret.edit.clear()

    def rest(self) -> None:
        """Be ready for another try."""
        self._show_busy(is_busy=False)

    def say_failed(self, error: AppError) -> None:
        """Say why it did not open, and keep what was typed."""
        self.rest()
        if isinstance(error, WaitBeforeTrying):
            self.waiting.begin(error.seconds)
        elif self.label and isinstance(error, NothingWritten | ResidentNumberFound | TextTooLong):
            self.label.say_wrong(messages.sentence(error))
            self.label.edit.setFocus()
            return
        elif isinstance(error, WrongPassphrase | KeyringSilent):
            self.secret.say_wrong(self._wrong)
        else:
            self.secret.say_wrong(messages.sentence(error))
        self.secret.edit.setFocus()

    def _ask_name(self, offered: "Offered") -> None:
        before = "" if offered.is_here else offered.found.header.policy.label
        hint = tr("Your colleagues see it on the lock screen. Never a young person's name.")
        if offered.is_here:
            hint = tr("It tells this vault from the one here. Never a young person's name.")
        self.label = Field(tr("Name on the lock screen"), hint)
        self.label.edit.setObjectName("bring-label")
        self.label.edit.setText(before)
        self.label.changed.connect(self._show_ready)
        self.label.entered.connect(self._on_next)
        self.add(self.label)

    @Slot()
    def _on_next(self) -> None:
        self._show_ready()
        if self.next_button.isEnabled():
            self.secret.say_wrong("")
            if self.label is not None:
                self.label.say_wrong("")
            self._show_busy(is_busy=True)
            self.entered.emit(self.secret.words(), self.label.words() if self.label else "")

    @Slot()
    def _show_ready(self) -> None:
        is_named = self.label is None or bool(self.label.words())
        is_free = self.back_button.isEnabled() and not self.waiting.isActive()
        self.next_button.setEnabled(bool(self.secret.words()) and is_named and is_free)

    def _show_busy(self, *, is_busy: bool) -> None:
        for part in (self.secret, self.back_button, *([self.label] if self.label else [])):
            part.setEnabled(not is_busy)
        self.next_button.say(tr("Trying the key…") if is_busy else tr("Next"))
        self._show_ready()


def _secret(*, is_code_only: bool) -> SecretField:
    name = tr("Recovery code") if is_code_only else tr("Recovery code or passphrase")
    secret = SecretField(name, tr("Show what is typed"), tr("Hide what is typed"))
    secret.edit.setObjectName("bring-secret")
    if is_code_only:
        secret.reveal()  # read off a paper, letter by letter
    return secret


def _by_either(offered: "Offered") -> str:
    if offered.keeps_passphrase:
        return tr("Type the passphrase of that day, or the recovery code. Both go on opening it.")
    return tr("Type the recovery code from the paper: you then choose a new passphrase. On the "
              "laptop it was made on, the passphrase of that day opens it too.")  # fmt: skip


def _by_code_only() -> str:
    return tr("Type the code from the paper. You then choose a new passphrase.")


def _not_by_either() -> str:
    return tr("That did not open this backup. On another laptop only the recovery code does: "
              "compare each letter with the paper.")  # fmt: skip


def _not_by_code() -> str:
    return tr("That did not open this backup. It opens with the recovery code alone: compare each "
              "letter with the paper.")  # fmt: skip
