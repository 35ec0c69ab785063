"""What may be seen of a referral that came in, and what may be done with it next."""

from datetime import timedelta
from uuid import uuid4

import pytest
from builders import NOON

from desktop.domain.consents import Item
from desktop.domain.ids import AgencyId, ReferralId
from desktop.domain.inbox import (
    Deed,
    Glimpse,
    Gone,
    Received,
    Told,
    deeds,
    ends_at,
)
from desktop.domain.referrals import Appointment, Urgency
from sync.protocol.bodies import Meeting
from sync.protocol.states import TaskStatus

YEAR = timedelta(days=365)
SEEN = Glimpse(frozenset(), Urgency.ROUTINE, (14, 16), "한국어", True)


def a_case(status=TaskStatus.REQUESTED, urgency=Urgency.ROUTINE, **changes):
    facts = {"glimpse": SEEN, "valid_until": NOON + timedelta(days=90)} | changes
    return Received(ReferralId(uuid4()), AgencyId("a"), "경찰서", NOON, urgency, status, **facts)


@pytest.mark.parametrize(
    ("status", "may"),
    [
        (TaskStatus.REQUESTED, (Deed.ACCEPT, Deed.DECLINE)),
        (TaskStatus.ACCEPTED, (Deed.START, Deed.HOLD, Deed.COMPLETE, Deed.FAIL)),
        (TaskStatus.IN_PROGRESS, (Deed.HOLD, Deed.COMPLETE, Deed.FAIL)),
        (TaskStatus.ON_HOLD, (Deed.RESUME, Deed.COMPLETE, Deed.FAIL)),
        (TaskStatus.COMPLETED, ()),
        (TaskStatus.CANCELLED, ()),
    ],
)
def test_what_may_be_done_follows_the_task(status, may):
    assert deeds(status) == may
    assert a_case(status).may() == may


def test_nothing_may_be_done_once_what_was_told_is_gone():
    case = a_case(TaskStatus.ACCEPTED, gone=Gone.WITHDRAWN, glimpse=None)

    assert not case.may()
    assert not case.is_accepted


@pytest.mark.parametrize(("urgency", "hours"), [(Urgency.URGENT, 1), (Urgency.ROUTINE, 24)])
def test_an_answer_is_overdue_at_its_time_and_no_earlier(urgency, hours):
    case, due = a_case(urgency=urgency), NOON + timedelta(hours=hours)

    assert not case.is_overdue(due - timedelta(seconds=1))
    assert case.is_overdue(due)
    assert not a_case(TaskStatus.ACCEPTED, urgency).is_overdue(due)


def test_the_newest_word_about_an_appointment_counts():
    booked = Appointment(NOON + timedelta(days=1), "2층")
    missed = Appointment(booked.at, "2층", Meeting.MISSED)
    told = (Told("", NOON, booked), Told("", NOON + timedelta(days=2), missed))

    assert a_case(TaskStatus.ACCEPTED, told=told[:1]).awaited() == booked
    assert a_case(TaskStatus.ACCEPTED, told=told).appointment() == missed
    assert a_case(TaskStatus.ACCEPTED, told=told).awaited() is None


def test_a_word_about_one_appointment_says_nothing_about_another():
    said = [Appointment(NOON + timedelta(days=d), "2층") for d in (3, 1, 5)]
    missed = Appointment(said[1].at, "2층", Meeting.MISSED)
    told = tuple(Told("", NOON, each) for each in said)
    after = (*told, Told("", NOON + timedelta(days=2), missed))
    again = (*after, Told("", NOON, said[1]))

    assert a_case(TaskStatus.ACCEPTED, told=told).booked() == (said[1], said[0], said[2])
    assert a_case(TaskStatus.ACCEPTED, told=after).booked() == (said[0], said[2])
    assert a_case(TaskStatus.ACCEPTED, told=again).awaited() == said[1]


def test_what_was_asked_for_is_open_until_something_more_is_told():
    told = (Told("", NOON, asks=frozenset({Item.HEALTH, Item.REACH})),)
    case = a_case(TaskStatus.ACCEPTED, told=told, words={Item.REACH: "문자"})

    assert case.asked() == {Item.HEALTH}
    later = NOON + timedelta(hours=1)
    assert not a_case(TaskStatus.ACCEPTED, told=told, amended_at=later).asked()


def test_what_was_told_stays_while_help_goes_on_and_no_longer_than_the_consent_holds():
    until = NOON + timedelta(days=90)
    ended = ((TaskStatus.COMPLETED.value, NOON + timedelta(days=10)),)

    assert ends_at(a_case(), YEAR) == until
    assert ends_at(a_case(TaskStatus.IN_PROGRESS), YEAR) is None
    assert ends_at(a_case(TaskStatus.COMPLETED, steps=ended), YEAR) == until
    soon = ends_at(a_case(TaskStatus.COMPLETED, steps=ended), timedelta(days=5))
    assert soon == NOON + timedelta(days=15)
    late = ((TaskStatus.COMPLETED.value, until + timedelta(days=1)),)
    assert ends_at(a_case(TaskStatus.COMPLETED, steps=late), YEAR) == until
    assert ends_at(a_case(TaskStatus.REJECTED, gone=Gone.DECLINED), YEAR) is None
    assert ends_at(a_case(valid_until=None), YEAR) == NOON + YEAR
