"""What was told in addition: each amendment is a whole packet, in place of the one before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.ids import ReferralId
from desktop.domain.referrals import ReleasedReferral
from desktop.vault import mailbox
from desktop.vault.columns import stamp, time, time_or_none
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands


@dataclass(frozen=True, slots=True)
class Amendment:
    """The newest packet of a referral, and when it was released."""

    version: int
    packet: bytes
    released_at: datetime
    """By the hub's clock."""


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
