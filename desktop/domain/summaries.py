"""A summary of one young person on paper: what somebody chose to put in, and nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.consents import Consent
from desktop.domain.looks import Why
from desktop.domain.notes import Note
from desktop.domain.outreach import Meeting
from desktop.domain.promises import Promise
from desktop.domain.referrals import Tracking
from desktop.domain.safety import Plan
from desktop.domain.screening import Judgement
from desktop.domain.text import line
from desktop.domain.youths import Youth
from desktop.errors import NothingWritten

LARGEST = 60_000
"""Characters: some thirty pages, which nobody reads on paper."""
REASONS = (
    Why.ASKED, Why.GOING_ALONG, Why.CONFERENCE, Why.TO_COLLEAGUE, Why.LAW, Why.INSPECTION,
)  # fmt: skip
"""Why something is printed. A code is journalled, never the words beside it."""


class Section(StrEnum):
    """A part of a summary, in the order in which it is read."""

    PERSON = "person"
    MEETINGS = "meetings"
    """When and where, without what was written."""
    NOTES = "notes"
    JUDGEMENT = "judgement"
    PROMISES = "promises"
    PLAN = "plan"
    CONSENTS = "consents"
    REFERRALS = "referrals"
    """To whom, how far, and what was answered; not what was told."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes in, for whom, why, and who prints it; the last three stand on every page."""

    sections: frozenset[Section]
    reason: Why
    reader: str
    printer: str
    notes: int = 1
    """How many of the newest notes, where notes go in at all."""
    with_sensitive: bool = False
    """Whether passages marked as sensitive go in."""

    def __post_init__(self) -> None:
        """Refuse a summary of nothing, for nobody, or by nobody."""
        if not self.sections or self.reason not in REASONS:
            raise NothingWritten(field="summary")
        object.__setattr__(self, "reader", line(self.reader, "summary-reader"))
        object.__setattr__(self, "printer", line(self.printer, "summary-printer"))

    def code(self) -> str:
        """Return what was chosen without a word of it, for the journal."""
        sensitive = ("sensitive",) if self.with_sensitive else ()
        return ",".join((*sorted(self.sections), *sensitive))


@dataclass(frozen=True, slots=True)
class Summary:
    """All that goes on the paper. What was not chosen is not in it."""

    youth: Youth
    chosen: Chosen
    meetings: tuple[Meeting, ...] = ()
    notes: tuple[tuple[Meeting, Note], ...] = ()
    """Newest first; sensitive passages are stood in for unless they were chosen."""
    judgement: Judgement | None = None
    promises: tuple[Promise, ...] = ()
    plan: Plan | None = None
    consents: tuple[Consent, ...] = ()
    referrals: tuple[Tracking, ...] = ()
    left_out: int = 0
    """How many passages were stood in for."""
