"""A vault opens for who may open it, in every mood of the keyring, and for nobody else."""

import secrets
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from fakes import AbsentKeychain, FakeKeychain, LyingKeychain, NullKeychain
from vaults_for_tests import PASSPHRASE, WORLD, a_closed_vault, a_keychain, code

from desktop.errors import (
    KeyringSilent,
    UnsafePlace,
    VaultDamaged,
    VaultInUse,
    WaitBeforeTrying,
    WeakPassphrase,
    WrongPassphrase,
    WrongWorld,
)
from desktop.services import members

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
ANOTHER = "버스 정류장 옆 편의점 불빛 세 개"


@pytest.fixture
def folder(tmp_path):
    return a_closed_vault(tmp_path / "vault")


def create(folder, keychain, passphrase=PASSPHRASE):
    return members.create(
        folder, passphrase,
        world=WORLD, chance=secrets.token_bytes, keychain=keychain, cost=members.FLOOR,
    )  # fmt: skip


def unlock(folder, passphrase=PASSPHRASE, keychain=None, now=NOON, world=WORLD):
    unlocked = members.unlock(
        folder, passphrase, world=world, keychain=keychain or a_keychain(), now=now
    )
    unlocked.vault.close()
    return unlocked


def recover(folder, typed=None, now=NOON):
    unlocked = members.unlock_with_recovery(folder, typed or code(), world=WORLD, now=now)
    unlocked.vault.close()
    return unlocked


def test_a_new_vault_opens_with_its_passphrase_and_with_its_code(tmp_path):
    keychain = FakeKeychain()

    made = create(tmp_path / "home" / "vault", keychain)
    made.vault.close()

    assert not made.keyring_failed
    assert members.exists(tmp_path / "home" / "vault")
    assert unlock(tmp_path / "home" / "vault", keychain=keychain).notices == ()
    assert recover(tmp_path / "home" / "vault", made.recovery_code).notices == ()


def test_a_passphrase_typed_on_another_keyboard_is_the_same_passphrase(folder):
    apart = unicodedata.normalize("NFD", PASSPHRASE)

    assert apart != PASSPHRASE
    unlock(folder, apart)


@pytest.mark.parametrize("passphrase", ["", "0000", "password1234", "aaaaaaaaaaaaaaaaaaaa"])
def test_a_passphrase_that_could_be_guessed_makes_no_vault(tmp_path, passphrase):
    with pytest.raises(WeakPassphrase):
        create(tmp_path / "vault", FakeKeychain(), passphrase)

    assert not list(tmp_path.iterdir())


def test_a_vault_is_not_made_where_a_cloud_would_copy_it(tmp_path):
    with pytest.raises(UnsafePlace) as caught:
        create(tmp_path / "OneDrive" / "vault", FakeKeychain())

    assert caught.value.service == "OneDrive"
    assert not list(tmp_path.iterdir())


