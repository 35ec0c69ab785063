"""A vault notices what SQLCipher alone does not: rollback, lost WAL, flipped bits (P3, P7)."""

import random
import shutil
from contextlib import closing

import pytest
from sqlcipher3 import dbapi2 as sqlcipher
from vaults_for_tests import a_closed_vault, by_key, vmk

from desktop.errors import VaultDamaged
from desktop.vault import header
from desktop.vault.folder import Folder
from desktop.vault.keys import vault_keys

SAVES = 60
ROOT = "SELECT rootpage FROM sqlite_schema WHERE name = 'amendment'"
PAGE = 4096


@pytest.fixture
def folder(tmp_path):
    return a_closed_vault(tmp_path / "vault")


@pytest.fixture
def crashed(folder, tmp_path, rows):
    """A vault as a power cut leaves it: everything committed, much of it only in the WAL."""
    vault = by_key(folder)
    for number in range(SAVES):
        rows.put(vault, number)
    copy = shutil.copytree(folder, tmp_path / "crashed")
    vault.close()
    assert (copy / "notes.db-wal").stat().st_size > 100_000
    return copy


def control(folder, rows):
    """Open with plain SQLCipher and the right key: what it sees, and what its own checks say."""
    vault_id = header.read(Folder(folder)).newest.header.vault_id
    keys = vault_keys(vmk(), vault_id, 0)
    db = sqlcipher.connect(folder / "notes.db", isolation_level=None)
    db.execute(f"PRAGMA key = \"x'{keys.database.hex()}'\"")
    seen = rows.numbers_in(db)
    complaints = db.execute("PRAGMA cipher_integrity_check").fetchall()
    structure = db.execute("PRAGMA integrity_check").fetchall()
    db.close()
    return seen, not complaints and structure == [("ok",)]


def told(folder):
    """Open expecting damage, and return the name of the copy that was kept."""
    with pytest.raises(VaultDamaged) as caught:
        by_key(folder)
    return caught.value.quarantined


def flip(path, bit):
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def test_after_a_power_cut_everything_is_there_and_was_checked(crashed, rows):
    vault = by_key(crashed)

    assert rows.numbers(vault) == set(range(SAVES))
    vault.close()


def test_a_deleted_wal_is_noticed_though_sqlcipher_finds_nothing_wrong(crashed, rows, tmp_path):
    (crashed / "notes.db-wal").unlink()
    plain = shutil.copytree(crashed, tmp_path / "plain")

    assert told(crashed)
    assert control(plain, rows) == (set(), True)


def test_a_flipped_bit_in_the_wal_is_noticed_though_sqlcipher_silently_loses(
    crashed, rows, tmp_path
):
    size = (crashed / "notes.db-wal").stat().st_size
    lost_silently = 0
    for trial in range(40):
        one = shutil.copytree(crashed, tmp_path / f"flipped-{trial}")
        flip(one / "notes.db-wal", random.Random(trial).randrange(size * 8))
        if trial < 5:
            seen, is_content = control(shutil.copytree(one, tmp_path / f"plain-{trial}"), rows)
            lost_silently += is_content and seen < set(range(SAVES))
        assert told(one)
        shutil.rmtree(one)

    assert lost_silently == 5


def test_an_older_database_is_noticed(folder, rows):
    before = (folder / "notes.db").read_bytes()
    vault = by_key(folder)
    rows.put(vault, 1)
    vault.close()

    (folder / "notes.db").write_bytes(before)

    assert told(folder)


def test_an_older_database_with_its_wal_is_noticed(crashed, folder, rows):
    vault = by_key(folder)
    rows.put(vault, SAVES)
    vault.close()

    for name in ("notes.db", "notes.db-wal"):
        shutil.copy(crashed / name, folder / name)

    assert told(folder)


def test_an_older_anchor_with_a_newer_database_is_what_a_kill_leaves(folder, rows):
    before = (folder / "anchor").read_bytes()
    vault = by_key(folder)
    rows.put(vault, 1)
    vault.close()
    after = (folder / "anchor").read_bytes()

    (folder / "anchor").write_bytes(before)
    by_key(folder).close()

    assert (folder / "anchor").read_bytes() != before
    assert (folder / "anchor").read_bytes()[:48] in after + before


@pytest.mark.parametrize("name", ["notes.db", "anchor"])
def test_a_missing_file_is_damage_and_nothing_new_takes_its_place(folder, name):
    (folder / name).unlink()

    told(folder)

    assert not (folder / name).exists()


def test_a_missing_database_never_becomes_an_empty_one(folder):
    for content in (b"", b"x", b"SQLite format 3\0" + bytes(8192), bytes(8192)):
        (folder / "notes.db").write_bytes(content)

        assert told(folder)
        assert (folder / "notes.db").read_bytes() == content


def test_another_vaults_database_is_noticed(folder, tmp_path):
    db = sqlcipher.connect(tmp_path / "other.db")
    db.execute("PRAGMA key = 'another'")
    db.execute("CREATE TABLE op (seq, kind, record, version, digest, h)")
    db.commit()
    db.close()

    shutil.copy(tmp_path / "other.db", folder / "notes.db")

    assert told(folder)


