"""When what we keep about a young person has to go (PIPA 21), and what may hold it back.

No law gives a number for outreach notes: an organisation sets its own (`Policy`), and what stands
here is what the program proposes until it does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.domain.ids import YouthId

TOLD = 365
"""Days after the support ends within which all is erased, as the program's own consent text says.

Whoever agreed was told so: nothing may be kept longer than that (PIPA 15(2)3, 21; D-127).
"""


@dataclass(frozen=True, slots=True)
class Policy:
    """Days. A look is kept two years whatever is said here, and a backup no longer than a week."""

    contact: int = 365
    """After the last contact, when no help was ever asked for elsewhere."""
    referral: int = TOLD
    """After the last referral has ended."""
    draft: int = 90
    """After the last word of a referral that was never released."""
    notice: int = 30
    """So long before it goes it is shown."""
    jotting: int = 7
    """After a meeting with somebody without an alias, who has not agreed to be noted. A week: long
    enough to meet them again on the next round of the same street, and no longer."""

    def __post_init__(self) -> None:
        """Refuse what would destroy on the day it was written, or never."""
        days = (self.contact, self.referral, self.draft)
        short = (self.notice, self.jotting)
        if not all(1 <= each <= 20 * 365 for each in days) or not all(
            1 <= each <= 365 for each in short
        ):
            raise ValueError("not a number of days")

    @property
    def longest(self) -> int:
        """Return how long anything is kept of somebody who agreed to help."""
        return max(self.contact, self.referral)

    def within(self, told: int) -> "Policy":
        """Return the same, keeping nothing longer than people were told."""
        return replace(self, contact=min(self.contact, told), referral=min(self.referral, told))


class Thing(StrEnum):
    """What goes as one."""

    YOUTH = "youth"
    """A young person with everything about them."""
    NOTE = "note"
    CONSENT = "consent"
    """One that has ended and that no referral stands on."""
    DRAFT = "draft"
    JOTTING = "jotting"
    """Every word about somebody without an alias. That somebody was met stays counted."""


class Ground(StrEnum):
    """Under which rule something is destroyed."""

    EXPIRED = "pipa-21-expired"
    ERASED = "pipa-36-erasure"
    """The young person asked for it: 36 and 37."""
    MISTAKE = "entered-in-error"
    DECLINED = "not-agreed"
    """It was noted before there was an alias, and the young person did not agree (PIPA 15)."""
    ANSWERED = "purpose-over"
    """What it was taken for is over: the guardian answered, or may not be asked any more."""
    WITHDRAWN = "pipa-37-withdrawn"
    """A consent ended under which another organisation had told us something."""


class Since(StrEnum):
    """What the time is counted from."""

    CONTACT = "last-contact"
    REFERRAL = "referral-ended"
    CONSENT = "consent-ended"
    DRAFT = "draft-written"
    JOTTING = "met-without-alias"
    WISH = "erasure-asked"


class Debt(StrEnum):
    """What an agency, or the hub, has still to hear or to do (D-033)."""

    HELP = "help-under-way"
    """The referral has not ended."""
    WORD = "withdrawal-unsent"
    """That a consent was withdrawn has not been told."""
    ERASURE = "erasure-owed"
    """The agency has not said what it did with what it had."""


class Reason(StrEnum):
    """Why somebody keeps something longer."""

    HELP = "help-goes-on"
    LAW = "kept-by-law"
    """PIPA 21, second sentence; the words name the article."""
    AGREED = "young-person-agreed"
    DISPUTE = "complaint-or-lawsuit"

    def counts(self, *, against_wish: bool) -> bool:
        """Say whether it still counts: against somebody's wish to be forgotten only a law does."""
        return self is Reason.LAW or not against_wish


