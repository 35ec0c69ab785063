"""While the directory cannot be fetched, a round takes in what can be read without it."""

from contextlib import contextmanager

import pytest
from network_of_one import answered

from desktop.services import exchange, withdrawals
from desktop.services.exchange import HubState
from desktop.vault import directory, mailbox
from sync.client.errors import Busy, Lying, TooSlow, Unreachable
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus

CUTS = pytest.mark.parametrize(
    ("cut", "state"),
    [(Unreachable(), HubState.AWAY), (TooSlow(), HubState.SLOW), (Busy(30), HubState.SLOW)],
    ids=["cut", "slow", "busy"],
)


@contextmanager
def cut_off(town, cut):
    """Let every file of the directory be out of reach meanwhile."""

    def fails(path):
        raise cut

    served, town.served = town.served, fails
    yield
    town.served = served


def receipt_of_unlisted(town):
    """Let a receipt come that only the directory proves which is yet to be fetched."""
    town.round()
    town.hub.publish(3, town.centre, town.hub.clinic)
    town.round()
    town.answer(town.shelter.receipt(request_in(town.arrived())))
    town.publish(4)


def request_in(events):
    return next(event.message for event in events if event.kind is Kind.REFERRAL_REQUEST)


def kept(town):
    """Return the directory's version, how far was read, and what proved nothing."""
    with town.vault.reading() as db:
        return directory.version(db), mailbox.place(db).seq, mailbox.doubts(db)


@CUTS
def test_receipts_and_what_known_senders_say_are_taken_in_and_the_next_round_renews(
    town, cut, state
):
    _, tracking = town.agreed_and_released()
    town.publish(3)
    with cut_off(town, cut):
        first = town.round()
        town.answer(town.shelter.receipt(request_in(town.arrived())))
        second = town.round()

    assert (first.state, first.problem, first.sent) == (HubState.REACHED, "", 2)
    assert (second.state, second.problem, second.came) == (HubState.REACHED, "", 1)
    assert town.tracking(tracking.referral.id).delivery is Delivery.DELIVERED
    assert kept(town) == (2, 1, 0)
    assert town.round().state is HubState.REACHED
    assert kept(town) == (3, 1, 0)


@CUTS
def test_where_nothing_is_taken_the_hub_is_not_called_reached(town, cut, state):
    town.round()
    town.publish(3)

    with cut_off(town, cut):
        done = town.round()

    assert (done.state, done.problem, done.sent, done.came) == (state, "", 0, 0)


def test_honest_messages_are_not_tried_in_ever_smaller_batches_by_that(vault, town):
    for _ in range(3):
        town.agreed_and_released()
    town.publish(3)

    with cut_off(town, Busy(30)):
        done = town.round()

    assert (done.sent, exchange.outbox(vault)) == (6, ())
    with vault.reading() as db:
        assert db.execute("SELECT sum(stalls) FROM outbox").fetchone()[0] in (0, None)


def test_a_withdrawal_is_proven_meanwhile(town):
    consent, tracking = town.agreed_and_released()
    town.round()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.publish(3)

    with cut_off(town, Unreachable()):
        done = town.round()

    assert (done.state, done.sent) == (HubState.REACHED, 1)
    assert town.tracking(tracking.referral.id).status is TaskStatus.CANCELLED


def test_what_only_the_newer_directory_proves_is_left_and_read_with_it(town):
    _, tracking = town.agreed_and_released()
    receipt_of_unlisted(town)

    with cut_off(town, Unreachable()):
        left = town.round()
    assert (left.state, left.problem, kept(town)) == (HubState.AWAY, "", (3, 0, 0))
    done = town.round()

    assert (done.state, done.came, kept(town)) == (HubState.REACHED, 1, (4, 1, 0))
    assert town.tracking(tracking.referral.id).delivery is Delivery.DELIVERED


def test_while_something_is_left_what_was_sent_alone_is_not_all_is_well(town):
    consent, _ = town.agreed_and_released()
    receipt_of_unlisted(town)
    withdrawals.withdraw(town.vault, consent.id, town.moment())

    with cut_off(town, Unreachable()):
        done = town.round()

    assert (done.state, done.sent, done.waiting) == (HubState.AWAY, 1, 0)


def test_who_keeps_the_directory_back_until_it_has_run_out_is_not_called_reached(town):
    town.round()
    town.hub.clock.turn(days=8)
    town.agreed_and_released()

    with cut_off(town, Unreachable()):
        done = town.round()

    assert (done.state, done.sent) == (HubState.AWAY, 2)
    assert town.round().state is HubState.REACHED


def test_a_file_that_is_no_answer_is_a_lie_and_what_was_sent_is_sent(town):
    _, tracking = town.agreed_and_released()
    town.publish(3)

    with cut_off(town, Lying("not HTTP")):
        done = town.round()

    assert (done.state, done.problem, done.sent) == (HubState.LYING, "not HTTP", 2)
    assert town.tracking(tracking.referral.id).delivery is Delivery.SENT


def test_after_a_line_that_broke_off_somebody_is_asked_for_before_anything_is_offered(town):
    town.agreed_and_released()
    town.publish(3)
    closed = []
    town.line.close = lambda: closed.append(True)

    with cut_off(town, Unreachable()):
        exchange.exchange(town.vault, town.line, town.now, stays_open=True)

    with town.vault.reading() as db:
        assert not mailbox.place(db).is_open
    assert closed == [True]


def test_a_receipt_that_proves_nothing_stays_a_lie(town):
    town.agreed_and_released()
    town.publish(3)
    town.line.twist = answered(receipts=bytes(64))

    with cut_off(town, Unreachable()):
        done = town.round()

    assert (done.state, done.problem) == (HubState.LYING, "receipt")
