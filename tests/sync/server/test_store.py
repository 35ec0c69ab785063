import fcntl
import os
import secrets
import sqlite3
import stat
import subprocess
import sys
import threading
import time

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hub_for_tests import NIGHT, WORDS, HubForTests, header_of
from sqlalchemy import inspect

from sync.server import engines, founding, mailbox, office, tables
from sync.server.founding import NoHub, TooNew, WrongKey, WrongWorld, hub_in, open_hub
from sync.server.store import Crossed, Store, StoreFailed, written

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True, scope="session")
POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True, scope="session")


@pytest.fixture
def opened(tmp_path, database):
    """Opens the hub of this test's folder and database."""

    def opened(world="practice", home=tmp_path):
        return open_hub(home, world, secrets.token_bytes, database)

    return opened


@pytest.fixture
def store(opened):
    hub = opened()
    yield hub.store
    hub.store.close()


def tables_in(home, database):
    store = Store(home, database)
    with store.reading() as db:
        names = inspect(db._said._connection).get_table_names()
    store.close()
    return names


def test_the_migrations_make_exactly_the_tables_the_program_uses(store):
    found = []

    store.upgrade(
        lambda connection: found.extend(
            compare_metadata(MigrationContext.configure(connection), tables.metadata)
        )
    )

    assert found == []


@SQLITE
def test_a_copy_that_takes_long_holds_up_no_writer_and_nothing_deleted_stays(
    store, tmp_path, monkeypatch
):
    copying = sqlite3.connect(tmp_path / "hub.db", isolation_level=None)
    copying.execute("BEGIN")
    copying.execute("SELECT count(*) FROM meta").fetchone()
    secret = b"sealed, and to be destroyed"
    with store.writing() as db:
        db.add(tables.blob_content, {"device_id": "d", "sha256": "s", "content": secret})

    began = time.monotonic()
    for _ in range(5):
        with store.writing() as db:
            db.remove(tables.blob_content, device_id="d")
            db.must_wipe = True
    took = time.monotonic() - began
    held = (tmp_path / "hub.db-wal").read_bytes()
    copying.close()
    monkeypatch.setattr(engines, "monotonic", lambda: time.monotonic() + 60)
    with store.writing() as db:
        db.change(tables.meta, {"key": "none"}, value="")

    assert took < 2
    assert secret in held, "the control: it could not be emptied yet"
    left = b"".join(file.read_bytes() for file in tmp_path.glob("hub.db*"))
    assert secret not in left


