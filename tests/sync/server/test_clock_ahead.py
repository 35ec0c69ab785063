"""A hub whose clock was ahead for a moment goes on as if it had not been."""

from datetime import timedelta

from hub_for_tests import NIGHT, Clock

from sync.server.rates import Gates, Rates
from sync.server.shelf import Shelf
from sync.server.signatures import COUNTS_FOR, Nonces
from sync.trust.layout import LIFE, TIMESTAMP, Role
from sync.trust.making import ends

AHEAD = timedelta(days=2)


def nobody(_device):
    pass


def test_nobody_is_shut_out_for_what_was_counted_then():
    clock = Clock()
    gates = Gates(Rates(device="3/minute", code="1/minute"), clock)
    clock.now = NIGHT + AHEAD
    gates.pass_device("laptop")
    gates.note("code", "127.0.0.1")
    clock.now = NIGHT

    gates.check("code", "127.0.0.1")
    for _ in range(60):  # an hour of rounds
        gates.pass_device("laptop")
        clock.turn(minutes=1)


def test_what_was_signed_is_let_go_again():
    nonces = Nonces()
    nonces.is_new("laptop", "then", NIGHT + AHEAD, nobody)

    for n in range(1_000):
        assert nonces.is_new("laptop", str(n), NIGHT + timedelta(seconds=10 * n), nobody)

    assert len(nonces._young) + len(nonces._old) < 100


def test_a_clock_that_goes_back_a_little_lets_no_signature_count_twice():
    nonces = Nonces()
    turned = NIGHT + COUNTS_FOR + timedelta(seconds=2)
    nonces.is_new("laptop", "first", NIGHT, nobody)
    nonces.is_new("laptop", "seen", NIGHT + COUNTS_FOR, nobody)
    nonces.is_new("laptop", "after", turned, nobody)

    assert not nonces.is_new("laptop", "seen", turned - timedelta(seconds=1), nobody)


def test_what_is_over_goes_on_being_destroyed(house, monkeypatch):
    house.desk.look_after(NIGHT + AHEAD)
    purged = []
    monkeypatch.setattr(house.desk, "purge", purged.append)

    house.desk.look_after(NIGHT)
    house.desk.look_after(NIGHT + timedelta(minutes=1))

    assert purged == [NIGHT]


def test_a_stamp_of_then_is_made_anew_and_a_stamp_of_now_is_not(house):
    house.shelf.restamp(NIGHT + timedelta(days=400))

    house.shelf.restamp(NIGHT)

    stamp = Shelf(house.hub).leaf(TIMESTAMP, NIGHT).content
    assert ends(stamp) == NIGHT + LIFE[Role.TIMESTAMP]
    house.shelf.restamp(NIGHT + timedelta(hours=1))
    assert Shelf(house.hub).leaf(TIMESTAMP, NIGHT).content == stamp


def test_what_another_process_stamped_is_handed_out(house):
    other = Shelf(house.hub)
    other.leaf(TIMESTAMP, NIGHT + AHEAD)
    house.shelf.restamp(NIGHT + timedelta(days=1, hours=2))

    served = other.leaf(TIMESTAMP, NIGHT + timedelta(days=1, hours=2))

    assert ends(served.content) == NIGHT + timedelta(days=8, hours=2)
