"""Who looked at what, about whom: the access record of PIPA 29 and its safety standard.

It never holds words. What counts as one look: opening a young person's page (alias, age, meetings,
judgment, promises and consents stand on it), the note on it, each referral on it with its answers,
what would leave before it leaves, a search that may show pieces of notes, and whatever is printed
or taken out. A list of promises or of cases for a supervisor shows words: a look at each of them.
Names in a list are no look.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.domain.ids import YouthId

ONE_LOOK = timedelta(minutes=10)
"""The same person looking again at the same record within this time is still looking."""
KEPT = timedelta(days=731)
"""Two years: what the safety standard asks where sensitive data are handled."""


class Act(StrEnum):
    """What was done with the record."""

    READ = "read"
    PREVIEWED = "previewed"
    SEARCHED = "searched"
    PRINTED = "printed"
    EXPORTED = "exported"


class Kind(StrEnum):
    """What kind of record it was."""

    YOUTH = "youth"
    NOTE = "note"
    REFERRAL = "referral"
    RECEIVED = "received"
    """A referral that came to us, from whoever asks for our help."""
    PROMISE = "promise"
    JUDGEMENT = "judgement"
    ANSWERS = "answers"
    """An organisation's own questions, as they were answered about somebody."""
    NOTES = "notes"
    """All of them: a search."""
    PLAN = "plan"
    """A safety plan."""
    SUMMARY = "summary"
    """A summary that was printed: the SHA-256 of its file, and which parts were in it."""
    SLIP = "slip"
    """A slip with a number that a young person took along: the SHA-256 of its file."""
    LOOKS = "looks"
    """The access record itself."""


class Why(StrEnum):
    """Why somebody looked where that is no matter of course. Codes, so that none has words."""

    USUAL = ""
    DANGER = "danger-to-life"
    ABUSE = "suspected-abuse"
    HANDOVER = "colleague-left"
    ASKED = "person-asked"
    """The young person asked to see what is kept (PIPA 35)."""
    LAW = "duty-by-law"
    INSPECTION = "inspection"
    GOING_ALONG = "going-along"
    """Printed to be taken along to a hospital, a shelter, an office."""
    CONFERENCE = "case-conference"
    """Printed for colleagues who talk about how to help."""
    TO_COLLEAGUE = "to-colleague"
    """Printed to hand over to a colleague."""


ORGANISATION = "organisation"
"""Who looks and signs once two people opened a vault with the organisation's key, until its owner
has taken it back."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, from which laptop, and why."""

    who: str
    place: str
    why: Why = Why.USUAL

    @property
    def is_organisation(self) -> bool:
        """Whether it was two people with the organisation's key, and not the vault's owner."""
        return self.who == ORGANISATION


@dataclass(frozen=True, slots=True)
class Sight:
    """One record that is shown."""

    kind: Kind
    record: str
    youth: YouthId | None = None
    """Whose it is; None when it is nobody's in particular."""
    act: Act = Act.READ


@dataclass(frozen=True, slots=True)
class Look:
    """One look that was written down."""

    at: datetime
    reader: Reader
    sight: Sight


def at_youth(youth: YouthId, act: Act = Act.READ) -> Sight:
    """Return the sight of somebody's page."""
    return Sight(Kind.YOUTH, str(youth), youth, act)


def at_record(kind: Kind, record: UUID, youth: YouthId) -> Sight:
    """Return the sight of one record about somebody."""
    return Sight(kind, str(record), youth)
