"""Sets of sealed pieces: whole or refused, three at a time, and gone when they must be."""

import shutil
from threading import Event, Thread

from backups_for_tests import bring, digest, fetch, held, keep, left, made, names, say
from hub_for_tests import HubForTests

from sync.protocol.backups import (
    FEW,
    BackupFile,
    BackupRule,
    BackupSet,
    BackupSets,
    Dropping,
    Keeping,
    LeftBehind,
    Pieces,
    SetWanted,
)
from sync.protocol.codec import packed
from sync.protocol.directory import Revocation
from sync.server import blobs, sweeping
from sync.server.standing import standing


def test_a_set_is_kept_only_whole(house, laptop):
    bring(house, laptop, b"one")

    refused = keep(house, laptop, "first", b"one", b"two")

    assert (refused.status, refused.problem) == (409, "piece-unknown")
    assert names(house, laptop) == []
    assert bring(house, laptop, b"two").status == 200
    (kept,) = keep(house, laptop, "first", b"one", b"two", b"one").value(BackupSets).sets
    assert kept.bytes == 9, "a piece that comes twice is put together twice"


def test_a_set_that_could_not_be_put_together_is_refused(house, laptop):
    bring(house, laptop, b"one")
    whole, empty = BackupFile("notes.db", (digest(b"one"),)), BackupFile("notes.db", ())
    capital = BackupFile("Notes.db", ())
    many = tuple(BackupFile(str(number), ()) for number in range(FEW + 1))

    for files in ((), (whole, empty), (whole, capital), many):
        asked = Keeping(BackupSet(laptop.keys.device, "first", files), False)
        assert say(house, laptop, "/v1/backups/keep", asked).problem == "malformed"
    many_names = Dropping(tuple(map(str, range(FEW + 1))))
    assert say(house, laptop, "/v1/backups/drop", many_names).problem == "malformed"
    most = Keeping(BackupSet(laptop.keys.device, "first", (whole, *many[: FEW - 1])), False)
    assert say(house, laptop, "/v1/backups/keep", most).status == 200, "the control"


def test_no_name_leads_elsewhere(house, laptop):
    bring(house, laptop, b"one")

    for name in ("", ".", "..", "../a", "a/b", "a\\b", ".a", "a" * 65, "c:", "하", "a\n"):
        file = BackupFile(name, (digest(b"one"),))
        as_file = Keeping(BackupSet(laptop.keys.device, "first", (file,)), False)
        assert keep(house, laptop, name, b"one").problem == "malformed"
        assert say(house, laptop, "/v1/backups/keep", as_file).problem == "malformed"
    assert keep(house, laptop, "20261128T174500Z-0000000042", b"one").status == 200


def test_the_newest_three_are_kept_and_what_they_name(house, laptop):
    for name in ("1", "2", "3", "4"):
        kept = left(house, laptop, name, b"same", name.encode())
        house.clock.turn(days=1)

    assert kept == ["2", "3", "4"]
    assert held(house) == {b"same", b"2", b"3", b"4"}


def test_the_same_set_again_is_one_set(house, laptop):
    left(house, laptop, "1", b"one")
    house.clock.turn(minutes=1)

    assert left(house, laptop, "1", b"two") == ["1"]
    assert held(house) == {b"two"}


def test_after_a_purge_no_older_set_stays(house, laptop):
    purged = b"sealed, and purged since"
    left(house, laptop, "1", b"same", purged)
    left(house, laptop, "2", b"same", purged, b"2")
    house.clock.turn(days=1)

    assert left(house, laptop, "3", b"same", b"3", replaces_all=True) == ["3"]
    assert held(house) == {b"same", b"3"}
    files = b"".join(file.read_bytes() for file in (house.home / "hub").iterdir())
    assert purged not in files, "nor in SQLite's log"


def test_a_clock_that_was_set_back_costs_no_new_backup(house, laptop):
    for name in ("1", "2", "3"):
        left(house, laptop, name, name.encode())
    house.clock.turn(days=-30)

    assert "4" in left(house, laptop, "4", b"4")
    assert left(house, laptop, "5", b"5", replaces_all=True) == ["5"]
    assert held(house) == {b"5"}


def test_a_laptop_lets_go_of_its_own_sets_at_once(house, centre, laptop):
    other = house.let_in(centre)
    left(house, other, "1", b"theirs")
    left(house, laptop, "1", b"same", b"one")
    left(house, laptop, "2", b"same", b"two")
    bring(house, laptop, b"next")

    answer = say(house, laptop, "/v1/backups/drop", Dropping(("1", "unknown")))

    assert [each.name for each in answer.value(BackupSets).sets] == ["2"]
    assert names(house, laptop) == ["2"]
    assert held(house) == {b"theirs", b"same", b"two"}


