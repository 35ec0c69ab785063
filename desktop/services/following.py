"""The way of every referral and report at a glance, and how many have been silent for too long."""

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain import following_reports
from desktop.domain.disclosures import Disclosure
from desktop.domain.following import QUIET_CARE, Following, Next, every_followed
from desktop.domain.ids import AgencyId, ConsentId, ReferralId, YouthId
from desktop.domain.looks import Kind, Sight, at_record
from desktop.domain.moment import Moment
from desktop.domain.referrals import Tracking
from desktop.services import agencies, elsewhere, exchange, looks
from desktop.services.exchange import LineState
from desktop.vault import elsewhere as rows
from desktop.vault import referrals, reported, silences, youths
from desktop.vault.database import Db, Vault
from sync.protocol.states import ERASURE_WITHIN

SHOWN = 20
"""Rows a page, each a look: two screens."""
_ENDED_SHOWN = 20
"""So many of those that ended are listed; on somebody's page are all of theirs."""
_ORDER = tuple(Next)
_Standing = tuple[Tracking | Disclosure, Following]


@dataclass(frozen=True, slots=True)
class Way:
    """One referral: about whom, how far it is, and what to try next."""

    alias: str
    tracking: Tracking
    following: Following
    phone: str = ""
    """The agency's, from the directory."""

    @property
    def id(self) -> ReferralId:
        """Which one."""
        return self.tracking.referral.id

    @property
    def youth(self) -> YouthId:
        """About whom."""
        return self.tracking.referral.youth


@dataclass(frozen=True, slots=True)
class ReportWay:
    """One report without a consent of which something is still expected."""

    alias: str
    report: Disclosure
    following: Following

    @property
    def id(self) -> ReferralId:
        """Which one."""
        return self.report.id

    @property
    def youth(self) -> YouthId:
        """About whom."""
        return self.report.youth


@dataclass(frozen=True, slots=True)
class NumberWay:
    """What an agency has not erased in time of a consent that was ended here by its number."""

    consent: ConsentId
    agency_name: str
    following: Following
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """Some of the ways, the most pressing first."""

    shown: tuple[Way | ReportWay, ...]
    late: int
    """How many answers are late, of all."""
    more: int = 0
    """How many stand after these."""
    numbered: tuple[NumberWay, ...] = ()
    """Above them all, and on the first page alone."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What the strip at the foot of the window shows."""

    line: LineState
    late: int


def glance(vault: Vault, now: datetime) -> Glance:
    """Return how the line is, and how many referrals and reports need a person."""
    return Glance(exchange.line(vault), late(vault, now))


def ways(
    vault: Vault,
    moment: Moment,
    beside: frozenset[ReferralId] = frozenset(),
    pages: int = 1,
) -> Ways:
    """Return the most pressing of what is expected and the newest that ended: a look at each.

    They are `SHOWN` a page at most; those after them are asked for with what is shown already
    `beside`.
    """
    many = pages * SHOWN
    return looks.shown(vault, lambda db: _ways(db, moment.now, beside, many), _sights, moment)


def late(vault: Vault, now: datetime) -> int:
    """Return how many need a person, a coordinator's too: a count, which is no look."""
    with vault.reading() as db:
        own = referrals.unsettled(db, now - QUIET_CARE)
        standing = (*every_followed(own, now), *(each for _, each in _reports(db, now)))
        return sum(each.needs_a_person for each in standing) + _others(db, now)


def _others(db: Db, now: datetime) -> int:
    return silences.count(db) + rows.overdue_count(db, now - ERASURE_WITHIN)


def _ways(db: Db, now: datetime, beside: frozenset[ReferralId], many: int) -> Ways:
    trackings = referrals.newest(db, _ENDED_SHOWN, now - QUIET_CARE)
    referred = tuple(zip(trackings, every_followed(trackings, now), strict=True))
    # `sorted` is stable: within one kind reports come first, and then the newest.
    standing: tuple[_Standing, ...] = (*_reports(db, now), *referred)
    late = sum(following.is_late for _, following in standing)
    late += rows.overdue_count(db, now - ERASURE_WITHIN)
    left = sorted(
        (each for each in standing if _key(each[0])[0] not in beside),
        key=lambda each: _ORDER.index(each[1].next),
    )
    phones = agencies.phones(db)
    known = youths.named(db, (_key(about)[1] for about, _ in left[:many]))
    shown = tuple(
        _way(known[_key(about)[1]].alias, about, following, phones)
        for about, following in left[:many]
    )
    numbered = () if beside else _numbered(db, now, phones)
    return Ways(shown, late, len(left) - len(shown), numbered)


def _numbered(db: Db, now: datetime, phones: dict[AgencyId, str]) -> tuple[NumberWay, ...]:
    return tuple(
        NumberWay(
            found.consent,
            elsewhere.names(db, found)[each.agency],
            Following(Next.ASK_ERASURE, found.ended_at, found.erase_by),
            phones.get(each.agency, ""),
        )
        for found in rows.overdue(db, now - ERASURE_WITHIN, SHOWN)
        for each in found.sent
    )


def _reports(db: Db, now: datetime) -> tuple[tuple[Disclosure, Following], ...]:
    reports = reported.unsettled(db)
    standing = zip(reports, following_reports.every_followed(reports, now), strict=True)
    return tuple(each for each in standing if each[1].next is not Next.NOTHING)


def _key(about: Tracking | Disclosure) -> tuple[ReferralId, YouthId]:
    asked = about.referral if isinstance(about, Tracking) else about
    return asked.id, asked.youth


def _way(
    alias: str, about: Tracking | Disclosure, following: Following, phones: dict[AgencyId, str]
) -> Way | ReportWay:
    if isinstance(about, Disclosure):
        about = replace(about, phone=phones.get(about.agency, ""))
        return ReportWay(alias, about, following)
    return Way(alias, about, following, phones.get(about.referral.agency, ""))


def _sights(found: Ways) -> tuple[Sight, ...]:
    return tuple(at_record(Kind.REFERRAL, way.id, way.youth) for way in found.shown)
