"""A referral that came to us: what may be seen of it, where it stands, what may be done next.

Before it is accepted nobody here sees who it is about (`Glimpse`): not the alias, not how to reach
them, not a word of what was written. Those come with saying yes.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.agencies import Category
from desktop.domain.appointments import Appointment, booked
from desktop.domain.consents import Item
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.domain.kept_laws import KEPT
from desktop.domain.referrals import NOT_WANTED, Urgency
from desktop.domain.untaken import Decided as Decided
from desktop.domain.untaken import Refused
from sync.protocol.states import Party, TaskStatus, answer_within, has_ended, may_move

OURS_STAYS = "ours-stays"
"""The step that is written down where what was told went, and a record of our own did not."""


class Deed(StrEnum):
    """What somebody here can do with it."""

    ACCEPT = "accept"
    DECLINE = "decline"
    START = "start"
    HOLD = "hold"
    RESUME = "resume"
    COMPLETE = "complete"
    FAIL = "fail"


LEADS_TO = {
    Deed.ACCEPT: TaskStatus.ACCEPTED,
    Deed.DECLINE: TaskStatus.REJECTED,
    Deed.START: TaskStatus.IN_PROGRESS,
    Deed.HOLD: TaskStatus.ON_HOLD,
    Deed.RESUME: TaskStatus.IN_PROGRESS,
    Deed.COMPLETE: TaskStatus.COMPLETED,
    Deed.FAIL: TaskStatus.FAILED,
}


class Declined(StrEnum):
    """Why it was not taken on. The hub sees these codes; words go sealed."""

    FULL = "no-room"
    NOT_OURS = "not-our-service"
    AREA = "outside-area"
    AGE = "outside-age"
    OTHER = "other"


class Unfinished(StrEnum):
    """Why help did not come about after all."""

    LOST = "contact-lost"
    THEIR_WISH = NOT_WANTED
    MOVED = "moved-away"
    OTHER = "other"


class Gone(StrEnum):
    """Why nothing of what was told is here any more."""

    HERE = ""
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    ENDED = "ended"
    """Its time was over."""
    ERASED = "erased"
    """What we had kept about them ourselves was destroyed, and this with it."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """All that is shown before accepting: nothing in it says who it is about."""

    categories: frozenset[Category]
    urgency: Urgency
    ages: tuple[int, int] | None
    """The youngest and the oldest they can be; None where the age was not told."""
    language: str
    keep_from_guardian: bool
    basis: str = ""
    """Empty where a consent is the basis; else which law (`sync.protocol.disclosures.BASES`)."""
    keep_reason: str = ""
    """Why the guardian is not to be told, where a reason was given: a code."""


@dataclass(frozen=True, slots=True)
class Told:
    """What this agency has said back, by anybody here."""

    text: str
    at: datetime
    appointment: Appointment | None = None
    asks: frozenset[Item] = frozenset()


@dataclass(frozen=True, slots=True)
class Received:
    """One referral that came to us, as far as it may be shown now."""

    id: ReferralId
    asker: AgencyId
    asker_name: str
    received_at: datetime
    urgency: Urgency
    status: TaskStatus
    glimpse: Glimpse | None = None
    """None once what was told is gone."""
    words: dict[Item, str] = field(default_factory=dict)
    """The whole of it, only once it was accepted."""
    why: str = ""
    """Why a law allows it here, in the words of whoever reports; only once it was accepted."""
    valid_until: datetime | None = None
    """When the consent it stands on ends."""
    opened_at: datetime | None = None
    steps: tuple[tuple[str, datetime], ...] = ()
    """What happened, oldest first."""
    told: tuple[Told, ...] = ()
    """Oldest first by the hub's time; last what it has not taken yet."""
    gone: Gone = Gone.HERE
    gone_at: datetime | None = None
    elsewhere: TaskStatus | None = None
    """Where another place had brought it already, when ours came too late."""
    reason: str = ""
    """Why it stands as it does: a code."""
    late: Decided | None = None
    """Ours, beside what stands, until somebody here has chosen."""
    reminded: str = ""
    """The hub's reason for reminding us, of an answer that is still owed."""
    waiting: int = 0
    """Messages about it that have not been sent yet."""
    refused: tuple[Refused, ...] = ()
    """What was said here and not taken, oldest first."""
    amended_at: datetime | None = None
    unseen_at: datetime | None = None
    """When whoever asked did what nobody has looked at on this laptop yet."""
    youth: YouthId | None = None
    """Who was kept here as somebody of our own, to hand over to another agency."""
    typed: dict[str, str] = field(default_factory=dict)
    """What stands in its fields and was not said yet."""

    @property
    def is_open(self) -> bool:
        """Say whether somebody still waits for something from us."""
        return self.gone is Gone.HERE and not has_ended(self.status)

    @property
    def is_urgent(self) -> bool:
        """Say whether it was urgent when it came, or has become so in what was told since."""
        told = self.glimpse.urgency if self.glimpse else Urgency.ROUTINE
        return Urgency.URGENT in (self.urgency, told)

    @property
    def is_accepted(self) -> bool:
        """Say whether we may see all of it and write back."""
        return self.is_open and self.status is not TaskStatus.REQUESTED

    def may(self) -> tuple[Deed, ...]:
        """Return what may be done with it now."""
        return deeds(self.status) if self.is_open else ()

    @property
    def kept_by_law(self) -> str:
        """Return the code of the law that makes us keep a part; empty where we named none."""
        named = (name.removeprefix(KEPT) for name, _ in self.steps if name.startswith(KEPT))
        return next(named, "")

    @property
    def may_keep_by_law(self) -> bool:
        """Say whether such a law could be named now: a consent was taken back."""
        return self.gone is Gone.WITHDRAWN and not self.kept_by_law

    def answer_due(self) -> datetime:
        """Return until when whoever asks expects a yes or no."""
        return self.received_at + answer_within(self.urgency.value)

    def is_overdue(self, now: datetime) -> bool:
        """Say whether a yes or no is overdue."""
        return self.is_open and self.status is TaskStatus.REQUESTED and now >= self.answer_due()

    def appointments(self) -> tuple[Appointment, ...]:
        """Return every word about an appointment, oldest first."""
        return tuple(told.appointment for told in self.told if told.appointment)

    def appointment(self) -> Appointment | None:
        """Return the newest word about any appointment."""
        return next(reversed(self.appointments()), None)

    def booked(self) -> tuple[Appointment, ...]:
        """Return the appointments that are still to come about, the earliest first."""
        return booked(self.appointments())

    def awaited(self) -> Appointment | None:
        """Return the earliest of them."""
        return next(iter(self.booked()), None)

    def asked(self) -> frozenset[Item]:
        """Return what was asked for and has not come since."""
        since = (t for t in self.told if self.amended_at is None or t.at > self.amended_at)
        return frozenset(item for told in since for item in told.asks) - self.words.keys()


def deeds(status: TaskStatus) -> tuple[Deed, ...]:
    """Return what the receiving agency may do from here (D-011)."""
    skipped = Deed.START if status is TaskStatus.ON_HOLD else Deed.RESUME
    return tuple(
        deed
        for deed, to in LEADS_TO.items()
        if deed is not skipped and may_move(status, to, Party.TARGET)
    )


def ends_at(case: Received, kept: timedelta) -> datetime | None:
    """Return when what was told has to go; None while help is under way.

    After the end it is kept as long as the policy says, and no longer than the consent holds.
    """
    if case.gone is not Gone.HERE:
        return None
    if case.status is TaskStatus.REQUESTED:
        # What came by law names no last day, and may never be answered.
        return case.valid_until or case.received_at + kept
    if not has_ended(case.status):
        return None
    ended = max((at for _, at in case.steps), default=case.received_at)
    due = ended + kept
    # Whatever the clock said at the end: it may have stood years ahead (D-153).
    return min(due, case.valid_until) if case.valid_until else due
