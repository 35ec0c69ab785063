"""The recovery code: proven to be on paper, or made anew."""

from contextlib import suppress

from desktop.errors import DiskFull
from desktop.vault import meta, opening
from desktop.vault.database import Vault
from desktop.vault.header import Copies
from desktop.vault.keys import Chance
from desktop.vault.recovery import code_secret, fresh_code
from desktop.vault.slots import Slot, recovery_slot


def looks_like_a_code(typed: str) -> bool:
    """Whether this can be a recovery code at all: two of its letters check the others."""
    return code_secret(typed) is not None


def prove_code(vault: Vault) -> None:
    """Remember that the recovery code is on paper: two of its groups were typed."""
    with vault.transaction() as db:
        meta.code_proven(db)


def renewed(vault: Vault, found: tuple[Copies, bytes], chance: Chance) -> str:
    """Return a new code when the one before was shown and never proven; else an empty string."""
    copies, vmk = found
    with vault.reading() as db:
        if not meta.is_code_unproven(db):
            return ""
    code = fresh_code(chance)
    slot = recovery_slot(copies.newest.header.lid, vmk, code_secret(code) or b"", chance)
    with suppress(DiskFull):  # no reason to keep anyone out: the next unlocking offers one
        replace_slot(vault, found, slot)
        return code
    return ""


def replace_slot(vault: Vault, found: tuple[Copies, bytes], slot: Slot) -> None:
    """Put one slot in the place of those of its kind."""
    copies, vmk = found
    header = copies.newest.header
    others = tuple(other for other in header.slots if other.kind != slot.kind)
    opening.replace_header(vault, header.with_slots((slot, *others)), copies.newest.seq + 1, vmk)
