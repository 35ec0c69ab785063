"""What an organisation's only device has sent, told inside once another is let in (D-152).

While a device is alone nobody inside is told what it sends. So whoever is let in later is told
then, of every referral that is under way, what was never told; of what has ended, nothing.
"""

from sync.protocol.states import UNDER_WAY
from sync.server import statements, tables
from sync.server.mailbox import box, tell_inside
from sync.server.store import Db

_STATES = tuple(sorted(status.value for status in UNDER_WAY))


def tell(db: Db, org: str, status: str) -> int:
    """Tell the organisation's devices of this status what its own have sent; say how much."""
    # Whoever sends now is waited for: it may believe still that it is alone.
    for row in db.all(tables.device, org_id=org, status=status):
        db.locked(tables.device, id=row["id"])
    # So that two who are let in at once are not both told of the same.
    db.locked(tables.mailbox, id=box(org))
    found = db.asked(statements.untold(), org=org, box=box(org), states=_STATES)
    return tell_inside(db, org, found)
