"""A hub, or whoever stands between, cannot make a laptop believe another directory."""

import random
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from tuf_for_tests import Keepers

from sync.client.directory import renewed
from sync.client.errors import DirectoryRefused, TooSlow, Unreachable
from sync.protocol.codec import packed
from sync.protocol.directory import Listing, SealingKey
from sync.trust.layout import TIMESTAMP, WHOLE, Network, Role, newest
from sync.trust.making import public_of, root, signed

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def a_listing(org, key=b"k"):
    record = msgspec.Raw(f'{{"description":"","id":"{org}","name":"{org}"}}'.encode())
    return Listing(org, record, bytes(32), (SealingKey(1, 1, key),))


class Hub:
    """Serves what it is given, and remembers what was asked."""

    def __init__(self, keepers):
        self.keepers, self.asked = keepers, []
        self.twist = lambda path, raw: raw

    def published(self, path, most):
        self.asked.append(path)
        if path == WHOLE:
            targets = {p: raw for p, raw in self.keepers.files.items() if "/" in p}
            return self.twist(path, packed(targets))
        return self.twist(path, self.keepers.fetch(path, most))


@pytest.fixture
def keepers():
    made = Keepers(NIGHT, chance=random.Random(1388).randbytes)
    made.publish([a_listing("centre"), a_listing("shelter")], NIGHT)
    made.stamp(NIGHT)
    return made


@pytest.fixture
def hub(keepers):
    return Hub(keepers)


@pytest.fixture
def first(hub, keepers):
    found = renewed({}, keepers.fingerprint, hub, NIGHT, "practice")
    hub.asked.clear()
    return found


def again(first, hub, now=NIGHT, root_of=b"\0" * 32):
    return renewed(first.files, root_of, hub, now, "practice")


def test_who_is_new_reads_it_in_a_handful_of_questions(hub, keepers):
    found = renewed({}, keepers.fingerprint, hub, NIGHT, "practice")

    assert [listing.org for listing in found.book.listings] == ["centre", "shelter"]
    assert (found.book.world, found.book.version) == ("practice", 1)
    assert found.book.expires == NIGHT + 7 * DAY
    # The root it pins, is there a newer one, stamp, snapshot, targets, all listings, the network.
    assert len(hub.asked) <= 7


def test_nothing_new_costs_two_small_questions(first, hub):
    found = again(first, hub)

    assert found.book.listings == first.book.listings
    assert hub.asked == ["2.root.json", "timestamp.json"]


def test_only_what_changed_is_fetched(first, hub, keepers):
    keepers.publish([a_listing("centre"), a_listing("shelter", b"new")], NIGHT)
    keepers.stamp(NIGHT)

    found = again(first, hub)

    assert found.book.version == 2
    fetched = [path for path in hub.asked if path.startswith("orgs/")]
    assert len(fetched) == 1
    assert fetched[0].endswith(".shelter.json")


def test_who_is_listed_no_more_is_gone(first, hub, keepers):
    keepers.publish([a_listing("centre")], NIGHT)
    keepers.stamp(NIGHT)

    found = again(first, hub)

    assert [listing.org for listing in found.book.listings] == ["centre"]
    assert not any("shelter" in path for path in found.files)


def refused(why, *asked, **more):
    with pytest.raises(DirectoryRefused) as error:
        again(*asked, **more)
    assert error.value.why in why


def test_another_root_than_the_pinned_one_is_refused(hub, keepers):
    other = Keepers(NIGHT, chance=random.Random(7).randbytes)

    with pytest.raises(DirectoryRefused) as error:
        renewed({}, other.fingerprint, hub, NIGHT, "practice")

    assert error.value.why == "another root"


def test_an_older_repository_is_refused(first, hub, keepers):
    old = dict(keepers.files)
    keepers.publish([a_listing("centre")], NIGHT)
    keepers.stamp(NIGHT)
    newer = again(first, hub)

    keepers.files = old

    refused({"older"}, newer, hub)


def test_a_repository_that_stands_still_is_refused_once_its_stamp_has_run_out(first, hub):
    again(first, hub, now=NIGHT + 6 * DAY)

    refused({"expired"}, first, hub, now=NIGHT + 8 * DAY)


def test_a_hub_that_stamps_for_ever_is_refused_once_its_snapshot_has_run_out(first, hub, keepers):
    later = NIGHT + 91 * DAY
    keepers.stamp(later)

    refused({"expired"}, first, hub, now=later)


def test_parts_of_two_versions_do_not_go_together(first, hub, keepers):
    before = dict(keepers.files)
    keepers.publish([a_listing("centre")], NIGHT)
    keepers.stamp(NIGHT)
    hub.twist = lambda path, raw: before["1.targets.json"] if path == "2.targets.json" else raw

    refused({"forged", "older"}, first, hub)


def test_a_listing_that_was_changed_on_the_way_is_refused(hub, keepers):
    hub.twist = lambda path, raw: (
        raw.replace(b'"epoch":1', b'"epoch":7') if "shelter" in path or path == WHOLE else raw
    )

    with pytest.raises(DirectoryRefused):
        renewed({}, keepers.fingerprint, hub, NIGHT, "practice")


