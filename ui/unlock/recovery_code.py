"""The recovery code, on the way in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from i18n import tr
from ui.unlock.stage import Stage
from ui.widgets.card import Notice
from ui.widgets.paper_code import PaperCode

if TYPE_CHECKING:
    from ui.unlock.salvage import Anew


class RecoveryCodePage(Stage):
    """Emits `confirmed` once two groups were typed off the paper."""

    confirmed = Signal()

    def __init__(
        self, code: str, chance: Callable[[int], bytes], *notices: Notice, step: str = ""
    ) -> None:
        """Show `code` under `notices`; `step` is how far one has come."""
        lead = tr("Keep it on paper, away from this laptop. It opens the notes if the "
                  "passphrase is forgotten.")  # fmt: skip
        super().__init__(tr("Your recovery code"), lead, step)
        self.add(*notices)
        self.paper = PaperCode(code, chance, tr("Bammajung recovery code"))
        self.groups, self.asked, self.fields = (
            self.paper.groups, self.paper.asked, self.paper.fields,
        )  # fmt: skip
        self.print_button, self.done_button = self.paper.print_button, self.paper.done_button
        self.add(self.paper)
        self.paper.confirmed.connect(self.confirmed)
        self.setFocusProxy(self.paper)


def keyring_notice() -> Notice:
    """Say that the passphrase stands alone."""
    words = tr("This computer's keyring did not answer, so only the passphrase "
               "protects the vault. It is still encrypted.")  # fmt: skip
    return Notice("key-round", words, "warn")


def anew_notice() -> Notice:
    """Say why there is another code than the one that was shown."""
    words = tr("The code shown before was never confirmed, so this is a new one. "
               "An earlier paper opens nothing on this laptop.")  # fmt: skip
    return Notice("info", words, "info")


def opened_notice() -> Notice:
    """Say why there is another code after the organisation opened the vault."""
    words = tr("The vault was opened by the organization. The passphrase and the recovery code "
               "from before open it no more.")  # fmt: skip
    return Notice("users", words, "info")


def salvaged_notices(anew: "Anew") -> tuple[Notice, ...]:
    """Say what the new vault holds, and what it did not take."""
    words = tr("What could be read is in the new vault now. The damaged files stay where they "
               "are; the papers from before open only those.")  # fmt: skip
    notices = [Notice("shield-check", words, "ok")]
    if anew.left_out:
        from ui.unlock.salvage_words import left_out_words

        notices.append(Notice("info", left_out_words(anew.left_out), "warn"))
    if anew.keyring_failed:
        notices.append(keyring_notice())
    return tuple(notices)
