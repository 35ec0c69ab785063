"""The journal notices any entry changed, cut, moved or made up (R-19)."""

import random
from uuid import UUID

import pytest
from sqlcipher3 import dbapi2 as sqlcipher
from vaults_for_tests import vmk

from desktop.vault import journal
from desktop.vault.journal import START, Op
from desktop.vault.keys import vault_keys
from desktop.vault.migrate import scripts

KEYS = vault_keys(vmk(), UUID(int=1), 0)


@pytest.fixture
def db():
    db = sqlcipher.connect(":memory:", isolation_level=None)
    for script in scripts():
        db.executescript(script)
    last = START
    for number in range(40):
        op = Op("note.saved", f"note-{number % 7}", number, journal.digest(KEYS, b"%d" % number))
        last = journal.append(db, KEYS, last, op)
    db.executescript("DROP TRIGGER what_happened_stays; DROP TRIGGER what_happened_is_kept")
    yield db
    db.close()


def test_an_untouched_journal_holds(db):
    assert journal.head(db).seq == 40
    assert journal.holds_since(db, KEYS, START)
    assert journal.holds_since(db, KEYS, journal.head(db))


@pytest.mark.parametrize("seed", range(60))
def test_any_change_to_any_entry_is_noticed(db, seed):
    chance = random.Random(seed)
    column = chance.choice(["kind", "record", "version", "digest", "at", "h"])
    seq = chance.randint(1, 40)
    value = chance.randbytes(32) if column in {"digest", "h"} else chance.randint(100, 999)

    db.execute(f"UPDATE op SET {column} = ? WHERE seq = ?", (value, seq))

    assert not journal.holds_since(db, KEYS, START)


@pytest.mark.parametrize("seq", [1, 2, 20, 39])
def test_a_missing_entry_is_noticed(db, seq):
    db.execute("DELETE FROM op WHERE seq = ?", (seq,))

    assert not journal.holds_since(db, KEYS, START)


def test_a_cut_end_is_noticed_by_who_remembers_the_end(db):
    remembered = journal.head(db)

    db.execute("DELETE FROM op WHERE seq = 40")

    assert not journal.holds_since(db, KEYS, remembered)


def test_two_entries_changed_about_are_noticed(db):
    db.execute("UPDATE op SET seq = 99 WHERE seq = 10")
    db.execute("UPDATE op SET seq = 10 WHERE seq = 11")
    db.execute("UPDATE op SET seq = 11 WHERE seq = 99")

    assert not journal.holds_since(db, KEYS, START)


def test_an_entry_made_without_the_key_is_noticed(db):
    others = vault_keys(b"x" * 32, UUID(int=1), 0)

    journal.append(db, others, journal.head(db), Op("note.saved", "note-1", 1, b"d" * 32))

    assert not journal.holds_since(db, KEYS, START)


def test_where_one_field_ends_is_part_of_the_hash(db):
    first = journal.append(db, KEYS, journal.head(db), Op("ab", "c", 1, b""))
    db.execute("DELETE FROM op WHERE seq = ?", (first.seq,))
    second = journal.append(db, KEYS, journal.head(db), Op("a", "bc", 1, b""))

    assert first.h != second.h


def test_the_journal_cannot_be_rewritten_by_the_program(vault):
    with vault.transaction() as db:
        db.wrote("note.saved", "n", 1, b"words")

    for statement in ("UPDATE op SET version = 2", "DELETE FROM op"):
        with pytest.raises(sqlcipher.IntegrityError), vault.transaction() as db:
            db.execute(statement)


def test_a_digest_tells_nothing_without_the_key():
    other = vault_keys(b"x" * 32, UUID(int=1), 0)

    assert journal.digest(KEYS, "짧은 글".encode()) != journal.digest(other, "짧은 글".encode())
