"""A referral that nobody answers has an end, and so has what no agency confirms (D-197)."""

import pytest
from desk_for_tests import WORDS
from network_of_one import taking_nothing
from restored_for_tests import back_up, restore
from vaults_for_tests import by_key

from desktop.domain.consents import Item
from desktop.domain.following import Next, followed
from desktop.domain.inbox import Gone
from desktop.domain.referrals import Erasure, Word
from desktop.domain.settling import WORD_LEFT, How, how_settled
from desktop.services import ending_early, exchange, rejoining, untaken, withdrawals
from desktop.services.exchange import HubState
from desktop.services.withdrawals import Withdrawal
from desktop.vault import consents, ends, guardians, holdings
from sync.client.sealing import header_of
from sync.protocol.messages import Kind
from sync.protocol.states import CALLED_OFF, Delivery, TaskStatus
from sync.server import office


def call_off(town, referral):
    town.hub.clock.turn(minutes=1)
    ending_early.call_off(town.vault, referral, town.moment())


def stands(town, referral):
    tracking = town.tracking(referral)
    return tracking.status, tracking.calling_off, followed(tracking, town.now).next


def owed(town, youth):
    with town.vault.reading() as db:
        return holdings.owed(db, youth)


def is_in_force(town, consent):
    with town.vault.reading() as db:
        return consents.one(db, consent.id).withdrawn_at is None


def said(town):
    """Return the kinds of all that this laptop has offered, in order."""
    return [header_of(item).kind for asked in town.line.asked for item in asked.items]


def came(town):
    return [event.kind for event in town.arrived() if event.message]


@pytest.fixture
def silent(town, desk):
    """A referral that its agency has, and answers nothing to."""
    consent, tracking = town.agreed_and_released(words=WORDS)
    for _ in range(2):
        town.round()
        desk.round()
    town.round()
    assert town.tracking(tracking.referral.id).delivery is Delivery.DELIVERED
    return consent, tracking.referral


def test_what_was_called_off_is_so_once_the_hub_has_signed_it_and_holds_nobody(town, desk, silent):
    consent, referral = silent
    town.hub.clock.turn(days=3)
    assert stands(town, referral.id)[2] is Next.COORDINATE

    call_off(town, referral.id)
    assert stands(town, referral.id) == (TaskStatus.REQUESTED, Word.WAITS, Next.REACH_HUB)
    assert len(owed(town, referral.youth)) == 1
    town.round()
    desk.round()

    assert stands(town, referral.id) == (TaskStatus.CANCELLED, Word.PROVEN, Next.NOTHING)
    assert town.tracking(referral.id).status_reason == CALLED_OFF
    assert desk.peek().gone is Gone.CANCELLED
    assert owed(town, referral.youth) == ()
    assert is_in_force(town, consent)


def test_calling_off_twice_says_it_once(town, silent):
    _, referral = silent

    for _ in range(2):
        call_off(town, referral.id)
    town.round()
    call_off(town, referral.id)
    town.round()

    assert said(town).count(Kind.REFERRAL_CANCEL) == 1


def test_without_a_line_it_is_said_that_one_is_needed(town, silent):
    _, referral = silent
    call_off(town, referral.id)
    town.line.is_cut = True
    town.round()

    town.hub.clock.turn(days=1)

    assert stands(town, referral.id) == (TaskStatus.REQUESTED, Word.WAITS, Next.FIND_LINE)


def test_what_never_left_stays_here_and_a_later_withdrawal_owes_nothing(town):
    consent, tracking = town.agreed_and_released()
    referral = tracking.referral

    call_off(town, referral.id)
    assert stands(town, referral.id) == (TaskStatus.CANCELLED, Word.UNSAID, Next.NOTHING)
    town.round()

    assert said(town) == [Kind.CONSENT_GIVEN]
    assert came(town) == []
    assert is_in_force(town, consent)
    assert owed(town, referral.youth) == ()
    done = withdrawals.withdraw(town.vault, consent.id, town.moment())
    assert done == Withdrawal(vanished=1, recalled=0)
    assert town.tracking(referral.id).erasure is Erasure.NONE


