"""The organisation's key beside the slot that is sealed to it: needed again in the next epoch."""

from datetime import datetime

from desktop.vault import meta, opening
from desktop.vault.columns import stamp, time_or_none
from desktop.vault.database import Db, Vault
from desktop.vault.header import Header
from desktop.vault.slots import EscrowSlot, Lid, escrow_slot, key_id

_KEY, _USED, _BACK = "escrow_key ", "escrow_used", "escrow_back"


def slot_in(header: Header) -> EscrowSlot | None:
    """Return the escrow slot, or None while escrow is off."""
    return next((slot for slot in header.slots if isinstance(slot, EscrowSlot)), None)


def keep_key(db: Db, public: bytes) -> None:
    """Keep the public key, under its own name: another one may still be in force."""
    meta.keep(db, _KEY + key_id(public).hex(), public.hex())


def drop_keys_but(db: Db, in_force: bytes | None) -> None:
    """Forget every public key except the one that the header's slot names."""
    rows = db.execute("SELECT key FROM meta WHERE key LIKE ?", (_KEY + "%",)).fetchall()
    for (key,) in rows:
        if in_force is None or key != _KEY + in_force.hex():
            meta.drop(db, key)


def note_use(db: Db, now: datetime) -> None:
    """Remember that two people opened this vault with the organisation's key."""
    meta.keep(db, _USED, stamp(now), now)
    meta.drop(db, _BACK)


def used_at(db: Db) -> datetime | None:
    """Return when escrow last opened this vault, or None."""
    return time_or_none(meta.kept(db, _USED))


def note_back(db: Db, now: datetime) -> None:
    """Remember that the owner opens it alone again, after two people had opened it."""
    if used_at(db) is not None and back_at(db) is None:
        meta.keep(db, _BACK, stamp(now), now)


def back_at(db: Db) -> datetime | None:
    """Return when the owner took it back since escrow last opened it, or None."""
    return time_or_none(meta.kept(db, _BACK))


def slots_for(vault: Vault, lid: Lid, vmk: bytes) -> tuple[EscrowSlot, ...]:
    """Return the escrow slot sealed anew, or nothing while escrow is off."""
    slot = slot_in(opening.current(vault).header)
    if slot is None:
        return ()
    with vault.reading() as db:
        public = meta.kept(db, _KEY + slot.key.hex())
    if public is None:
        raise RuntimeError("an escrow slot was written before its key was kept")
    return (escrow_slot(lid, vmk, bytes.fromhex(public)),)
