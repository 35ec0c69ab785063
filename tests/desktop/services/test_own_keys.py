"""Several members on one laptop, and what each may change about the vault that is theirs."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes import AbsentKeychain, FakeKeychain
from vaults_for_tests import PASSPHRASE, WORLD, a_closed_vault, a_keychain, code

from desktop.errors import (
    NothingWritten,
    ResidentNumberFound,
    TextTooLong,
    UnsafePlace,
    VaultInUse,
    WaitBeforeTrying,
    WeakPassphrase,
    WrongPassphrase,
)
from desktop.paths import Places
from desktop.services import members

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
ANOTHER = "버스 정류장 옆 편의점 불빛 세 개"


class Killed(Exception):
    """Raised where a test kills the program."""


class MortalKeychain(FakeKeychain):
    """Dies before or after it keeps something for the n-th time."""

    def __init__(self, kept, dies_at, after):
        super().__init__()
        self.kept, self._left, self._after = kept, dies_at, after

    def keep(self, vault_id, secret):
        self._left -= 1
        if self._left == 0 and not self._after:
            raise Killed
        super().keep(vault_id, secret)
        if self._left == 0:
            raise Killed


def making(keychain):
    return {
        "world": WORLD, "chance": os.urandom, "keychain": keychain, "cost": members.FLOOR,
    }  # fmt: skip


def unlock(folder, passphrase=PASSPHRASE, keychain=None):
    return members.unlock(
        folder, passphrase, world=WORLD, keychain=keychain or a_keychain(), now=NOON
    ).vault


def opens(folder, passphrase, keychain):
    (folder / "tries").unlink(missing_ok=True)
    try:
        unlock(folder, passphrase, keychain).close()
    except WrongPassphrase:
        return False
    return True


@pytest.fixture
def keychain():
    return a_keychain()


@pytest.fixture
def vault(tmp_path, keychain):
    vault = unlock(a_closed_vault(tmp_path / "vault"), keychain=keychain)
    yield vault
    vault.close()


# --- who is here ----------------------------------------------------------------------------


def test_each_member_has_a_vault_of_their_own_and_is_listed_by_label(tmp_path, keychain):
    places = Places(tmp_path / "home")
    assert members.people(places, WORLD) == ()

    for label, words in (("솔", PASSPHRASE), ("나무", ANOTHER)):
        place = places.new_vault(WORLD, os.urandom)
        members.create(place, words, label=label, **making(keychain)).vault.close()

    people = members.people(places, WORLD)
    assert [person.label for person in people] == ["솔", "나무"]
    assert people[0].folder == places.vault(WORLD)
    assert people[1].folder.parent == places.home / WORLD / "members"
    assert len({person.vault_id for person in people}) == 2
    assert opens(people[0].folder, PASSPHRASE, keychain)
    assert not opens(people[0].folder, ANOTHER, keychain)
    assert opens(people[1].folder, ANOTHER, keychain)
    assert members.people(places, "real") == ()


def test_a_member_whose_files_are_damaged_does_not_vanish_from_the_list(tmp_path):
    places = Places(tmp_path)
    folder = a_closed_vault(places.vault(WORLD))
    for name in ("hdr.a", "hdr.b"):
        (folder / name).write_bytes(b"damaged")

    (person,) = members.people(places, WORLD)

    assert (person.folder, person.label, person.vault_id) == (folder, "", None)


def test_a_second_members_vault_is_not_made_where_a_cloud_would_copy_it(tmp_path, keychain):
    places = Places(tmp_path / "Dropbox")

    with pytest.raises(UnsafePlace):
        members.create(places.new_vault(WORLD, os.urandom), PASSPHRASE, **making(keychain))


@pytest.mark.parametrize(
    ("label", "failure"),
    [
        ("   ", NothingWritten), ("가" * 41, TextTooLong),
        ("070101-3234567", ResidentNumberFound),
    ],
)  # fmt: skip
def test_a_label_is_one_short_line(vault, label, failure):
    with pytest.raises(failure):
        members.rename(vault, label)


def test_a_new_label_is_shown_and_the_vault_still_opens(vault, tmp_path, keychain):
    members.rename(vault, "  솔\n바람 ")
    vault.close()

    places = Places(tmp_path)
    folder = places.vault(WORLD)
    folder.parent.mkdir()
    shutil.move(vault.folder, folder)
    assert [person.label for person in members.people(places, WORLD)] == ["솔 바람"]
    assert opens(folder, PASSPHRASE, keychain)


# --- a new passphrase -----------------------------------------------------------------------


def test_a_new_passphrase_takes_the_old_ones_place(vault, keychain):
    before = dict(keychain.kept)

    assert members.change_passphrase(
        vault, PASSPHRASE, ANOTHER, now=NOON, **making(keychain)
    ) == ()  # fmt: skip

    vault.close()
    assert opens(vault.folder, ANOTHER, keychain)
    assert not opens(vault.folder, PASSPHRASE, keychain)
    members.unlock_with_recovery(vault.folder, code(), world=WORLD, now=NOON).vault.close()
    assert [len(secret) for secret in keychain.kept.values()] == [32]
    assert keychain.kept != before


def test_whoever_only_sits_at_the_unlocked_laptop_changes_nothing(vault, keychain):
    with pytest.raises(WrongPassphrase):
        members.change_passphrase(vault, "a guess", ANOTHER, now=NOON, **making(keychain))
    with pytest.raises(WaitBeforeTrying):
        members.prove(vault, PASSPHRASE, keychain, NOON)

    vault.close()
    assert opens(vault.folder, PASSPHRASE, keychain)


def test_a_new_passphrase_that_could_be_guessed_is_refused(vault, keychain):
    with pytest.raises(WeakPassphrase):
        members.change_passphrase(vault, PASSPHRASE, "1234", now=NOON, **making(keychain))

    vault.close()
    assert opens(vault.folder, PASSPHRASE, keychain)


def test_a_keyring_that_went_away_is_told_and_the_new_passphrase_opens_alone(vault, keychain):
    class Gone(AbsentKeychain):
        kept = keychain.kept

        def read(self, vault_id):
            return keychain.read(vault_id)

    notices = members.change_passphrase(vault, PASSPHRASE, ANOTHER, now=NOON, **making(Gone()))

    assert notices == (members.KEYRING_FAILED,)
    vault.close()
    assert opens(vault.folder, ANOTHER, AbsentKeychain())


@pytest.mark.parametrize(("dies_at", "after"), [(1, False), (1, True), (2, False), (2, True)])
def test_killed_while_the_keyring_changes_the_old_passphrase_opens_or_the_new(
    vault, keychain, dies_at, after
):
    mortal = MortalKeychain(keychain.kept, dies_at, after)

    with pytest.raises(Killed):
        members.change_passphrase(vault, PASSPHRASE, ANOTHER, now=NOON, **making(mortal))

    vault.close()
    is_new = dies_at == 2
    assert opens(vault.folder, ANOTHER, keychain) is is_new
    assert opens(vault.folder, PASSPHRASE, keychain) is not is_new
    assert [len(secret) for secret in keychain.kept.values()] == [32]


@pytest.mark.parametrize("written", [(), ("hdr.a",), ("hdr.a", "hdr.b")])
def test_killed_while_the_header_changes_the_old_passphrase_opens_or_the_new(
    vault, keychain, tmp_path, written
):
    vault.close()
    later = shutil.copytree(vault.folder, tmp_path / "later")
    mortal, changed = MortalKeychain(keychain.kept, 2, after=False), unlock(later, PASSPHRASE)
    with pytest.raises(Killed):
        members.change_passphrase(changed, PASSPHRASE, ANOTHER, now=NOON, **making(mortal))
    changed.close()

    for name in written:
        shutil.copy(later / name, vault.folder / name)

    assert opens(vault.folder, ANOTHER, keychain) is bool(written)
    assert opens(vault.folder, PASSPHRASE, keychain) is not bool(written)


# --- a new code -----------------------------------------------------------------------------


def test_a_new_recovery_code_takes_the_old_ones_place(vault, keychain):
    fresh = members.new_code(vault, members.prove(vault, PASSPHRASE, keychain, NOON), os.urandom)
    members.prove_code(vault)
    vault.close()

    members.unlock_with_recovery(vault.folder, fresh, world=WORLD, now=NOON).vault.close()
    with pytest.raises(WrongPassphrase):
        members.unlock_with_recovery(vault.folder, code(), world=WORLD, now=NOON)
    assert opens(vault.folder, PASSPHRASE, keychain)


def test_a_new_code_nobody_proved_is_made_anew_at_the_next_unlocking(vault, keychain):
    members.new_code(vault, members.prove(vault, PASSPHRASE, keychain, NOON), os.urandom)
    vault.close()

    unlocked = members.unlock(
        vault.folder, PASSPHRASE, world=WORLD, keychain=keychain, now=NOON, chance=os.urandom
    )
    unlocked.vault.close()

    assert unlocked.recovery_code


def test_nothing_proven_is_ever_printed(vault, keychain):
    proven = members.prove(vault, PASSPHRASE, keychain, NOON)

    assert proven.vmk.hex() not in repr(proven)
    assert "b'" not in repr(proven)


# --- new keys -------------------------------------------------------------------------------


def test_new_keys_leave_the_passphrase_and_give_a_new_code(vault, keychain, tmp_path):
    members.rename(vault, "솔")
    old = shutil.copytree(vault.folder, tmp_path / "old")

    renewed = members.renew_keys(vault, PASSPHRASE, now=NOON, **making(keychain))
    members.prove_code(renewed.vault)
    renewed.vault.verify()
    renewed.vault.close()

    assert opens(vault.folder, PASSPHRASE, keychain)
    members.unlock_with_recovery(
        vault.folder, renewed.recovery_code, world=WORLD, now=NOON
    ).vault.close()
    with pytest.raises(WrongPassphrase):
        members.unlock_with_recovery(vault.folder, code(), world=WORLD, now=NOON)
    # The old header, put back, opens nothing that has been written since.
    for name in ("hdr.a", "hdr.b"):
        shutil.copy(old / name, vault.folder / name)
    assert not opens(vault.folder, PASSPHRASE, keychain)


def test_new_keys_need_the_passphrase_and_the_only_connection(vault, keychain):
    other = vault.sibling()
    with pytest.raises(WrongPassphrase):
        members.renew_keys(vault, "a guess", now=NOON, **making(keychain))
    (vault.folder / "tries").unlink()
    with pytest.raises(VaultInUse):
        members.renew_keys(vault, PASSPHRASE, now=NOON, **making(keychain))

    other.close()
    vault.close()
    assert opens(vault.folder, PASSPHRASE, keychain)
    assert [len(secret) for secret in keychain.kept.values()] == [32]


# --- what is not loaded -----------------------------------------------------------------------

_CHILD = """
import os, sys
from pathlib import Path
from fakes import FakeKeychain
from desktop.services import members
keychain = FakeKeychain()
made = members.create(Path(sys.argv[1]), sys.argv[2], world="practice", chance=os.urandom,
                      keychain=keychain, cost=members.FLOOR)
made.vault.close()
rare = [name for name in sys.modules if "hybrid" in name or "hpke" in name or "epoch" in name]
print("rare:", *rare)
"""


def test_making_and_opening_a_vault_loads_nothing_that_only_a_team_needs(tmp_path):
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(tmp_path / "vault"), PASSPHRASE],
        capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"},
    )  # fmt: skip

    assert done.stdout.split() == ["rare:"]
