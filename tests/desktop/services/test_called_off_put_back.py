"""A laptop that was put back to before it called something off, and a hub that may be, too.

The first was found by the exchange machine: its own laptop was told to write again what it had
called off.
"""

from types import SimpleNamespace

import pytest
from desk_for_tests import WORDS
from restored_for_tests import back_up, restore
from vaults_for_tests import by_key

from desktop.domain.inbox import Deed, Gone
from desktop.domain.referrals import Erasure, Word
from desktop.services import backups, ending_early, exchange, withdrawals, witness
from desktop.services.exchange import HubState
from desktop.vault import holdings
from sync.client.pace import Pace
from sync.protocol.messages import Kind
from sync.protocol.states import CALLED_OFF, TaskStatus


def put_back(town, folder):
    keys, found = backups.of_vault(town.vault), backups.found_at(town.vault.folder)[0]
    town.vault.close()
    backups.restore(found, folder, keys, town.now)
    town.vault = by_key(folder)
    assert HubState.ROLLED_BACK in {town.round().state for _ in range(2)}
    witness.go_on(town.vault, town.moment())


def call_off(town, referral):
    town.hub.clock.turn(minutes=1)
    ending_early.call_off(town.vault, referral, town.moment())


def stands(town, referral):
    tracking = town.tracking(referral)
    return tracking.status, tracking.status_reason, tracking.problem


def test_what_the_word_overtook_is_called_off_and_not_to_be_written_again(town, tmp_path):
    town.hub.let_in(town.hub.centre)
    _, tracking = town.agreed_and_released()
    backups.make(town.vault, town.now)
    town.line.loses_questions = True
    town.round()
    town.line.loses_questions = False
    call_off(town, tracking.referral.id)
    town.round()

    put_back(town, tmp_path / "back")
    for _ in range(2):
        town.round()

    assert stands(town, tracking.referral.id) == (TaskStatus.CANCELLED, CALLED_OFF, "")
    assert exchange.outbox(town.vault) == ()


def test_it_can_be_called_off_once_more_where_nobody_tells_this_laptop_that_it_was(
    town, desk, tmp_path
):
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.round()
    town.round()
    backups.make(town.vault, town.now)
    call_off(town, tracking.referral.id)
    town.round()
    put_back(town, tmp_path / "back")
    town.round()
    assert stands(town, tracking.referral.id)[0] is TaskStatus.REQUESTED

    call_off(town, tracking.referral.id)
    town.round()

    assert stands(town, tracking.referral.id) == (TaskStatus.CANCELLED, CALLED_OFF, "")
    assert [event.kind for event in town.arrived()].count(Kind.REFERRAL_CANCEL) == 2


def test_what_a_forgotten_withdrawal_ended_can_be_called_off_and_owes_no_help(
    town, desk, tmp_path
):
    consent, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.round()
    town.round()
    backups.make(town.vault, town.now)
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    put_back(town, tmp_path / "back")
    town.round()
    assert stands(town, tracking.referral.id)[0] is TaskStatus.REQUESTED

    call_off(town, tracking.referral.id)
    town.round()

    assert stands(town, tracking.referral.id) == (TaskStatus.CANCELLED, CALLED_OFF, "")
    assert Kind.REFERRAL_CANCEL not in [event.kind for event in town.arrived()]
    with town.vault.reading() as db:
        assert holdings.owed(db, tracking.referral.youth) == ()


def test_a_hub_that_forgot_the_word_hears_it_from_a_laptop_that_forgot_it_too(
    town, desk, tmp_path
):
    town.hub.let_in(town.hub.centre)
    _, tracking = town.agreed_and_released(words=WORDS)
    for _ in range(2):
        town.round()
        desk.round()
    town.round()
    backups.make(town.vault, town.now)
    kept = back_up(town.hub)
    call_off(town, tracking.referral.id)
    town.round()
    put_back(town, tmp_path / "back")
    town.round()
    assert stands(town, tracking.referral.id) == (TaskStatus.CANCELLED, CALLED_OFF, "")

    restore(town.hub, kept)
    for _ in range(3):
        town.round()
        desk.round()

    assert desk.peek().gone is Gone.CANCELLED


