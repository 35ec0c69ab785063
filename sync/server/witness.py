"""The hub's memory of each laptop's journal: the highest mark, never overwritten by another.

A laptop goes on only from the mark it was last told, which it has found in its own journal. So one
that was put back and then written on, however far, still meets the mark it does not hold.
"""

from datetime import datetime

from sync.protocol.codec import Unreadable, read_json
from sync.protocol.messages import is_tellable
from sync.protocol.witness import (
    HASH_BYTES,
    Mark,
    Renewal,
    RenewalClaim,
    Stand,
    WitnessClaim,
    Witnessed,
)
from sync.server import tables
from sync.server.founding import Hub
from sync.server.signatures import is_renewal_signed
from sync.server.stamps import moment, stamp
from sync.server.store import Db, Row

_FARTHEST = 1 << 62
_CLAIM_BYTES = 1024
"""Of a renewal, which is kept for ever: two marks, a device, a code and a time."""


def moves(db: Db, device: str, stand: Stand | None) -> bool:
    """Say whether this stand changes what the hub remembers."""
    return _next(db, device, stand) is not None


def take(db: Db, device: str, stand: Stand | None, now: datetime) -> None:
    """Raise the mark, begin a line, or leave everything as it is."""
    db.locked(tables.device, id=device)
    row = _next(db, device, stand)
    if row is None:
        return
    key = {"device_id": device, "line": row["line"]}
    if not db.change(tables.witness, key, seq=row["seq"], h=row["h"], at=stamp(now)):
        db.add(tables.witness, {**key, **row, "at": stamp(now)})


def told(db: Db, hub: Hub, device: str) -> Witnessed | None:
    """Return what the hub remembers of this device, signed."""
    row = _newest(db, device)
    if row is None:
        return None
    claim = WitnessClaim(hub.id, device, row["line"], _mark(row), moment(row["at"]))
    return hub.key.witness(claim)


def _next(db: Db, device: str, stand: Stand | None) -> Row | None:
    if stand is None or not _is_sound(stand.now):
        return None
    row = _newest(db, device)
    if row is None:
        return _row(1, stand.now)
    if stand.renewal and (begun := _begun(db, device, stand.renewal, _mark(row))):
        return _row(row["line"] + 1, begun, stand.renewal)
    if stand.known == _mark(row) and stand.now.seq > row["seq"]:
        return _row(row["line"], stand.now)
    return None


def _begun(db: Db, device: str, renewal: Renewal, was: Mark) -> Mark | None:
    """Return where a new line begins, if this device says so of exactly the mark we hold."""
    known = db.one(tables.device, id=device)
    if known is None or not is_renewal_signed(renewal, known["sign_pub"]):
        return None
    try:
        claim = read_json(RenewalClaim, renewal.claim)
    except Unreadable:
        return None
    is_written = len(renewal.claim) <= _CLAIM_BYTES and is_tellable(claim.at)
    is_ours = (claim.device, claim.was) == (device, was) and _is_sound(claim.now) and is_written
    return claim.now if is_ours else None


def _is_sound(mark: Mark) -> bool:
    return len(mark.h) == HASH_BYTES and 0 <= mark.seq < _FARTHEST


def _newest(db: Db, device: str) -> Row | None:
    lines = db.all(tables.witness, device_id=device)
    return lines[-1] if lines else None


def _mark(row: Row) -> Mark:
    return Mark(row["seq"], bytes(row["h"]))


def _row(line: int, mark: Mark, renewal: Renewal | None = None) -> Row:
    said, sig = (renewal.claim, renewal.sig) if renewal else (b"", b"")
    return {"line": line, "seq": mark.seq, "h": mark.h, "said": said, "sig": sig}