def test_the_hubs_own_key_signs_nothing_but_the_stamp(first, hub, keepers):
    keepers.targets = keepers.snapshot = keepers.timestamp
    keepers.publish([a_listing("centre"), a_listing("shelter", b"the hub's")], NIGHT)
    keepers.stamp(NIGHT)

    refused({"forged"}, first, hub)


def test_one_keeper_alone_makes_no_root(first, hub, keepers):
    before = keepers.files["1.root.json"]
    keepers.targets = keepers.snapshot = keepers.timestamp
    keepers.files["2.root.json"] = keepers.signed_root(NIGHT, before, keepers.roots[:1] * 2)
    keepers.publish([a_listing("centre")], NIGHT)
    keepers.stamp(NIGHT)

    refused({"forged"}, first, hub)


def test_keepers_of_another_network_make_no_root(first, hub, keepers):
    before, chance = keepers.files["1.root.json"], random.Random(9).randbytes
    keepers.roots = tuple(chance(32) for _ in range(3))
    keepers.files["2.root.json"] = keepers.signed_root(NIGHT, before)
    keepers.publish([a_listing("centre")], NIGHT)
    keepers.stamp(NIGHT)

    refused({"forged"}, first, hub)


def test_a_key_that_two_keepers_replaced_counts_and_the_old_one_no_more(first, hub, keepers):
    before, old = keepers.files["1.root.json"], keepers.targets
    keepers.targets = bytes(range(32))
    keepers.files["2.root.json"] = keepers.signed_root(NIGHT, before)
    keepers.publish([a_listing("centre")], NIGHT)
    keepers.stamp(NIGHT)

    found = again(first, hub)

    assert [listing.org for listing in found.book.listings] == ["centre"]
    keepers.targets = old
    keepers.publish([a_listing("centre"), a_listing("shelter")], NIGHT)
    keepers.stamp(NIGHT)
    refused({"forged"}, found, hub)


def test_a_repository_of_the_other_world_is_refused(keepers, hub):
    keepers.network = Network("practice", "real")
    keepers.publish([a_listing("centre")], NIGHT)
    keepers.stamp(NIGHT)

    with pytest.raises(DirectoryRefused) as error:
        renewed({}, keepers.fingerprint, hub, NIGHT, "practice")

    assert error.value.why == "world"


@pytest.mark.parametrize("path", ["timestamp.json", "1.snapshot.json", "1.targets.json"])
def test_whatever_is_answered_is_refused_or_believed_and_never_a_crash(path, hub, keepers):
    chance = random.Random(path)
    true = keepers.files[path]
    for _ in range(40):
        at = chance.randrange(len(true))
        bad = chance.choice(
            [
                true[:at],
                true[:at] + chance.randbytes(4) + true[at:],
                chance.randbytes(at),
                b"",
                None,
            ]
        )
        hub.twist = lambda asked, raw, bad=bad: bad if asked == path else raw
        with pytest.raises(DirectoryRefused):
            renewed({}, keepers.fingerprint, hub, NIGHT, "practice")


def test_a_huge_answer_is_asked_for_no_further_than_it_may_be_long(hub, keepers):
    mosts = []
    true = hub.published

    def published(path, most):
        mosts.append((path, most))
        return true(path, most)

    hub.published = published
    renewed({}, keepers.fingerprint, hub, NIGHT, "practice")

    assert max(most for _, most in mosts) <= 32 << 20
    assert dict(mosts)["timestamp.json"] <= 16 << 10
    hub.twist = lambda path, raw: bytes(9 << 10) if path == "timestamp.json" else raw
    with pytest.raises(DirectoryRefused):
        renewed({}, keepers.fingerprint, hub, NIGHT, "practice")


def test_a_line_that_drops_is_a_line_that_dropped(first, hub, keepers):
    keepers.publish([a_listing("centre")], NIGHT)
    keepers.stamp(NIGHT)

    def drop(path, raw):
        if path == "2.targets.json":
            raise Unreachable
        return raw

    hub.twist = drop
    with pytest.raises(Unreachable):
        again(first, hub)


def test_a_hub_that_drips_is_left(first, hub, keepers, monkeypatch):
    clock = iter(range(0, 100_000, 400))
    monkeypatch.setattr("sync.client.directory.monotonic", lambda: next(clock))

    with pytest.raises(TooSlow):
        again(first, hub)


def test_a_root_that_renews_itself_for_ever_ends(first, hub, keepers):
    raw = keepers.files["1.root.json"]
    for number in range(2, 80):
        raw = keepers.signed_root(NIGHT, raw)
        keepers.files[f"{number}.root.json"] = raw

    again(first, hub)

    assert len([path for path in hub.asked if path.endswith(".root.json")]) <= 64


def test_two_signatures_of_one_keeper_are_one(keepers):
    raw = root(keepers.holders, NIGHT)
    twice = signed(signed(raw, keepers.roots[0]), keepers.roots[0])

    assert twice == signed(raw, keepers.roots[0])
    assert newest(keepers.files, Role.ROOT)[0] == 1
    assert public_of(keepers.roots[0]) in keepers.holders.root
    assert TIMESTAMP in keepers.files
