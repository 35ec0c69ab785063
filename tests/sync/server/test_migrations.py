"""A hub of before goes on as it was."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from sync.server import founding, readers, tables
from sync.server.stamps import stamp
from sync.server.store import Store

THEN = datetime(2026, 11, 1, tzinfo=UTC)
BEFORE = """
INSERT INTO mailbox (id, head, acked) VALUES ('org:a', 3, 2), ('org:b', 1, 0);
INSERT INTO packet (message_id, ref, kind, device_id, wire) VALUES
  ('m1', 'r', 'task-note', 'd', :wire), ('m2', 'r', 'task-note', 'd', :wire),
  ('m3', 'r', 'task-note', 'd', :wire);
INSERT INTO delivery
  (mailbox, seq, kind, ref, message_id, state, version, reason, created_at, acked_at) VALUES
  ('org:a', 1, 'task-note', 'r', 'm1', '', 1, '', :at, :at),
  ('org:a', 2, 'task-note', 'r', 'm2', '', 1, '', :at, :at),
  ('org:a', 3, 'task-note', 'r', 'm3', '', 1, '', :at, ''),
  ('org:b', 1, 'task-note', 'r', 'm2', '', 1, '', :at, '')
"""


@pytest.fixture
def store(tmp_path, database):
    store = Store(tmp_path, database)
    yield store
    store.close()


def brought_to(store, revision):
    config = Config()
    config.set_main_option("script_location", str(founding._MIGRATIONS))

    def upgrade(connection):
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    store.upgrade(upgrade)


def test_what_one_device_acknowledged_before_still_counts(store):
    brought_to(store, "0003")
    store.upgrade(
        lambda connection: [
            connection.execute(text(said), _values(said)) for said in BEFORE.split(";")
        ]
    )

    brought_to(store, "head")
    with store.writing() as db:
        db.add(tables.meta, {"key": "hub", "value": ""})
        assert not readers.purge(db, THEN + timedelta(days=29))
        assert readers.purge(db, THEN + timedelta(days=31))
        assert not readers.purge(db, THEN + timedelta(days=31))

    with store.reading() as db:
        left = {row["message_id"] for row in db.all(tables.packet)}
        assert left == {"m2", "m3"}, "another mailbox has not read m2"
        assert db.one(tables.mailbox, id="org:a")["purged"] == 2
        assert len(db.all(tables.delivery)) == 4


def _values(said):
    values = {"wire": b"wire", "at": stamp(THEN)}
    return {name: value for name, value in values.items() if f":{name}" in said}
