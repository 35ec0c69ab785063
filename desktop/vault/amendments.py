"""What was told in addition: each amendment is a whole packet, in place of the one before."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import ReferralId
from desktop.domain.referrals import ReleasedReferral
from desktop.vault.columns import stamp, time
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands


@dataclass(frozen=True, slots=True)
class Amendment:
    """The newest packet of a referral, and when it was released."""

    version: int
    packet: bytes
    released_at: datetime


@dataclass(frozen=True, slots=True)
class Amending:
    """What releasing an amendment made."""

    message: str
    version: int
    packet: bytes
    digest: str


def add(db: Db, released: ReleasedReferral, amending: Amending) -> None:
    """Keep an amendment that was released."""
    db.execute(
        "INSERT INTO amendment (id, referral, version, consent, packet, digest, released_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            amending.message, str(released.referral.id), amending.version, str(released.consent),
            amending.packet, amending.digest, stamp(released.released_at),
        ),
    )  # fmt: skip
    as_it_stands(db, "amendment.released", amending.message, 1, released.released_at)


def newest(db: Db, keys: str) -> dict[str, Amendment]:
    """Return the newest amendment of each of these `listed` referrals that has one."""
    query = (
        "SELECT referral, version, packet, released_at FROM amendment"
        " WHERE referral IN (SELECT value FROM json_each(?)) ORDER BY version"
    )
    rows = db.execute(query, (keys,)).fetchall()
    return {key: Amendment(version, packet, time(at)) for key, version, packet, at in rows}


def message_of(db: Db, referral: ReferralId, digest: str) -> str:
    """Return the message that brought an amendment of this digest; empty where there is none."""
    row = db.execute(
        "SELECT id FROM amendment WHERE referral = ? AND digest = ?", (str(referral), digest)
    ).fetchone()
    return str(row[0]) if row else ""
