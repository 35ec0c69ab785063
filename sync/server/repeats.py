"""What a repeated request would do again: its nonce is kept with the effect, for every process.

Messages need none of this: each is taken once for ever, by its id. Here is for what would turn
something back that was decided since.
"""

from dataclasses import dataclass
from datetime import datetime

from sync.server import tables
from sync.server.batch import Caller
from sync.server.refusals import Refused
from sync.server.signatures import BAD_SIGNATURE, COUNTS_FOR
from sync.server.stamps import stamp
from sync.server.store import Db

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Signer(Caller):
    """A caller, and what tells this request of theirs from every other."""

    nonce: str


def once(db: Db, by: Signer, now: datetime) -> None:
    """Refuse a request that has had its effect, also at another process or before a restart."""
    key = {"device_id": by.device, "nonce": by.nonce}
    if db.one(tables.used_nonce, **key) is not None:
        raise Refused(401, BAD_SIGNATURE)
    db.add(tables.used_nonce, {**key, "until": stamp(now + COUNTS_FOR)})


def forget(db: Db, now: datetime) -> bool:
    """Let go of nonces whose signatures no longer count; say whether there were any."""
    # As long again: the clock of another process may be behind.
    over = db.due(tables.used_nonce, "until", stamp(now - COUNTS_FOR), AT_ONCE)
    for row in over:
        db.remove(tables.used_nonce, device_id=row["device_id"], nonce=row["nonce"])
    return bool(over)