@SQLITE
@pytest.mark.parametrize("way", ["reading", "writing"])
def test_the_promises_of_the_database_are_switched_on(store, way):
    with getattr(store, way)() as db:
        said = {
            name: db._said._connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }

    assert said == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_a_failed_transaction_leaves_nothing(store):
    def fails():
        with store.writing() as db:
            db.add(tables.meta, {"key": "a", "value": "b"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()

    with store.reading() as db:
        assert db.one(tables.meta, key="a") is None


def test_a_failed_attempt_undoes_itself_only(store):
    with store.writing() as db:
        db.add(tables.meta, {"key": "before", "value": ""})
        with pytest.raises(StoreFailed):
            _attempt(db, "inside", "before")
        db.add(tables.meta, {"key": "after", "value": ""})

    with store.reading() as db:
        keys = {row["key"] for row in db.all(tables.meta)}
    assert {"before", "after"} < keys
    assert "inside" not in keys


def test_what_is_too_much_at_once_is_walked_through_by_its_keys(store):
    names = {f"{number:x}-{letter}" for number in range(40) for letter in "aZ가"}
    seen, after = [], ""
    with store.writing() as db:
        db.add(tables.org, *({**_AN_ORG, "id": name} for name in names))

        while few := db.keys(tables.org, after, 7):
            seen += few
            db.remove(tables.org, id=few[:3])
            after = few[-1]

    assert sorted(seen) == sorted(names)


_AN_ORG = {"status": "active", "sign_pub": b"", "epochs": "[]", "created_at": ""}


def test_what_a_failure_says_holds_no_values(store):
    with pytest.raises(StoreFailed) as failed, store.writing() as db:
        db.add(tables.meta, {"key": "world", "value": "비밀"})

    assert "비밀" not in repr(failed.value) + str(failed.value.__cause__)


def test_the_hub_is_the_same_after_a_restart(opened):
    first = opened()
    first.store.close()

    second = opened()
    second.store.close()

    assert (first.id, first.epoch, first.key.public) == (
        second.id,
        second.epoch,
        second.key.public,
    )


def test_practice_and_real_never_mix(opened):
    opened().store.close()

    with pytest.raises(WrongWorld):
        opened("real")


def test_a_folder_with_another_key_cannot_speak_for_the_hub(opened, tmp_path):
    opened().store.close()
    (tmp_path / "hub.key").write_bytes(b"k" * 32)

    with pytest.raises(WrongKey):
        opened()


def test_a_hub_is_founded_only_where_there_is_nothing_yet(opened, tmp_path):
    place = tmp_path / "somebody's"
    place.mkdir(mode=0o755)
    (place / "letter").write_text("theirs", "utf-8")

    with pytest.raises(NoHub):
        opened(home=place)

    assert [file.name for file in place.iterdir()] == ["letter"]
    assert stat.S_IMODE(place.stat().st_mode) == 0o755


@SQLITE
@pytest.mark.parametrize("left", ["hub.key", "hub.db"])
def test_what_is_left_of_a_hub_is_not_taken_for_a_new_one(opened, tmp_path, left):
    opened().store.close()
    for file in tmp_path.iterdir():
        if file.name != left:
            file.unlink()

    with pytest.raises(NoHub):
        opened()

    assert [file.name for file in tmp_path.iterdir()] == [left]


@SQLITE
@pytest.mark.parametrize("left", [(), ("hub.new",), ("hub.key",)], ids=str)
def test_a_founding_that_was_cut_off_goes_on(opened, tmp_path, left):
    for name in ("hub.db", *left):
        (tmp_path / name).write_bytes(b"k" * 32 if name == "hub.key" else b"")

    hub = opened()
    hub.store.close()

    assert hub.epoch


@POSTGRESQL
def test_another_hub_is_not_founded_in_a_database_that_is_empty(tmp_path, postgres, engine):
    own, empty = postgres.new(), postgres.new()
    first = open_hub(tmp_path, "practice", secrets.token_bytes, own)
    first.store.close()

    with pytest.raises(StoreFailed):
        open_hub(tmp_path, "practice", secrets.token_bytes, empty)

    assert tables_in(tmp_path, empty) == []
    again = open_hub(tmp_path, "practice", secrets.token_bytes, own)
    again.store.close()
    assert (again.id, again.epoch) == (first.id, first.epoch)


def test_a_founding_elsewhere_that_was_cut_off_goes_on(tmp_path, database, monkeypatch):
    def cut_off(_store):
        raise StoreFailed

    with monkeypatch.context() as patched:
        patched.setattr(founding, "migrate", cut_off)
        with pytest.raises(StoreFailed):
            open_hub(tmp_path, "practice", secrets.token_bytes, database)
    assert (tmp_path / "hub.key").exists()

    hub = open_hub(tmp_path, "practice", secrets.token_bytes, database)
    hub.store.close()

    assert hub.epoch
    assert not list(tmp_path.glob("*.new"))


def test_whoever_only_opens_founds_nothing(tmp_path, database):
    with pytest.raises(NoHub):
        hub_in(tmp_path / "none", "practice", database)
    assert not (tmp_path / "none").exists()

    (tmp_path / "hub.key").write_bytes(b"k" * 32)
    (tmp_path / "hub.db").touch()
    with pytest.raises(StoreFailed):
        hub_in(tmp_path, "practice", database)

    assert tables_in(tmp_path, database) == []


def test_whoever_only_opens_finds_the_hub_that_is_there(opened, tmp_path, database):
    first = opened()
    first.store.close()

    again = hub_in(tmp_path, "practice", database)
    again.store.close()

    assert (again.id, again.epoch) == (first.id, first.epoch)


def test_a_database_of_a_newer_program_is_left_alone(opened):
    hub = opened()
    with hub.store.writing() as db:
        db._said._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    hub.store.close()

    with pytest.raises(TooNew):
        opened()


def test_a_restored_hub_has_a_new_epoch(opened):
    first = opened()
    epoch = office.restored(first, secrets.token_bytes, NIGHT)
    first.store.close()

    second = opened()
    second.store.close()

    assert second.epoch == epoch != first.epoch
    assert second.id == first.id


@SQLITE
def test_nobody_else_on_the_machine_can_read_the_folder(tmp_path, store):
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}

    assert set(modes.values()) == {0o600}
    assert {"hub.key", "hub.db"} < set(modes)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_two_processes_may_write_in_turn(tmp_path, database, store):
    office_store = Store(tmp_path, database)

    for turn, each in enumerate((store, office_store, store, office_store)):
        with each.writing() as db:
            db.add(tables.meta, {"key": str(turn), "value": ""})

    with office_store.reading() as db:
        assert {"0", "1", "2", "3"} <= {row["key"] for row in db.all(tables.meta)}
    office_store.close()


@SQLITE
def test_whoever_writes_keeps_every_other_process_out(tmp_path, store):
    handle = os.open(tmp_path / "turn", os.O_RDWR)

    with store.writing(), pytest.raises(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)


def test_who_reads_sees_one_moment(tmp_path, database, store):
    other = Store(tmp_path, database)

    with other.reading() as db:
        before = db.all(tables.meta)
        with store.writing() as busy:
            busy.add(tables.meta, {"key": "meanwhile", "value": ""})
        assert db.all(tables.meta) == before

    with other.reading() as db:
        assert db.one(tables.meta, key="meanwhile")
    other.close()


@POSTGRESQL
def test_who_reads_cannot_write(store):
    with pytest.raises(StoreFailed), store.reading() as db:
        db.add(tables.meta, {"key": "a", "value": "b"})


@POSTGRESQL
def test_who_locked_a_row_first_goes_first(tmp_path, database, store):
    with store.writing() as db:
        mailbox.open_box(db, "org:a")
    other, done = Store(tmp_path, database), []

    def raises():
        with other.writing() as db:
            done.append(db.advance("org:a", 1))

    with store.writing() as db:
        db.locked(tables.mailbox, id="org:a")
        waiting = threading.Thread(target=raises)
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
        done.append(db.advance("org:a", 1))
    waiting.join()

    assert done == [1, 2]
    other.close()


@POSTGRESQL
def test_two_that_wait_for_each_other_both_get_done(store):
    with store.writing() as db:
        mailbox.open_box(db, "org:a")
        mailbox.open_box(db, "org:b")
    both, tries = threading.Barrier(2), []

    def raises(first, second):
        def work(db):
            tries.append(first)
            db.advance(first, 1)
            if tries.count(first) == 1:
                both.wait(60)
            db.advance(second, 1)

        written(store, work)

    threads = [threading.Thread(target=raises, args=pair) for pair in (BOXES, BOXES[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 3 <= len(tries) < 6  # on a busy machine they may meet once more
    with store.reading() as db:
        assert mailbox.heads(db, ["a", "b", "c"]) == {"a": 2, "b": 2}


BOXES = ("org:a", "org:b")


def test_what_is_crossed_again_and_again_is_given_up(store):
    tries = []

    def crossed(db):
        tries.append(db)
        raise Crossed

    with pytest.raises(Crossed):
        written(store, crossed)

    assert 1 < len(tries) < 10


def test_a_connection_that_breaks_is_a_failure_of_the_store(store):
    def breaks():
        with store.writing() as db, db.attempt():
            db._said._connection.connection.driver_connection.close()
            db.all(tables.meta)

    with pytest.raises(StoreFailed):
        breaks()


OPENING = """
import secrets, sys
from pathlib import Path
from sync.server.founding import open_hub
print("here", flush=True)
input()
hub = open_hub(Path(sys.argv[1]), "practice", secrets.token_bytes, sys.argv[2])
print(hub.id, hub.epoch)
hub.store.close()
"""


def test_processes_that_start_at_once_found_one_hub(tmp_path, database):
    (tmp_path / "hub.key").write_bytes(b"k" * 32)
    (tmp_path / ("founding.new" if database else "hub.db")).touch()
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPENING, tmp_path, database],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    assert [process.stdout.readline() for process in started] == ["here\n"] * 3

    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    said = {process.communicate(timeout=60)[0] for process in started}

    assert [process.returncode for process in started] == [0, 0, 0]
    assert len(said) == 1


@SQLITE
def test_the_hubs_folder_holds_nothing_that_opens(tmp_path, engine):
    house = HubForTests(tmp_path)
    centre, shelter = house.centre, house.shelter
    consent = centre.fresh()
    message = centre.referral(consent, shelter)
    house.exchange(centre, centre.consent(consent, shelter), message)
    house.exchange(shelter, shelter.note(header_of(message).ref, centre))
    house.close()

    held = b"".join(file.read_bytes() for file in (tmp_path / "hub").iterdir())

    secret = [
        getattr(party.own, name)
        for party in (centre, shelter)
        for name in ("org_sign", "org_seal", "device_sign", "device_seal")
    ]
    assert not [needle for needle in (*secret, WORDS.encode()) if needle in held]
    assert message.ct[100:200] in held, "the scan must be able to find what is there"


def _attempt(db, *keys):
    with db.attempt():
        for key in keys:
            db.add(tables.meta, {"key": key, "value": ""})
