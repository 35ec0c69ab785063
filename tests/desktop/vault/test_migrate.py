"""The schema is brought up to date whole, and is the one written down in schema.sql."""

import sys
from importlib.resources import files
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import VaultTooNew
from desktop.vault.migrate import migrate, scripts, version

_VAULT = Path(str(files("desktop.vault")))
SNAPSHOTS = {"own": _VAULT / "schema.sql", "team": _VAULT / "team_schema.sql"}
PURPOSES = pytest.mark.parametrize("purpose", SNAPSHOTS)


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


@PURPOSES
def test_the_snapshot_is_what_a_fresh_vault_has(db, purpose):
    migrate(db, purpose)

    # After a new migration: .venv/bin/python tests/desktop/vault/test_migrate.py
    assert schema(db) == SNAPSHOTS[purpose].read_text("utf-8")


@PURPOSES
def test_migrating_twice_changes_nothing(db, purpose):
    migrate(db, purpose)
    before = schema(db)

    migrate(db, purpose)

    assert schema(db) == before
    assert version(db) == len(scripts(purpose))


def test_whoever_was_judged_high_before_a_fast_clock_was_minded_waits_for_the_supervisor(db):
    before = next(n for n, each in enumerate(scripts()) if "judgement (youth);" in each)
    for script in scripts()[:before]:
        db.executescript(script)
    db.execute(f"PRAGMA user_version = {before}")
    for youth in ("fast", "slow", "lower"):
        values = (youth, *("",) * 3, 0, 0, "", "ko", 0, "2026-11-01")
        db.execute(f"INSERT INTO youth VALUES ({', '.join('?' * len(values))})", values)
    judged = (
        ("1", "fast", "low", "2027"), ("2", "fast", "high", "2026"), ("3", "slow", "high", "2026"),
        ("4", "lower", "high", "2026"), ("5", "lower", "low", "2027"),
    )  # fmt: skip
    for key, youth, risk, at in judged:
        row = (key, youth, risk, "", None, at)
        db.execute("INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?)", row)
    db.execute("INSERT INTO supervision VALUES ('4', 'lower', '2026', '2026', 'kim', '')")

    migrate(db)

    assert db.execute("SELECT youth FROM watched ORDER BY 1").fetchall() == [("fast",), ("slow",)]
    assert db.execute("SELECT judgement FROM unseen ORDER BY 1").fetchall() == [("2",), ("3",)]


def test_a_teams_vault_has_no_room_for_a_note_or_a_young_person(db):
    migrate(db, "team")

    # Another table or column here needs a decision of its own: notes never leave (D-003).
    columns = {
        name: " ".join(row[1] for row in db.execute(f"PRAGMA table_info({name})"))
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    assert columns == {
        "meta": "key value",
        "op": "seq kind record version digest at h",
        "salt": "subject record salt",
        "member": "id label public joined_at",
        "board": "id author written_at until text",
    }
    assert not db.execute("SELECT 1 FROM sqlite_master WHERE type = 'view'").fetchall()


def test_a_notice_is_a_line_and_no_page(db):
    migrate(db, "team")

    with pytest.raises(sqlcipher.IntegrityError, match="length"):
        db.execute("INSERT INTO board VALUES ('n', 'a', '', '', ?)", ("가" * 201,))


def test_both_kinds_of_vault_keep_the_same_journal(db):
    migrate(db)
    team = sqlcipher.connect(":memory:", isolation_level=None)
    migrate(team, "team")

    about = (
        "CREATE TABLE op",
        "CREATE TABLE meta",
        "CREATE TABLE salt",
        "CREATE TRIGGER what_hap",
    )
    journals = [
        {line for line in schema(each).rstrip(";\n").split(";\n\n") if line.startswith(about)}
        for each in (db, team)
    ]
    team.close()

    assert journals[0] == journals[1]
    assert len(journals[0]) == 5


def test_the_schema_holds_no_word_that_somebody_could_have_written():
    # It stands in every file: whoever looks for what was purged would find it there.
    for file in SNAPSHOTS.values():
        assert file.read_text("utf-8").isascii(), file.name


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
    for kind, snapshot in SNAPSHOTS.items():
        fresh = sqlcipher.connect(":memory:", isolation_level=None)
        migrate(fresh, kind)
        snapshot.write_text(schema(fresh), "utf-8")
        sys.stdout.write(f"{snapshot}\n")