def test_off_destroys_what_was_kept(house, centre, laptop):
    lost = house.let_in(centre)
    left(house, laptop, "first", b"one")
    left(house, lost, "first", b"lost")
    say(house, centre, "/v1/devices/revoke", Revocation(lost.keys.device))

    off = say(house, centre, "/v1/orgs/backups", BackupRule(False)).value(BackupRule)

    assert off == BackupRule(False)
    assert held(house) == set()
    assert names(house, centre) == []
    wanted = SetWanted(laptop.keys.device, "first")
    assert say(house, centre, "/v1/backups/set", wanted).problem == "not-found"
    assert fetch(house, centre, laptop, b"one").problem == "not-found"
    assert bring(house, laptop, b"one").problem == "backups-off"
    assert say(house, laptop, "/v1/backups/drop", Dropping(("first",))).problem == "backups-off"


def test_off_and_on_again_begins_with_nothing(house, centre, laptop, monkeypatch):
    left(house, laptop, "first", b"one", b"two", b"three")
    monkeypatch.setattr(sweeping, "AT_ONCE", 1)
    monkeypatch.setattr(sweeping, "AT_MOST", 1)
    for is_on in (False, True):
        say(house, centre, "/v1/orgs/backups", BackupRule(is_on))

    early = bring(house, laptop, b"one")

    assert (early.status, early.problem, early.headers["retry-after"]) == (503, "busy", "60")
    assert names(house, laptop) == []
    assert held(house), "something waits to be destroyed"
    for content in held(house):
        assert fetch(house, centre, laptop, content).problem == "not-found"
    for _ in range(3):
        house.desk.look_after(house.clock())
    assert held(house) == set()
    asked = Pieces((digest(b"one"),))
    assert say(house, laptop, "/v1/backups/missing", asked).value(Pieces) == asked
    assert bring(house, laptop, b"one").status == 200


def test_said_again_the_wish_changes_nothing(house, centre, laptop):
    left(house, laptop, "first", b"one")

    assert say(house, centre, "/v1/orgs/backups", BackupRule(True)).status == 200
    assert names(house, laptop) == ["first"]


def test_what_was_on_its_way_when_it_was_turned_off_does_not_stay(
    a_founded_hub, a_database, tmp_path, monkeypatch
):
    """Two processes: one is putting pieces away while the other is told to destroy all."""
    founded, like = a_founded_hub
    home = shutil.copytree(founded, tmp_path / "two")
    with a_database(like) as address:
        here = HubForTests(home, seed=2, database=address)
        say(here, here.centre, "/v1/orgs/backups", BackupRule(True))
        laptop = here.let_in(here.centre)
        halfway, goes_on = _halfway(monkeypatch)
        putting = Thread(target=bring, args=(here, laptop, b"one"))
        putting.start()
        assert halfway.wait(10)
        off = Thread(target=say, args=(here, here.centre, "/v1/orgs/backups", BackupRule(False)))
        off.start()
        off.join(0.3)
        assert off.is_alive(), "the control: it waits for what is under way"
        goes_on.set()
        putting.join(10)
        off.join(10)

        assert held(here) == set()
        here.close()


def _halfway(monkeypatch):
    halfway, goes_on = Event(), Event()
    meant = blobs._check_space

    def slowly(*given):
        meant(*given)
        halfway.set()
        goes_on.wait(10)

    monkeypatch.setattr(blobs, "_check_space", slowly)
    return halfway, goes_on


def test_much_at_once_leaves_everything_counted(house, centre, laptop):
    """Laptops, an admin who cannot decide and the upkeep, all at the same time."""
    laptops = [laptop, *(house.let_in(centre) for _ in range(2))]
    statuses = []

    def leaves(which):
        for number in range(6):
            contents = [f"{which} {n}".encode() for n in range(number, number + 3)]
            bring(house, laptops[which], *contents)
            kept = keep(house, laptops[which], str(number), *contents, replaces_all=number == 3)
            statuses.append(kept.status)

    def decides():
        for is_on in (False, True) * 3:
            statuses.append(say(house, centre, "/v1/orgs/backups", BackupRule(is_on)).status)
            house.desk.look_after(house.clock())

    at_once = [Thread(target=leaves, args=(which,)) for which in range(3)]
    at_once.append(Thread(target=decides))
    for each in at_once:
        each.start()
    for each in at_once:
        each.join(60)

    assert set(statuses) <= {200, 403, 409, 503}
    held(house)
    for party in laptops:
        bring(house, party, b"last")
        assert keep(house, party, "last", b"last", replaces_all=True).status == 200
    assert held(house) == {b"last"}


