"""Every referral's way at a glance, and how many have been silent for too long."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.following import Following, Next, every_followed
from desktop.domain.ids import AgencyId
from desktop.domain.looks import Kind, Sight, at_record
from desktop.domain.moment import Moment
from desktop.domain.referrals import Tracking
from desktop.services import agencies, exchange, looks
from desktop.services.exchange import LineState
from desktop.vault import referrals, silences, youths
from desktop.vault.database import Db, Vault

ENDED_SHOWN = 20
"""So many of those that ended are listed; on somebody's page are all of theirs."""
_ORDER = tuple(Next)


@dataclass(frozen=True, slots=True)
class Way:
    """One referral: about whom, how far it is, and what to try next."""

    alias: str
    tracking: Tracking
    following: Following
    phone: str = ""
    """The agency's, from the directory."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What the strip at the foot of the window shows."""

    line: LineState
    late: int


def glance(vault: Vault, now: datetime) -> Glance:
    """Return how the line is, and how many referrals need a person."""
    return Glance(exchange.line(vault), late(vault, now))


def ways(vault: Vault, moment: Moment) -> tuple[Way, ...]:
    """Return what is expected and the newest that ended, the most pressing first: a look each."""
    return looks.shown(vault, lambda db: _ways(db, moment.now), _sights, moment)


def late(vault: Vault, now: datetime) -> int:
    """Return how many referrals need a person, a coordinator's too: a count, which is no look."""
    with vault.reading() as db:
        own = referrals.unsettled(db)
        late = sum(each.needs_a_person for each in every_followed(own, now))
        return late + len(silences.every(db))


def _ways(db: Db, now: datetime) -> tuple[Way, ...]:
    phones = agencies.phones(db)
    trackings = referrals.newest(db, ENDED_SHOWN)
    standing = zip(trackings, every_followed(trackings, now), strict=True)
    found = [_way(db, tracking, following, phones) for tracking, following in standing]
    # `sorted` is stable: within one kind the newest stays first.
    return tuple(sorted(found, key=lambda way: _ORDER.index(way.following.next)))


def _way(db: Db, tracking: Tracking, following: Following, phones: dict[AgencyId, str]) -> Way:
    alias = youths.one(db, tracking.referral.youth).alias
    return Way(alias, tracking, following, phones.get(tracking.referral.agency, ""))


def _sights(found: tuple[Way, ...]) -> tuple[Sight, ...]:
    each = (way.tracking.referral for way in found)
    return tuple(at_record(Kind.REFERRAL, referral.id, referral.youth) for referral in each)
