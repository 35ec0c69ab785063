"""A night out: heads are counted without opening a person; whom we met is shown as it stands."""

from datetime import timedelta

import pytest
from builders import NOON, a_judgement, a_moment

from desktop.domain.outreach import Tally
from desktop.domain.screening import NextStep, Risk
from desktop.domain.youths import Age
from desktop.errors import NothingWritten, ResidentNumberFound, TextTooLong
from desktop.services import outreach, screening, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from sync.protocol.states import Delivery, TaskStatus


def begin(vault, place="신림역", **later):
    return outreach.begin(
        vault, Plan(place, "역~공원", ("김활동", " "), ("관악경찰서", " ")), a_moment(**later)
    )


def meet(vault, alias="하늘", age=17, **later):
    return youths.meet(vault, NewYouth(alias, Age.stated(age)), "3번 출구", a_moment(**later))


def test_before_it_begins_there_is_no_night(vault):
    assert outreach.tonight(vault) is None
    assert outreach.count(vault, Tally.BRIEF, 1, a_moment()) is None


def test_what_was_said_at_the_beginning_is_kept(vault):
    began = begin(vault)

    tonight = outreach.tonight(vault)

    assert tonight.outreach == began
    assert (began.team, began.route) == (("김활동",), "역~공원")
    assert (began.partners, began.is_joint) == (("관악경찰서",), True)
    assert set(tonight.tallies.values()) == {0}


@pytest.mark.parametrize(
    ("plan", "refused"),
    [
        (Plan(" "), NothingWritten),
        (Plan("신림역", team=("090101-3234567",)), ResidentNumberFound),
        (Plan("신림역", route="가" * 201), TextTooLong),
    ],
)
def test_a_night_needs_a_place_and_no_forbidden_words(vault, plan, refused):
    with pytest.raises(refused):
        outreach.begin(vault, plan, a_moment())

    assert outreach.tonight(vault) is None


def test_beginning_again_ends_the_night_that_was_forgotten(vault):
    begin(vault)
    second = begin(vault, "노량진", days=1)

    assert outreach.tonight(vault).outreach == second


def test_an_ended_night_is_over_and_ending_it_twice_is_no_matter(vault):
    began = begin(vault)

    outreach.end(vault, began.id, a_moment(hours=3))
    outreach.end(vault, began.id, a_moment(hours=4))

    assert outreach.tonight(vault) is None


def test_tallies_go_up_and_down_and_never_below_nothing(vault):
    begin(vault)

    counted = [outreach.count(vault, Tally.BRIEF, by, a_moment()) for by in (1, 3, -1, -9, 2)]

    assert [(step.number, step.moved) for step in counted] == [
        (1, 1), (4, 3), (3, -1), (0, -3), (2, 2),
    ]  # fmt: skip
    assert outreach.tonight(vault).tallies[Tally.BRIEF] == 2


def test_whom_we_met_is_shown_newest_first(vault):
    begin(vault)
    first = meet(vault)
    second = meet(vault, "보라", age=13, minutes=5)

    assert outreach.tonight(vault).met == (second, first)
    assert (first.needs_guardian, second.needs_guardian) == (False, True)


def test_the_latest_judgement_is_the_risk_that_is_shown(vault):
    begin(vault)
    met = meet(vault)
    high = a_judgement(youth=met.youth.id, risk=Risk.HIGH, next_step=NextStep.ACCOMPANY)
    low = a_judgement(youth=met.youth.id)

    screening.judge(vault, high, a_moment(minutes=1))
    screening.judge(vault, low, a_moment(minutes=2))

    (shown,) = outreach.tonight(vault).met
    assert shown.risk is Risk.LOW
    assert youths.open_file(
        vault, met.youth.id, None, a_moment()
    ).judgement.judged_at == NOON + timedelta(minutes=2)


def test_meeting_someone_twice_in_a_night_is_one_meeting(vault):
    begin(vault)
    met = meet(vault)

    again = youths.meet_again(vault, met.youth.id, "공원", a_moment(hours=1))

    assert again == met
    assert youths.open_file(vault, met.youth.id, None, a_moment()).times_met == 1


def test_a_second_night_remembers_the_first(vault):
    begin(vault)
    first = meet(vault)
    begin(vault, days=7)
    second = youths.meet_again(vault, first.youth.id, "", a_moment(days=7))

    now = youths.open_file(vault, first.youth.id, None, a_moment())
    then = youths.open_file(vault, first.youth.id, first.meeting.id, a_moment())
    assert (now.meeting, now.times_met, now.met_before) == (second.meeting, 2, NOON)
    assert (then.meeting, then.met_before) == (first.meeting, None)


def test_nobody_is_met_before_the_night_begins(vault):
    with pytest.raises(NothingWritten):
        meet(vault)


def test_the_night_shows_how_far_the_latest_referral_is(town):
    town.agreed_and_released()
    waiting = outreach.tonight(town.vault)

    town.round()

    sent = outreach.tonight(town.vault)
    assert (waiting.counts.referrals, waiting.met[0].waiting) == (1, True)
    assert (waiting.met[0].delivery, waiting.met[0].status) == (
        Delivery.QUEUED,
        TaskStatus.REQUESTED,
    )
    assert (sent.met[0].waiting, sent.met[0].delivery) == (False, Delivery.SENT)