def test_what_a_laptop_left_that_was_shut_out_goes_after_ninety_days(house, centre, laptop):
    left(house, laptop, "first", b"lost")
    left(house, house.let_in(centre), "first", b"stays")
    say(house, centre, "/v1/devices/revoke", Revocation(laptop.keys.device))

    house.clock.turn(days=89, hours=23)
    house.desk.look_after(house.clock())
    assert held(house) == {b"lost", b"stays"}
    house.clock.turn(hours=2)
    house.desk.look_after(house.clock())

    assert held(house) == {b"stays"}
    assert names(house, centre) == ["first"]


def test_an_admin_ends_what_a_laptop_left_once_it_is_shut_out_and_nobody_else_does(
    house, centre, shelter, laptop
):
    colleague, theirs = house.let_in(centre), house.let_in(shelter, "admin")
    say(house, theirs, "/v1/orgs/backups", BackupRule(True))
    left(house, laptop, "first", b"same", b"lost")
    left(house, colleague, "first", b"same", b"stays")
    bring(house, laptop, b"loose")
    asked = LeftBehind(laptop.keys.device)

    def told(party):
        answer = say(house, party, "/v1/orgs/backups/drop", asked)
        return answer.status, answer.problem

    assert told(centre) == (403, "role"), "who is in may still leave more"
    say(house, centre, "/v1/devices/revoke", Revocation(laptop.keys.device))
    assert told(colleague) == told(theirs) == (403, "role")
    assert {b"lost", b"loose"} <= held(house)

    answer = say(house, centre, "/v1/orgs/backups/drop", asked)

    (kept,) = answer.value(BackupSets).sets
    assert (kept.device, kept.name) == (colleague.keys.device, "first")
    assert held(house) == {b"same", b"stays"}
    assert say(house, centre, "/v1/orgs/backups/drop", asked).status == 200, "asked again"
    say(house, centre, "/v1/orgs/backups", BackupRule(False))
    assert told(centre) == (403, "backups-off")


def test_shut_out_again_a_laptop_keeps_its_backups_no_longer(house, centre, laptop):
    left(house, laptop, "first", b"lost")
    lost = Revocation(laptop.keys.device)
    say(house, centre, "/v1/devices/revoke", lost)
    house.clock.turn(days=80)
    assert say(house, centre, "/v1/devices/revoke", lost).status == 200

    house.clock.turn(days=9, hours=23)
    house.desk.look_after(house.clock())
    assert held(house) == {b"lost"}
    house.clock.turn(hours=2)
    house.desk.look_after(house.clock())

    assert held(house) == set()


def test_pieces_that_no_set_names_are_swept_after_a_week(house, laptop):
    left(house, laptop, "first", b"one")
    bring(house, laptop, b"loose")
    house.clock.turn(days=6)
    bring(house, laptop, b"later")

    house.clock.turn(days=6)
    house.desk.look_after(house.clock())
    assert held(house) == {b"one", b"loose", b"later"}, "a slow line goes on for long"
    house.clock.turn(days=1, minutes=1)
    house.desk.look_after(house.clock())

    assert held(house) == {b"one"}
    assert names(house, laptop) == ["first"]


def test_much_is_destroyed_a_little_at_a_time(house, laptop, monkeypatch):
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)
    monkeypatch.setattr(sweeping, "AT_MOST", 2)
    left(house, laptop, "1", *(bytes([n]) for n in range(10)))

    left(house, laptop, "2", b"new", replaces_all=True)
    assert len(held(house)) == 1 + 6
    house.desk.look_after(house.clock())

    assert len(held(house)) == 1 + 2
    house.desk.look_after(house.clock())
    assert held(house) == {b"new"}


def test_the_figures_tell_how_much_is_kept(house, laptop):
    left(house, laptop, "first", b"one", b"three")

    with house.hub.store.reading() as db:
        assert standing(db, house.clock()).backups == 8


def test_a_set_is_told_as_it_was_said(house, laptop):
    bring(house, laptop, b"one", b"two")
    keep(house, laptop, "first", b"one", b"two")
    wanted = SetWanted(laptop.keys.device, "first")

    told = say(house, laptop, "/v1/backups/set", wanted).value(BackupSet)

    assert packed(told) == packed(made(laptop, "first", b"one", b"two"))
