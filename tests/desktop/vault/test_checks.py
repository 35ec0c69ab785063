"""A wrong build is refused, and SQL can write nothing outside the encrypted file (R-10, R-21)."""

import sqlite3
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import UnsafeBuild
from desktop.vault import checks
from desktop.vault.checks import check_build, set_pragmas

PLAIN = Path("/tmp/plain.db")
DENIED = [
    "ATTACH DATABASE '/tmp/plain.db' AS plain",
    "ATTACH DATABASE '/tmp/plain.db' AS plain KEY ''",
    "ATTACH DATABASE ':memory:' AS plain",
    "DETACH DATABASE main",
    "VACUUM",
    "VACUUM INTO '/tmp/plain.db'",
    "CREATE TABLE t (a)",
    "CREATE TEMP TABLE t (a)",
    "CREATE TABLE t AS SELECT * FROM note",
    "CREATE INDEX i ON note (text)",
    "CREATE VIEW v AS SELECT text FROM note",
    "CREATE TEMP VIEW v AS SELECT text FROM note",
    "CREATE TRIGGER t AFTER INSERT ON note BEGIN SELECT 1; END",
    "CREATE TEMP TRIGGER t AFTER INSERT ON note BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE t USING fts5 (a)",
    "DROP TABLE op",
    "DROP TRIGGER what_happened_stays",
    "DROP TRIGGER what_happened_is_kept",
    "DROP TRIGGER nothing_leaves_without_basis",
    "ALTER TABLE op RENAME TO opp",
    "ALTER TABLE note ADD COLUMN a",
    "REINDEX",
    "SELECT load_extension('/tmp/x.so')",
    "SELECT sqlcipher_export('main')",
    "SELECT fts3_tokenizer('simple')",
    "PRAGMA key = 'another'",
    "PRAGMA rekey = 'another'",
    "PRAGMA hexkey = '00'",
    "PRAGMA hexrekey = '00'",
    "PRAGMA textkey = 'another'",
    "PRAGMA temp_store = 1",
    "PRAGMA temp_store = FILE",
    "PRAGMA temp_store_directory = '/tmp'",
    "PRAGMA data_store_directory = '/tmp'",
    "PRAGMA synchronous = OFF",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA journal_mode = OFF",
    "PRAGMA secure_delete = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA trusted_schema = ON",
    "PRAGMA writable_schema = ON",
    "PRAGMA cell_size_check = OFF",
    "PRAGMA mmap_size = 1000000",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA user_version = 99",
    "PRAGMA schema_version = 99",
    "PRAGMA application_id = 1",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA wal_autocheckpoint = 0",
    "PRAGMA cipher_log = '/tmp/log'",
    "PRAGMA cipher_log_level = TRACE",
    "PRAGMA cipher_profile = '/tmp/profile'",
    "PRAGMA cipher_memory_security = OFF",
    "PRAGMA cipher_use_hmac = OFF",
    "PRAGMA cipher_hmac_pgno = 1",
    "PRAGMA cipher_page_size = 1024",
    "PRAGMA cipher_plaintext_header_size = 32",
    "PRAGMA cipher_default_use_hmac = OFF",
    "PRAGMA cipher_migrate",
    "PRAGMA cipher_salt",
    "PRAGMA cipher_add_random = \"x'00'\"",
    "PRAGMA database_list",
]
ALLOWED = [
    "SELECT count(*) FROM note",
    "SELECT * FROM json_each('[1,2]')",
    "PRAGMA user_version",
    "PRAGMA cipher_version",
    "PRAGMA cipher_integrity_check",
    "PRAGMA integrity_check",
    "PRAGMA foreign_key_check",
    "PRAGMA wal_checkpoint",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "INSERT INTO note_words (note_words, rank) VALUES ('integrity-check', 0)",
    "INSERT INTO note_words (note_words) VALUES ('optimize')",
    "SAVEPOINT a",
]


@pytest.mark.parametrize("statement", DENIED)
def test_what_could_write_words_elsewhere_is_denied(vault, statement):
    with pytest.raises(sqlcipher.Error, match=r"not authorized|authorization denied|prohibited"):
        vault._connection.execute(statement).fetchall()

    assert not PLAIN.exists()


@pytest.mark.parametrize("statement", ALLOWED)
def test_what_the_program_needs_still_works(vault, statement):
    vault._connection.execute(statement).fetchall()


def test_extensions_cannot_be_loaded(vault):
    with pytest.raises(sqlcipher.Error):
        vault._connection.load_extension("/tmp/x.so")


def test_this_build_is_safe():
    check_build()


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "3.7.0", "2.8.17"])
def test_a_sqlite_that_can_corrupt_its_wal_is_refused(monkeypatch, version):
    monkeypatch.setattr(sqlcipher, "sqlite_version", version)

    with pytest.raises(UnsafeBuild):
        check_build()


def test_pythons_own_sqlite_is_refused(monkeypatch):
    monkeypatch.setattr(checks, "sqlcipher", sqlite3)

    with pytest.raises(UnsafeBuild):
        check_build()


def test_a_new_sqlite_that_does_not_encrypt_is_refused(monkeypatch):
    class Dressed:
        """Python's own SQLite, were it new enough."""

        sqlite_version = "3.99.0"
        connect = staticmethod(sqlite3.connect)

    monkeypatch.setattr(checks, "sqlcipher", Dressed)

    with pytest.raises(UnsafeBuild):
        check_build()


class Deaf:
    """A connection of a build that takes one setting for granted, and does otherwise."""

    def __init__(self, db, setting):
        self._db, self._setting = db, setting

    def execute(self, sql):
        is_asked = sql.startswith(f"PRAGMA {self._setting}")
        return self._db.execute("SELECT 'otherwise'" if is_asked else sql)


@pytest.mark.parametrize("setting", [
    "journal_mode", "synchronous", "secure_delete", "temp_store", "foreign_keys",
    "trusted_schema", "cell_size_check", "mmap_size", "cipher_memory_security",
])  # fmt: skip
def test_a_build_that_is_deaf_to_a_setting_is_refused(tmp_path, setting):
    db = sqlcipher.connect(tmp_path / "notes.db", isolation_level=None)
    db.execute("PRAGMA key = 'x'")
    db.execute("PRAGMA cipher_memory_security = ON")

    with pytest.raises(UnsafeBuild) as refused:
        set_pragmas(Deaf(db, setting))
    assert refused.value.found == f"PRAGMA {setting}"
    db.close()


def test_a_build_that_takes_every_setting_is_not_refused(tmp_path):
    db = sqlcipher.connect(tmp_path / "notes.db", isolation_level=None)
    db.execute("PRAGMA key = 'x'")
    db.execute("PRAGMA cipher_memory_security = ON")

    set_pragmas(db)
    db.close()


def test_a_connection_that_does_not_take_the_settings_is_refused():
    db = sqlcipher.connect(":memory:", isolation_level=None)  # a memory file cannot have a WAL

    with pytest.raises(UnsafeBuild):
        set_pragmas(db)
    db.close()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("journal_mode", "wal"), ("synchronous", 2), ("temp_store", 2),
        ("cipher_version", "4.19.0 community"),
    ],
)  # fmt: skip
def test_an_open_vault_has_the_settings_that_keep_words_safe(vault, name, expected):
    assert vault._connection.execute(f"PRAGMA {name}").fetchone()[0] == expected


def test_the_file_does_not_look_like_a_database(vault):
    content = (vault.folder / "notes.db").read_bytes()

    assert b"SQLite" not in content
    assert b"CREATE TABLE" not in content
