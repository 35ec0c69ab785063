"""How long nobody has spoken, and what to try next: told from proven steps alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, a_referral

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.following import Next, every_followed, followed
from desktop.domain.ids import ConsentId
from desktop.domain.kept_laws import KEPT_TOLD
from desktop.domain.referrals import (
    LEFT_HERE,
    NOT_WANTED,
    Appointment,
    Erasure,
    Reply,
    SaidNo,
    Tracking,
    Urgency,
    Word,
)
from sync.protocol.bodies import Meeting
from sync.protocol.states import Delivery, TaskStatus, has_ended

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NO = SaidNo(NOON + HOUR, frozenset(Item))


def a_tracking(**changes):
    usual = Tracking(
        referral=a_referral(),
        consent=ConsentId(a_referral().id),
        agency_name="밤하늘 쉼터",
        delivery=Delivery.DELIVERED,
        status=TaskStatus.REQUESTED,
        steps={"queued": NOON, "sent": NOON, "delivered": NOON},
    )
    return replace(usual, **changes)


def accepted(**changes):
    steps = {"queued": NOON, "sent": NOON, "accepted": NOON + HOUR}
    return a_tracking(status=TaskStatus.ACCEPTED, steps=steps, **changes)


@pytest.mark.parametrize(
    ("urgency", "after", "wanted"),
    [
        (Urgency.ROUTINE, 24 * HOUR - HOUR / 60, Next.WAIT),
        (Urgency.ROUTINE, 24 * HOUR, Next.CALL),
        (Urgency.ROUTINE, 48 * HOUR, Next.COORDINATE),
        (Urgency.URGENT, HOUR - HOUR / 60, Next.WAIT),
        (Urgency.URGENT, HOUR, Next.CALL),
        (Urgency.URGENT, 2 * HOUR, Next.COORDINATE),
    ],
)
def test_an_agency_may_be_silent_for_a_day_and_for_an_hour_when_it_is_urgent(
    urgency, after, wanted
):
    tracking = a_tracking(referral=a_referral(urgency=urgency))
    found = followed(tracking, NOON + after)
    assert (found.next, found.quiet_since) == (wanted, NOON)
    assert found.is_late == (wanted is not Next.WAIT)


@pytest.mark.parametrize(
    ("reminded", "wanted"),
    [
        ((), Next.WAIT),
        (("silent",), Next.CALL),
        (("silent", "still-silent"), Next.COORDINATE),
        (("still-silent",), Next.COORDINATE),
    ],
)
def test_what_the_hub_says_of_a_silence_counts_where_our_clock_is_behind(reminded, wanted):
    at = {reason: NOON + DAY for reason in reminded}
    tracking = a_tracking(steps={"queued": NOON, "sent": NOON, **at})
    found = followed(tracking, NOON - 9 * HOUR)
    assert (found.next, found.is_late) == (wanted, bool(reminded))
    answered = replace(tracking, status=TaskStatus.ACCEPTED)
    assert not followed(answered, NOON + HOUR).is_late


@pytest.mark.parametrize(("urgency", "within"), [(Urgency.ROUTINE, DAY), (Urgency.URGENT, HOUR)])
def test_what_has_not_left_by_when_it_should_be_answered_needs_a_person(urgency, within):
    tracking = a_tracking(
        referral=a_referral(urgency=urgency), delivery=Delivery.QUEUED, steps={"queued": NOON}
    )
    early, late = (followed(tracking, NOON + within - ahead) for ahead in (HOUR / 60, 0 * HOUR))
    assert (early.next, early.needs_a_person) == (Next.REACH_HUB, False)
    assert (late.next, late.needs_a_person) == (Next.FIND_LINE, True)


def test_a_question_comes_before_waiting():
    asking = Reply("더 알려 주세요", NOON + 2 * HOUR, asks=frozenset({Item.REACH}))
    found = followed(accepted(replies=(asking,)), NOON + 3 * HOUR)
    assert (found.next, found.quiet_since) == (Next.TELL_MORE, NOON + 2 * HOUR)
    told = accepted(replies=(asking,), amended_at=NOON + 3 * HOUR)
    assert followed(told, NOON + 4 * HOUR).next is Next.WAIT


@pytest.mark.parametrize(
    ("no_to", "after", "left"),
    [
        (frozenset(Item), HOUR, frozenset()),
        (frozenset({Item.HEALTH}), HOUR, {Item.REACH}),
        (frozenset(Item), -HOUR, {Item.REACH, Item.HEALTH}),
        (frozenset(), HOUR, {Item.REACH, Item.HEALTH}),
    ],
)
def test_a_no_given_after_a_question_settles_what_it_was_a_no_to(no_to, after, left):
    asking = Reply("", NOON + 2 * HOUR, asks=frozenset({Item.REACH, Item.HEALTH}))
    found = accepted(replies=(asking,), said_no=SaidNo(asking.at + after, no_to))
    assert found.asks() == left
    wanted = Next.TELL_MORE if left else Next.WAIT
    assert followed(found, NOON + 4 * HOUR).next is wanted


def test_who_did_not_come_and_two_quiet_weeks_go_before_a_question():
    asking = Reply("", NOON + 2 * HOUR, asks=frozenset({Item.REACH}))
    missed = Reply("", NOON + DAY, Appointment(NOON + DAY, "쉼터", Meeting.MISSED))
    assert followed(accepted(replies=(asking, missed)), NOON + DAY).next is Next.FIND
    quiet = followed(accepted(replies=(asking,)), NOON + 40 * DAY)
    assert (quiet.next, quiet.is_late) == (Next.ASK_AFTER, True)
    unanswered = followed(a_tracking(replies=(asking,)), NOON + 40 * DAY)
    assert unanswered.next is Next.TELL_MORE


@pytest.mark.parametrize(
    ("meeting", "after", "wanted"),
    [
        (Meeting.BOOKED, -HOUR, Next.MEET),
        (Meeting.BOOKED, 23 * HOUR, Next.MEET),
        (Meeting.BOOKED, DAY, Next.ASK_AFTER),
        (Meeting.MISSED, HOUR, Next.FIND),
        (Meeting.KEPT, HOUR, Next.WAIT),
    ],
)
def test_an_appointment_is_followed_until_somebody_says_what_became_of_it(meeting, after, wanted):
    at = NOON + 2 * DAY
    reply = Reply("", NOON + DAY, Appointment(at, "쉼터", meeting))
    assert followed(accepted(replies=(reply,)), at + after).next is wanted


MISSED, BOOKED, KEPT, CALLED_OFF = Meeting.MISSED, Meeting.BOOKED, Meeting.KEPT, Meeting.CANCELLED


@pytest.mark.parametrize(
    ("said", "day", "wanted", "by"),
    [
        (((4, BOOKED), (2, MISSED)), 3, Next.MEET, 4),
        (((4, BOOKED), (6, BOOKED)), 3, Next.MEET, 4),
        (((2, BOOKED), (6, BOOKED)), 4, Next.MEET, 6),
        (((4, KEPT), (2, MISSED)), 5, Next.WAIT, None),
        (((4, CALLED_OFF), (2, MISSED)), 3, Next.FIND, 2),
        (((2, MISSED), (4, BOOKED)), 6, Next.ASK_AFTER, 4),
    ],
)
def test_what_was_said_of_one_appointment_hides_no_other(said, day, wanted, by):
    replies = tuple(Reply("", NOON + DAY, Appointment(NOON + d * DAY, "", m)) for d, m in said)

    found = followed(accepted(replies=replies), NOON + day * DAY)

    assert found.next is wanted
    assert by is None or found.by == NOON + by * DAY


def test_after_two_quiet_weeks_somebody_asks():
    assert followed(accepted(), NOON + HOUR + 14 * DAY - HOUR).next is Next.WAIT
    assert followed(accepted(), NOON + HOUR + 14 * DAY).next is Next.ASK_AFTER


@pytest.mark.parametrize("status", [TaskStatus.REJECTED, TaskStatus.FAILED])
def test_a_no_leads_to_another_agency(status):
    tracking = a_tracking(status=status, steps={"queued": NOON, status.value: NOON + HOUR})
    assert followed(tracking, NOON + 9 * DAY).next is Next.CHOOSE_ANOTHER
    assert followed(tracking, NOON + HOUR + 14 * DAY).next is Next.NOTHING


def test_what_the_young_person_did_not_want_leads_nowhere_else():
    steps = {"queued": NOON, "failed": NOON + HOUR}
    tracking = a_tracking(status=TaskStatus.FAILED, status_reason=NOT_WANTED, steps=steps)
    assert followed(tracking, NOON + HOUR).next is Next.NOTHING


@pytest.mark.parametrize("problem", ["", "conflict", "conflict-left"])
@pytest.mark.parametrize("status", [*filter(has_ended, TaskStatus)])
def test_a_withdrawal_is_followed_until_the_agency_attests(status, problem):
    steps = {"queued": NOON, status.value: NOON, "erasure-owed": NOON}
    owed = a_tracking(status=status, steps=steps, erasure=Erasure.OWED, problem=problem)
    assert followed(owed, NOON + 5 * DAY - HOUR).next is Next.WAIT
    assert followed(owed, NOON + 5 * DAY).next is Next.ASK_ERASURE
    done = replace(owed, erasure=Erasure.DESTROYED, problem="")
    assert followed(done, NOON + 9 * DAY).next is Next.NOTHING


def test_what_the_hub_says_of_an_erasure_counts_where_our_clock_is_behind():
    steps = {"queued": NOON, "cancelled": NOON, "erasure-owed": NOON, "erasure-overdue": NOON}
    owed = a_tracking(status=TaskStatus.CANCELLED, steps=steps, erasure=Erasure.OWED)
    assert followed(owed, NOON).next is Next.ASK_ERASURE
    assert followed(replace(owed, word=Word.WAITS), NOON).next is Next.REACH_HUB


def test_of_a_withdrawal_that_has_not_left_nobody_is_silent():
    steps = {"queued": NOON, "cancelled": NOON, "erasure-owed": NOON}
    waits = a_tracking(
        status=TaskStatus.CANCELLED, steps=steps, erasure=Erasure.OWED, word=Word.WAITS
    )
    assert followed(waits, NOON + 5 * DAY - HOUR).next is Next.REACH_HUB
    late = followed(waits, NOON + 5 * DAY)
    assert (late.next, late.is_late, late.needs_a_person) == (Next.FIND_LINE, False, True)


@pytest.mark.parametrize("problem", ["", "conflict"])
def test_a_withdrawal_that_was_not_taken_is_looked_at_before_all_else(problem):
    steps = {"queued": NOON, "completed": NOON, "erasure-owed": NOON}
    refused = a_tracking(
        status=TaskStatus.COMPLETED, steps=steps, erasure=Erasure.OWED, word=Word.REFUSED,
        problem=problem,
    )  # fmt: skip
    assert followed(refused, NOON + HOUR).next is Next.LOOK
    assert not refused.is_untold  # which would offer to write it once more
    assert replace(refused, erasure=Erasure.DESTROYED).is_untold == bool(problem)


def test_a_refusal_is_looked_at_first():
    assert followed(a_tracking(problem="too-large"), NOON).next is Next.LOOK


def refused(**changes):
    usual = {"problem": "too-large", "delivery": Delivery.QUEUED, "steps": {"queued": NOON}}
    return a_tracking(**usual | changes)


def beside(old, categories, after, **changes):
    """Another referral of the same young person."""
    asked = a_referral(youth=old.referral.youth, categories=frozenset(categories))
    return a_tracking(referral=asked, steps={"queued": NOON + after}, **changes)


@pytest.mark.parametrize(
    ("asked_for", "after", "wanted"),
    [
        ((Category.PROTECT,), HOUR, Next.NOTHING),
        ((Category.PROTECT, Category.HEALTH), HOUR, Next.NOTHING),
        ((Category.HEALTH,), HOUR, Next.LOOK),
        ((Category.PROTECT,), -HOUR, Next.LOOK),
        ((Category.PROTECT,), timedelta(0), Next.LOOK),
    ],
)
def test_a_newer_referral_for_the_same_need_settles_a_refused_one(asked_for, after, wanted):
    old = refused()
    found, _ = every_followed((old, beside(old, asked_for, after)), NOON + 2 * HOUR)
    assert found.next is wanted


def test_every_need_of_a_refused_referral_has_to_be_asked_for_again():
    needs = frozenset({Category.PROTECT, Category.HEALTH})
    old = refused(referral=a_referral(categories=needs))
    protect = beside(old, (Category.PROTECT,), HOUR)
    health = beside(old, (Category.HEALTH,), 2 * HOUR, status=TaskStatus.COMPLETED)
    assert followed(old, NOON + 3 * HOUR, (old, protect)).next is Next.LOOK
    assert followed(old, NOON + 3 * HOUR, (old, protect, health)).next is Next.NOTHING


def test_what_somebody_else_was_referred_for_settles_nothing():
    old, other = refused(), a_tracking(steps={"queued": NOON + HOUR})
    found, _ = every_followed((old, other), NOON + 2 * HOUR)
    assert found.next is Next.LOOK


def test_a_no_settles_a_refused_one():
    assert followed(refused(said_no=NO), NOON + HOUR).next is Next.NOTHING
    withdrawn = refused(status=TaskStatus.CANCELLED, steps={"queued": NOON, "cancelled": NOON})
    assert followed(withdrawn, NOON + HOUR).next is Next.NOTHING


@pytest.mark.parametrize("status", [TaskStatus.REJECTED, TaskStatus.FAILED])
@pytest.mark.parametrize(
    ("newer", "wanted"),
    [
        ({"status": TaskStatus.REQUESTED}, Next.NOTHING),
        ({"status": TaskStatus.ACCEPTED}, Next.NOTHING),
        ({"status": TaskStatus.COMPLETED}, Next.NOTHING),
        ({"status": TaskStatus.REJECTED}, Next.CHOOSE_ANOTHER),
        ({"status": TaskStatus.CANCELLED}, Next.CHOOSE_ANOTHER),
        ({"delivery": Delivery.QUEUED, "problem": LEFT_HERE}, Next.CHOOSE_ANOTHER),
    ],
)
def test_a_newer_referral_that_may_help_settles_one_that_could_not(status, newer, wanted):
    no = a_tracking(status=status, steps={"queued": NOON, status.value: NOON})
    again = beside(no, (Category.PROTECT,), HOUR, **newer)
    assert every_followed((no, again), NOON + 2 * HOUR)[0].next is wanted
    other = beside(no, (Category.HEALTH,), HOUR, **newer)
    assert every_followed((no, other), NOON + 2 * HOUR)[0].next is Next.CHOOSE_ANOTHER


def test_what_arrived_is_followed_on_when_only_what_was_told_later_is_settled():
    told = accepted(problem="item-not-consented", said_no=NO)
    assert followed(told, NOON + 2 * HOUR).next is Next.WAIT
    answered = replace(told, status=TaskStatus.REJECTED, said_no=None)
    assert followed(answered, NOON + 2 * HOUR).next is Next.CHOOSE_ANOTHER


def test_what_a_law_keeps_is_looked_at_whatever_came_after_until_they_were_told():
    steps = {"queued": NOON, "cancelled": NOON, "retained": NOON}
    kept = a_tracking(
        status=TaskStatus.CANCELLED, steps=steps, erasure=Erasure.RETAINED,
        problem="retained:22", said_no=NO,
    )  # fmt: skip
    newer = beside(kept, (Category.PROTECT,), HOUR)
    assert followed(kept, NOON + 2 * HOUR, (kept, newer)).next is Next.LOOK
    told = replace(kept, steps=steps | {KEPT_TOLD: NOON + HOUR})
    assert followed(told, NOON + 2 * HOUR).next is Next.NOTHING


@pytest.mark.parametrize(("hours", "wanted"), [(1, Next.FIND), (30, Next.WAIT)])
def test_who_was_found_after_a_missed_appointment_is_looked_for_no_more(hours, wanted):
    missed = Reply("", NOON + DAY, Appointment(NOON + DAY, "쉼터", Meeting.MISSED))
    steps = accepted().steps | {"in-progress": NOON + hours * HOUR}
    tracking = replace(accepted(replies=(missed,)), steps=steps)

    assert followed(tracking, NOON + 2 * DAY).next is wanted
