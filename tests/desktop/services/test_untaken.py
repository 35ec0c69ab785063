"""What the hub did not take of a desk: in sight until somebody says it again or leaves it."""

import pytest
from desk_for_tests import WORDS, AgencyDesk, retire_key
from vaults_for_tests import a_vault

from desktop.domain.inbox import Declined, Deed
from desktop.services import agency_keys, exchange, inbox, untaken, withdrawals
from desktop.vault import outbox, sending
from sync.protocol.messages import Kind

NEW_KEY = "key-epoch-retired"


@pytest.fixture
def desk(town, tmp_path):
    """Have two letters that were sealed before a key was retired, and offered after it."""
    town.agreed_and_released(words=WORDS)
    town.round()
    desk = AgencyDesk(town, a_vault(tmp_path / "desk"))
    desk.accepts()
    desk.say("2층으로 오세요")
    desk.say("저녁이 좋아요")
    retire_key(town, town.centre.org)
    desk.round()
    yield desk
    desk.vault.close()


def refused(desk):
    return [each for each in exchange.outbox(desk.vault) if each.is_refused]


def test_words_that_were_not_taken_are_counted_and_marked(desk):
    case = desk.case()

    assert exchange.line(desk.vault).refused == 2
    assert case.waiting == 0
    assert [(each.kind, each.problem, each.is_left) for each in case.refused] == [
        (Kind.TASK_NOTE, NEW_KEY, False)
    ] * 2
    assert [each.at for each in case.refused] == [told.at for told in case.told]


def test_written_again_in_the_same_words_only_that_one_is_settled(desk):
    first, second = refused(desk)

    ref = untaken.write_again(desk.vault, first.id, desk.moment())
    assert desk.case().typed["words"] == "2층으로 오세요"
    assert exchange.line(desk.vault).refused == 2
    agency_keys.confirm(desk.vault, inbox.key_change(desk.vault, ref), desk.moment())
    desk.say("2층으로 오세요")
    desk.round()

    assert [each.id for each in refused(desk)] == [second.id]
    assert [each.is_left for each in desk.case().refused] == [True, False]


def test_what_stands_in_the_field_is_not_written_over(desk):
    inbox.keep_typed(desk.vault, desk.peek().id, {"words": "잠깐만요"}, desk.moment())

    untaken.write_again(desk.vault, refused(desk)[0].id, desk.moment())

    assert desk.case().typed["words"] == "잠깐만요"


def test_what_is_left_is_counted_no_more_and_stays_marked(desk):
    for each in refused(desk):
        untaken.leave(desk.vault, each.id, desk.moment().now)

    assert exchange.line(desk.vault).refused == 0
    assert exchange.outbox(desk.vault) == ()
    assert [each.is_left for each in desk.case().refused] == [True, True]
    desk.vault.verify()


def test_of_a_case_that_was_sent_back_not_even_the_sealed_words_stay(town, tmp_path):
    town.agreed_and_released(words=WORDS)
    town.round()
    desk = AgencyDesk(town, a_vault(tmp_path / "desk"))
    desk.round()
    desk.do(Deed.DECLINE, Declined.FULL.value, "빈자리가 없어요")
    said = refuse(desk.vault, Kind.TASK_NOTE, NEW_KEY)

    untaken.leave(desk.vault, said, desk.moment().now)

    with desk.vault.reading() as db:
        assert not outbox.holds(db, said)
    desk.vault.close()


def test_a_new_decision_stands_in_the_place_of_one_that_was_not_taken(desk):
    desk.do(Deed.START)
    refuse(desk.vault, Kind.TASK_STATUS, "not-your-task")
    assert len(refused(desk)) == 3

    desk.do(Deed.HOLD)

    assert [each.kind for each in refused(desk)] == [Kind.TASK_NOTE] * 2


def test_a_withdrawal_that_was_not_taken_cannot_be_left(town):
    consent, _ = town.agreed_and_released(words=WORDS)
    town.round()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    gone = refuse(town.vault, Kind.CONSENT_WITHDRAWN, "bad-signature")

    untaken.leave(town.vault, gone, town.now)

    assert exchange.line(town.vault).refused == 1


@pytest.mark.parametrize("is_left", [True, False])
def test_a_consent_that_was_not_taken_is_said_anew_with_the_next_referral(town, is_left):
    consent, tracking = town.agreed_and_released(words=WORDS)
    before = refuse(town.vault, Kind.CONSENT_GIVEN, "malformed")
    if is_left:
        untaken.leave(town.vault, before, town.now)
    town.round()
    assert town.tracking(tracking.referral.id).problem == "consent-unknown"

    again = town.release(tracking.referral.youth, words=WORDS)
    town.round()

    with town.vault.reading() as db:
        said = [each for each in outbox.of_consent(db, consent.id) if each.ref == str(consent.id)]
    assert [each.state for each in said] == [outbox.LEFT, outbox.SENT]
    assert len({each.id for each in said}) == 2
    assert town.tracking(again.referral.id).problem == ""


def refuse(vault, kind, reason):
    """Let the hub have refused what waits of one kind."""
    (waiting,) = (each for each in exchange.outbox(vault) if each.kind is kind)
    with vault.transaction() as db:
        sending.settle(db, waiting.id, outbox.REFUSED, reason)
    return waiting.id
