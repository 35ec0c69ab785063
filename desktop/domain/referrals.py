"""A request that another agency help a young person, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum, auto

from desktop.domain import identifiers
from desktop.domain.agencies import Category
from desktop.domain.appointments import Appointment as Appointment
from desktop.domain.consents import Consent, Item
from desktop.domain.ids import AgencyId, ConsentId, ReferralId, YouthId
from desktop.domain.text import checked
from desktop.errors import ConsentMissing, NothingWritten
from sync.protocol.states import Delivery, TaskStatus, has_ended

ITEM_LIMIT = 2_000


class Urgency(StrEnum):
    """FHIR Task.priority as narrowed by Gravity: two values."""

    ROUTINE = "routine"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Draft:
    """A referral being written: kept as it is typed, one for each young person."""

    youth: YouthId
    agency: AgencyId | None = None
    categories: frozenset[Category] = frozenset()
    words: dict[Item, str] = field(default_factory=dict)
    urgency: Urgency = Urgency.ROUTINE
    answers: ReferralId | None = None
    """The referral under way that it adds to; None for another one."""

    def __post_init__(self) -> None:
        """Check every word, and keep what was typed as it was typed."""
        words = {
            item: identifiers.typed(text) if item is Item.IDENTIFIER else checked(text)
            for item, text in self.words.items()
        }
        object.__setattr__(self, "words", words)

    def is_too_long(self) -> bool:
        """Say whether something is longer than may leave. It is kept all the same."""
        return any(len(text) > ITEM_LIMIT for text in self.words.values())


@dataclass(frozen=True, slots=True)
class Referral:
    """Written here; not yet allowed to leave. `words` is exactly what would leave, by item."""

    id: ReferralId
    youth: YouthId
    agency: AgencyId
    categories: frozenset[Category]
    words: dict[Item, str]
    written_at: datetime
    urgency: Urgency = Urgency.ROUTINE
    keep_from_guardian: bool = False
    keep_reason: str = ""
    """Why: a code of `KeepReason`, or empty where none was given."""

    def __post_init__(self) -> None:
        """Check every word that would leave."""
        words = {item: _told(item, text) for item, text in self.words.items()}
        if not self.categories or not any(words.values()):
            raise NothingWritten(field="referral")
        object.__setattr__(self, "words", {item: text for item, text in words.items() if text})

    @property
    def items(self) -> frozenset[Item]:
        """Return the kinds of thing this referral carries."""
        return frozenset(self.words)

    def release(self, consent: Consent, now: datetime) -> "ReleasedReferral":
        """Allow this referral to leave. There is no other way to do so (D-010)."""
        may_tell = consent.covers(self.agency, self.items, now) and consent.is_for(self.categories)
        if consent.youth != self.youth or not may_tell:
            raise ConsentMissing(agency=self.agency)
        return ReleasedReferral(self, consent.id, now)


@dataclass(frozen=True, slots=True)
class ReleasedReferral:
    """A referral that may leave, with the consent that says so."""

    referral: Referral
    consent: ConsentId
    released_at: datetime


def _told(item: Item, text: str) -> str:
    if item is Item.IDENTIFIER and text.strip():
        return str(identifiers.read(text.strip()))
    return checked(text, ITEM_LIMIT).strip()


class Erasure(StrEnum):
    """What the agency owes after a withdrawal (PIPA 37)."""

    NONE = "none"
    OWED = "owed"
    DESTROYED = "destroyed"
    RETAINED = "retained"
    SETTLED = "settled"
    """Nobody says it; a person has written down how it was settled (`domain.settling`)."""


class Word(Enum):
    """Where the word is that a consent has ended."""

    UNSAID = auto()
    """It is in force, or it was not for this laptop to say."""
    WAITS = auto()
    REFUSED = auto()
    PROVEN = auto()
    """The hub signed that it has it."""


def may_become(stands: Erasure, said: Erasure) -> bool:
    """Say whether an agency's word about it counts: that a law keeps a part may come later."""
    is_unsaid = stands in (Erasure.OWED, Erasure.SETTLED)
    is_first = is_unsaid and said in (Erasure.DESTROYED, Erasure.RETAINED)
    return is_first or (stands, said) == (Erasure.DESTROYED, Erasure.RETAINED)


