"""A laptop that joins its hub anew: who it asks to be, and what it had said as who it was."""

from datetime import datetime

from desktop.vault import meta, outbox, sending
from desktop.vault.columns import listed
from desktop.vault.database import Db
from desktop.vault.subjects import GONE, as_it_stands
from sync.protocol.codec import packed, unpacked
from sync.protocol.messages import Message

_ASKS, _WAS = "joins_again", "signed_before"
_STAYS = "n, priority, kind, ref, consent, to_org, items, queued_at, state, attempts, last_problem"
_HELD = "9999"
"""Later than any time: the hub has said that it does not know this as it was signed."""


def asks(db: Db, record: str) -> None:
    """Keep as whom this laptop asks, until it is let in."""
    meta.keep(db, _ASKS, record)


def asked(db: Db) -> str | None:
    """Return it."""
    return meta.kept(db, _ASKS)


def forget(db: Db) -> None:
    """Ask no more."""
    meta.drop(db, _ASKS)


def begin(db: Db, device: str, sign_pub: bytes, at: datetime) -> None:
    """From now on this laptop is another device, and knows by which key the one before signed.

    That one may have sent any of what waits since; nothing says any more that it never left. And
    the hub has seen nothing of this journal as the new one.
    """
    meta.drop(db, _ASKS)
    keys = {**signed_before(db), device: sign_pub}
    meta.keep(db, _WAS, "\n".join(f"{name} {key.hex()}" for name, key in keys.items()))
    sending.may_have_left(db, at)
    db.execute(
        "UPDATE witness SET seq = 0, h = zeroblob(32), at = '', ahead = NULL, renewal = NULL"
    )


def signed_before(db: Db) -> dict[str, bytes]:
    """Return every device that this laptop was before, with its public key.

    They stay: a hub that is put back is offered again what was signed long ago.
    """
    lines = (meta.kept(db, _WAS) or "").splitlines()
    return {device: bytes.fromhex(key) for device, _, key in (x.partition(" ") for x in lines)}


def is_unfinished(db: Db) -> bool:
    """Say whether something waits that the hub may not know as it was signed, or does not."""
    return _waits(db, (sending.AS_IT_WAS, _HELD))


def is_held(db: Db) -> bool:
    """Say whether something waits until it is signed anew."""
    return _waits(db, (_HELD,))


def waiting(db: Db) -> tuple[Message, ...]:
    """Return all that waits, in the order it was written."""
    rows = db.execute("SELECT bytes FROM outbox WHERE state = 'waiting' ORDER BY n").fetchall()
    return tuple(unpacked(Message, raw) for (raw,) in rows)


def offer_as_it_was(db: Db, message: str) -> None:
    """Let one that another device signed be offered as it is."""
    db.execute("UPDATE outbox SET next_at = ? WHERE id = ?", (sending.AS_IT_WAS, message))


def hold(db: Db, message: str) -> None:
    """Hold one that the hub does not know until it is signed anew."""
    sending.settle(db, message, outbox.WAITING, next_at=_HELD)


def held(db: Db, now: datetime) -> tuple[Message, ...]:
    """Return what is held and has its basis now."""
    return tuple(unpacked(Message, raw) for raw in sending.held_until(db, _HELD, now))


def replace(db: Db, old: str, new: str, message: Message) -> None:
    """Put a message that was signed anew in the place of the old one; it may go at once."""
    row = db.execute(f"SELECT {_STAYS} FROM outbox WHERE id = ?", (old,)).fetchone()  # noqa: S608
    db.execute("DELETE FROM outbox WHERE id = ?", (old,))
    if new != old:
        db.wrote("outbox.vanished", old, 1, GONE)
    db.execute(
        f"INSERT INTO outbox (id, bytes, {_STAYS})"  # noqa: S608  (names of ours)
        f" VALUES (?, ?{', ?' * len(row)})",
        (new, packed(message), *row),
    )
    as_it_stands(db, "outbox.queued", new)


def has_digest(db: Db, message: str, ref: str, digest: str) -> None:
    """Know by its new digest what an agency will say it holds."""
    if db.execute("UPDATE amendment SET digest = ? WHERE id = ?", (digest, message)).rowcount:
        as_it_stands(db, "amendment.sealed", message)
    elif db.execute("UPDATE referral SET digest = ? WHERE id = ?", (digest, ref)).rowcount:
        as_it_stands(db, "referral.sealed", ref)


def release(db: Db) -> None:
    """All is signed that may leave now; what has no basis is asked about again when it has."""
    db.execute("UPDATE outbox SET next_at = ? WHERE next_at = ?", (sending.AS_IT_WAS, _HELD))


def _waits(db: Db, times: tuple[str, ...]) -> bool:
    row = db.execute(
        "SELECT 1 FROM outbox WHERE state = 'waiting' AND next_at IN"
        " (SELECT value FROM json_each(?))",
        (listed(times),),
    ).fetchone()
    return row is not None
