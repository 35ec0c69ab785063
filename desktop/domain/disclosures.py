"""What may be told without a consent, and only so: suspected child abuse, danger to life.

The call comes first and waits for nothing. This is the written record that follows it, to an
authority the law names, with no more than it needs, under two names. It is never the guardian who
is asked: `keep_from_guardian` travels with it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desktop.basis_errors import BasisNotAllowed, CosignMissing
from desktop.domain.agencies import AgencyKind, Category
from desktop.domain.consents import Item
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.domain.referrals import ITEM_LIMIT, Referral, Reply, Urgency
from desktop.domain.text import checked
from desktop.domain.youths import Age
from desktop.errors import NothingWritten
from sync.protocol.disclosures import ABUSE, BASES, LIFE
from sync.protocol.states import Delivery, TaskStatus
from sync.protocol.words import SixWords


class Ground(StrEnum):
    """Which law. There is no third."""

    ABUSE = ABUSE
    LIFE = LIFE

    @property
    def article(self) -> str:
        """Return the article as it is cited."""
        return BASES[self.value].article

    @property
    def call_now(self) -> tuple[str, ...]:
        """Return the numbers to call before anything else."""
        return ("112",) if self is Ground.ABUSE else ("119", "112")

    @property
    def items(self) -> tuple[Item, ...]:
        """Return what may be told at most."""
        return tuple(item for item in Item if item.value in BASES[self.value].items)

    def may_tell(self, kind: AgencyKind) -> bool:
        """Say whether the law names this kind of receiver."""
        return kind.value in BASES[self.value].receivers

    def may_be_about(self, age: Age) -> bool:
        """Say whether the law is about somebody of this age; not known counts as young."""
        return self is not Ground.ABUSE or age.may_be_under_18()


@dataclass(frozen=True, slots=True)
class Writing:
    """A report as it is written: what somebody chose and typed."""

    youth: YouthId
    ground: Ground
    agency: AgencyId
    reason: str
    words: dict[Item, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A supervisor's name under exactly this. Only `services.cosign_proofs` makes one."""

    ref: ReferralId
    agency: AgencyId
    ground: Ground
    items: frozenset[Item]
    packet: bytes
    reporter: str
    """The device that reports."""
    cosigner: str
    """The device that signed."""
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """Written, and within the law; not yet allowed to leave."""

    referral: Referral
    ground: Ground
    kind: AgencyKind
    reason: str
    device: str

    def __post_init__(self) -> None:
        """Refuse what no law allows, and a report that does not say why."""
        reason = checked(self.reason, ITEM_LIMIT).strip()
        if not reason:
            raise NothingWritten(field="reason")
        object.__setattr__(self, "reason", reason)
        is_lawful = self.ground.may_tell(self.kind) and (
            self.referral.items <= frozenset(self.ground.items)
        )
        if not is_lawful or not self.referral.keep_from_guardian:
            raise BasisNotAllowed

    def release(self, packet: bytes, cosigned: Cosigned, now: datetime) -> "ReleasedByLaw":
        """Allow exactly this packet to leave. There is no other way without a consent."""
        referral = self.referral
        said = (cosigned.ref, cosigned.agency, cosigned.ground, cosigned.items, cosigned.packet)
        if said != (referral.id, referral.agency, self.ground, referral.items, packet):
            raise CosignMissing
        if cosigned.reporter != self.device or cosigned.cosigner in ("", self.device):
            raise CosignMissing
        if now >= cosigned.until:
            raise CosignMissing
        return ReleasedByLaw(self, cosigned, now)


@dataclass(frozen=True, slots=True)
class ReleasedByLaw:
    """A report that may leave, with the two names that say so."""

    report: Report
    cosigned: Cosigned
    released_at: datetime


def report_of(
    referral: ReferralId, writing: Writing, kind: AgencyKind, device: str, now: datetime
) -> Report:
    """Return what was written as a report, or raise what is wrong with it."""
    about = Referral(
        id=referral,
        youth=writing.youth,
        agency=writing.agency,
        categories=frozenset({Category.PROTECT}),
        words=writing.words,
        written_at=now,
        urgency=Urgency.URGENT,
        keep_from_guardian=True,
    )
    return Report(about, writing.ground, kind, writing.reason, device)


class Stage(StrEnum):
    """Where a report stands on this device."""

    ASKED = "asked"
    REFUSED = "refused"
    SIGNED = "signed"
    QUEUED = "queued"
    ENDED = "ended"
    """Taken back before it left."""


ASKED_ALREADY = "asked-already"
"""Taken back while the question was with the supervisors: nothing tells them, so a person does."""
SEEN_TO = "seen-to"
"""A person has seen to what waiting alone would not have helped."""
UNHELPED = frozenset({TaskStatus.REJECTED, TaskStatus.FAILED})
SETTLING = frozenset(
    {
        Stage.ENDED,
        SEEN_TO,
        TaskStatus.ACCEPTED,
        TaskStatus.IN_PROGRESS,
        TaskStatus.ON_HOLD,
        TaskStatus.COMPLETED,
    }
)
"""Steps after which nobody is waited for, until an authority says that it cannot."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How far a report has come. Every step stands on a proof that was verified here."""

    id: ReferralId
    youth: YouthId
    ground: Ground
    agency: AgencyId
    agency_name: str
    asked_at: datetime
    stage: Stage
    delivery: Delivery
    status: TaskStatus
    reason: str = ""
    problem: str = ""
    steps: dict[str, datetime] = field(default_factory=dict)
    replies: tuple[Reply, ...] = ()
    asked_from: SixWords | None = None
    """The supervisor who is asked sees the same."""
    is_unasked: bool = False
    """The question still waits here: no supervisor is known to see it."""
    may_be_called_off: bool = False
    """Nothing of it can have left this laptop; only asked for where one is shown to act on it."""
    phone: str = ""
    """The authority's, from the directory; only where whoever is shown it may have to call."""

    @property
    def is_seen_to(self) -> bool:
        """Say whether a person has seen to it, and no authority has declined it since."""
        said = [at for step, at in self.steps.items() if step in UNHELPED]
        return SEEN_TO in self.steps and all(at <= self.steps[SEEN_TO] for at in said)

    @property
    def is_open(self) -> bool:
        """Say whether it is on its way: a second one to the same authority would be too much."""
        return self.stage not in (Stage.REFUSED, Stage.ENDED) and not self.problem


@dataclass(frozen=True, slots=True)
class Cosigning:
    """What a colleague asks a supervisor to put a name to: all of it, word for word."""

    id: ReferralId
    asked_at: datetime
    agency_name: str
    ground: Ground
    reason: str
    words: dict[Item, str]
    asked_from: SixWords
    """Of the device that asks; nobody's name travels. Whoever sits there sees the same."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: nobody's name, and no word (decree 15)."""

    at: datetime
    recipient_name: str
    ground: Ground
    items: tuple[Item, ...]
    purpose: str
    form: str
    limits: str
    """These three are codes, as they were written down."""
