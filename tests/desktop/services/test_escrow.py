"""Escrow is off until somebody switches it on, visible while it is on, and needs two people."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from builders import a_moment
from vaults_for_tests import PASSPHRASE, WORLD, a_closed_vault, a_keychain, code

from desktop.domain.looks import Why
from desktop.errors import EscrowKeyUnreadable, VaultDamaged, WrongPassphrase
from desktop.services import escrow, looks, members
from desktop.vault import header as headers
from desktop.vault import opening
from desktop.vault.folder import Folder

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
ANOTHER = "버스 정류장 옆 편의점 불빛 세 개"
KEY = escrow.new_key(os.urandom)
OTHER_KEY = escrow.new_key(os.urandom)


@pytest.fixture
def keychain():
    return a_keychain()


@pytest.fixture
def vault(tmp_path, keychain):
    folder = a_closed_vault(tmp_path / "vault")
    vault = members.unlock(folder, PASSPHRASE, world=WORLD, keychain=keychain, now=NOON).vault
    yield vault
    vault.close()


@pytest.fixture
def proven(vault, keychain):
    return members.prove(vault, PASSPHRASE, keychain, NOON)


def making(keychain):
    return {
        "world": WORLD, "chance": os.urandom, "keychain": keychain, "cost": members.FLOOR,
    }  # fmt: skip


def open_with(folder, keychain, *halves):
    return escrow.open_with_two(folder, halves, ANOTHER, now=NOON, **making(keychain))


def test_it_is_off_at_first_and_then_nobody_comes_in_by_it(vault, keychain):
    assert escrow.state(vault) == escrow.State(False, "", None)
    vault.close()

    with pytest.raises(WrongPassphrase):
        open_with(vault.folder, keychain, KEY.half_a, KEY.half_b)


def test_switched_on_it_is_seen_and_two_people_open_with_a_new_passphrase(vault, proven, keychain):
    escrow.switch_on(vault, KEY.public_text, proven)
    assert escrow.is_on(vault)
    assert escrow.state(vault).fingerprint == escrow.fingerprint(KEY.public_text)
    vault.close()

    opened = open_with(vault.folder, keychain, KEY.half_b, KEY.half_a.lower())
    assert escrow.state(opened.vault).used_at == NOON
    members.prove_code(opened.vault)
    opened.vault.verify()
    opened.vault.close()

    members.unlock(vault.folder, ANOTHER, world=WORLD, keychain=keychain, now=NOON).vault.close()
    members.unlock_with_recovery(
        vault.folder, opened.recovery_code, world=WORLD, now=NOON
    ).vault.close()
    with pytest.raises(WrongPassphrase):
        members.unlock_with_recovery(vault.folder, code(), world=WORLD, now=NOON)


@pytest.mark.parametrize(
    "halves",
    [
        (KEY.half_a, KEY.half_a), (KEY.half_b, KEY.half_b), (KEY.half_a, ""), ("", ""),
        (KEY.half_a, OTHER_KEY.half_b), (OTHER_KEY.half_a, OTHER_KEY.half_b),
        (KEY.half_a, KEY.half_b[:-1] + ("0" if KEY.half_b[-1] != "0" else "1")),
    ],
    ids=["a twice", "b twice", "one", "none", "mixed", "another key", "a slip"],
)  # fmt: skip
def test_one_person_alone_or_another_key_opens_nothing(vault, proven, keychain, halves):
    escrow.switch_on(vault, KEY.public_text, proven)
    vault.close()

    with pytest.raises(WrongPassphrase):
        open_with(vault.folder, keychain, *halves)


def test_switched_off_the_slot_is_gone(vault, proven, keychain):
    escrow.switch_on(vault, KEY.public_text, proven)
    escrow.switch_off(vault)
    escrow.switch_off(vault)

    assert not escrow.is_on(vault)
    vault.verify()
    vault.close()
    with pytest.raises(WrongPassphrase):
        open_with(vault.folder, keychain, KEY.half_a, KEY.half_b)


def test_another_key_takes_the_place_of_the_first(vault, proven, keychain):
    escrow.switch_on(vault, KEY.public_text, proven)
    escrow.switch_on(vault, OTHER_KEY.public_text, proven)

    assert escrow.state(vault).fingerprint == escrow.fingerprint(OTHER_KEY.public_text)
    vault.close()
    with pytest.raises(WrongPassphrase):
        open_with(vault.folder, keychain, KEY.half_a, KEY.half_b)
    open_with(vault.folder, keychain, OTHER_KEY.half_a, OTHER_KEY.half_b).vault.close()


def test_a_slot_put_in_by_somebody_without_the_passphrase_is_damage(vault, proven, keychain):
    escrow.switch_on(vault, KEY.public_text, proven)
    files, copy = Folder(vault.folder), opening.current(vault)
    escrow.switch_off(vault)
    vault.close()

    headers.write(files, headers.encode(copy.seq + 9, copy.header, b"not the key" * 3))

    with pytest.raises(VaultDamaged):
        members.unlock(vault.folder, PASSPHRASE, world=WORLD, keychain=keychain, now=NOON)


def test_with_new_keys_escrow_stays_as_it_was(vault, proven, keychain):
    escrow.switch_on(vault, KEY.public_text, proven)

    renewed = members.renew_keys(vault, PASSPHRASE, now=NOON, **making(keychain))
    assert escrow.is_on(renewed.vault)
    renewed.vault.close()

    open_with(vault.folder, keychain, KEY.half_a, KEY.half_b).vault.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "", lambda text: "hello", lambda text: text[:-30],
        lambda text: text.replace("escrow-1", "escrow-2"), lambda text: text + "AAAA",
        lambda text: text.replace(text[100], "A" if text[100] != "A" else "B", 1),
    ],
)  # fmt: skip
def test_a_key_text_that_lost_a_letter_is_refused_before_anything_is_changed(
    vault, proven, change
):
    with pytest.raises(EscrowKeyUnreadable):
        escrow.switch_on(vault, change(KEY.public_text), proven)

    assert not escrow.is_on(vault)


def test_a_key_text_may_have_been_wrapped_by_a_mail_program():
    assert escrow.fingerprint(
        "  " + KEY.public_text.replace("\n", "\r\n  ")
    ) == escrow.fingerprint(KEY.public_text)


def test_the_halves_are_never_printed_by_accident():
    assert KEY.half_a not in repr(KEY)


def opened_because_of_danger(vault, keychain):
    vault.close()
    opened = open_with(vault.folder, keychain, KEY.half_a, KEY.half_b).vault
    looks.opened_because(opened, Why.DANGER, a_moment())
    return opened


def who_looks(vault):
    with vault.reading() as db:
        return looks.reader(db, vault).who


def test_looks_are_the_owners_again_once_they_have_chosen_a_passphrase_of_their_own(
    vault, proven, keychain
):
    escrow.switch_on(vault, KEY.public_text, proven)
    owner = who_looks(vault)
    opened = opened_because_of_danger(vault, keychain)
    assert who_looks(opened) == "organisation"
    later = NOON + timedelta(days=365)

    members.change_passphrase(opened, ANOTHER, PASSPHRASE, now=later, **making(keychain))

    assert who_looks(opened) == owner
    state = escrow.state(opened)
    assert (state.used_at, state.back_at) == (NOON, later)
    again = opened_because_of_danger(opened, keychain)
    assert who_looks(again) == "organisation"
    assert escrow.state(again).back_at is None
    again.verify()
    again.close()


def test_a_new_passphrase_where_nobody_else_had_opened_it_is_no_taking_back(
    vault, proven, keychain
):
    members.change_passphrase(vault, PASSPHRASE, ANOTHER, now=NOON, **making(keychain))

    assert escrow.state(vault).back_at is None
