"""A night out: begin it, rest, count heads, end it, and see whom we met."""

from dataclasses import dataclass, replace

from desktop.domain.ids import OutreachId
from desktop.domain.jottings import Jotting
from desktop.domain.moment import Moment
from desktop.domain.nights import Counts, counted
from desktop.domain.outreach import Meeting, Outreach, Tally
from desktop.domain.screening import Risk
from desktop.domain.youths import Youth
from desktop.vault import jottings, nights, notes, outbox, outreach, referrals, screening, search
from desktop.vault.database import Db, Vault
from sync.protocol.states import Delivery, TaskStatus


@dataclass(frozen=True, slots=True)
class Plan:
    """What is said when a night begins."""

    place: str
    route: str = ""
    team: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    """Bodies that come along: police, a ministry, local government."""


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
    counts: Counts
    """What a centre would report of it now."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One step of a tally."""

    night: OutreachId
    tally: Tally
    number: int
    """How many there are now."""
    moved: int
    """By how much it moved; 0 where nothing was there to take back."""


def begin(vault: Vault, plan: Plan, moment: Moment) -> Outreach:
    """Begin a night. One still under way is ended first: it was forgotten."""
    began = _planned(Outreach(OutreachId(moment.id("outreach")), plan.place, moment.now), plan)
    with vault.transaction() as db:
        before = under_way(db, moment)
        if before is not None:
            _end(db, before, moment)
        outreach.add(db, began)
    return began


def change(vault: Vault, night: OutreachId, plan: Plan, moment: Moment) -> Outreach:
    """Keep another plan for a night: a body joined later, or the place was another."""
    with vault.transaction() as db:
        changed = _planned(outreach.one(db, night), plan)
        outreach.change(db, changed, moment.now)
    return changed


def pause(vault: Vault, moment: Moment) -> None:
    """Begin a pause; a second one within it changes nothing."""
    with vault.transaction() as db:
        night = under_way(db, moment)
        if night is not None and not night.is_paused:
            outreach.pause(db, night.id, max(moment.now, night.latest()))


def resume(vault: Vault, moment: Moment) -> None:
    """Go on after a pause."""
    with vault.transaction() as db:
        at_work(db, moment)


def end(vault: Vault, night: OutreachId, moment: Moment) -> None:
    """End a night; ending it twice changes nothing."""
    with vault.transaction() as db:
        current = under_way(db, moment)
        if current is not None and current.id == night:
            _end(db, current, moment)


def count(vault: Vault, tally: Tally, by: int, moment: Moment) -> Counted | None:
    """Move tonight's tally by `by`, never below 0; None when no night is under way.

    Adding ends a pause, because somebody is at work; a correction does not.
    """
    with vault.transaction() as db:
        night = at_work(db, moment) if by > 0 else under_way(db, moment)
        if night is None:
            return None
        number, moved = outreach.count(db, night.id, tally, by, moment.now)
        return Counted(night.id, tally, number, moved)


def under_way(db: Db, moment: Moment) -> Outreach | None:
    """Return the night under way, inside a transaction.

    One that nobody ended before 06:00 is closed here, with the time of its last entry: nothing
    can fall into it any more, and nothing of it into the next evening.
    """
    night = outreach.current(db)
    if night is None or not night.is_over(moment.now):
        return night
    _closed(db, night, replace(moment, now=nights.last_entry(db, night)), was_forgotten=True)
    return None


def at_work(db: Db, moment: Moment) -> Outreach | None:
    """Return the night under way for something that is done on it: a pause is over by that."""
    night = under_way(db, moment)
    if night is not None and night.is_paused:
        outreach.resume(db, night.id, max(moment.now, night.latest()))
    return night


def tonight(vault: Vault) -> Tonight | None:
    """Return the night under way, or None."""
    with vault.reading() as db:
        night = outreach.current(db)
        if night is None:
            return None
        tallies = outreach.tallies(db, night.id)
        return Tonight(
            outreach=night,
            tallies=tallies,
            met=met_on(db, night.id),
            counts=counted(night, tallies, nights.rows_of(db, night.id), night.latest()),
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


def _planned(night: Outreach, plan: Plan) -> Outreach:
    partners = tuple(dict.fromkeys(body.strip() for body in plan.partners if body.strip()))
    return replace(
        night,
        place=plan.place,
        route=plan.route,
        team=tuple(name for name in plan.team if name.strip()),
        # Nights of the first version said so without a name.
        is_joint=bool(partners) or (night.is_joint and not night.partners),
        partners=partners,
    )


def _end(db: Db, night: Outreach, moment: Moment) -> None:
    _closed(db, night, replace(moment, now=max(moment.now, night.latest())), was_forgotten=False)


def _closed(db: Db, night: Outreach, moment: Moment, *, was_forgotten: bool) -> None:
    at = moment.now
    # A break that nobody ended was the end of the night: what came before it is what they worked.
    outreach.resume(db, night.id, at)
    outreach.end(db, night.id, at)
    nights.close(db, outreach.one(db, night.id), at, was_forgotten=was_forgotten)
    search.tidy(db)
