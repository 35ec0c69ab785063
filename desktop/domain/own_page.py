"""Everything that is kept about one young person, gathered for their own eyes (PIPA 35)."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.consents import Consent, Item
from desktop.domain.guardians import Named
from desktop.domain.inbox import Received
from desktop.domain.jottings import Jotting
from desktop.domain.looks import Look
from desktop.domain.notes import Note
from desktop.domain.outreach import Meeting
from desktop.domain.own_data import Request
from desktop.domain.promises import Promise
from desktop.domain.questionnaires import Answered
from desktop.domain.referrals import Draft, Tracking
from desktop.domain.retention import Reason
from desktop.domain.safety import Plan
from desktop.domain.screening import Judgement, Unfinished
from desktop.domain.supervision import Seen
from desktop.domain.versions import Version
from desktop.domain.youths import Youth


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note as it stands, and every wording of it from before, the newest first."""

    note: Note
    earlier: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Words that went to an agency at one time."""

    at: datetime
    words: dict[Item, str]


@dataclass(frozen=True, slots=True)
class OwnReferral:
    """A referral as it stands, and what had been told before, where something was added since."""

    tracking: Tracking
    earlier: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptLonger:
    """That something about them is kept beyond its time, and why."""

    until: datetime
    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Joined:
    """That the record of another alias was put to theirs; the alias is empty once it is gone."""

    alias: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HalfWritten:
    """What was begun and is in no record yet."""

    judgement: Unfinished | None = None
    draft: Draft | None = None
    typed: tuple[str, ...] = ()
    """Words in forms that were open at a lock."""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """All of it. What stays out, and why, `vault.own_tables` names."""

    youth: Youth
    jotting: Jotting | None = None
    named: Named | None = None
    joined: tuple[Joined, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    notes: tuple[OwnNote, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    supervised: tuple[Seen, ...] = ()
    plans: tuple[Plan, ...] = ()
    answered: tuple[Answered, ...] = ()
    promises: tuple[Promise, ...] = ()
    consents: tuple[Consent, ...] = ()
    referrals: tuple[OwnReferral, ...] = ()
    received: tuple[Received, ...] = ()
    """What agencies told us about them, with their consent."""
    half_written: HalfWritten = HalfWritten()
    requests: tuple[Request, ...] = ()
    wished_at: datetime | None = None
    """When they asked to be forgotten, while that has not been done."""
    kept_longer: tuple[KeptLonger, ...] = ()
    looks: tuple[Look, ...] = ()
    """Who looked, the newest first; why somebody did is not told: it can speak of a report."""
