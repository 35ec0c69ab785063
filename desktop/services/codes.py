"""The recovery code: proven to be on paper, or made anew."""

from contextlib import suppress

from desktop.errors import DiskFull
from desktop.vault import meta, opening
from desktop.vault.database import Vault
from desktop.vault.keys import Chance
from desktop.vault.opening import Proven
from desktop.vault.recovery import code_secret, fresh_code
from desktop.vault.slots import Lid, RecoverySlot, Slot, recovery_slot


def looks_like_a_code(typed: str) -> bool:
    """Whether this can be a recovery code at all: two of its letters check the others."""
    return code_secret(typed) is not None


def prove_code(vault: Vault) -> None:
    """Remember that the recovery code is on paper: two of its groups were typed."""
    with vault.transaction() as db:
        meta.code_proven(db)


def new_code(vault: Vault, proven: Proven, chance: Chance) -> str:
    """Return a new code to write down. The one before opens nothing more."""
    # Said first: killed in between, nobody has a code that no paper holds.
    with vault.transaction() as db:
        meta.code_shown(db)
    slot, code = fresh_slot(opening.current(vault).header.lid, proven.vmk, chance)
    replace_slot(vault, slot)
    return code


def renewed(vault: Vault, proven: Proven, chance: Chance) -> str:
    """Return a new code when the one before was shown and never proven; else an empty string."""
    with vault.reading() as db:
        if not meta.is_code_unproven(db):
            return ""
    with suppress(DiskFull):  # no reason to keep anyone out: the next unlocking offers one
        return new_code(vault, proven, chance)
    return ""


def fresh_slot(lid: Lid, vmk: bytes, chance: Chance) -> tuple[RecoverySlot, str]:
    """Make a slot for a new code, and return both."""
    code = fresh_code(chance)
    return recovery_slot(lid, vmk, code_secret(code) or b"", chance), code


def replace_slot(vault: Vault, slot: Slot) -> None:
    """Put one slot in the place of those of its kind."""
    copy = opening.current(vault)
    others = tuple(other for other in copy.header.slots if type(other) is not type(slot))
    opening.replace_header(vault, copy.header.with_slots((slot, *others)), copy.seq + 1)
