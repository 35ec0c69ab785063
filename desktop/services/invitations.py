"""One-time codes to the team's vault: what they open, and when they are over."""

from datetime import datetime
from pathlib import Path

from desktop.services.unlocking import Finder
from desktop.vault import tries
from desktop.vault.folder import Folder
from desktop.vault.header import Header
from desktop.vault.recovery import code_secret
from desktop.vault.slots import InvitationSlot, Lid, RecoverySlot, Slot, opened_by_code


def by_code(folder: Path, code: str, now: datetime) -> Finder:
    """Return what looks among invitations that are not over, and the recovery slot."""

    def find(header: Header) -> bytes | None:
        for slot in header.slots:
            vmk = None if is_over(slot, now) else _opened(header.lid, slot, code)
            if vmk:
                return vmk
        tries.count(Folder(folder), now)
        return None

    return find


def is_over(slot: Slot, now: datetime) -> bool:
    """Whether this is an invitation that nobody may use any more."""
    return isinstance(slot, InvitationSlot) and slot.is_over(now)


def is_spent(lid: Lid, slot: Slot, code: str) -> bool:
    """Whether this is the invitation that `code` stands for."""
    return isinstance(slot, InvitationSlot) and _opened(lid, slot, code) is not None


def _opened(lid: Lid, slot: Slot, code: str) -> bytes | None:
    secret = code_secret(code)
    if secret is None or not isinstance(slot, InvitationSlot | RecoverySlot):
        return None
    return opened_by_code(lid, slot, secret)