@pytest.mark.parametrize("lost", ["loses_questions", "loses_answers"])
def test_the_word_overtakes_what_may_have_left_and_nothing_of_that_goes_any_more(town, lost):
    _, tracking = town.agreed_and_released()
    setattr(town.line, lost, True)
    town.round()
    setattr(town.line, lost, False)
    town.line.asked.clear()

    call_off(town, tracking.referral.id)
    town.round()

    assert Kind.REFERRAL_REQUEST not in said(town)
    assert stands(town, tracking.referral.id)[0] is TaskStatus.CANCELLED
    assert came(town) == [Kind.REFERRAL_CANCEL]


def test_whoever_may_have_it_is_still_named(town):
    consent, tracking = town.agreed_and_released()
    town.line.loses_answers = True
    town.round()
    town.line.loses_answers = False
    with town.vault.transaction() as db:
        guardians.mark(db, tracking.referral.youth, town.now)

    call_off(town, tracking.referral.id)
    town.round()

    with town.vault.reading() as db:
        assert ends.told(db, consent.id, 5) == ((tracking.agency_name, Erasure.NONE),)
        named = guardians.unaware(db, tracking.referral.youth)
    assert named == ((tracking.referral.agency, tracking.agency_name),)


def test_what_is_still_on_its_way_on_a_stick_comes_too_late(town):
    _, tracking = town.agreed_and_released()
    _, request = town.leaves(town.vault)
    town.line.loses_questions = True
    town.round()
    town.line.loses_questions = False
    call_off(town, tracking.referral.id)
    town.round()

    assert town.hub.outcomes(town.centre, request) == ["rejected:id-reused"]
    assert came(town) == [Kind.REFERRAL_CANCEL]


def test_it_outlives_a_restart_and_joining_again(town, desk, silent):
    _, referral = silent
    call_off(town, referral.id)
    folder = town.vault.folder
    town.vault.close()
    town.vault = by_key(folder)
    before, after = town.centre, town.hub.let_in(town.hub.centre)
    office.revoke(town.hub.hub, before.org, before.keys.device, town.now)
    town.become(after)

    for _ in range(3):
        if town.round().is_unsigned:
            rejoining.sign_anew(town.vault, town.moment(), town.hub.chance)
    desk.round()

    assert stands(town, referral.id)[0] is TaskStatus.CANCELLED
    assert exchange.outbox(town.vault) == ()
    assert desk.peek().gone is Gone.CANCELLED


@pytest.mark.parametrize("is_told", [False, True])
def test_a_hub_that_lost_the_referral_still_tells_its_agency(town, desk, is_told):
    kept = back_up(town.hub)
    _, tracking = town.agreed_and_released(words=WORDS)
    for _ in range(2):
        town.round()
        desk.round()
    call_off(town, tracking.referral.id)
    if is_told:
        town.round()
        assert stands(town, tracking.referral.id)[0] is TaskStatus.CANCELLED

    restore(town.hub, kept)
    for _ in range(3):
        town.round()
        desk.round()

    assert desk.peek().gone is Gone.CANCELLED
    assert stands(town, tracking.referral.id)[0] is TaskStatus.CANCELLED
    assert exchange.outbox(town.vault) == ()


def test_an_agency_that_was_first_is_believed_and_nobody_is_bothered(town, silent):
    _, referral = silent
    call_off(town, referral.id)
    town.answer(town.shelter.moves(str(referral.id), "accepted"))
    town.answer(town.shelter.moves(str(referral.id), "completed"))

    done = town.round()

    assert done.untaken == 0
    assert stands(town, referral.id)[0] is TaskStatus.COMPLETED
    assert exchange.outbox(town.vault) == ()


def test_an_agency_that_left_the_network_holds_nobody_up(town, silent):
    _, referral = silent
    town.hub.publish(3, town.centre, town.hub.clinic)

    call_off(town, referral.id)
    town.round()

    assert stands(town, referral.id)[0] is TaskStatus.CANCELLED
    assert owed(town, referral.youth) == ()


