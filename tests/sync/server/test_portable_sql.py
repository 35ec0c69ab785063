"""No feature beyond portable SQL. Every statement of every test here is watched (conftest)."""

import ast
from pathlib import Path

import pytest
from hub_for_tests import HubForTests
from portable_sql import strange, watched
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite

from sync.server import tables

SERVER = Path(__file__).parents[3] / "sync" / "server"

PLANTED = {
    "notify": "NOTIFY mail",
    "listen": "LISTEN mail",
    "advisory lock": "SELECT pg_advisory_xact_lock(?)",
    "advisory lock, qualified": "SELECT pg_catalog.pg_advisory_lock(1) FROM pg_catalog.pg_class",
    "skip locked": "SELECT device.id FROM device FOR UPDATE SKIP LOCKED",
    "on conflict": "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
    "or replace": "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
    "array": "SELECT device.id FROM device WHERE device.id = ANY(?)",
    "array literal": "SELECT device.id FROM device WHERE device.id[1] = ?",
    "json": "SELECT org.epochs ->> 'a' FROM org",
    "json function": "SELECT json_extract(org.epochs, '$.a') FROM org",
    "serial": "CREATE TABLE packet (seq BIGSERIAL NOT NULL, PRIMARY KEY (seq))",
    "identity": "CREATE TABLE packet (seq BIGINT GENERATED ALWAYS AS IDENTITY)",
    "sequence": "CREATE SEQUENCE packet",
    "trigger": "CREATE TRIGGER packet AFTER INSERT ON delivery",
    "partial index": "CREATE INDEX device_by_org ON device (org_id) WHERE status = 'enrolled'",
    "index method": "CREATE INDEX device_by_org ON device USING gin (org_id)",
    "returning": "DELETE FROM packet WHERE packet.ref = ? RETURNING packet.message_id",
    "returning what was inserted": "INSERT INTO meta (key) VALUES (?) RETURNING key",
    "cast of its own": "SELECT device.id::uuid FROM device",
    "a clock of its own": "UPDATE device SET decided_at=CURRENT_TIMESTAMP",
    "regular expression": "SELECT device.id FROM device WHERE device.id ~ ?",
    "rowid": "SELECT rowid FROM delivery",
}


@pytest.mark.parametrize("statement", PLANTED.values(), ids=PLANTED)
def test_a_planted_feature_is_caught(statement):
    assert strange(statement)


@pytest.mark.parametrize("dialect", [sqlite, postgresql], ids=["sqlite", "postgresql"])
def test_a_planted_upsert_of_a_dialect_is_caught(dialect):
    upsert = dialect.insert(tables.meta).values(key="a", value="b").on_conflict_do_nothing()

    assert strange(str(upsert.compile(dialect=dialect.dialect())))


def test_what_is_planted_in_a_running_hub_is_caught(tmp_path, database):
    with watched() as found:
        house = HubForTests(tmp_path, database=database)
        assert found == {}
        with house.hub.store.reading() as db:
            db._said._connection.execute(
                text("SELECT id FROM device WHERE id IN (SELECT lower('A'))")
            )
        house.close()

    assert list(found.values()) == [{"lower"}]


def test_nothing_is_written_for_one_dialect_only():
    for file in SERVER.rglob("*.py"):
        names = {
            getattr(node, "module", None) or alias.name
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert not {name for name in names if name.startswith("sqlalchemy.dialects")}, file
