"""Backups that come back: on another laptop with the code, and without what was destroyed."""

import shutil
from contextlib import closing
from datetime import timedelta

import pytest
from builders import NOON, a_moment
from fakes import FakeKeychain, FixedChance
from vaults_for_tests import PASSPHRASE, WORLD, a_keychain, code

from desktop.domain.youths import Age
from desktop.errors import (
    BackupDamaged,
    BackupFailed,
    CopyFailed,
    KeyringSilent,
    NoBackup,
    PlaceTaken,
    UnsafePlace,
    WrongPassphrase,
)
from desktop.services import backups, members, notes, outreach, unlocking, youths

ANOTHER = "버스 정류장 옆 편의점 불빛 세 개"
TEXT = "편의점 앞에서 하늘이를 만났다. 내일 다시 보기로 했다."


@pytest.fixture
def written(vault):
    """A vault with one note in it."""
    outreach.begin(vault, outreach.Plan("별빛공원"), a_moment())
    met = youths.meet(vault, youths.NewYouth("하늘", Age.stated(16)), "", a_moment())
    notes.save(vault, met.youth.id, met.meeting.id, TEXT, a_moment())
    return vault


@pytest.fixture
def stick(tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    return place


def by_code(tmp_path, typed=None):
    return unlocking.by_code(tmp_path / "nowhere", typed or code(), NOON)


def texts_in(vault):
    with vault.reading() as db:
        return [text for (text,) in db.execute("SELECT text FROM note")]


def restore_from(path, place, tmp_path, now=NOON):
    found, keys = backups.opened_by(by_code(tmp_path), backups.found_at(path))
    backups.restore(found, place, keys, now)
    return found


def test_what_a_clock_that_was_set_back_made_last_is_the_newest(written, tmp_path):
    # Found by schedule 2182 of exchange-machine: an older one was brought back, and less with it.
    backups.make(written, NOON)
    youths.meet(written, youths.NewYouth("새벽별", Age.stated(15)), "", a_moment())
    last = backups.make(written, NOON - timedelta(days=365))

    assert backups.found_at(written.folder)[0].generation == last
    assert restore_from(written.folder, tmp_path / "back", tmp_path).generation == last


def test_on_another_laptop_the_code_alone_brings_everything_back(written, stick, tmp_path):
    backups.make(written, NOON)
    backups.copy_to(written.folder, stick, backups.of_vault(written))
    written.close()
    shutil.rmtree(written.folder)
    place = tmp_path / "another laptop" / "vault"

    restore_from(stick, place, tmp_path)
    unlocked = members.set_passphrase(
        place, code(), ANOTHER, now=NOON,
        world=WORLD, chance=FixedChance("new"), keychain=FakeKeychain(), cost=members.FLOOR,
    )  # fmt: skip

    with closing(unlocked.vault) as vault:
        assert texts_in(vault) == [TEXT]
        vault.verify()


def test_what_came_out_of_a_backup_says_so_and_from_when(written, tmp_path):
    made = backups.make(written, NOON)
    assert backups.restored(written) is None
    place = tmp_path / "restored"

    restore_from(written.folder, place, tmp_path, NOON + timedelta(days=2))

    with closing(
        members.unlock_with_recovery(place, code(), world=WORLD, now=NOON).vault
    ) as vault:
        said = backups.restored(vault)
    assert (said.made_at, said.seq, said.at) == (NOON, made.seq, NOON + timedelta(days=2))


def test_it_may_be_stopped_whenever_it_asks_and_then_nothing_is_there(written, tmp_path):
    backups.make(written, NOON)
    found, keys = backups.opened_by(by_code(tmp_path), backups.found_at(written.folder))
    place, asked = tmp_path / "home" / "vault", []
    backups.restore(found, tmp_path / "whole", keys, NOON, lambda: asked.append(1) or True)

    for last in range(len(asked)):
        times = iter(range(len(asked)))
        with pytest.raises(BackupFailed):
            backups.restore(found, place, keys, NOON, lambda t=times, n=last: next(t) < n)
        assert list(place.parent.iterdir()) == []

    assert len(asked) == backups.parts(backups.size(found)) + 3
    backups.restore(found, place, keys, NOON)
    assert place.is_dir()


@pytest.mark.parametrize("below", [(), (backups.ON_A_STICK,), (backups.ON_A_STICK, "its own")])
def test_it_is_found_from_any_of_the_folders_that_a_stick_has(written, stick, below):
    backups.make(written, NOON)
    there = backups.copy_to(written.folder, stick, backups.of_vault(written))

    path = stick.joinpath(*(there.path.parent.name if b == "its own" else b for b in below))

    assert [each.path for each in backups.found_at(path)] == [there.path]


def test_on_the_same_laptop_the_passphrase_opens_it_too(written, tmp_path):
    backups.make(written, NOON)
    find = unlocking.by_passphrase(tmp_path / "nowhere", PASSPHRASE, a_keychain(), NOON)

    found, keys = backups.opened_by(find, backups.found_at(written.folder))
    backups.verify(found.path, keys)

    assert found.generation.made_at == NOON


def test_the_wrong_code_opens_no_backup(written, tmp_path):
    backups.make(written, NOON)
    wrong = by_code(tmp_path, members.codes.fresh_code(FixedChance("another")))

    with pytest.raises(WrongPassphrase):
        backups.opened_by(wrong, backups.found_at(written.folder))


def of_a_colleague(stick, place, keychain):
    """Put a colleague's newer backup on the stick beside ours; return their recovery code."""
    made = members.create(
        place, ANOTHER,
        world=WORLD, chance=FixedChance("colleague"), keychain=keychain, cost=members.FLOOR,
    )  # fmt: skip
    with closing(made.vault) as theirs:
        backups.make(theirs, NOON + timedelta(hours=1))
        backups.copy_to(theirs.folder, stick, backups.of_vault(theirs))
    return made.recovery_code


@pytest.mark.parametrize("typed", [PASSPHRASE, ANOTHER, "their code", "my code"])
def test_what_is_typed_once_is_tried_in_every_vault_of_a_stick(written, stick, tmp_path, typed):
    backups.make(written, NOON)
    backups.copy_to(written.folder, stick, backups.of_vault(written))
    theirs = of_a_colleague(stick, tmp_path / "theirs", keychain := a_keychain())
    typed = {"their code": theirs, "my code": code()}.get(typed, typed)

    find = backups.finder(stick, typed, keychain, NOON)
    found, _ = backups.opened_by(find, backups.found_at(stick))

    is_mine = found.header.vault_id == written.vault_id
    assert is_mine == (typed in (PASSPHRASE, code()))
    assert [path.name for path in stick.iterdir()] == [backups.ON_A_STICK]


def test_a_vault_whose_keyring_is_elsewhere_keeps_nobody_from_the_next(written, stick, tmp_path):
    backups.make(written, NOON)
    backups.copy_to(written.folder, stick, backups.of_vault(written))
    of_a_colleague(stick, tmp_path / "theirs", FakeKeychain())

    def opened(typed, keychain):
        find = backups.finder(tmp_path / "nowhere", typed, keychain, NOON)
        return backups.opened_by(find, backups.found_at(stick))[0].header.vault_id

    assert opened(PASSPHRASE, a_keychain()) == written.vault_id
    with pytest.raises(KeyringSilent):
        opened(ANOTHER, a_keychain())


def test_a_wrong_passphrase_is_one_try_on_a_stick_of_many(written, stick, tmp_path):
    backups.make(written, NOON)
    backups.copy_to(written.folder, stick, backups.of_vault(written))
    of_a_colleague(stick, tmp_path / "theirs", keychain := a_keychain())

    for seconds in (0, 1, 3):  # as at a vault: the pause is one second, then two
        find = backups.finder(stick, "틀린 것", keychain, NOON + timedelta(seconds=seconds))
        with pytest.raises(WrongPassphrase):
            backups.opened_by(find, backups.found_at(stick))


def test_nothing_that_exists_is_ever_replaced(written, tmp_path):
    backups.make(written, NOON)
    place = tmp_path / "taken"
    place.mkdir()
    (place / "letter.txt").write_text("mine", "utf-8")

    with pytest.raises(PlaceTaken):
        restore_from(written.folder, place, tmp_path)
    with pytest.raises(PlaceTaken):
        restore_from(written.folder, written.folder, tmp_path)

    assert (place / "letter.txt").read_text("utf-8") == "mine"


def test_a_damaged_backup_is_not_restored_and_leaves_nothing(written, tmp_path):
    made = backups.make(written, NOON)
    file = written.folder / "backup" / made.name / "notes.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)

    with pytest.raises(BackupDamaged) as damage:
        restore_from(written.folder, tmp_path / "new" / "vault", tmp_path)

    assert damage.value.name == made.name
    assert list((tmp_path / "new").iterdir()) == []


def test_a_cloud_folder_gets_neither_a_copy_nor_a_vault(written, tmp_path):
    backups.make(written, NOON)
    cloud = tmp_path / "Dropbox"
    cloud.mkdir()

    with pytest.raises(UnsafePlace):
        backups.copy_to(written.folder, cloud, backups.of_vault(written))
    with pytest.raises(UnsafePlace):
        restore_from(written.folder, cloud / "vault", tmp_path)

    assert list(cloud.iterdir()) == []


def test_a_stick_holds_the_newest_and_nothing_older(written, stick):
    backups.make(written, NOON)
    keys = backups.of_vault(written)
    backups.copy_to(written.folder, stick, keys)
    outreach.count(written, next(iter(outreach.Tally)), 1, a_moment())
    second = backups.make(written, NOON + timedelta(hours=1))

    there = backups.copy_to(written.folder, stick, keys)

    assert [found.generation for found in backups.found_at(stick)] == [second]
    backups.verify(there.path, keys)


def test_a_copy_with_more_in_it_is_not_taken_from_a_stick(written, stick, tmp_path):
    backups.make(written, NOON)
    old = tmp_path / "old"
    shutil.copytree(written.folder / "backup", old / "backup")
    outreach.count(written, next(iter(outreach.Tally)), 1, a_moment())
    newer = backups.make(written, NOON + timedelta(hours=1))
    keys = backups.of_vault(written)
    backups.copy_to(written.folder, stick, keys)

    backups.copy_to(old, stick, keys)

    assert newer in [found.generation for found in backups.found_at(stick)]


def test_copying_again_is_harmless_and_mends_a_rotten_copy(written, stick):
    backups.make(written, NOON)
    keys = backups.of_vault(written)
    there = backups.copy_to(written.folder, stick, keys).path
    (there / "notes.db").write_bytes(b"rotten")

    backups.copy_to(written.folder, stick, keys)
    backups.copy_to(written.folder, stick, keys)

    backups.verify(there, keys)


def test_a_stick_that_is_not_there_is_said(written, tmp_path):
    backups.make(written, NOON)

    with pytest.raises(CopyFailed):
        backups.copy_to(written.folder, tmp_path / "gone", backups.of_vault(written))


def test_without_a_backup_there_is_nothing_to_copy_or_open(vault, stick, tmp_path):
    with pytest.raises(NoBackup):
        backups.copy_to(vault.folder, stick, backups.of_vault(vault))
    with pytest.raises(NoBackup):
        backups.opened_by(by_code(tmp_path), backups.found_at(stick))


def test_one_is_due_an_hour_after_the_last_when_something_was_written(written):
    assert backups.is_due(written, NOON)
    backups.make(written, NOON)

    assert not backups.is_due(written, NOON + timedelta(hours=5))
    outreach.count(written, next(iter(outreach.Tally)), 1, a_moment())
    assert backups.is_due(written, NOON + timedelta(hours=1))
    assert not backups.is_due(written, NOON + timedelta(minutes=30))


def test_after_a_purge_no_older_backup_is_left_whatever_the_clock_says(written):
    backups.make(written, NOON + timedelta(days=300))
    outreach.count(written, next(iter(outreach.Tally)), 1, a_moment())

    made = backups.after_purge(written, NOON)

    assert backups.listing(written.folder) == (made,)


def test_a_backup_restored_beside_a_running_vault_leaves_it_alone(written, tmp_path):
    backups.make(written, NOON)
    outreach.count(written, next(iter(outreach.Tally)), 1, a_moment())

    restore_from(written.folder, tmp_path / "beside", tmp_path)

    assert outreach.tonight(written).tallies[next(iter(outreach.Tally))] == 1
    written.verify()
