"""Escrow: a way in for the organisation, off at first, visible while on, opened by two people.

The organisation makes one key, offline. Its private part is printed as two codes that two people
keep apart; either alone tells nothing. Its public part is a text that anybody may hold.
"""

import base64
import binascii
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Unpack

from desktop.errors import EscrowKeyUnreadable
from desktop.services import codes, passphrases
from desktop.services.passphrases import Making
from desktop.services.unlocking import Finder, Unlocked, opened
from desktop.vault import escrow as rows
from desktop.vault import opening, tries
from desktop.vault.database import Vault
from desktop.vault.folder import Folder
from desktop.vault.header import Header
from desktop.vault.keys import Chance, escrow_secret
from desktop.vault.opening import Proven
from desktop.vault.recovery import code_secret, fresh_code
from desktop.vault.slots import EscrowSlot, escrow_slot, key_id, opened_by_key
from sync.protocol.digests import sha256

_FIRST_WORD = "bammajung-escrow-1"
_CHECK, _LINE = 4, 64


@dataclass(frozen=True, slots=True, repr=False)
class OrganisationKey:
    """Made once: two codes to print, each for another person, and the text for every laptop."""

    half_a: str
    half_b: str
    public_text: str


@dataclass(frozen=True, slots=True)
class State:
    """Whether the organisation could open this vault; by which key; and when it last did."""

    is_on: bool
    fingerprint: str
    used_at: datetime | None
    back_at: datetime | None = None
    """Since when the owner opens it alone again; None until they have chosen a new passphrase."""


def new_key(chance: Chance) -> OrganisationKey:
    """Make the organisation's key. It is kept nowhere: print both halves before this is let go."""
    from sync.client.hybrid import SealingPair

    halves = fresh_code(chance), fresh_code(chance)
    public = SealingPair(_secret(*halves) or b"").public
    return OrganisationKey(*halves, _text(public))


def fingerprint(public_text: str) -> str:
    """Return sixteen letters to compare with the printed sheet; raises `EscrowKeyUnreadable`."""
    return _grouped(key_id(_public(public_text)))


def state(vault: Vault) -> State:
    """Say whether escrow is on. It is the header that says so, and it has been proven."""
    slot = rows.slot_in(opening.current(vault).header)
    with vault.reading() as db:
        used_at, back_at = rows.used_at(db), rows.back_at(db)
    return State(slot is not None, _grouped(slot.key) if slot else "", used_at, back_at)


def is_on(vault: Vault) -> bool:
    """Whether two people of the organisation could open this vault."""
    return state(vault).is_on


def switch_on(vault: Vault, public_text: str, proven: Proven) -> None:
    """Add the slot, in place of one for another key; raises `EscrowKeyUnreadable`."""
    public = _public(public_text)
    slot = escrow_slot(opening.current(vault).header.lid, proven.vmk, public)
    with vault.transaction() as db:
        rows.keep_key(db, public)
    codes.replace_slot(vault, slot)
    with vault.transaction() as db:
        rows.drop_keys_but(db, slot.key)


def switch_off(vault: Vault) -> None:
    """Take the slot away. A copy of the folder made while it was there can still be opened."""
    copy = opening.current(vault)
    others = tuple(slot for slot in copy.header.slots if not isinstance(slot, EscrowSlot))
    if others != copy.header.slots:
        opening.replace_header(vault, copy.header.with_slots(others), copy.seq + 1)
    with vault.transaction() as db:
        rows.drop_keys_but(db, None)


def open_with_two(
    folder: Path,
    halves: tuple[str, str],
    passphrase: str,
    *,
    now: datetime,
    **making: Unpack[Making],
) -> Unlocked:
    """Open a closed vault with both halves, in either order, and put a new passphrase in force.

    The owner will see that it happened (`State.used_at`). The old passphrase and recovery code
    open it no more: the result holds a new code. Raises `WrongPassphrase`, `WeakPassphrase`.
    """
    passphrases.check(passphrase)
    unlocked, proven = opened(folder, making["world"], by_two(folder, halves, now))
    with ExitStack() as undo:
        undo.callback(unlocked.vault.close)
        with unlocked.vault.transaction() as db:
            rows.note_use(db, now)
        is_kept = passphrases.put_in_force(unlocked.vault, proven, passphrase, making)
        code = codes.new_code(unlocked.vault, proven, making["chance"])
        undo.pop_all()
    notices = unlocked.notices if is_kept else (*unlocked.notices, "keyring_failed")
    return replace(unlocked, notices=notices, recovery_code=code)


def by_two(folder: Path, halves: tuple[str, str], now: datetime) -> Finder:
    """Return what opens the escrow slot with both halves."""

    def find(header: Header) -> bytes | None:
        secret, slot = _secret(*halves), rows.slot_in(header)
        vmk = opened_by_key(header.lid, slot, secret) if secret and slot else None
        if vmk is None:
            tries.count(Folder(folder), now)
        return vmk

    return find


def _secret(*halves: str) -> bytes | None:
    """Return the private key, or None when a half was mistyped or the same one typed twice."""
    codes = sorted(code_secret(half) or b"" for half in halves)
    if len(set(codes)) != len(codes) or not all(codes):
        return None
    return escrow_secret(b"".join(codes))


def _text(public: bytes) -> str:
    body = base64.b64encode(public + sha256(public)[:_CHECK]).decode()
    lines = [body[at : at + _LINE] for at in range(0, len(body), _LINE)]
    return "\n".join([_FIRST_WORD, *lines, ""])


def _public(text: str) -> bytes:
    first, *words = text.split() or [""]
    try:
        body = base64.b64decode("".join(words), validate=True)
    except (binascii.Error, ValueError) as error:
        raise EscrowKeyUnreadable from error
    public, told = body[:-_CHECK], body[-_CHECK:]
    if first != _FIRST_WORD or sha256(public)[:_CHECK] != told:
        raise EscrowKeyUnreadable
    return public


def _grouped(key: bytes) -> str:
    letters = key.hex()[:16].upper()
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))
