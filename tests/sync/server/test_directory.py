"""The hub serves what the keepers signed, stamps it once a day, and signs nothing else."""

import msgspec
import pytest
from tuf_for_tests import Keepers

from sync.client.directory import renewed
from sync.client.errors import DirectoryRefused
from sync.protocol.codec import canonical
from sync.server import directory, office, tables
from sync.server.refusals import Rejected
from sync.trust.layout import TIMESTAMP, WHOLE
from sync.trust.making import ends, public_of


class Line:
    def __init__(self, house):
        self.house = house
        self.asked = []

    def published(self, path, most):
        self.asked.append(path)
        answer = self.house.get(f"/v1/tuf/{path}")
        return answer.body if answer.status == 200 else None


def read(house, kept=None):
    root = house.keepers.fingerprint
    return renewed(kept or {}, root, Line(house), house.clock(), "practice")


def test_a_laptop_proves_what_the_hub_serves(house, centre):
    found = read(house)

    assert centre.org in {listing.org for listing in found.book.listings}
    assert read(house, found.files).book.listings == found.book.listings


def test_a_laptop_asks_for_the_whole_directory_once_and_then_for_what_is_new(house):
    root, line = house.keepers.fingerprint, Line(house)
    first = renewed({}, root, line, house.clock(), "practice")
    assert line.asked.count(WHOLE) == 1

    house.publish(2, house.centre, house.shelter)
    house.clock.turn(minutes=2)
    again = renewed(first.files, root, line, house.clock(), "practice")

    assert again.book.version == 2
    assert line.asked.count(WHOLE) == 1


def test_the_stamp_is_made_anew_once_a_day_and_no_sooner(house):
    first = house.get(f"/v1/tuf/{TIMESTAMP}").body
    house.clock.turn(hours=23)
    house.shelf.restamp(house.clock())
    with house.hub.store.reading() as db:
        assert directory.repository(db)[TIMESTAMP] == first

    house.clock.turn(hours=2)
    house.shelf.restamp(house.clock())

    with house.hub.store.reading() as db:
        assert ends(directory.repository(db)[TIMESTAMP]) > ends(first)


def test_a_hub_that_was_down_for_a_month_stamps_first(house):
    house.clock.turn(days=30)
    with pytest.raises(DirectoryRefused):
        read(house)

    house.shelf.restamp(house.clock())
    house.clock.turn(minutes=2)  # other processes look again within a minute

    assert read(house).book.expires > house.clock()


def test_who_is_half_way_through_a_version_still_finds_it(house, centre, shelter):
    before = house.publish(2, centre, shelter)
    house.publish(3, centre)

    assert all(house.get(f"/v1/tuf/{path}").status == 200 for path in before)

    house.publish(4, centre)
    assert house.get("/v1/tuf/2.targets.json").status == 404


def test_a_retired_key_takes_nothing_new(house, centre, shelter):
    listing = shelter.own.listing(canonical({"id": shelter.org}))
    (old,) = listing.sealing_keys
    new = msgspec.structs.replace(old, epoch=2)
    keys = (msgspec.structs.replace(old, is_retired=True), new)
    mine = centre.own.listing(canonical({"id": centre.org}))

    house.publish_listings(2, (mine, msgspec.structs.replace(listing, sealing_keys=keys)))

    consent = centre.fresh()
    outcomes = house.outcomes(
        centre, centre.consent(consent, shelter), centre.referral(consent, shelter)
    )
    assert outcomes == ["accepted", "rejected:key-epoch-retired"]


def test_other_keepers_are_not_believed(house, centre):
    stamps = public_of(house.hub.key.timestamp_seed)
    others = Keepers(house.clock(), timestamp=stamps)
    others.version = 5
    files = others.publish((centre.own.listing(b"{}"),), house.clock())

    with pytest.raises(Rejected):
        office.publish(house.hub, files, house.clock())


def test_a_directory_from_before_there_were_files_gives_way(house, centre):
    with house.hub.store.writing() as db:
        for row in db.all(tables.directory):
            db.remove(tables.directory, version=row["version"])
        old = {"version": 40, "book": b'{"version":40}', "sig": bytes(64), "published_at": ""}
        db.add(tables.directory, old)
    house.shelf.restamp(house.clock())

    files = house.keepers.publish((centre.own.listing(b'{"id":"c"}'),), house.clock())
    office.publish(house.hub, files, house.clock())

    with house.hub.store.reading() as db:
        assert directory.version(db) == 1
    house.clock.turn(minutes=2)
    assert [listing.org for listing in read(house).book.listings] == [centre.org]
