"""A night out: begin it, count heads, end it, and see whom we met."""

from dataclasses import dataclass

from desktop.domain.ids import OutreachId
from desktop.domain.jottings import Jotting
from desktop.domain.moment import Moment
from desktop.domain.outreach import Meeting, Outreach, Tally
from desktop.domain.screening import Risk
from desktop.domain.text import LINE_LIMIT, checked, line
from desktop.domain.youths import Youth
from desktop.vault import jottings, notes, outbox, outreach, referrals, screening, search
from desktop.vault.database import Db, Vault
from sync.protocol.states import Delivery, TaskStatus


@dataclass(frozen=True, slots=True)
class Plan:
    """What is said when a night begins."""

    place: str
    route: str = ""
    team: tuple[str, ...] = ()
    is_joint: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """One young person met on a night, as the list shows them."""

    youth: Youth
    meeting: Meeting
    risk: Risk = Risk.NONE
    note_length: int = 0
    """Characters written about this meeting; 0 when there is no note."""
    is_finished: bool = False
    waiting: bool = False
    """Something about this young person waits in the outbox."""
    delivery: Delivery | None = None
    """Of the latest referral."""
    status: TaskStatus | None = None
    needs_guardian: bool = False
    jotting: Jotting | None = None
    """When what is noted about somebody without an alias goes."""


@dataclass(frozen=True, slots=True)
class Tonight:
    """The night that is under way."""

    outreach: Outreach
    tallies: dict[Tally, int]
    """Every tally, 0 included."""
    met: tuple[Met, ...]
    """Newest meeting first."""
    referrals: int
    """Released since the night began."""


def begin(vault: Vault, plan: Plan, moment: Moment) -> Outreach:
    """Begin a night. One still under way is ended first: it was forgotten."""
    began = Outreach(
        id=OutreachId(moment.id("outreach")),
        place=plan.place,
        started_at=moment.now,
        route=checked(plan.route, LINE_LIMIT).strip(),
        team=tuple(line(name, "team") for name in plan.team if name.strip()),
        is_joint=plan.is_joint,
    )
    with vault.transaction() as db:
        forgotten = outreach.current(db)
        if forgotten is not None:
            outreach.end(db, forgotten.id, moment.now)
            search.tidy(db)
        outreach.add(db, began)
    return began


def end(vault: Vault, night: OutreachId, moment: Moment) -> None:
    """End a night; ending it twice changes nothing."""
    with vault.transaction() as db:
        outreach.end(db, night, moment.now)
        search.tidy(db)


def count(vault: Vault, tally: Tally, by: int, moment: Moment) -> int:
    """Move tonight's tally by `by` (never below 0) and return it; 0 when no night is under way."""
    with vault.transaction() as db:
        night = outreach.current(db)
        return outreach.count(db, night.id, tally, by, moment.now) if night else 0


def tonight(vault: Vault) -> Tonight | None:
    """Return the night under way, or None."""
    with vault.reading() as db:
        night = outreach.current(db)
        if night is None:
            return None
        return Tonight(
            outreach=night,
            tallies=outreach.tallies(db, night.id),
            met=met_on(db, night.id),
            referrals=referrals.released_since(db, night.started_at),
        )


def met_on(db: Db, night: OutreachId) -> tuple[Met, ...]:
    """Return everyone met on a night, newest meeting first."""
    risks = screening.risks_on(db, night)
    lengths = notes.lengths_on(db, night)
    waiting = outbox.waiting_on(db, night)
    latest = referrals.latest_on(db, night)
    nameless = jottings.on(db, night)

    def seen(meeting: Meeting, youth: Youth) -> Met:
        length, is_finished = lengths.get(meeting.id, (0, False))
        delivery, status = latest.get(youth.id, (None, None))
        return Met(
            youth=youth,
            meeting=meeting,
            risk=risks.get(youth.id, Risk.NONE),
            note_length=length,
            is_finished=is_finished,
            waiting=youth.id in waiting,
            delivery=delivery,
            status=status,
            needs_guardian=youth.age.may_be_under_14(),
            jotting=nameless.get(youth.id),
        )

    return tuple(seen(meeting, youth) for meeting, youth in outreach.met_on(db, night))