def test_a_second_vault_never_takes_the_place_of_the_first(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(VaultInUse):
        create(folder, FakeKeychain())

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


# --- the keyring ----------------------------------------------------------------------------


@pytest.mark.parametrize("keychain", [AbsentKeychain(), NullKeychain(), LyingKeychain()])
def test_without_an_honest_keyring_the_passphrase_alone_opens_and_it_is_said(tmp_path, keychain):
    made = create(tmp_path / "vault", keychain)
    made.vault.close()

    assert made.keyring_failed
    unlock(tmp_path / "vault", keychain=AbsentKeychain())
    recover(tmp_path / "vault", made.recovery_code)


def test_a_keyring_that_lost_its_secret_is_named_and_the_code_still_opens(folder):
    with pytest.raises(KeyringSilent):
        unlock(folder, keychain=FakeKeychain())

    recover(folder)


def test_a_lost_keyring_is_no_wrong_try(folder):
    for _ in range(5):
        with pytest.raises(KeyringSilent):
            unlock(folder, keychain=FakeKeychain())

    unlock(folder)


def test_nobody_is_told_which_part_was_wrong(folder):
    wrong_secret = FakeKeychain()
    wrong_secret.kept = dict.fromkeys(a_keychain().kept, bytes(32))

    with pytest.raises(WrongPassphrase) as by_words:
        unlock(folder, ANOTHER)
    with pytest.raises(WrongPassphrase) as by_secret:
        unlock(folder, keychain=wrong_secret, now=NOON + timedelta(minutes=5))

    assert vars(by_words.value) == vars(by_secret.value)


def test_the_device_secret_is_needed_where_it_was_kept(folder):
    keychain = a_keychain()
    short = FakeKeychain()
    short.kept = {key: secret[:16] for key, secret in keychain.kept.items()}

    with pytest.raises(WrongPassphrase):
        unlock(folder, keychain=short)


# --- wrong tries ----------------------------------------------------------------------------


def test_wrong_passphrases_make_the_next_one_wait_even_after_a_restart(folder):
    with pytest.raises(WrongPassphrase):
        unlock(folder, ANOTHER)
    with pytest.raises(WaitBeforeTrying):
        unlock(folder)
    with pytest.raises(WrongPassphrase):
        unlock(folder, ANOTHER, now=NOON + timedelta(seconds=2))
    with pytest.raises(WaitBeforeTrying) as caught:
        unlock(folder, now=NOON + timedelta(seconds=2))

    assert caught.value.seconds == 3
    unlock(folder, now=NOON + timedelta(seconds=5))


def test_the_right_passphrase_forgets_the_wrong_ones(folder):
    with pytest.raises(WrongPassphrase):
        unlock(folder, ANOTHER)

    unlock(folder, now=NOON + timedelta(seconds=2))

    unlock(folder, now=NOON + timedelta(seconds=2))


def test_the_code_is_never_made_to_wait(folder):
    with pytest.raises(WrongPassphrase):
        unlock(folder, ANOTHER)

    recover(folder)


@pytest.mark.parametrize("typed", ["", "0000", "한글", "0" * 28])
def test_a_wrong_code_opens_nothing(folder, typed):
    with pytest.raises(WrongPassphrase):
        members.unlock_with_recovery(folder, typed, world=WORLD, now=NOON)


def test_another_vaults_code_opens_nothing(folder, tmp_path):
    other = create(tmp_path / "other", FakeKeychain())
    other.vault.close()

    with pytest.raises(WrongPassphrase):
        recover(folder, other.recovery_code)


def test_a_slip_in_a_code_is_seen_before_it_is_tried():
    assert members.looks_like_a_code(code().lower())
    assert not members.looks_like_a_code(code()[:-1])


# --- a new passphrase -----------------------------------------------------------------------


def set_passphrase(folder, keychain, passphrase=ANOTHER):
    unlocked = members.set_passphrase(
        folder, code(), passphrase, now=NOON,
        world=WORLD, chance=secrets.token_bytes, keychain=keychain, cost=members.FLOOR,
    )  # fmt: skip
    unlocked.vault.close()
    return unlocked


def test_after_recovery_the_new_passphrase_opens_and_the_old_one_does_not(folder):
    keychain = a_keychain()

    assert set_passphrase(folder, keychain).notices == ()

    unlock(folder, ANOTHER, keychain)
    recover(folder)
    with pytest.raises(WrongPassphrase):
        unlock(folder, PASSPHRASE, keychain)


def test_an_old_header_put_back_does_not_let_the_old_passphrase_in(folder):
    keychain = a_keychain()
    old = {name: (folder / name).read_bytes() for name in ("hdr.a", "hdr.b")}
    set_passphrase(folder, FakeKeychain())

    for name, content in old.items():
        (folder / name).write_bytes(content)

    with pytest.raises(VaultDamaged):
        unlock(folder, PASSPHRASE, keychain)


def test_a_new_passphrase_without_a_keyring_says_so(folder):
    assert set_passphrase(folder, AbsentKeychain()).notices == (members.KEYRING_FAILED,)

    unlock(folder, ANOTHER, AbsentKeychain())


def test_a_weak_new_passphrase_leaves_the_old_one_in_force(folder):
    with pytest.raises(WeakPassphrase):
        set_passphrase(folder, a_keychain(), "1234")

    unlock(folder)


# --- what is found at opening ---------------------------------------------------------------


def test_a_vault_of_another_world_does_not_open(folder):
    with pytest.raises(WrongWorld):
        unlock(folder, world="real")


def test_a_vault_in_use_does_not_open_twice(folder):
    unlocked = members.unlock(folder, PASSPHRASE, world=WORLD, keychain=a_keychain(), now=NOON)

    with pytest.raises(VaultInUse):
        unlock(folder)

    unlocked.vault.close()
    unlock(folder)


def test_where_no_vault_is_none_is_made(tmp_path):
    assert not members.exists(tmp_path / "vault")

    with pytest.raises(VaultDamaged):
        unlock(tmp_path / "vault")

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("left", ["hdr.a", "hdr.b", "notes.db", "anchor"])
def test_any_part_of_a_vault_is_a_vault(folder, left):
    for path in folder.iterdir():
        if path.name != left:
            path.unlink()

    assert members.exists(folder)


def test_foreign_headers_are_kept_aside_and_told(folder):
    for name in ("hdr.a", "hdr.b"):
        (folder / name).write_bytes(b"written by another program")

    with pytest.raises(VaultDamaged) as caught:
        unlock(folder)

    kept = folder / "quarantine" / caught.value.quarantined
    assert (kept / "hdr.a").read_bytes() == b"written by another program"
    assert (kept / "notes.db").read_bytes() == (folder / "notes.db").read_bytes()


def test_one_flipped_bit_in_a_header_is_mended_and_told(folder):
    content = bytearray((folder / "hdr.a").read_bytes())
    content[300] ^= 4
    (folder / "hdr.a").write_bytes(content)

    assert unlock(folder).notices == ("header_copy_damaged",)
    assert unlock(folder).notices == ()


def test_a_program_that_ended_without_closing_is_told_after_a_full_check(folder, tmp_path):
    unlocked = members.unlock(folder, PASSPHRASE, world=WORLD, keychain=a_keychain(), now=NOON)
    with unlocked.vault.transaction() as db:
        db.wrote("note.saved", "n", 1, b"")
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    unlocked.vault.close()

    for name, content in files.items():
        (folder / name).write_bytes(content)

    assert unlock(folder).notices == ("not_closed",)
    assert unlock(folder).notices == ()


def test_a_cost_that_could_not_be_opened_again_is_a_bug_that_shows(tmp_path):
    with pytest.raises(ValueError, match="refused"):
        members.create(
            tmp_path / "vault", PASSPHRASE, world=WORLD,
            chance=secrets.token_bytes, keychain=FakeKeychain(), cost=members.Cost(8, 1, 1),
        )  # fmt: skip


def test_nothing_secret_is_shown_by_printing_what_was_made(tmp_path):
    made = create(tmp_path / "vault", FakeKeychain())
    made.vault.close()

    assert made.recovery_code not in repr(made)


# --- a code nobody wrote down -----------------------------------------------------------------


def unlock_and_ask(folder, keychain):
    return members.unlock(
        folder, PASSPHRASE,
        world=WORLD, keychain=keychain, now=NOON, chance=secrets.token_bytes,
    )  # fmt: skip


def test_a_code_that_was_shown_and_never_proven_is_made_anew_until_it_is(tmp_path):
    keychain = FakeKeychain()
    made = create(tmp_path / "vault", keychain)
    made.vault.close()  # the program died while the code was on the screen

    first = unlock_and_ask(tmp_path / "vault", keychain)
    first.vault.close()  # and again
    second = unlock_and_ask(tmp_path / "vault", keychain)
    members.prove_code(second.vault)
    second.vault.close()
    third = unlock_and_ask(tmp_path / "vault", keychain)
    third.vault.close()

    assert len({made.recovery_code, first.recovery_code, second.recovery_code}) == 3
    assert third.recovery_code == ""
    assert recover(tmp_path / "vault", second.recovery_code).notices == ()
    for old in (made.recovery_code, first.recovery_code):
        with pytest.raises(WrongPassphrase):
            recover(tmp_path / "vault", old)


def test_a_code_that_opened_the_vault_is_on_paper(tmp_path):
    keychain = FakeKeychain()
    made = create(tmp_path / "vault", keychain)
    made.vault.close()
    members.set_passphrase(
        tmp_path / "vault", made.recovery_code, PASSPHRASE, now=NOON,
        world=WORLD, chance=secrets.token_bytes, keychain=keychain, cost=members.FLOOR,
    ).vault.close()  # fmt: skip

    again = unlock_and_ask(tmp_path / "vault", keychain)
    again.vault.close()

    assert again.recovery_code == ""
