"""Sealed backups at the hub: only where it is wished, only for their own, never too much."""

import pytest
from backups_for_tests import bring, digest, fetch, held, keep, names, say

from sync.protocol.backups import (
    HANDFUL,
    PIECE_BYTES,
    PIECES_AT_ONCE,
    BackupRule,
    BackupSet,
    BackupSets,
    Dropping,
    Handful,
    Piece,
    Pieces,
    PiecesWanted,
    SetWanted,
)
from sync.protocol.directory import Revocation
from sync.server import blobs
from sync.server.rates import Gates, Rates


def test_nothing_is_kept_until_an_admin_wishes_it(house, centre):
    laptop = house.let_in(centre)
    wish = say(house, laptop, "/v1/orgs/backups", BackupRule(True))

    told = house.ask(laptop.signed("GET", "/v1/backups/rule")).value(BackupRule)

    assert (wish.status, wish.problem, told) == (403, "role", BackupRule(False))
    asked = say(house, laptop, "/v1/backups/missing", Pieces((digest(b"one"),)))
    for answer in (asked, bring(house, laptop, b"one"), keep(house, laptop, "first", b"one")):
        assert (answer.status, answer.problem) == (403, "backups-off")
    assert held(house) == set()


def test_one_organisations_wish_is_not_anothers(house, centre, shelter, laptop):
    told = house.ask(shelter.signed("GET", "/v1/backups/rule")).value(BackupRule)

    assert told == BackupRule(False)
    assert house.ask(laptop.signed("GET", "/v1/backups/rule")).value(BackupRule).is_on
    assert bring(house, shelter, b"one").problem == "backups-off"


def test_what_is_here_need_not_be_brought_again(house, laptop):
    bring(house, laptop, b"one")
    again = bring(house, laptop, b"one", b"three", b"three")
    asked = Pieces((digest(b"one"), digest(b"two"), digest(b"three")))

    told = say(house, laptop, "/v1/backups/missing", asked).value(Pieces)

    assert again.value(Pieces).digests == tuple(map(digest, (b"one", b"three", b"three")))
    assert told.digests == (digest(b"two"),)
    assert held(house) == {b"one", b"three"}


def test_what_one_laptop_left_is_not_told_to_another(house, centre, laptop):
    """Else a stolen laptop could find out whether it holds what a colleague's does."""
    bring(house, laptop, b"one")
    asked = Pieces((digest(b"one"),))

    told = say(house, house.let_in(centre), "/v1/backups/missing", asked).value(Pieces)

    assert told == asked


def test_a_piece_is_what_its_digest_says(house, laptop):
    wrong = Handful((Piece(digest(b"one"), b"one"), Piece(digest(b"two"), b"one")))

    answer = say(house, laptop, "/v1/backups/pieces", wrong)

    assert (answer.status, answer.problem) == (400, "piece-wrong")
    assert held(house) == set()


def test_no_request_carries_more_than_a_handful(house, laptop):
    full = [bytes([n]) * PIECE_BYTES for n in range(HANDFUL + 1)]
    too_many = bring(house, laptop, *(bytes([n]) for n in range(HANDFUL + 1)))
    too_large = bring(house, laptop, bytes(PIECE_BYTES + 1))
    asked = Pieces((digest(b"one"),) * (PIECES_AT_ONCE + 1))
    wanted = PiecesWanted(laptop.keys.device, (digest(b"one"),) * (HANDFUL + 1))

    assert (too_many.problem, too_large.problem) == ("too-large", "too-large")
    assert say(house, laptop, "/v1/backups/missing", asked).problem == "too-large"
    assert say(house, laptop, "/v1/backups/fetch", wanted).problem == "too-large"
    assert held(house) == set()
    assert bring(house, laptop, *full[:-1]).status == 200, "the control"
    assert len(fetch(house, laptop, laptop, *full[:-1]).value(Handful).pieces) == HANDFUL


def test_a_device_keeps_no_more_than_its_share(house, laptop, monkeypatch):
    monkeypatch.setattr(blobs, "DEVICE_BYTES", 5)
    bring(house, laptop, b"one")

    full = bring(house, laptop, b"2", b"two")

    assert (full.status, full.problem) == (409, "backups-full")
    assert held(house) == {b"one"}
    assert bring(house, laptop, b"22").status == 200, "so much is left"


def test_an_organisation_keeps_no_more_than_its_share(house, centre, shelter, laptop, monkeypatch):
    monkeypatch.setattr(blobs, "ORG_BYTES", 5)
    other = house.let_in(centre)
    say(house, shelter_admin(house, shelter), "/v1/orgs/backups", BackupRule(True))
    bring(house, laptop, b"one")
    bring(house, shelter, b"their")

    assert bring(house, other, b"two").problem == "backups-full"
    assert bring(house, other, b"22").status == 200, "so much is left"
    keep(house, other, "first", b"22")
    say(house, other, "/v1/backups/drop", Dropping(("first",)))
    assert bring(house, other, b"33").status == 200, "what went makes room"


def shelter_admin(house, shelter):
    return house.let_in(shelter, "admin")


def test_an_admin_fetches_what_a_lost_laptop_left_and_no_other_does(
    house, centre, shelter, laptop
):
    bring(house, laptop, b"one")
    keep(house, laptop, "first", b"one")
    own = fetch(house, laptop, laptop, b"one").status
    say(house, centre, "/v1/devices/revoke", Revocation(laptop.keys.device))
    (listed,) = house.ask(centre.signed("GET", "/v1/backups")).value(BackupSets).sets
    wanted = SetWanted(listed.device, listed.name)

    made = say(house, centre, "/v1/backups/set", wanted).value(BackupSet)

    assert (listed.device, listed.bytes) == (laptop.keys.device, 3)
    assert listed.at == house.clock()
    assert made.files[0].digests == (digest(b"one"),)
    assert fetch(house, centre, laptop, b"one").value(Handful).pieces[0].content == b"one"
    assert own == 200
    assert fetch(house, laptop, laptop, b"one").problem == "device-revoked", "it was lost"
    for stranger in (shelter, shelter_admin(house, shelter), house.let_in(centre)):
        assert fetch(house, stranger, laptop, b"one").problem == "role"
        assert say(house, stranger, "/v1/backups/set", wanted).problem == "role"
        assert names(house, stranger) == []
    assert fetch(house, centre, laptop, b"two").problem == "not-found"
    nothing = SetWanted(laptop.keys.device, "second")
    assert say(house, centre, "/v1/backups/set", nothing).problem == "not-found"


def test_nobody_keeps_or_drops_in_anothers_name(house, centre, laptop):
    other = house.let_in(centre)
    bring(house, laptop, b"one")
    bring(house, other, b"one")
    keep(house, laptop, "first", b"one")

    assert keep(house, other, "second", b"one", device=laptop.keys.device).problem == "malformed"
    say(house, other, "/v1/backups/drop", Dropping(("first",)))
    assert names(house, laptop) == ["first"]


@pytest.fixture
def few(house, monkeypatch):
    """A hub that lets three requests a minute carry pieces, and as many others."""
    gates = Gates(Rates(device="3/minute", load="3/minute"), house.clock)
    object.__setattr__(house.app.state.house, "gates", gates)


def test_backups_take_none_of_what_letters_may(house, few):
    laptop = house.let_in(house.centre)
    say(house, house.centre, "/v1/orgs/backups", BackupRule(True))
    for content in (b"1", b"2", b"3"):
        assert bring(house, laptop, content).status == 200

    refused = bring(house, laptop, b"4")

    assert (refused.status, refused.problem) == (429, "too-often")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert house.exchange(laptop).results == ()