Kept = tuple[datetime, Reason]
"""Until when something is kept longer, and why."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that is still owed, and by which agency."""

    debt: Debt
    agency_name: str


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that may be destroyed."""

    thing: Thing
    id: UUID

    @property
    def name(self) -> str:
        """Return what it is called where something is kept longer."""
        return f"{self.thing.value} {self.id}"


@dataclass(frozen=True, slots=True)
class Holding:
    """What there is about one young person, without a word of it."""

    youth: YouthId
    alias: str
    last_contact: datetime
    """The last meeting, or the last word written about one."""
    notes: tuple[tuple[UUID, datetime], ...] = ()
    """Each with when it was last saved."""
    ended_referrals: tuple[datetime, ...] = ()
    open_referrals: int = 0
    unused_consents: tuple[tuple[UUID, datetime], ...] = ()
    """Those that no referral stands on, each with when it ended or will end."""
    drafted_at: datetime | None = None
    jotted_at: datetime | None = None
    """When somebody without an alias was met, who has not agreed to be noted."""
    wished_at: datetime | None = None
    owed: tuple[Owed, ...] = ()

    def targets(self) -> tuple[Target, ...]:
        """Return everything here that somebody may decide about."""
        return (
            Target(Thing.YOUTH, self.youth),
            Target(Thing.DRAFT, self.youth),
            Target(Thing.JOTTING, self.youth),
            *(Target(Thing.NOTE, note) for note, _ in self.notes),
            *(Target(Thing.CONSENT, consent) for consent, _ in self.unused_consents),
        )


@dataclass(frozen=True, slots=True)
class Expiry:
    """One thing that has to go, when, and counted from what."""

    target: Target
    youth: YouthId
    alias: str
    due: datetime
    since: Since
    owed: tuple[Owed, ...] = ()
    """What has to happen first."""
    is_kept_longer: bool = False

    @property
    def waits_for_a_person(self) -> bool:
        """Say whether it stays until somebody decides; all else goes by itself, once it may.

        A note ends alone only where its person is still met, or kept: the time of what is written
        about them counts from the last contact.
        """
        return self.target.thing is Thing.NOTE


def expiries(held: Holding, policy: Policy) -> Iterator[Expiry]:
    """Yield when a young person goes, and what about them goes before."""
    whole = _whole(held, policy)
    yield whole
    for target, at, since in _parts(held, policy):
        if at < whole.due:
            yield Expiry(target, held.youth, held.alias, at, since)


def dated(held: Holding, policy: Policy, kept: Mapping[Target, Kept]) -> Iterator[Expiry]:
    """Yield the same, each as late as what was decided about it says."""
    counts = {
        target: kept[target][0]
        for target in (held.targets() if kept else ())
        if target in kept and kept[target][1].counts(against_wish=held.wished_at is not None)
    }
    if not counts:
        yield from expiries(held, policy)
        return
    whole = Target(Thing.YOUTH, held.youth)
    for each in expiries(held, policy):
        # What is kept of somebody keeps their alias; who is kept is kept with everything.
        about = counts if each.target == whole else {whole, each.target} & counts.keys()
        until = max((counts[target] for target in about), default=each.due)
        yield replace(each, due=until, is_kept_longer=True) if until > each.due else each


def _whole(held: Holding, policy: Policy) -> Expiry:
    is_referred = bool(held.ended_referrals or held.open_referrals)
    ends = max(held.ended_referrals, default=held.last_contact)
    start = max(held.last_contact, ends)
    since = Since.REFERRAL if held.ended_referrals and ends >= held.last_contact else Since.CONTACT
    due = start + timedelta(days=policy.referral if is_referred else policy.contact)
    # A consent in force is not gone before it ends, though nobody has come back since.
    due = max(due, *(at for _, at in held.unused_consents), due)
    if held.wished_at is not None:
        due, since = held.wished_at, Since.WISH
    target = Target(Thing.YOUTH, held.youth)
    return Expiry(target, held.youth, held.alias, due, since, held.owed)


def _parts(held: Holding, policy: Policy) -> Iterator[tuple[Target, datetime, Since]]:
    # What led to a referral stays as long as the referral: they are one case.
    if not (held.ended_referrals or held.open_referrals):
        for note, at in held.notes:
            yield Target(Thing.NOTE, note), at + timedelta(days=policy.contact), Since.CONTACT
        if held.jotted_at is not None:
            due = held.jotted_at + timedelta(days=policy.jotting)
            yield Target(Thing.JOTTING, held.youth), due, Since.JOTTING
    for consent, at in held.unused_consents:
        yield Target(Thing.CONSENT, consent), at + timedelta(days=policy.contact), Since.CONSENT
    if held.drafted_at is not None:
        due = held.drafted_at + timedelta(days=policy.draft)
        yield Target(Thing.DRAFT, held.youth), due, Since.DRAFT
