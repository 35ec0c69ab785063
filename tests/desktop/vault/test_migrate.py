"""The schema is brought up to date whole, and is the one written down in schema.sql."""

import sys
from importlib.resources import files
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import VaultTooNew
from desktop.vault.migrate import migrate, scripts, version

SNAPSHOT = Path(str(files("desktop.vault"))) / "schema.sql"


@pytest.fixture
def db():
    db = sqlcipher.connect(":memory:", isolation_level=None)
    yield db
    db.close()


def schema(db):
    """Return what a vault is made of, in a fixed order, without what FTS5 makes for itself."""
    rows = db.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND NOT (type = 'table'"
        " AND name LIKE 'note_words_%') ORDER BY type, name"
    )
    return ";\n\n".join(sql for (sql,) in rows.fetchall()) + ";\n"


def test_the_snapshot_is_what_a_fresh_vault_has(db):
    migrate(db)

    # After a new migration: .venv/bin/python tests/desktop/vault/test_migrate.py
    assert schema(db) == SNAPSHOT.read_text("utf-8")


def test_migrating_twice_changes_nothing(db):
    migrate(db)
    before = schema(db)

    migrate(db)

    assert schema(db) == before
    assert version(db) == len(scripts())


def test_a_script_that_breaks_half_way_leaves_nothing_behind(db):
    db.execute("CREATE TABLE outbox (in_the_way)")
    before = schema(db)

    with pytest.raises(sqlcipher.OperationalError):
        migrate(db)

    assert schema(db) == before
    assert version(db) == 0
    assert not db.in_transaction


def test_a_vault_of_a_later_program_is_left_alone(db):
    db.execute("PRAGMA user_version = 99")

    with pytest.raises(VaultTooNew):
        migrate(db)

    assert schema(db) == ";\n"


if __name__ == "__main__":
    fresh = sqlcipher.connect(":memory:", isolation_level=None)
    migrate(fresh)
    SNAPSHOT.write_text(schema(fresh), "utf-8")
    sys.stdout.write(f"{SNAPSHOT}\n")
