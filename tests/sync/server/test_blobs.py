"""Sealed backups at the hub: only where it is wished, only whole, only for their own."""

import hashlib

import pytest

from sync.protocol.backups import (
    PIECE_BYTES,
    BackupFile,
    BackupRule,
    BackupSet,
    BackupSets,
    Piece,
    Pieces,
    PieceWanted,
)
from sync.protocol.codec import packed
from sync.protocol.directory import Revocation
from sync.server import blobs, tables


def digest(content):
    return hashlib.sha256(content).digest()


def say(house, party, path, value):
    return house.ask(party.signed("POST", path, packed(value)))


def bring(house, party, content):
    return say(house, party, "/v1/backups/pieces", Piece(digest(content), content))


def keep(house, party, name, *contents):
    file = BackupFile("vault.db", tuple(map(digest, contents)))
    return say(house, party, "/v1/backups/keep", BackupSet(party.keys.device, name, (file,)))


def fetch(house, party, owner, content):
    wanted = PieceWanted(owner.keys.device, digest(content))
    return say(house, party, "/v1/backups/fetch", wanted)


def held(house):
    with house.hub.store.reading() as db:
        sizes, contents = db.all(tables.blob), db.all(tables.blob_content)
    assert [row["sha256"] for row in sizes] == [row["sha256"] for row in contents]
    return {bytes(row["content"]) for row in contents}


@pytest.fixture
def laptop(house, centre):
    assert say(house, centre, "/v1/orgs/backups", BackupRule(True)).status == 200
    return house.let_in(centre)


def test_nothing_is_kept_until_an_admin_wishes_it(house, centre):
    laptop = house.let_in(centre)
    wish = say(house, laptop, "/v1/orgs/backups", BackupRule(True))

    told = house.ask(laptop.signed("GET", "/v1/backups/rule")).value(BackupRule)

    assert (wish.status, told, bring(house, laptop, b"one").problem) == (
        403,
        BackupRule(False),
        "role",
    )
    assert held(house) == set()


def test_what_is_here_need_not_be_brought_again(house, laptop):
    bring(house, laptop, b"one")
    bring(house, laptop, b"one")
    asked = Pieces((digest(b"one"), digest(b"two")))

    assert say(house, laptop, "/v1/backups/missing", asked).value(Pieces).digests == (
        digest(b"two"),
    )
    assert keep(house, laptop, "first", b"one", b"two").problem == "malformed"


def test_a_piece_has_the_digest_that_names_it_and_a_size(house, laptop):
    wrong = say(house, laptop, "/v1/backups/pieces", Piece(digest(b"two"), b"one"))

    assert wrong.problem == "malformed"
    assert bring(house, laptop, bytes(PIECE_BYTES + 1)).problem == "too-large"
    assert held(house) == set()


def test_a_device_keeps_no_more_than_its_share(house, laptop, monkeypatch):
    monkeypatch.setattr(blobs, "MOST_BYTES", 5)
    bring(house, laptop, b"one")

    assert bring(house, laptop, b"two").problem == "too-large"
    assert held(house) == {b"one"}


def test_the_newest_three_are_kept_and_what_they_name(house, laptop):
    for name in (b"1", b"2", b"3", b"4"):
        for content in (b"same", name):
            bring(house, laptop, content)
        kept = keep(house, laptop, name.decode(), b"same", name).value(BackupSets)
        house.clock.turn(days=1)

    assert [each.name for each in kept.sets] == ["2", "3", "4"]
    assert held(house) == {b"same", b"2", b"3", b"4"}


def test_an_admin_fetches_what_a_lost_laptop_left_and_no_other_does(
    house, centre, shelter, laptop
):
    bring(house, laptop, b"one")
    keep(house, laptop, "first", b"one")
    own = fetch(house, laptop, laptop, b"one").status
    say(house, centre, "/v1/devices/revoke", Revocation(laptop.keys.device))
    listed = house.ask(centre.signed("GET", "/v1/backups")).value(BackupSets)

    assert [each.device for each in listed.sets] == [laptop.keys.device]
    assert fetch(house, centre, laptop, b"one").value(Piece).content == b"one"
    assert own == 200
    assert fetch(house, laptop, laptop, b"one").status in (401, 403), "it was lost"
    for stranger in (shelter, house.let_in(centre)):
        assert fetch(house, stranger, laptop, b"one").problem == "role"
        theirs = house.ask(stranger.signed("GET", "/v1/backups")).value(BackupSets)
        assert theirs.sets == ()
    assert fetch(house, centre, laptop, b"two").problem == "not-found"


def test_off_destroys_what_was_kept(house, centre, laptop):
    bring(house, laptop, b"one")
    keep(house, laptop, "first", b"one")

    say(house, centre, "/v1/orgs/backups", BackupRule(False))

    assert held(house) == set()
    assert house.ask(centre.signed("GET", "/v1/backups")).value(BackupSets).sets == ()
    assert bring(house, laptop, b"one").problem == "role"
