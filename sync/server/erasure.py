"""What must be destroyed after a withdrawal, here and at the agency (PIPA 37)."""

from collections.abc import Iterable
from datetime import datetime

from sync.protocol.bodies import ErasureAttest
from sync.protocol.messages import PACKET_KINDS, SEALED_KINDS
from sync.protocol.states import ERASURE_WITHIN
from sync.server import tables
from sync.server.refusals import Rejected, Unknown
from sync.server.stamps import stamp
from sync.server.store import Db

_SEALED = tuple(sorted(kind.value for kind in SEALED_KINDS))
_PACKETS = tuple(sorted(kind.value for kind in PACKET_KINDS))
OPEN, DESTROYED, RETAINED = "open", "destroyed", "retained"


def destroy_sealed(db: Db, refs: Iterable[str]) -> int:
    """Delete every sealed packet of these referrals, so that nothing of it stays on the disk."""
    gone = db.remove(tables.packet, ref=tuple(refs), kind=_SEALED)
    db.must_wipe = db.must_wipe or gone > 0
    return gone


def destroy_request(db: Db, ref: str) -> None:
    """Delete what was told in a referral which has ended; answers may still be unread."""
    if db.remove(tables.packet, ref=ref, kind=_PACKETS):
        db.must_wipe = True


def owe(db: Db, ref: str, org: str, now: datetime) -> None:
    """Open the organisation's duty to destroy, with a deadline."""
    if db.one(tables.erasure_duty, referral_id=ref, org_id=org) is None:
        duty = {"referral_id": ref, "org_id": org, "outcome": OPEN, "article": ""}
        times = {"opened_at": stamp(now), "due_at": stamp(now + ERASURE_WITHIN)}
        db.add(tables.erasure_duty, {**duty, **times})


def owe_since(db: Db, ref: str, since: datetime) -> None:
    """Count what is owed of this referral from now on."""
    times = {"opened_at": stamp(since), "due_at": stamp(since + ERASURE_WITHIN)}
    db.change(tables.erasure_duty, {"referral_id": ref, "outcome": OPEN}, **times)


def is_open(db: Db, ref: str) -> bool:
    """Say whether somebody still has to say what became of this referral."""
    return bool(db.all(tables.erasure_duty, referral_id=ref, outcome=OPEN))


def attest(db: Db, ref: str, org: str, body: ErasureAttest) -> None:
    """Close the duty with what the organisation says it did.

    That all is destroyed is said at each end of a consent; what a law keeps is not gone by that.
    """
    if body.outcome not in {DESTROYED, RETAINED} or (body.outcome == RETAINED) != bool(
        body.article
    ):
        raise Rejected("malformed")
    duty = {"referral_id": ref, "org_id": org}
    may_become = duty if body.outcome == RETAINED else {**duty, "outcome": (OPEN, DESTROYED)}
    done = db.change(tables.erasure_duty, may_become, outcome=body.outcome, article=body.article)
    if not done and db.one(tables.erasure_duty, **duty) is None:
        # Its withdrawal may be lost since a restore, and is said again.
        raise Unknown
