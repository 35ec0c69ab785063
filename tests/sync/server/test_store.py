import fcntl
import os
import secrets
import stat

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hub_for_tests import WORDS, HubForTests, header_of

from sync.server import office, tables
from sync.server.founding import WrongWorld, open_hub
from sync.server.store import Store, StoreFailed


@pytest.fixture
def store(tmp_path):
    hub = open_hub(tmp_path, "practice", secrets.token_bytes)
    yield hub.store
    hub.store.close()


def test_the_migrations_make_exactly_the_tables_the_program_uses(store):
    with store.engine_for_migrations() as engine, engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), tables.metadata)

    assert found == []


def test_the_promises_of_the_database_are_switched_on(store):
    with store.reading() as db:
        said = {
            name: db._connection.exec_driver_sql(f"PRAGMA {name}").scalar()
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


def test_what_a_failure_says_holds_no_values(store):
    with pytest.raises(StoreFailed) as failed, store.writing() as db:
        db.add(tables.meta, {"key": "world", "value": "비밀"})

    assert "비밀" not in repr(failed.value) + str(failed.value.__cause__)


def test_the_hub_is_the_same_after_a_restart(tmp_path):
    first = open_hub(tmp_path, "practice", secrets.token_bytes)
    first.store.close()

    second = open_hub(tmp_path, "practice", secrets.token_bytes)
    second.store.close()

    assert (first.id, first.epoch, first.key.public) == (
        second.id,
        second.epoch,
        second.key.public,
    )


def test_practice_and_real_never_mix(tmp_path):
    open_hub(tmp_path, "practice", secrets.token_bytes).store.close()

    with pytest.raises(WrongWorld):
        open_hub(tmp_path, "real", secrets.token_bytes)


def test_a_restored_hub_has_a_new_epoch(tmp_path):
    first = open_hub(tmp_path, "practice", secrets.token_bytes)
    epoch = office.restored(first, secrets.token_bytes)
    first.store.close()

    second = open_hub(tmp_path, "practice", secrets.token_bytes)
    second.store.close()

    assert second.epoch == epoch != first.epoch
    assert second.id == first.id


def test_nobody_else_on_the_machine_can_read_the_folder(tmp_path, store):
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}

    assert set(modes.values()) == {0o600}
    assert {"hub.key", "hub.db"} < set(modes)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_two_processes_may_write_in_turn(tmp_path, store):
    office_store = Store(tmp_path)

    for turn, each in enumerate((store, office_store, store, office_store)):
        with each.writing() as db:
            db.add(tables.meta, {"key": str(turn), "value": ""})

    with office_store.reading() as db:
        assert len(db.all(tables.meta)) == 7
    office_store.close()


def test_whoever_writes_keeps_every_other_process_out(tmp_path, store):
    handle = os.open(tmp_path / "turn", os.O_RDWR)

    with store.writing(), pytest.raises(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)


def test_the_hubs_folder_holds_nothing_that_opens(tmp_path):
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
