"""A computer whose clock is days ahead is told so, and the hub is blamed for nothing."""

from datetime import timedelta

import pytest
from network_of_one import answered

from desktop.services import exchange
from desktop.services.exchange import HubState
from desktop.vault import directory
from sync.client.errors import Unreachable
from sync.protocol.states import Delivery


def ahead(town, **difference):
    """Run a round by a clock that is ahead of the hub's."""
    return exchange.exchange(town.vault, town.line, town.now + timedelta(**difference))


def version(town):
    with town.vault.reading() as db:
        return directory.version(db)


def frozen(town):
    """Let the hub hand out what it has now, for ever."""
    kept = {}
    now = town.served

    def served(path):
        return kept.setdefault(path, now(path))

    town.served = served
    town.publish(3)
    town.round()


@pytest.mark.parametrize("difference", [{"minutes": 6}, {"days": 10}, {"days": 80}])
def test_a_clock_that_is_ahead_is_named_and_what_was_sent_is_sent(town, difference):
    _, tracking = town.agreed_and_released()

    done = ahead(town, **difference)

    assert (done.state, done.problem, done.sent) == (HubState.REACHED, "clock", 2)
    assert town.tracking(tracking.referral.id).delivery is Delivery.SENT


def test_by_such_a_clock_nothing_is_renewed_and_by_the_right_one_it_is(town):
    town.round()
    town.publish(3)

    off = ahead(town, days=10)
    assert (off.problem, version(town)) == ("clock", 2)
    done = town.round()

    assert (done.state, done.problem, version(town)) == (HubState.REACHED, "", 3)


@pytest.mark.parametrize("difference", [{}, {"minutes": 10}, {"days": -1}])
def test_a_directory_that_somebody_keeps_back_is_not_put_down_to_the_clock(town, difference):
    frozen(town)
    town.hub.clock.turn(days=9)

    done = ahead(town, **difference)

    assert (done.state, done.problem) == (HubState.LYING, "directory")


def test_a_forged_directory_stays_a_lie_whatever_the_clock(town):
    town.publish(3)
    town.spoil = lambda path, raw: raw[:-9] if path.endswith("snapshot.json") else raw

    done = ahead(town, days=10)

    assert (done.state, done.problem, version(town)) == (HubState.LYING, "directory", 2)


def test_a_receipt_that_proves_nothing_stays_a_lie_whatever_the_clock(town):
    town.agreed_and_released()
    town.line.twist = answered(receipts=bytes(64))

    assert ahead(town, days=10).problem == "receipt"


def test_a_line_that_breaks_meanwhile_is_away(town):
    served, asked = town.served, []

    def breaks(path):
        asked.append(path)
        if asked.count(path) > 1:
            raise Unreachable
        return served(path)

    town.served = breaks

    assert ahead(town, days=10).state is HubState.AWAY
