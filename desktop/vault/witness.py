"""What the hub remembers of this journal: database and anchor put back together show here (R-16).

Not journalled: each round would write. An older row of it only makes the hub tell its mark again.
"""

from dataclasses import dataclass
from datetime import datetime

from desktop.vault import journal
from desktop.vault.columns import stamp, time_or_none
from desktop.vault.database import Db
from desktop.vault.journal import START, Head
from sync.protocol.codec import packed, unpacked
from sync.protocol.witness import Mark, Renewal, Stand, WitnessClaim, Witnessed


@dataclass(frozen=True, slots=True)
class Kept:
    """What we know of the hub's memory."""

    known: Head
    """Its last mark that is in our journal."""
    at: datetime | None
    """When the hub was shown that mark, by its clock."""
    ahead: Witnessed | None
    """What it signed of a mark that is not in our journal: we are older than we were."""
    renewal: Renewal | None
    """Why a new line begins there, until the hub has taken it."""

    @property
    def is_stopped(self) -> bool:
        """Whether nothing may be exchanged before a person has decided."""
        return self.ahead is not None and self.renewal is None


def kept(db: Db) -> Kept:
    """Return what we know."""
    seq, h, at, ahead, renewal = db.execute(
        "SELECT seq, h, at, ahead, renewal FROM witness"
    ).fetchone()
    return Kept(
        Head(seq, h),
        time_or_none(at),
        unpacked(Witnessed, ahead) if ahead else None,
        unpacked(Renewal, renewal) if renewal else None,
    )


def stand(db: Db) -> Stand:
    """Return what to show the hub."""
    now, about = journal.head(db), kept(db)
    known = None if about.known == START else mark(about.known)
    return Stand(mark(now), known, about.renewal)


def mark(head: Head) -> Mark:
    """Return a place in the journal as the hub knows it."""
    return Mark(head.seq, head.h)


def holds(db: Db, claim: WitnessClaim) -> bool:
    """Say whether what the hub remembers happened in this journal too."""
    return journal.holds(db, Head(claim.mark.seq, claim.mark.h))


def saw(db: Db, claim: WitnessClaim) -> None:
    """Go on from here: the hub's mark is ours."""
    db.execute(
        "UPDATE witness SET seq = ?1, h = ?2, at = ?3, ahead = NULL, renewal = NULL"
        " WHERE (seq, h, ahead, renewal) IS NOT (?1, ?2, NULL, NULL)",
        (claim.mark.seq, claim.mark.h, stamp(claim.time)),
    )


def put_back(db: Db, told: Witnessed) -> None:
    """Stop here: the hub's mark is not ours."""
    db.execute("UPDATE witness SET ahead = ?, renewal = NULL", (packed(told),))


def renew(db: Db, renewal: Renewal) -> None:
    """Tell the hub with the next round that a person knows, and why."""
    db.execute("UPDATE witness SET renewal = ?", (packed(renewal),))
