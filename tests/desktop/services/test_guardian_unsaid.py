"""What does not say that a guardian must not be told stays here; who has it is to be called."""

import pytest
from desk_for_tests import NEEDLES, WORDS, readable
from restored_for_tests import back_up, restore

from desktop.domain.consents import Item
from desktop.domain.following import Next, followed
from desktop.domain.guardians import Unaware
from desktop.domain.inbox import Deed
from desktop.domain.referrals import GUARDIAN_UNSAID, UNSAID_LEFT
from desktop.domain.who_answers import KeepReason
from desktop.services import (
    ending_early,
    exchange,
    guardians,
    merging,
    referrals,
    untaken,
    withdrawals,
)
from desktop.services.withdrawals import Withdrawal
from desktop.vault import holdings
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery

FEW = {item: words for item, words in WORDS.items() if item is not Item.SITUATION}


def keep_from(town, youth):
    return guardians.keep_from(town.vault, youth, KeepReason.ABUSE, "집에서 맞았다", town.moment())


@pytest.fixture
def waiting(town):
    """A referral that was released without a line; then its young person says what they fear."""
    town.line.is_cut = True
    _, tracking = town.agreed_and_released()
    town.round()
    keep_from(town, tracking.referral.youth)
    yield tracking.referral
    town.vault.verify()


@pytest.fixture
def asked(town, desk):
    """A referral that its agency has taken on, and asks more about."""
    _, tracking = town.agreed_and_released(words=FEW)
    town.round()
    desk.accepts()
    desk.say("어떤 상황인가요?", asks=(Item.SITUATION,))
    desk.round()
    town.round()
    return tracking


def send_again(town, referral, **changes):
    """Do what the card offers: what it says stands in a draft, which is shown and released."""
    draft = referrals.begin_answer(town.vault, referral, town.moment())
    town.hub.clock.turn(minutes=1)
    return town.release(
        draft.youth, answers=draft.answers, words=draft.words | changes.get("more", {})
    )


def requests(town):
    return [e for e in town.arrived() if e.kind is Kind.REFERRAL_REQUEST]


def unaware(town, youth):
    return guardians.unaware(town.vault, youth)


def test_what_waits_and_does_not_say_it_is_held_at_once_and_does_not_leave(town, waiting):
    line, (row,) = exchange.line(town.vault), exchange.outbox(town.vault)[1:]
    town.line.is_cut = False

    done = town.round()

    held = town.tracking(waiting.id)
    assert (line.waiting, line.held) == (1, 1)  # that they agreed may be known
    assert (row.is_unsaid, row.is_lapsed, row.may_be_left) == (True, False, True)
    assert (done.sent, done.waiting, requests(town)) == (1, 0, [])
    assert (held.delivery, held.problem) == (Delivery.QUEUED, GUARDIAN_UNSAID)
    assert followed(held, town.now, (held,)).next is Next.LOOK
    assert unaware(town, waiting.youth) == Unaware((), (held.agency_name,))


def test_sent_again_it_goes_once_and_says_it(town, desk, waiting):
    town.line.is_cut = False
    town.round()

    again = send_again(town, waiting.id)
    town.round()
    desk.round()

    (case,) = desk.cases()
    glimpse = desk.case().glimpse
    assert case.id == again.referral.id
    assert (glimpse.keep_from_guardian, glimpse.keep_reason) == (True, KeepReason.ABUSE)
    assert (exchange.outbox(town.vault), exchange.line(town.vault).held) == ((), 0)
    old = town.tracking(waiting.id)
    assert (old.delivery, old.problem) == (Delivery.QUEUED, UNSAID_LEFT)
    assert followed(old, town.now, (old,)).next is Next.NOTHING
    assert unaware(town, waiting.youth) == Unaware()


def test_left_unsaid_it_holds_nobodys_record_and_says_why_it_stayed(town, waiting):
    (row,) = exchange.outbox(town.vault)[1:]
    with town.vault.reading() as db:
        held = holdings.owed(db, waiting.youth)

    untaken.leave(town.vault, row.id, town.now)

    with town.vault.reading() as db:
        assert held == holdings.owed(db, waiting.youth) == ()
    left = town.tracking(waiting.id)
    assert left.problem == UNSAID_LEFT
    ended = withdrawals.withdraw(town.vault, left.consent, town.moment())
    assert ended == Withdrawal(vanished=1, recalled=0)


def test_where_the_guardian_may_be_told_again_it_goes_as_it_was_shown(town, waiting):
    guardians.may_be_told_again(town.vault, waiting.youth, town.moment())
    line, told = exchange.line(town.vault), town.tracking(waiting.id)
    town.line.is_cut = False
    town.round()

    assert (line.waiting, line.held, told.problem) == (2, 0, "")
    assert town.tracking(waiting.id).delivery is Delivery.SENT


def test_what_may_have_left_is_not_sent_again_and_names_whom_to_call(town, desk):
    _, tracking = town.agreed_and_released()
    town.line.loses_questions = True
    town.round()
    keep_from(town, tracking.referral.youth)
    town.line.loses_questions = False
    town.round()

    (row,) = exchange.outbox(town.vault)
    named = unaware(town, tracking.referral.youth)
    send_again(town, tracking.referral.id)
    town.round()
    desk.round()

    (case,) = desk.cases()
    assert (row.is_unsaid, row.attempts, row.may_be_left) == (True, 1, False)
    assert [name for name, _ in named.agencies] == [*named.stays_here] == [tracking.agency_name]
    assert case.glimpse.keep_from_guardian
    assert unaware(town, tracking.referral.youth).agencies == ()  # they know it by now