def test_an_agency_that_was_first_is_so_for_a_hub_that_is_put_back(town, desk):
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    town.round()
    kept = back_up(town.hub)
    desk.do(Deed.COMPLETE)
    desk.round()
    call_off(town, tracking.referral.id)
    town.round()
    assert stands(town, tracking.referral.id)[0] is TaskStatus.COMPLETED

    restore(town.hub, kept)
    for _ in range(3):
        town.round()
        desk.round()

    assert stands(town, tracking.referral.id)[0] is TaskStatus.COMPLETED
    assert (desk.peek().gone, desk.peek().status) == (Gone.HERE, TaskStatus.COMPLETED)


def test_a_word_that_met_an_end_which_nobody_tells_any_more_can_be_said_once_more(town, desk):
    # Found by the exchange machine: its page of a slow line ended before the agency's end, and
    # then the hub forgot both. It is open here again, and a person may press once more.
    kept = back_up(town.hub)
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    desk.do(Deed.COMPLETE)
    desk.round()
    call_off(town, tracking.referral.id)
    town.line.pace = SimpleNamespace(limit=1)
    town.round()
    assert exchange.outbox(town.vault) == ()
    restore(town.hub, kept)
    town.line.pace = Pace()
    for _ in range(3):
        town.round()
        desk.round()
    shown = town.tracking(tracking.referral.id)
    assert (shown.status, shown.calling_off) == (TaskStatus.ACCEPTED, Word.UNSAID)

    call_off(town, tracking.referral.id)
    town.round()

    assert stands(town, tracking.referral.id) == (TaskStatus.CANCELLED, CALLED_OFF, "")


@pytest.mark.parametrize("lost", ["loses_questions", "loses_answers"])
def test_a_withdrawal_names_what_was_called_off_and_may_have_left(town, desk, lost):
    # Found by the exchange machine: the hub learned of it behind a withdrawal that named nothing,
    # and the laptop said that it had never left.
    consent, tracking = town.agreed_and_released(words=WORDS)
    setattr(town.line, lost, True)
    town.round()
    setattr(town.line, lost, False)
    desk.round()
    call_off(town, tracking.referral.id)

    withdrawals.withdraw(town.vault, consent.id, town.moment())
    for _ in range(3):
        town.round()
        desk.round()
    town.round()

    assert town.tracking(tracking.referral.id).erasure is Erasure.DESTROYED
    assert exchange.outbox(town.vault) == ()


def test_an_end_that_is_named_to_a_restored_hub_once_more_is_taken(town, tmp_path):
    # Found by the exchange machine: by the id of before, and with other words, it was refused.
    consent, _ = town.agreed_and_released()
    kept = back_up(town.hub)
    town.round()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    backups.make(town.vault, town.now)
    restore(town.hub, kept)
    for _ in range(2):
        town.round()

    town.hub.clock.turn(minutes=1)
    put_back(town, tmp_path / "back")
    town.hub.clock.turn(minutes=1)
    for _ in range(2):
        town.round()

    assert exchange.outbox(town.vault) == ()


def test_a_request_that_nobody_knows_as_called_off_any_more_stays_here(town, desk, tmp_path):
    # Found by the exchange machine: the word was first at the hub, a laptop that was put back to
    # before it sent the request behind it, and then the hub was put back to before both.
    kept = back_up(town.hub)
    _, tracking = town.agreed_and_released(words=WORDS)
    town.line.loses_questions = True
    town.round()
    town.line.loses_questions = False
    backups.make(town.vault, town.now)
    call_off(town, tracking.referral.id)
    town.round()
    put_back(town, tmp_path / "back")
    town.round()
    restore(town.hub, kept)
    for _ in range(3):
        town.round()
        desk.round()
    shown = town.tracking(tracking.referral.id)
    assert (shown.status, shown.problem) == (TaskStatus.REQUESTED, "id-reused")
    assert desk.cases() == ()

    call_off(town, tracking.referral.id)
    town.round()

    assert stands(town, tracking.referral.id)[:2] == (TaskStatus.CANCELLED, CALLED_OFF)
