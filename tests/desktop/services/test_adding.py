"""Which case a draft adds to, and what becomes of an addition that reaches nobody (D-204)."""

from dataclasses import replace

import pytest
from asking_for_tests import asks_for, renew_the_shelters_key
from desk_for_tests import WORDS

from desktop.domain.consents import Item
from desktop.domain.following import Next, followed
from desktop.domain.referrals import Urgency
from desktop.services import agency_keys, ending_early, referrals
from sync.protocol.states import TaskStatus

REACHED = {Item.REACH: "수요일 저녁 역 앞"}


@pytest.fixture
def asked(town):
    """A referral that has arrived, whose agency asks for two things more."""
    _, tracking = town.agreed_and_released(words={Item.ALIAS: "하늘", Item.NEED: "잘 곳"})
    town.round()
    ref = tracking.referral.id
    town.answer(town.shelter.moves(str(ref), "accepted"), asks_for(town, ref, "reach", "language"))
    town.round()
    return ref


def test_another_referral_to_an_agency_that_asks_is_a_case_of_its_own(town, asked):
    youth = town.tracking(asked).referral.youth
    town.hub.clock.turn(minutes=5)

    other = town.release(youth, words={Item.ALIAS: "하늘", Item.NEED: "병원에 갈 차비"})

    assert (other.referral.id != asked, other.packet_version) == (True, 1)
    assert town.tracking(asked).referral.words[Item.NEED] == "잘 곳"
    assert town.tracking(asked).asks() == {Item.REACH, Item.LANGUAGE}


def test_what_one_of_two_cases_asks_for_is_told_in_that_one(town, asked):
    youth = town.tracking(asked).referral.youth
    newer = town.release(youth, words={Item.ALIAS: "하늘", Item.NEED: "차비"}).referral.id
    town.round()
    town.answer(town.shelter.moves(str(newer), "accepted"))
    town.answer(asks_for(town, newer, "reach"))
    town.round()

    draft = referrals.begin_answer(town.vault, asked, town.moment())
    told = referrals.preview(
        town.vault, replace(draft, words=REACHED | draft.words), town.moment()
    )

    assert (told.referral.id, told.version) == (asked, 2)
    assert town.tracking(newer).asks() == {Item.REACH}


def test_a_draft_about_something_else_is_not_taken_for_the_answer(town, asked):
    told = town.tracking(asked).referral
    other = town.draft(told.youth, words={Item.NEED: "차비"})
    referrals.keep_draft(town.vault, other, town.moment())

    draft = referrals.begin_answer(town.vault, asked, town.moment())
    referrals.keep_draft(town.vault, replace(draft, words=REACHED), town.moment())
    again = referrals.begin_answer(town.vault, asked, town.moment())

    assert (draft.answers, draft.words) == (asked, told.words)
    assert again == replace(draft, words=REACHED)


def test_what_was_added_and_not_taken_is_told_once_more_in_the_same_case(town, asked):
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=asked, words=draft.words | REACHED)
    renew_the_shelters_key(town)
    town.round()
    refused = town.tracking(asked)
    agency_keys.confirm(town.vault, agency_keys.change(town.vault, draft.agency), town.moment())

    again = referrals.begin_answer(town.vault, asked, town.moment())
    told = town.release(again.youth, answers=again.answers, words=again.words)
    done = town.round()

    assert (refused.problem, bool(refused.asks())) == ("key-epoch-retired", True)
    assert (told.referral.id, told.packet_version, told.problem) == (asked, 3, "")
    assert (again.words, done.waiting) == (draft.words | REACHED, 0)
    after = town.tracking(asked)
    assert (after.asks(), followed(after, town.now).next) == (frozenset(), Next.WAIT)
    town.vault.verify()


@pytest.mark.parametrize("is_refused", [False, True])
def test_what_was_added_and_never_told_is_kept_when_the_case_is_called_off(
    town, asked, is_refused
):
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=asked, words=draft.words | REACHED)
    if is_refused:
        renew_the_shelters_key(town)
        town.round()

    ending_early.call_off(town.vault, asked, town.moment())
    town.round()

    stands = town.tracking(asked)
    assert (stands.status, stands.is_untold) == (TaskStatus.CANCELLED, True)
    assert stands.referral.words[Item.REACH] == REACHED[Item.REACH]
    assert followed(stands, town.now).next is Next.LOOK
    town.vault.verify()


def test_what_was_added_and_told_asks_for_nobody_when_the_case_is_called_off(town, asked):
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=asked, words=draft.words | REACHED)
    town.round()

    ending_early.call_off(town.vault, asked, town.moment())
    town.round()

    assert not town.tracking(asked).is_untold


def test_what_has_become_urgent_since_is_urgent_at_the_desk(town, desk):
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    desk.say("더 알려 주세요", asks={Item.REACH})
    desk.round()
    town.round()
    draft = referrals.begin_answer(town.vault, tracking.referral.id, town.moment())
    town.hub.clock.turn(minutes=5)
    before = desk.peek().is_urgent

    more = {"words": draft.words | REACHED, "urgency": Urgency.URGENT}
    town.release(draft.youth, answers=draft.answers, **more)
    town.round()
    desk.round()

    assert (before, desk.peek().is_urgent) == (False, True)