def test_an_addition_that_does_not_say_it_stays_and_is_said_anew_with_the_same_words(
    town, desk, asked
):
    ref, youth = asked.referral.id, asked.referral.youth
    send_again(town, ref, more={Item.SITUATION: WORDS[Item.SITUATION]})

    keep_from(town, youth)
    town.round()
    desk.round()
    held = town.tracking(ref)
    before = readable(desk.vault)
    again = send_again(town, ref)
    town.round()
    desk.round()
    town.round()

    told = town.tracking(ref)
    assert (held.problem, held.asks(), held.packet_version) == (
        GUARDIAN_UNSAID, {Item.SITUATION}, 2,
    )  # fmt: skip
    assert set(NEEDLES) - before == {"나흘째"}
    assert (again.packet_version, told.problem, told.asks()) == (3, "", frozenset())
    assert desk.case().glimpse.keep_from_guardian
    assert exchange.outbox(town.vault) == ()


def test_put_to_somebody_whose_guardian_is_not_told_it_stays_too(town):
    town.line.is_cut = True
    _, tracking = town.agreed_and_released()
    kept = town.meet(alias="하눌", keep_from_guardian=True)

    merging.merge(town.vault, tracking.referral.youth, kept, town.moment())
    held = exchange.line(town.vault).held
    town.line.is_cut = False
    town.round()
    nothing = requests(town)
    merging.part(town.vault, tracking.referral.youth, town.moment())
    town.round()

    assert (held, nothing, exchange.line(town.vault).held) == (1, [], 0)
    assert len(requests(town)) == 1


def test_whoever_has_it_without_those_words_is_to_be_called_until_they_know(town):
    _, tracking = town.agreed_and_released()
    youth = tracking.referral.youth
    nobody = unaware(town, youth)
    town.round()
    keep_from(town, youth)
    named = unaware(town, youth)
    town.hub.clock.turn(minutes=1)
    town.release(youth)
    queued = unaware(town, youth)
    town.round()
    told = unaware(town, youth)

    assert nobody == Unaware()  # their guardian may be told
    assert [name for name, _ in named.agencies] == [tracking.agency_name]
    assert (named.stays_here, queued, told) == ((), named, Unaware())


def ends_early(town, tracking):
    ending_early.call_off(town.vault, tracking.referral.id, town.moment())


def is_withdrawn(town, tracking):
    withdrawals.withdraw(town.vault, tracking.consent, town.moment())


@pytest.mark.parametrize("end", [ends_early, is_withdrawn])
@pytest.mark.parametrize("has_heard", [False, True])
def test_what_an_end_keeps_from_leaving_has_told_nobody(town, asked, end, has_heard):
    youth = asked.referral.youth
    keep_from(town, youth)
    send_again(town, asked.referral.id, more={Item.SITUATION: WORDS[Item.SITUATION]})
    if has_heard:
        town.round()
    before = unaware(town, youth)

    end(town, asked)

    assert len(before.agencies) == (0 if has_heard else 1)
    assert unaware(town, youth) == before


@pytest.mark.parametrize("end", [ends_early, is_withdrawn])
@pytest.mark.parametrize("is_more", [False, True])
def test_what_only_may_have_left_and_goes_no_more_has_told_nobody(town, request, end, is_more):
    first = request.getfixturevalue("asked") if is_more else town.agreed_and_released()[1]
    town.round()
    youth = first.referral.youth
    keep_from(town, youth)
    newest = send_again(town, first.referral.id)
    assert (newest.referral.id == first.referral.id) is is_more
    town.line.loses_questions = True
    town.round()
    before = unaware(town, youth)

    end(town, newest)

    assert len(before.agencies) == 1
    assert unaware(town, youth) == before


def test_what_was_destroyed_there_is_nothing_to_call_about(town, desk):
    consent, tracking = town.agreed_and_released()
    town.round()
    desk.round()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    keep_from(town, tracking.referral.youth)
    owed = unaware(town, tracking.referral.youth)
    for each in (town, desk, desk, town):
        each.round()

    assert len(owed.agencies) == 1
    assert unaware(town, tracking.referral.youth) == Unaware()


def test_what_its_agency_has_a_restored_hub_is_told_again_so_that_answers_come(town, desk):
    youth = town.meet()
    town.agree(youth)
    town.round()
    kept = back_up(town.hub)
    tracking = town.release(youth)
    town.round()
    desk.accepts()
    town.round()
    keep_from(town, youth)

    restore(town.hub, kept)
    desk.do(Deed.START)
    for each in (town, desk, town, desk, town):
        town.hub.clock.turn(hours=1)
        each.round()

    told = town.tracking(tracking.referral.id)
    assert (told.delivery, told.problem, exchange.line(town.vault).held) == (
        Delivery.OPENED, "", 0,
    )  # fmt: skip
    assert told.status.value == "in-progress"


def test_a_young_person_marked_when_they_were_met_is_of_no_agency_to_be_called(town):
    youth = town.meet(keep_from_guardian=True)
    town.agree(youth)
    town.release(youth)
    town.round()

    assert unaware(town, youth) == Unaware()