@dataclass(frozen=True, slots=True)
class Reply:
    """Words an agency sent back, sealed to us."""

    text: str
    at: datetime
    appointment: Appointment | None = None
    asks: frozenset[Item] = frozenset()
    """What the agency would need too."""


@dataclass(frozen=True, slots=True)
class SaidNo:
    """The young person, asked about this agency once more since it was released, said no."""

    at: datetime
    """By the hub's clock."""
    to: frozenset[Item]


CAME_TOO_LATE = "conflict"
"""The hub's word for what was told in addition after a referral had ended."""
ENDED_ELSEWHERE = "consent-withdrawn-elsewhere"
"""A hub that was put back heard of the withdrawal before it heard of the referral again."""
LEFT_UNTOLD = "conflict-left"
"""A person has read that, or that it stayed here, and let it rest."""
LEFT_HERE = "consent-lapsed-left"
"""It never left, no consent covers it any more, and a person has let it rest."""
GUARDIAN_UNSAID = "guardian-unsaid"
"""Why it stays here: it does not say that the guardian is not to be told, and by now it must."""
UNSAID_LEFT = "guardian-unsaid-left"
"""It never left for that, and a person has let it rest or sent it anew."""
REFUSED_LEFT = "refused-left"
"""The hub did not take it, and a person has let it rest."""
NOT_WANTED = "not-wanted-any-more"
"""Why help did not come about, where the young person wished so."""


@dataclass(frozen=True, slots=True)
class Tracking:
    """How far a referral has come. Every step stands on a receipt that was verified here."""

    referral: Referral
    consent: ConsentId
    agency_name: str
    delivery: Delivery
    status: TaskStatus
    steps: dict[str, datetime] = field(default_factory=dict)
    """When each step was proven: `queued`, `sent`, `delivered`, `opened`, a task status."""
    status_reason: str = ""
    replies: tuple[Reply, ...] = ()
    erasure: Erasure = Erasure.NONE
    problem: str = ""
    """The hub's rejection code, when a person has to look."""
    amended_at: datetime | None = None
    """When something was last told in addition, by the hub's clock as replies are."""
    packet_version: int = 1
    said_no: SaidNo | None = None
    word: Word = Word.UNSAID
    """While its erasure is owed: whether the hub has the word of the withdrawal."""
    calling_off: Word = Word.UNSAID
    """Whether the hub has the word that it is called off, where a person here has said so."""

    @property
    def is_declined(self) -> bool:
        """Say whether nothing more may be told to this agency."""
        return self.said_no is not None and self.said_no.to == frozenset(Item)

    @property
    def is_let_rest(self) -> bool:
        """Say whether a person has read what was the matter with it, and needs no more of it."""
        return self.problem in (LEFT_UNTOLD, LEFT_HERE, UNSAID_LEFT, REFUSED_LEFT)

    @property
    def is_untold(self) -> bool:
        """Say whether its newest words were to be told in addition, and it had ended before.

        Not while its erasure is owed: that comes first.
        """
        is_late = has_ended(self.status) and self.problem == CAME_TOO_LATE
        return is_late and self.erasure is not Erasure.OWED

    @property
    def is_unhelped(self) -> bool:
        """Say whether the agency could not help, and the young person has taken nothing back."""
        is_no = self.status in (TaskStatus.REJECTED, TaskStatus.FAILED)
        return is_no and self.erasure is Erasure.NONE

    @property
    def is_unwanted(self) -> bool:
        """Say whether it ended because the young person wished so: nobody is asked for them."""
        return self.status_reason == NOT_WANTED

    def asks(self) -> frozenset[Item]:
        """Return what the agency has asked for and was neither told nor refused since."""
        if has_ended(self.status) or self.calling_off is Word.WAITS:
            return frozenset()
        return frozenset().union(*map(self._open_of, self.replies))

    def appointments(self) -> tuple[Appointment, ...]:
        """Return every word about an appointment, oldest first."""
        return tuple(reply.appointment for reply in self.replies if reply.appointment)

    def appointment(self) -> Appointment | None:
        """Return the newest word about any appointment."""
        return next(reversed(self.appointments()), None)

    def _open_of(self, reply: Reply) -> frozenset[Item]:
        if self.amended_at is not None and self.amended_at > reply.at:
            return frozenset()
        said_no = self.said_no
        return reply.asks - said_no.to if said_no and said_no.at > reply.at else reply.asks
