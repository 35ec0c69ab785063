"""Every referral's way at a glance, and how many have been silent for too long."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.following import QUIET_CARE, Following, Next, every_followed
from desktop.domain.ids import ReferralId
from desktop.domain.looks import Kind, Sight, at_record
from desktop.domain.moment import Moment
from desktop.domain.referrals import Tracking
from desktop.services import agencies, exchange, looks
from desktop.services.exchange import LineState
from desktop.vault import referrals, silences, youths
from desktop.vault.database import Db, Vault

SHOWN = 20
"""Rows a page, each a look: two screens."""
_ENDED_SHOWN = 20
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
class Ways:
    """Some of the ways, the most pressing first."""

    shown: tuple[Way, ...]
    late: int
    """How many answers are late, of all."""
    more: int = 0
    """How many stand after these."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What the strip at the foot of the window shows."""

    line: LineState
    late: int


def glance(vault: Vault, now: datetime) -> Glance:
    """Return how the line is, and how many referrals need a person."""
    return Glance(exchange.line(vault), late(vault, now))


def ways(vault: Vault, moment: Moment, beside: frozenset[ReferralId] = frozenset()) -> Ways:
    """Return the most pressing of what is expected and the newest that ended: a look at each.

    They are `SHOWN` at most; those after them are asked for with what is shown already `beside`.
    """
    return looks.shown(vault, lambda db: _ways(db, moment.now, beside), _sights, moment)


def late(vault: Vault, now: datetime) -> int:
    """Return how many referrals need a person, a coordinator's too: a count, which is no look."""
    with vault.reading() as db:
        own = referrals.unsettled(db, now - QUIET_CARE)
        late = sum(each.needs_a_person for each in every_followed(own, now))
        return late + silences.count(db)


def _ways(db: Db, now: datetime, beside: frozenset[ReferralId]) -> Ways:
    trackings = referrals.newest(db, _ENDED_SHOWN, now - QUIET_CARE)
    standing = tuple(zip(trackings, every_followed(trackings, now), strict=True))
    late = sum(following.is_late for _, following in standing)
    # `sorted` is stable: within one kind the newest stays first.
    left = sorted(
        (each for each in standing if each[0].referral.id not in beside),
        key=lambda each: _ORDER.index(each[1].next),
    )
    phones = agencies.phones(db)
    known = youths.named(db, (tracking.referral.youth for tracking, _ in left[:SHOWN]))
    shown = tuple(
        Way(
            known[tracking.referral.youth].alias, tracking, following,
            phones.get(tracking.referral.agency, ""),
        )
        for tracking, following in left[:SHOWN]
    )  # fmt: skip
    return Ways(shown, late, len(left) - len(shown))


def _sights(found: Ways) -> tuple[Sight, ...]:
    each = (way.tracking.referral for way in found.shown)
    return tuple(at_record(Kind.REFERRAL, referral.id, referral.youth) for referral in each)
