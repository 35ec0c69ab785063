"""A backup is one moment of the vault, encrypted, proven before it counts, whole or not there."""

import os
import shutil
import threading
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from builders import NOON
from sqlcipher3 import dbapi2 as sqlcipher
from vaults_for_tests import by_key

from desktop.errors import BackupDamaged, BackupFailed, DiskFull, VaultDamaged
from desktop.vault import backup, header, opening
from desktop.vault.anchor import at_rest
from desktop.vault.connection import connect
from desktop.vault.folder import Folder
from desktop.vault.pages import PAGE, Seals
from desktop.vault.proving import prove
from desktop.vault.resting import resting
from desktop.vault.shelf import Shelf

WORDS = "편의점 앞에서 하늘이를 만났고 라면을 먹었다"


def shelf_of(vault):
    return Shelf(Folder(vault.folder).backup)


def files_of(vault, made):
    return shelf_of(vault).place(made)


def names_in(vault):
    return sorted(path.name for path in shelf_of(vault).path.iterdir())


def flip(path, bit):
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def bytes_below(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def numbers_in(vault, made, rows):
    with resting(files_of(vault, made).database, vault.session.keys.database) as db:
        return rows.numbers_in(db)


def test_a_backup_holds_all_that_was_kept_until_then(vault, rows):
    for number in range(20):
        rows.put(vault, number)

    made = backup.make(vault, NOON)
    rows.put(vault, 20)

    assert numbers_in(vault, made, rows) == set(range(20))
    assert prove(files_of(vault, made), vault.session.keys).seq == made.seq


def test_a_backup_is_encrypted_and_holds_no_word(vault, rows):
    for number in range(50):
        rows.put(vault, number, f"{WORDS} {number}" * 40)

    backup.make(vault, NOON)

    written = bytes_below(Folder(vault.folder).backup)
    assert b"SQLite format 3" not in written
    assert not any(form in written for form in forms_of(WORDS))
    assert vault.session.keys.database[:32] not in written
    with vault.reading() as db:  # the same words are found where nothing is encrypted
        plain = "".join(row[0] for row in db.execute("SELECT value FROM meta")).encode()
    assert any(form in plain for form in forms_of(WORDS))


def forms_of(words):
    return [words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be")]


def test_while_it_is_held_still_the_file_does_not_change_though_others_write(vault, rows):
    rows.put(vault, 0)
    files, session = Folder(vault.folder), vault.session
    with closing(connect(files, session.keys.database)) as held, closing(vault.sibling()) as other:
        head = backup._held_still(session, held)
        before = files.database.read_bytes()

        for number in range(1, 40):
            rows.put(other, number, WORDS * 1500)
        with other.session.lock:
            other._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

        assert files.wal.stat().st_size > 4096 * 1000  # more than is written back by itself
        assert files.database.read_bytes() == before
        held.execute("ROLLBACK")
        other._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        assert files.database.read_bytes() != before
    assert head.seq < session.head.seq


def test_backups_beside_a_writer_are_each_one_moment(vault, rows):
    is_over = threading.Event()

    def write():
        with closing(vault.sibling()) as own:
            number = 0
            while not is_over.is_set():
                rows.put(own, number, WORDS * (number % 60))
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.make(vault, NOON + timedelta(seconds=n)) for n in range(6)]
    finally:
        is_over.set()
        writer.join()

    for each in made[-3:]:
        head = prove(files_of(vault, each), vault.session.keys)
        assert head.seq == each.seq
        numbers = numbers_in(vault, each, rows)
        assert numbers == set(range(len(numbers)))


def test_somebody_who_reads_an_older_state_only_delays_it(vault, rows, monkeypatch):
    monkeypatch.setattr(backup, "_PAUSE", 0.0)
    rows.put(vault, 0)
    with closing(vault.sibling()) as reader, reader.reading() as db:
        rows.numbers_in(db)
        rows.put(vault, 1)

        with pytest.raises(BackupFailed):
            backup.make(vault, NOON)

    assert numbers_in(vault, backup.make(vault, NOON), rows) == {0, 1}


@pytest.mark.parametrize("name", ["hdr.a", "hdr.b", "anchor", "notes.db"])
def test_one_turned_bit_anywhere_is_found(vault, rows, name):
    rows.put(vault, 0, WORDS)
    place = files_of(vault, backup.make(vault, NOON)).path
    size = (place / name).stat().st_size * 8

    for bit in range(5, size, size // 13):
        flip(place / name, bit)
        with pytest.raises(BackupDamaged):
            prove(Folder(place), vault.session.keys)
        flip(place / name, bit)

    prove(Folder(place), vault.session.keys)


@pytest.mark.parametrize("name", ["hdr.a", "anchor", "notes.db"])
def test_a_file_cut_short_or_emptied_is_found(vault, name):
    place = files_of(vault, backup.make(vault, NOON)).path
    content = (place / name).read_bytes()

    for length in (0, 1, len(content) // 2, len(content) - 1):
        (place / name).write_bytes(content[:length])
        with pytest.raises(BackupDamaged):
            prove(Folder(place), vault.session.keys)


def test_parts_of_two_backups_do_not_make_one(vault, rows):
    first = files_of(vault, backup.make(vault, NOON))
    rows.put(vault, 0)
    second = files_of(vault, backup.make(vault, NOON + timedelta(hours=1)))

    for name in ("notes.db", "anchor"):
        mixed = Folder(shutil.copytree(second.path, second.path.parent / f"mixed {name}"))
        shutil.copyfile(first.path / name, mixed.path / name)
        with pytest.raises(BackupDamaged):
            prove(mixed, vault.session.keys)


def test_our_reading_of_the_seals_agrees_with_sqlciphers(vault, rows):
    for number in range(30):
        rows.put(vault, number, WORDS * 30)
    file = files_of(vault, backup.make(vault, NOON)).database
    seals, pages = Seals(vault.session.keys.database), file.stat().st_size // PAGE

    for page in (0, 1, 7, pages // 2 - 1, pages // 2, pages - 1):
        flip(file, (page * PAGE + 200) * 8)
        assert said_by_sqlcipher(file, vault) != []
        assert not seals.all_hold(file)
        flip(file, (page * PAGE + 200) * 8)
    assert said_by_sqlcipher(file, vault) == []
    assert seals.all_hold(file)


def said_by_sqlcipher(file, vault):
    """Return what SQLCipher says of a file; a first page that does not open is said too."""
    try:
        with resting(file, vault.session.keys.database) as db:
            return db.execute("PRAGMA cipher_integrity_check").fetchall()
    except sqlcipher.DatabaseError as error:
        return [error]


def test_looking_at_a_backup_writes_nothing_beside_it(vault):
    place = files_of(vault, backup.make(vault, NOON)).path
    before = {path.name: path.read_bytes() for path in place.iterdir()}

    prove(Folder(place), vault.session.keys)

    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    assert sorted(before) == ["anchor", "hdr.a", "hdr.b", "notes.db"]


def test_the_last_good_one_stays_when_a_new_one_does_not_prove(vault, rows, monkeypatch):
    made = backup.make(vault, NOON)
    rows.put(vault, 0)
    monkeypatch.setattr(backup, "copied", copied_with_a_fault)

    with pytest.raises(BackupFailed):
        backup.make(vault, NOON + timedelta(hours=1))

    assert shelf_of(vault).listing() == (made,)
    prove(files_of(vault, made), vault.session.keys)
    assert names_in(vault) == [made.name]


def copied_with_a_fault(source, target, size, goes_on):
    shutil.copyfile(source, target)
    flip(target, target.stat().st_size * 4)
    yield 0, size


def test_a_fault_of_the_vault_itself_is_told_as_that_and_kept_aside(vault, rows):
    for number in range(40):
        rows.put(vault, number, WORDS * 40)
    made = backup.make(vault, NOON)
    database = Folder(vault.folder).database
    flip(database, (database.stat().st_size - 3 * PAGE + 100) * 8)
    rows.put(vault, 50)

    with pytest.raises(VaultDamaged) as damage:
        backup.make(vault, NOON + timedelta(hours=1))

    assert damage.value.quarantined
    assert shelf_of(vault).listing() == (made,)


def test_a_rotten_older_backup_spoils_no_new_one(vault, rows):
    for number in range(40):
        rows.put(vault, number, WORDS * 40)
    older = files_of(vault, backup.make(vault, NOON)).database
    for page in range(3, older.stat().st_size // PAGE, 4):
        flip(older, (page * PAGE + 100) * 8)
    rows.put(vault, 41, WORDS * 900)

    made = backup.make(vault, NOON + timedelta(hours=1))

    prove(files_of(vault, made), vault.session.keys)


def test_rot_that_vault_and_backup_share_is_found_by_the_first_of_a_night(vault, rows):
    for number in range(40):
        rows.put(vault, number, WORDS * 40)
    older = files_of(vault, backup.make(vault, NOON)).database
    bit = (older.stat().st_size - 3 * PAGE + 100) * 8
    flip(older, bit)
    flip(Folder(vault.folder).database, bit)
    with vault.transaction() as db:
        db.wrote("vault.dropped", "nothing", 1, b"")

    with pytest.raises(VaultDamaged):
        backup.make(vault, NOON + timedelta(hours=1), reads_all=True)


def test_a_vault_that_knows_less_than_its_own_backup_was_put_back(tmp_path, vault, rows):
    vault.close()
    past = shutil.copytree(vault.folder, tmp_path / "past")
    vault = by_key(vault.folder)
    rows.put(vault, 0)
    made = backup.make(vault, NOON)
    vault.close()
    for name in ("notes.db", "anchor"):
        shutil.copyfile(past / name, vault.folder / name)
    vault = by_key(vault.folder)

    with pytest.raises(VaultDamaged):
        backup.make(vault, NOON + timedelta(hours=1))

    assert shelf_of(vault).listing() == (made,)
    vault.close()
    with pytest.raises(VaultDamaged):  # and so says the door from then on
        by_key(vault.folder)


def test_asked_to_stop_it_leaves_nothing(vault):
    with pytest.raises(BackupFailed):
        backup.make(vault, NOON, goes_on=lambda: False)

    assert names_in(vault) == []


def test_what_a_kill_left_is_taken_away_by_the_next(vault):
    shelf = shelf_of(vault)
    for name in (".half-77", ".gone-20261124T120000Z-0000000001"):
        (shelf.path / name).mkdir(parents=True)
        (shelf.path / name / "notes.db").write_bytes(b"half")

    made = backup.make(vault, NOON)

    assert names_in(vault) == [made.name]


@pytest.mark.skipif(os.name == "nt", reason="no limits on files")
def test_a_full_disk_leaves_what_was_there_and_no_half(vault, rows):
    made = backup.make(vault, NOON)
    rows.put(vault, 0)

    with files_no_larger_than(8192), pytest.raises(DiskFull):
        backup.make(vault, NOON + timedelta(hours=1))

    assert names_in(vault) == [made.name]
    assert backup.make(vault, NOON + timedelta(hours=1)).seq == made.seq + 1


@contextmanager
def files_no_larger_than(size):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_new_passphrase_or_code_opens_the_older_backups_and_the_old_one_no_more(vault, rows):
    first = backup.make(vault, NOON)
    copy = opening.current(vault)
    opening.replace_header(vault, copy.header, copy.seq + 1)

    backup.make(vault, NOON + timedelta(hours=1))

    assert header.read(files_of(vault, first)).newest.seq == copy.seq + 1
    prove(files_of(vault, first), vault.session.keys)


def test_only_three_recent_and_the_first_of_each_night_stay(vault, rows):
    made = []
    for hour in range(12):
        rows.put(vault, hour)
        made.append(backup.make(vault, NOON + timedelta(hours=hour)))

    assert set(shelf_of(vault).listing()) == {made[0], made[9], *made[-3:]}


def test_everything_before_a_moment_is_destroyed(vault, rows):
    made = []
    for hour in range(3):
        rows.put(vault, hour)
        made.append(backup.make(vault, NOON + timedelta(hours=hour)))

    gone = backup.destroy_before(Folder(vault.folder), made[2].made_at)

    assert gone == 2
    assert names_in(vault) == [made[2].name]


def test_the_anchor_in_a_backup_names_its_last_entry(vault, rows):
    rows.put(vault, 0)
    made = backup.make(vault, NOON)
    content = files_of(vault, made).anchor.read_bytes()

    assert at_rest(vault.session.keys.anchor, content).seq == made.seq
    assert at_rest(vault.session.keys.anchor, content[:512] + bytes(512)) is None