def test_our_own_word_comes_back_where_there_are_colleagues_and_changes_nothing(town, silent):
    _, referral = silent
    town.hub.let_in(town.hub.centre)
    call_off(town, referral.id)

    states = {town.round().state for _ in range(2)}

    assert states == {HubState.REACHED}
    assert stands(town, referral.id) == (TaskStatus.CANCELLED, Word.PROVEN, Next.NOTHING)


def test_nothing_more_is_told_meanwhile(town, desk):
    _, tracking = town.agreed_and_released(words={Item.ALIAS: "하늘", Item.NEED: "잘 곳"})
    town.round()
    desk.accepts()
    desk.say(asks=(Item.REACH,))
    desk.round()
    town.round()
    assert town.tracking(tracking.referral.id).asks() == {Item.REACH}

    call_off(town, tracking.referral.id)

    assert town.tracking(tracking.referral.id).asks() == frozenset()


def test_a_word_that_was_not_taken_needs_a_person_and_then_it_rests(town, silent):
    _, referral = silent
    call_off(town, referral.id)
    town.line.twist = taking_nothing
    town.round()
    town.line.twist = lambda answer: answer
    (row,) = exchange.outbox(town.vault)
    assert (row.is_refused, row.may_be_left) == (True, True)
    assert stands(town, referral.id)[:2] == (TaskStatus.REQUESTED, Word.REFUSED)

    untaken.leave(town.vault, row.id, town.now)

    assert stands(town, referral.id)[0] is TaskStatus.CANCELLED
    assert town.tracking(referral.id).status_reason == WORD_LEFT
    assert owed(town, referral.youth) == ()


def test_what_may_have_left_and_goes_no_more_is_not_said_to_go_where_the_word_was_not_taken(town):
    _, tracking = town.agreed_and_released()
    town.line.loses_questions = True
    town.round()
    town.line.loses_questions = False
    call_off(town, tracking.referral.id)
    town.line.twist = taking_nothing
    town.round()

    refused = stands(town, tracking.referral.id)
    town.hub.clock.turn(days=2)

    assert refused == (TaskStatus.REQUESTED, Word.REFUSED, Next.LOOK)
    assert stands(town, tracking.referral.id) == refused


def test_a_withdrawal_that_comes_after_it_asks_for_what_the_agency_has(town, desk, silent):
    consent, referral = silent
    call_off(town, referral.id)
    withdrawals.withdraw(town.vault, consent.id, town.moment())

    for _ in range(2):
        town.round()
        desk.round()
    town.round()

    assert town.tracking(referral.id).erasure is Erasure.DESTROYED
    assert exchange.outbox(town.vault) == ()


# --- what no agency confirms ------------------------------------------------------------------


@pytest.fixture
def unconfirmed(town):
    """An agency that was told of a withdrawal, and says nothing."""
    consent, tracking = town.agreed_and_released()
    town.round()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    return tracking.referral


def test_an_erasure_is_settled_by_a_person_only_once_it_is_overdue(town, unconfirmed):
    ref, youth = unconfirmed.id, unconfirmed.youth
    ending_early.settle_erasure(town.vault, ref, How.SAID, town.moment())
    assert town.tracking(ref).erasure is Erasure.OWED

    town.hub.clock.turn(days=5)
    ending_early.settle_erasure(town.vault, ref, How.GONE, town.moment())

    settled = town.tracking(ref)
    assert (settled.erasure, how_settled(settled)) == (Erasure.SETTLED, How.GONE)
    assert followed(settled, town.now).next is Next.NOTHING
    assert owed(town, youth) == ()


def test_what_the_agency_says_after_that_still_counts(town, unconfirmed):
    ref = unconfirmed.id
    town.hub.clock.turn(days=5)
    ending_early.settle_erasure(town.vault, ref, How.SILENT, town.moment())

    town.answer(town.shelter.attest(str(ref)))
    town.round()

    assert town.tracking(ref).erasure is Erasure.DESTROYED
