"""A laptop that joins its hub anew: who it asks to be, and what it had queued as who it was."""

from datetime import datetime

from desktop.vault import meta, sending
from desktop.vault.database import Db
from desktop.vault.subjects import GONE, as_it_stands
from sync.protocol.codec import packed, unpacked
from sync.protocol.messages import Message

_ASKS, _WAS = "joins_again", "signed_before"
_STAYS = "n, priority, kind, ref, consent, to_org, items, queued_at, state, attempts, next_at"
_HELD = "9999"
"""Later than any time: nothing leaves that the hub would refuse for its signature."""


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
    """From now on this laptop is another device: hold what waits as the one before.

    That one may have sent any of it since; nothing says any more that it never left. And the hub
    has seen nothing of this journal as the new one.
    """
    meta.drop(db, _ASKS)
    if was(db) is None:
        meta.keep(db, _WAS, f"{device} {sign_pub.hex()}")
    db.execute("UPDATE outbox SET next_at = ? WHERE state = 'waiting'", (_HELD,))
    sending.may_have_left(db, at)
    db.execute(
        "UPDATE witness SET seq = 0, h = zeroblob(32), at = '', ahead = NULL, renewal = NULL"
    )


def was(db: Db) -> tuple[str, bytes] | None:
    """Return which device this laptop was, and its public key; None when all is signed anew."""
    kept = meta.kept(db, _WAS)
    if kept is None:
        return None
    device, _, sign_pub = kept.partition(" ")
    return device, bytes.fromhex(sign_pub)


def held(db: Db, now: datetime) -> tuple[Message, ...]:
    """Return what is held and still has its basis."""
    return tuple(unpacked(Message, raw) for raw in sending.held_until(db, _HELD, now))


def replace(db: Db, old: str, new: str, message: Message) -> None:
    """Put a message that was signed anew in the place of the old one."""
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
    """All is signed that can be: let it go, and what the hub refuses a person sees."""
    db.execute("UPDATE outbox SET next_at = '' WHERE next_at = ?", (_HELD,))
    meta.drop(db, _WAS)
