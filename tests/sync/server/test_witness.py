"""The hub keeps the highest mark of each laptop, and tells it to whoever comes with another."""

from datetime import UTC, datetime

import pytest

from sync.protocol.codec import canonical, read_json
from sync.protocol.witness import (
    RENEWAL_CONTEXT,
    Mark,
    Renewal,
    RenewalClaim,
    Stand,
    WitnessClaim,
)


def mark(seq, letter="a"):
    return Mark(seq, letter.encode() * 32)


def shown(house, stand, party=None):
    """Show a stand; return the line and mark the hub then tells."""
    told = house.exchange(party or house.centre, stand=stand).witnessed
    claim = read_json(WitnessClaim, told.claim)
    return claim.line, claim.mark


def renewal(house, was, now, key=None, device=None, **changes):
    device = device or house.centre.keys.device
    claim = RenewalClaim(device, was, now, **{"reason": "restored", "at": house.clock()} | changes)
    said = canonical(claim)
    return Renewal(said, (key or house.centre.keys.sign).sign(RENEWAL_CONTEXT + said))


def test_who_shows_nothing_is_told_nothing(house):
    assert house.exchange(house.centre).witnessed is None


def test_the_mark_rises_with_who_knows_the_last_one(house):
    assert shown(house, Stand(mark(10))) == (1, mark(10))
    assert shown(house, Stand(mark(20), mark(10))) == (1, mark(20))


@pytest.mark.parametrize(
    "stand",
    [
        Stand(mark(9)),
        Stand(mark(9), mark(10)),
        Stand(mark(10, "b")),
        Stand(mark(10, "b"), mark(10)),
        Stand(mark(30, "b")),
        Stand(mark(30, "b"), mark(5)),
        Stand(mark(30, "b"), mark(10, "b")),
        Stand(Mark(30, b"short"), mark(10)),
        Stand(Mark(-1, b"a" * 32), mark(10)),
        Stand(Mark(1 << 63, b"a" * 32), mark(10)),
    ],
)
def test_no_other_stand_moves_it(house, stand):
    shown(house, Stand(mark(10)))

    assert shown(house, stand) == (1, mark(10))


def test_each_laptop_has_its_own(house):
    shown(house, Stand(mark(10)))

    assert shown(house, Stand(mark(3, "c")), house.shelter) == (1, mark(3, "c"))
    assert shown(house, Stand(mark(10), mark(10))) == (1, mark(10))


def test_a_new_line_begins_where_the_laptop_signs_that_a_person_knows(house):
    shown(house, Stand(mark(10)))
    new = renewal(house, mark(10), mark(4, "b"))

    assert shown(house, Stand(mark(5, "b"), mark(2), new)) == (2, mark(4, "b"))
    assert shown(house, Stand(mark(5, "b"), mark(4, "b"))) == (2, mark(5, "b"))
    assert shown(house, Stand(mark(5, "b"), mark(2), new)) == (2, mark(5, "b"))


def test_nobody_else_can_begin_one(house):
    shown(house, Stand(mark(10)))
    now = mark(4, "b")
    forged = [
        renewal(house, mark(10), now, key=house.shelter.keys.sign),
        renewal(house, mark(10), now, device=house.shelter.keys.device),
        renewal(house, mark(9), now),
        renewal(house, mark(10), Mark(4, b"short")),
        renewal(house, mark(10), now, reason="x" * 1024),
        renewal(house, mark(10), now, at=datetime.max.replace(tzinfo=UTC)),
        Renewal(b"not canonical", b"x" * 64),
    ]

    for each in forged:
        assert shown(house, Stand(now, mark(2), each)) == (1, mark(10))
