"""What no consent covers any more and never left: in sight until somebody leaves it unsaid."""

from datetime import timedelta

import msgspec
import pytest
from asking_for_tests import asks_for
from network_of_one import answered

from desktop.domain.consents import ASKED, Answer, Article, Item
from desktop.domain.following import Next, followed
from desktop.domain.referrals import LEFT_HERE, LEFT_UNTOLD
from desktop.services import (
    exchange,
    following,
    nights,
    outreach,
    referrals,
    untaken,
    withdrawals,
)
from desktop.services.withdrawals import Withdrawal
from desktop.vault import holdings, outbox, sending, witness
from sync.protocol.answers import Outcome
from sync.protocol.messages import Kind
from sync.protocol.receipts import unfolded
from sync.protocol.states import Delivery

NO = dict.fromkeys(ASKED, Answer.REFUSED)


@pytest.fixture
def stopped(town):
    """A referral that a no has stopped: released without a line, and asked once more before it."""
    town.line.is_cut = True
    _, tracking = town.agreed_and_released()
    town.round()
    town.hub.clock.turn(minutes=5)
    town.agree(tracking.referral.youth, answers=NO)
    town.line.is_cut = False
    return tracking.referral


def held(town):
    (row,) = exchange.outbox(town.vault)
    return row


def refusing(answer):
    no = {"outcome": Outcome.REJECTED, "reason": "too-large", "receipt": None}
    results = (msgspec.structs.replace(each, **no) for each in unfolded(answer).results)
    return answered(results=tuple(results))(answer)


def leave(town):
    untaken.leave(town.vault, held(town).id, town.now)


def test_what_a_no_has_stopped_is_no_more_to_be_sent_and_may_be_left(town, stopped):
    done = town.round()
    row, line = held(town), exchange.line(town.vault)
    leave(town)
    after = exchange.line(town.vault)

    assert (done.sent, done.waiting) == (1, 0)
    assert (line.waiting, line.refused, line.held) == (0, 0, 1)
    assert (row.is_lapsed, row.was_asked_since, row.may_be_left) == (True, True, True)
    assert (after.waiting, after.held, exchange.outbox(town.vault)) == (0, 0, ())
    town.vault.verify()


def test_of_what_was_left_it_is_said_that_it_never_left(town, stopped):
    town.round()

    leave(town)
    town.hub.clock.turn(days=2)
    town.round()

    told = town.tracking(stopped.id)
    assert (told.delivery, told.problem) == (Delivery.QUEUED, LEFT_HERE)
    assert followed(told, town.now).next is Next.NOTHING
    assert not [e for e in town.arrived() if e.kind is Kind.REFERRAL_REQUEST]
    with town.vault.reading() as db:
        assert holdings.owed(db, stopped.youth) == ()
    ended = withdrawals.withdraw(town.vault, told.consent, town.moment())
    assert ended == Withdrawal(vanished=1, recalled=0)


@pytest.mark.parametrize("is_asked_again", [False, True])
def test_what_ran_out_asks_for_another_yes_until_there_was_an_answer(town, is_asked_again):
    youth = town.meet()
    town.agree(youth, valid_until=town.now + timedelta(days=1))
    old = town.release(youth)
    town.hub.clock.turn(days=2)
    town.round()
    if is_asked_again:
        town.agree(youth)
        town.release(youth)
        assert town.round().sent == 2

    row, late = held(town), following.late(town.vault, town.now)
    leave(town)

    assert row.was_asked_since is is_asked_again
    assert late == (not is_asked_again)
    assert exchange.outbox(town.vault) == ()
    assert town.tracking(old.referral.id).problem == LEFT_HERE
    assert following.late(town.vault, town.now) == 0


def test_what_may_have_left_cannot_be_left_unsaid(town):
    _, tracking = town.agreed_and_released()
    town.line.loses_answers = True
    town.round()
    town.hub.clock.turn(minutes=5)
    town.agree(tracking.referral.youth, answers=NO)
    town.line.is_cut = True
    town.round()
    town.line.is_cut = town.line.loses_answers = False
    town.hub.clock.turn(hours=1)
    town.round()

    (row,) = (each for each in exchange.outbox(town.vault) if each.is_lapsed)
    untaken.leave(town.vault, row.id, town.now)

    assert row.attempts
    assert not row.may_be_left
    assert row in exchange.outbox(town.vault)


