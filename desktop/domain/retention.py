"""When what we keep about a young person has to go (PIPA 21), and what may hold it back.

No law gives a number for outreach notes: an organisation sets its own (`Policy`), and what stands
here is what the program proposes until it does.
"""

from dataclasses import dataclass, replace
from datetime import datetime
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
    ASKED = "asked-of-us"
    """We were asked for help by it, have taken that on, and it has not ended here."""
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
