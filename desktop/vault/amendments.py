"""What was told in addition: each amendment is a whole packet, in place of the one before."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.ids import ReferralId
from desktop.domain.referrals import ReleasedReferral
from desktop.vault import mailbox
from desktop.vault.columns import stamp, time, time_or_none
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands

_NEWEST = """
SELECT a.referral, a.version, a.packet, a.released_at,
 o.state = 'left' AND o.last_problem IN ('consent-lapsed', 'guardian-unsaid'),
 o.state = 'refused' OR (o.state = 'waiting' AND o.last_problem = 'guardian-unsaid')
FROM amendment a LEFT JOIN outbox o ON o.id = a.id
WHERE a.referral IN (SELECT value FROM json_each(?)) ORDER BY a.version
"""


@dataclass(frozen=True, slots=True)
class Amendment:
    """The newest packet of a referral that was not left untold, and when it was released."""

    version: int
    """Of the newest, also if that was left."""
    packet: bytes = b""
    told_at: datetime | None = None
    """By the hub's clock; None where none is told: left (and no packet), or to be said anew."""


@dataclass(frozen=True, slots=True)
class Amending:
    """What releasing an amendment made."""

    message: str
    version: int
    packet: bytes
    digest: str


def add(db: Db, released: ReleasedReferral, amending: Amending) -> None:
    """Keep an amendment that was released; its moment is told by the hub's clock."""
    db.execute(
        "INSERT INTO amendment (id, referral, version, consent, packet, digest, released_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            amending.message, str(released.referral.id), amending.version, str(released.consent),
            amending.packet, amending.digest, _by_the_hub(db, released),
        ),
    )  # fmt: skip
    as_it_stands(db, "amendment.released", amending.message, 1, released.released_at)


def _by_the_hub(db: Db, released: ReleasedReferral) -> str:
    # So are the replies it is compared with; and it comes after all that had been read (D-153).
    at = released.released_at + timedelta(seconds=mailbox.place(db).clock_offset)
    query = "SELECT max(at) FROM reply WHERE referral = ?"
    heard = time_or_none(db.execute(query, (str(released.referral.id),)).fetchone()[0])
    return stamp(max(at, heard + timedelta.resolution) if heard else at)


def newest(db: Db, keys: str) -> dict[str, Amendment]:
    """Return the newest amendment of each of these `listed` referrals that has one."""
    found: dict[str, Amendment] = {}
    for key, version, packet, at, is_left, is_unsaid in db.execute(_NEWEST, (keys,)).fetchall():
        before = found.get(key, Amendment(version))
        told = Amendment(version, packet, before.told_at if is_unsaid else time(at))
        found[key] = replace(before, version=version) if is_left else told
    return found


def message_of(db: Db, referral: ReferralId, digest: str) -> str:
    """Return the message that brought an amendment of this digest; empty where there is none."""
    row = db.execute(
        "SELECT id FROM amendment WHERE referral = ? AND digest = ?", (str(referral), digest)
    ).fetchone()
    return str(row[0]) if row else ""