def test_any_flipped_bit_in_the_database_is_told_before_wrong_words_are(folder, tmp_path, rows):
    vault = by_key(folder)
    for number in range(20):
        rows.put(vault, number, "가로등" * 400)
    vault.close()
    size = (folder / "notes.db").stat().st_size

    for trial in range(60):
        one = shutil.copytree(folder, tmp_path / f"flipped-{trial}")
        flip(one / "notes.db", random.Random(trial).randrange(size * 8))
        with pytest.raises(VaultDamaged):
            _read_everything(one)
        shutil.rmtree(one)


def _read_everything(folder):
    vault = by_key(folder)
    try:
        vault.verify()
    finally:
        vault.close()


def test_one_damaged_page_that_was_met_keeps_nothing_else_from_being_kept(folder, rows):
    with closing(by_key(folder)) as vault, vault.transaction() as db:
        db.execute("INSERT INTO consent_text_draft VALUES (1, ?, '', '')", ("가로등" * 4000,))
    fourth_last = (folder / "notes.db").stat().st_size - 4 * PAGE
    flip(folder / "notes.db", (fourth_last + 1000) * 8)

    with closing(by_key(folder)) as vault:
        for number in range(3):
            with pytest.raises(VaultDamaged), vault.reading() as db:
                _words(db)
            with pytest.raises(VaultDamaged), vault.transaction() as db:
                _put_beside_words(rows, db)
            rows.put(vault, number)

            assert rows.numbers(vault) == set(range(number + 1))
    assert told(folder)  # the mark: the next opening reads everything
    (folder / "suspect").unlink()
    with closing(by_key(folder)) as vault:
        assert rows.numbers(vault) == {0, 1, 2}


def test_a_damaged_page_that_is_met_again_and_again_fills_no_disk_with_copies(folder, rows):
    with closing(by_key(folder)) as vault, vault.transaction() as db:
        db.execute("INSERT INTO consent_text_draft VALUES (1, ?, '', '')", ("가로등" * 4000,))
    fourth_last = (folder / "notes.db").stat().st_size - 4 * PAGE
    flip(folder / "notes.db", (fourth_last + 1000) * 8)

    with closing(by_key(folder)) as vault:
        named = {_met(vault, rows, number) for number in range(3)}
        assert named == {path.name for path in (folder / "quarantine").iterdir()}

    assert len(named) == 1
    assert told(folder) not in named  # the vault as it is by now
    assert told(folder) == told(folder)


def _met(vault, rows, number):
    with pytest.raises(VaultDamaged) as damage, vault.reading() as db:
        _words(db)
    rows.put(vault, number)
    return damage.value.quarantined


def _put_beside_words(rows, db):
    rows.put_in(db, 100)
    _words(db)


def _words(db):
    return db.execute("SELECT words FROM consent_text_draft").fetchone()


@pytest.mark.parametrize("cut", [4095, 4096, 5000, 8192, 20_000])
def test_a_cut_off_database_is_noticed(folder, cut):
    content = (folder / "notes.db").read_bytes()
    (folder / "notes.db").write_bytes(content[:cut])

    with pytest.raises(VaultDamaged):
        _read_everything(folder)


def test_the_damaged_bytes_are_kept_as_they_were_found(crashed):
    flip(crashed / "notes.db-wal", 200_000)
    before = {path.name: path.read_bytes() for path in crashed.iterdir() if path.is_file()}

    kept = crashed / "quarantine" / told(crashed)

    assert {path.name for path in kept.iterdir()} == {
        "hdr.a", "hdr.b", "notes.db", "notes.db-wal", "anchor",
    }  # fmt: skip
    for path in kept.iterdir():
        assert path.read_bytes() == before[path.name]


def test_the_same_damage_met_twice_is_kept_once(folder):
    (folder / "notes.db").write_bytes(b"x" * 9000)

    assert told(folder) == told(folder)
    assert len(list((folder / "quarantine").iterdir())) == 1


def test_damage_is_told_even_when_no_copy_can_be_kept(folder):
    (folder / "quarantine").write_bytes(b"a file where a folder should be")
    (folder / "notes.db").write_bytes(b"x" * 9000)

    assert told(folder) == ""


def test_a_torn_anchor_is_mended_after_a_copy_was_kept(folder, rows):
    flip(folder / "anchor", 100)

    vault = by_key(folder)
    rows.put(vault, 1)
    vault.close()

    assert len(list((folder / "quarantine").iterdir())) == 1
    by_key(folder).close()
    assert len(list((folder / "quarantine").iterdir())) == 1


@pytest.mark.parametrize("name", ["hdr.a", "hdr.b"])
def test_a_damaged_header_copy_is_mended_from_the_other_after_it_was_kept(folder, name):
    good = (folder / name).read_bytes()
    flip(folder / name, 500)
    bad = (folder / name).read_bytes()

    by_key(folder).close()

    assert (folder / name).read_bytes() == good
    (kept,) = (folder / "quarantine").iterdir()
    assert (kept / name).read_bytes() == bad


def test_damage_met_while_it_is_open_is_looked_for_at_the_next_opening(folder):
    vault = by_key(folder)
    with vault.reading() as db:
        (page,) = db.execute(ROOT).fetchone()
    vault.close()
    flip(folder / "notes.db", ((page - 1) * 4096 + 999) * 8)
    vault = by_key(folder)  # what nobody reads is not noticed

    with pytest.raises(VaultDamaged), vault.reading() as db:
        db.execute("SELECT * FROM amendment").fetchall()
    vault.close()

    told(folder)
    flip(folder / "notes.db", ((page - 1) * 4096 + 999) * 8)
    by_key(folder).close()
    assert not Folder(folder).suspect.exists()
