"""Following a referral: how long nobody has said anything, and what a person can try next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.appointments import Appointment, newest_of_each
from desktop.domain.ids import YouthId
from desktop.domain.kept_laws import KEPT_TOLD
from desktop.domain.referrals import Erasure, Tracking, Word
from desktop.domain.settling import CALLING_OFF
from sync.protocol.bodies import Meeting
from sync.protocol.states import (
    ERASURE_OVERDUE,
    ERASURE_WITHIN,
    SILENT,
    STILL_SILENT,
    UNDER_WAY,
    Delivery,
    TaskStatus,
    answer_within,
    has_ended,
)

QUIET_CARE = timedelta(days=14)
"""So long without a word from whoever took it on, and somebody should ask. Our choice."""
AFTER_MEETING = timedelta(days=1)
"""So long after an appointment somebody should have said what became of it. Our choice."""


class Next(StrEnum):
    """What a person can do now; the most pressing comes first."""

    LOOK = "look"
    """The hub or the agency refused something: it says what."""
    ASK_ERASURE = "ask-erasure"
    """The agency has not said in time that it destroyed what it had."""
    COORDINATE = "coordinate"
    """Silent for twice as long as it may be: the coordinator, or another agency."""
    CALL = "call"
    """Silent for longer than it may be: call the agency."""
    FIND_LINE = "find-line"
    """It has not left this laptop for as long as an answer may take."""
    CHOOSE_ANOTHER = "choose-another"
    """The agency could not take it on."""
    FIND = "find"
    """The young person did not come."""
    ASK_AFTER = "ask-after"
    """Taken on, and then not a word for too long."""
    TELL_MORE = "tell-more"
    """The agency needs to know more, which needs a yes."""
    REACH_HUB = "reach-hub"
    """It has not left this laptop; it goes with the next line."""
    MEET = "meet"
    """An appointment is ahead."""
    WAIT = "wait"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Following:
    """Where a referral stands for the one who sent it."""

    next: Next
    quiet_since: datetime | None = None
    """When the last word was said, by either side; None when nothing is expected any more."""
    by: datetime | None = None
    """By when the other side should have spoken, or the appointment; also beside a question."""

    @property
    def is_late(self) -> bool:
        """Say whether somebody has been silent for longer than they may."""
        return self.next in _LATE

    @property
    def needs_a_person(self) -> bool:
        """Say whether waiting alone will not help."""
        return self.next in _NEEDS


_LATE = frozenset({Next.ASK_ERASURE, Next.COORDINATE, Next.CALL, Next.ASK_AFTER})
_NEEDS = _LATE | {
    Next.LOOK,
    Next.FIND_LINE,
    Next.CHOOSE_ANOTHER,
    Next.FIND,
    Next.TELL_MORE,
}
_BEFORE_A_QUESTION = frozenset({Next.FIND, Next.ASK_AFTER})


def followed(tracking: Tracking, now: datetime, beside: Iterable[Tracking] = ()) -> Following:
    """Return where a referral stands at `now`; `beside` are all of the same young person."""
    if has_ended(tracking.status):
        return _ended(tracking, now, beside)
    if tracking.calling_off is Word.WAITS:
        return _calling_off(tracking, now)
    if tracking.problem and not _is_settled(tracking, beside):
        return Following(Next.LOOK)
    stands = _under_way(tracking, now)
    asking = tracking.asks()
    if not asking or stands.next in _BEFORE_A_QUESTION:
        return stands
    said = max(reply.at for reply in tracking.replies if reply.asks & asking)
    return Following(Next.TELL_MORE, said, stands.by if stands.next is Next.MEET else None)


def every_followed(trackings: tuple[Tracking, ...], now: datetime) -> tuple[Following, ...]:
    """Return where each stands at `now`, in the order given.

    With a refused one all of the same young person are expected, as `followed` does.
    """
    by_youth: dict[YouthId, list[Tracking]] = defaultdict(list)
    for tracking in trackings:
        by_youth[tracking.referral.youth].append(tracking)
    return tuple(followed(each, now, by_youth[each.referral.youth]) for each in trackings)


def _is_settled(refused: Tracking, beside: Iterable[Tracking]) -> bool:
    """Say whether the young person said no, a person let it rest, or newer ones ask for it all."""
    return refused.is_let_rest or refused.is_declined or _is_asked_anew(refused, beside)


def _is_asked_anew(before: Tracking, beside: Iterable[Tracking]) -> bool:
    asked_at = _asked_at(before)
    newer = (each.referral for each in beside if _asked_at(each) > asked_at)
    again = frozenset(category for referral in newer for category in referral.categories)
    return before.referral.categories <= again


def _asked_at(tracking: Tracking) -> datetime:
    # What was told in addition is written later, and is no newer referral.
    return tracking.steps.get("queued", tracking.referral.written_at)


def _under_way(tracking: Tracking, now: datetime) -> Following:
    if tracking.status is not TaskStatus.REQUESTED:
        return _taken_on(tracking, now)
    if tracking.delivery is Delivery.QUEUED:
        return _unsent(tracking, now)
    return _unanswered(tracking, now)


def _ended(tracking: Tracking, now: datetime, beside: Iterable[Tracking]) -> Following:
    # Above all else: what was withdrawn is owed however it had ended (D-139).
    owed_at = tracking.steps.get("erasure-owed")
    if tracking.erasure is Erasure.OWED and owed_at is not None:
        return _owed(tracking, owed_at, now)
    is_kept = tracking.problem and tracking.erasure is Erasure.RETAINED
    is_to_tell = is_kept and KEPT_TOLD not in tracking.steps
    if is_to_tell or (tracking.is_untold and not _is_settled(tracking, beside)):
        return Following(Next.LOOK)
    needs_another = tracking.is_unhelped and not tracking.is_unwanted
    if needs_another and not _is_asked_anew(tracking, filter(_may_help, beside)):
        said_at = tracking.steps.get(tracking.status.value)
        is_old = said_at is not None and now - said_at >= QUIET_CARE
        return Following(Next.NOTHING) if is_old else Following(Next.CHOOSE_ANOTHER, said_at)
    return Following(Next.NOTHING)


def _may_help(tracking: Tracking) -> bool:
    is_unasked = tracking.is_let_rest and tracking.delivery is Delivery.QUEUED
    is_done = tracking.status is TaskStatus.COMPLETED
    return is_done or (tracking.status in UNDER_WAY and not is_unasked)


def _owed(tracking: Tracking, owed_at: datetime, now: datetime) -> Following:
    by = owed_at + ERASURE_WITHIN
    if tracking.word is Word.REFUSED:
        return Following(Next.LOOK)
    if tracking.word is Word.WAITS:  # nobody is silent who has not been asked
        return Following(Next.FIND_LINE if now >= by else Next.REACH_HUB, owed_at)
    is_late = now >= by or ERASURE_OVERDUE in tracking.steps
    return Following(Next.ASK_ERASURE if is_late else Next.WAIT, owed_at, by)


def _calling_off(tracking: Tracking, now: datetime) -> Following:
    said_at = tracking.steps.get(CALLING_OFF, tracking.referral.written_at)
    is_long = now >= said_at + answer_within(tracking.referral.urgency.value)
    return Following(Next.FIND_LINE if is_long else Next.REACH_HUB, said_at)


def _unsent(tracking: Tracking, now: datetime) -> Following:
    if tracking.calling_off is Word.REFUSED:
        return Following(Next.LOOK)  # nothing of it goes any more
    if tracking.problem:
        return Following(Next.NOTHING)  # it was refused or held, and nobody needs it any more
    queued_at = _asked_at(tracking)
    is_long = now >= queued_at + answer_within(tracking.referral.urgency.value)
    return Following(Next.FIND_LINE if is_long else Next.REACH_HUB, queued_at)


def _unanswered(tracking: Tracking, now: datetime) -> Following:
    sent_at = tracking.steps.get("sent", tracking.referral.written_at)
    within = answer_within(tracking.referral.urgency.value)
    by = sent_at + within
    # The hub's word counts as well as our clock, which may be behind.
    if now >= by + within or STILL_SILENT in tracking.steps:
        return Following(Next.COORDINATE, sent_at, by)
    is_late = now >= by or SILENT in tracking.steps
    return Following(Next.CALL if is_late else Next.WAIT, sent_at, by)


def _taken_on(tracking: Tracking, now: datetime) -> Following:
    last = max((*tracking.steps.values(), *(reply.at for reply in tracking.replies)))
    stand = [
        each
        for each in newest_of_each(tracking.appointments())
        if each.meeting is not Meeting.CANCELLED
    ]
    ahead = [each.at for each in stand if _is_ahead(each, now)]
    latest = max(stand, key=lambda each: each.at, default=None)
    if ahead:  # whatever became of those before: they are awaited
        return Following(Next.MEET, last, min(ahead))
    if latest is not None and latest.meeting is Meeting.MISSED and not _is_found(tracking, latest):
        return Following(Next.FIND, last, latest.at)
    if latest is not None and latest.meeting is Meeting.BOOKED:
        return Following(Next.ASK_AFTER, last, latest.at)
    by = last + QUIET_CARE
    return Following(Next.ASK_AFTER if now >= by else Next.WAIT, last, by)


def _is_found(tracking: Tracking, missed: Appointment) -> bool:
    """Say whether the agency has gone on with them since it said that they did not come."""
    said = max(reply.at for reply in tracking.replies if reply.appointment == missed)
    return any(tracking.steps.get(status.value, said) > said for status in UNDER_WAY)


def _is_ahead(appointment: Appointment, now: datetime) -> bool:
    """Say whether somebody is awaited, or nobody has had the time to say what became of it."""
    return appointment.meeting is Meeting.BOOKED and now < appointment.at + AFTER_MEETING