def test_what_a_wrong_clock_held_goes_once_it_is_right_and_is_not_left_before(town):
    _, tracking = town.agreed_and_released()
    right = town.now
    ahead = right + timedelta(days=400)
    exchange.exchange(town.vault, town.line, ahead)
    (row,) = (each for each in exchange.outbox(town.vault) if each.is_lapsed)

    untaken.leave(town.vault, row.id, right)
    town.round()

    assert town.tracking(tracking.referral.id).delivery is Delivery.SENT


def test_an_addition_that_was_left_counts_as_not_told(town):
    _, tracking = town.agreed_and_released(words={Item.ALIAS: "하늘", Item.NEED: "잘 곳"})
    town.round()
    ref = tracking.referral.id
    town.answer(town.shelter.moves(str(ref), "accepted"), asks_for(town, ref, "reach"))
    town.round()
    before = town.tracking(ref)
    draft = referrals.begin_answer(town.vault, ref, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=draft.answers, words=draft.words | {Item.REACH: "역 앞"})
    town.hub.clock.turn(days=90)
    town.round()

    leave(town)

    left = town.tracking(ref)
    assert (left.problem, left.packet_version) == (LEFT_UNTOLD, 2)
    assert (left.referral.words, left.asks()) == (before.referral.words, {Item.REACH})
    assert followed(left, town.now).next is not Next.LOOK


def test_an_addition_that_was_refused_and_left_asks_for_nobody(town):
    _, tracking = town.agreed_and_released(words={Item.ALIAS: "하늘", Item.NEED: "잘 곳"})
    town.round()
    ref = tracking.referral.id
    town.answer(town.shelter.moves(str(ref), "accepted"), asks_for(town, ref, "reach"))
    town.round()
    draft = referrals.begin_answer(town.vault, ref, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=draft.answers, words=draft.words | {Item.REACH: "역 앞"})
    town.line.twist = refusing
    town.round()
    town.line.twist = lambda answer: answer
    before = town.tracking(ref)

    untaken.leave(town.vault, held(town).id, town.now)

    left = town.tracking(ref)
    assert followed(before, town.now).next is Next.LOOK
    assert (left.problem, followed(left, town.now).next) == (LEFT_UNTOLD, Next.WAIT)
    assert left.referral.words[Item.REACH] == "역 앞"


def test_a_no_to_a_part_stops_what_holds_that_part_and_presses_nobody(town):
    town.line.is_cut = True
    _, tracking = town.agreed_and_released(words={Item.ALIAS: "하늘", Item.HEALTH: "기침"})
    town.hub.clock.turn(minutes=5)
    yes = {Article.COLLECT: Answer.GIVEN, Article.PROVIDE: Answer.GIVEN}
    town.agree(tracking.referral.youth, answers=yes | {Article.SENSITIVE: Answer.REFUSED})
    town.line.is_cut = False
    town.round()

    assert held(town).was_asked_since


def test_a_night_does_not_say_of_what_stays_here_that_it_goes_by_itself(town, stopped):
    night = outreach.tonight(town.vault)
    waits = nights.review(town.vault, night.outreach.id, town.moment()).waiting
    town.round()

    after = outreach.tonight(town.vault)

    assert (waits, nights.review(town.vault, night.outreach.id, town.moment()).waiting) == (2, 0)
    assert [met.waiting for met in (*night.met, *after.met)] == [True, False]


def test_an_older_copy_that_is_known_as_one_leaves_nothing(town, stopped):
    town.round()
    with town.vault.transaction() as db:
        told = town.hub.exchange(town.centre, stand=witness.stand(db)).witnessed
        witness.put_back(db, told)

    leave(town)

    assert held(town).is_lapsed


def test_what_was_refused_and_left_holds_nobodys_record(town):
    _, tracking = town.agreed_and_released()
    row = next(w for w in exchange.outbox(town.vault) if w.kind is Kind.REFERRAL_REQUEST)
    with town.vault.transaction() as db:
        sending.settle(db, row.id, outbox.REFUSED, "org-inactive")
    town.round()

    untaken.leave(town.vault, row.id, town.now)

    with town.vault.reading() as db:
        assert holdings.owed(db, tracking.referral.youth) == ()


def test_what_a_restored_hub_is_told_again_counts_as_having_left(town):
    _, tracking = town.agreed_and_released()
    with town.vault.transaction() as db:
        outbox.request_proven(db, tracking.referral.id)  # its agency said so: a copy's first news
        sending.requeue(db)

    (row,) = (w for w in exchange.outbox(town.vault) if w.kind is Kind.REFERRAL_REQUEST)
    assert row.attempts == 1
