"""Every table is watched, or it is said why not; what is journalled can be read back (R-17)."""

import random

import pytest
from prove.evening import Night, begin
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import VaultDamaged
from desktop.vault.migrate import scripts
from desktop.vault.subjects import GONE, SUBJECTS, content_of, every
from desktop.vault.unwitnessed import REASONS


@pytest.fixture
def columns():
    """Return every table's columns, without what FTS5 makes for itself."""
    db = sqlcipher.connect(":memory:", isolation_level=None)
    for script in scripts():
        db.executescript(script)
    tables = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'note_words_%'"
    ).fetchall()
    found = {
        name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")} for (name,) in tables
    }
    db.close()
    return found


def watched():
    found = {}
    for rows in SUBJECTS.values():
        found.setdefault(rows.table, set()).update(rows.columns, rows.key)
        for part in rows.parts:
            found.setdefault(part.table, set()).update(part.columns, (part.owner,))
    return found


def test_every_table_is_watched_or_has_a_reason(columns):
    unwatched = columns.keys() - watched().keys()

    assert unwatched == {name for name in REASONS if "." not in name}


def test_every_column_of_a_watched_table_is_watched_or_has_a_reason(columns):
    for table, names in watched().items():
        excused = {name.partition(".")[2] for name in REASONS if name.startswith(f"{table}.")}
        unwatched_keys = excused & names
        assert names | excused == columns[table], table
        assert all(len(SUBJECTS[s].key) == 1 for s in SUBJECTS if SUBJECTS[s].table == table) or (
            not unwatched_keys
        )


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_in_a_night_is_journalled_as_it_can_be_read_back(vault, seed):
    begin(vault, f"night {seed}")
    truth, night = {}, Night(vault, f"night {seed}", {})
    for _ in range(60):
        key, value, do = night.next()
        do()
        truth[key] = value

    vault.verify()


def test_reading_one_record_and_reading_all_say_the_same(vault):
    begin(vault, "same")
    night = Night(vault, "same", {})
    for _ in range(40):
        night.next()[2]()

    with vault.reading() as db:
        for subject in SUBJECTS:
            for record, content in every(db, subject):
                assert content_of(db, subject, record) == content != GONE


CHANGES = {
    "changed": "UPDATE youth SET language = 'xx' WHERE rowid = 1",
    "missing": "DELETE FROM tally",
    "unknown": "INSERT INTO meta VALUES ('never', 'journalled')",
}


@pytest.mark.parametrize(("how", "statement"), CHANGES.items())
def test_a_row_that_nobody_journalled_so_is_named_by_id_and_time(vault, how, statement):
    begin(vault, "odd")
    night = Night(vault, "odd", {})
    chance = random.Random("odd")
    for _ in range(30 + chance.randrange(3)):
        night.next()[2]()
    vault.verify()

    with vault.transaction() as db:
        db.execute(statement)
    with pytest.raises(VaultDamaged) as damage:
        vault.verify()

    assert damage.value.quarantined
    assert {record.how for record in damage.value.records} == {how}
    assert all(record.at or how == "unknown" for record in damage.value.records)
