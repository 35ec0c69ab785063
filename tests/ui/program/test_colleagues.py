"""Several people share a laptop: each opens their own vault, and nothing more is told of them."""

import os

import pytest
from builders import NOON
from PySide6.QtCore import Qt
from vaults_for_tests import PASSPHRASE

from desktop.domain.looks import Why
from desktop.paths import Places
from desktop.services import escrow, members

ANOTHER = "버스 정류장 옆 편의점 불빛 세 개"
ORGANISATION = escrow.new_key(os.urandom)


def a_colleague(tmp_path, keyring, label, passphrase=PASSPHRASE, *, is_escrowed=False):
    folder = Places(tmp_path).new_vault("real", os.urandom)
    made = members.create(
        folder, passphrase, world="real", chance=os.urandom, keychain=keyring,
        cost=members.FLOOR, label=label,
    )  # fmt: skip
    members.prove_code(made.vault)
    if is_escrowed:
        proven = members.prove(made.vault, passphrase, keyring, NOON)
        escrow.switch_on(made.vault, ORGANISATION.public_text, proven)
    made.vault.close()
    return folder


def used(folder, order):
    for file in folder.iterdir():
        os.utime(file, (order, order))


@pytest.fixture
def folders(tmp_path, keyring):
    """Put three vaults on the laptop; the second was used last."""
    found = {
        "솔": a_colleague(tmp_path, keyring, "솔"),
        "나무": a_colleague(tmp_path, keyring, "나무", ANOTHER),
        "": a_colleague(tmp_path, keyring, ""),
    }
    for order, label in enumerate(("", "솔", "나무"), 1):
        used(found[label], order)
    return found


@pytest.fixture
def door(folders, start, qtbot):
    started = start()
    door = started.program.unlock.door
    qtbot.waitUntil(lambda: door.names is not None and bool(door.names.buttons))
    door.program = started.program
    return door


def shown(door):
    return [button.text() for button in door.names.buttons.values()]


def test_whoever_used_it_last_stands_first_and_is_chosen(door, folders):
    assert shown(door) == ["나무", "솔", "Colleague 3"]
    assert door.names.folder == folders["나무"]
    assert door.passphrase.edit.hasFocus()


def test_each_passphrase_opens_the_vault_of_whoever_is_chosen(door, folders, qtbot):
    door.names.buttons[folders["솔"]].click()

    door.passphrase.edit.setText(PASSPHRASE)
    door.unlock_button.click()
    qtbot.waitUntil(lambda: door.program.desk is not None, timeout=20_000)

    found = []
    door.program.desk.tasks.run(lambda vault: vault.folder, found.append)
    qtbot.waitUntil(lambda: found == [folders["솔"]])


def test_arrow_keys_choose_from_where_the_passphrase_is_typed(door, qtbot):
    door.passphrase.edit.setText("half typed by somebody")

    qtbot.keyClick(door.passphrase.edit, Qt.Key.Key_Down)
    assert door.names.name() == "솔"
    assert door.passphrase.words() == ""

    qtbot.keyClick(door.passphrase.edit, Qt.Key.Key_Up)
    qtbot.keyClick(door.passphrase.edit, Qt.Key.Key_Up)
    assert door.names.name() == "Colleague 3"


def test_a_pause_after_wrong_tries_is_that_person_s_alone(door, folders):
    from desktop.errors import WaitBeforeTrying

    door._on_failed(WaitBeforeTrying(seconds=30))
    assert not door.unlock_button.isEnabled()

    door.names.buttons[folders["솔"]].click()

    assert door.unlock_button.isEnabled()
    assert door.passphrase.note.text() == ""


def test_with_one_vault_no_name_is_shown(start, tmp_path, keyring, qtbot):
    a_colleague(tmp_path, keyring, "솔")
    program = start().program
    qtbot.waitUntil(lambda: program.guard.keys is not None)

    assert program.unlock.door.names is None


def test_another_colleague_makes_a_vault_of_their_own(start, tmp_path, keyring, qtbot):
    first = a_colleague(tmp_path, keyring, "솔")
    unlock = start().program.unlock
    unlock.door.another_button.click()
    page = unlock.first.passphrase

    page.first.edit.setText(ANOTHER)
    page.again.edit.setText(ANOTHER)
    qtbot.waitUntil(page.both.is_ready)
    assert not page.next_button.isEnabled()  # nobody would know whose it is
    unlock.first.label.edit.setText("나무")
    page.next_button.click()
    qtbot.waitUntil(lambda: unlock.first.recovery is not None, timeout=20_000)

    found = members.people(Places(tmp_path), "real")
    assert [person.label for person in found] == ["솔", "나무"]
    assert found[0].folder == first


def test_a_resident_number_is_no_name(start, tmp_path, keyring, qtbot):
    a_colleague(tmp_path, keyring, "솔")
    unlock = start().program.unlock
    unlock.door.another_button.click()
    page = unlock.first.passphrase

    unlock.first.label.edit.setText("900101-1234567")
    page.first.edit.setText(ANOTHER)
    page.again.edit.setText(ANOTHER)
    qtbot.waitUntil(page.next_button.isEnabled)
    page.next_button.click()

    qtbot.waitUntil(page.problem.isVisible)
    assert len(members.people(Places(tmp_path), "real")) == 1


def test_going_back_takes_the_half_typed_passphrase_away(start, tmp_path, keyring):
    a_colleague(tmp_path, keyring, "솔")
    unlock = start().program.unlock
    unlock.door.another_button.click()
    unlock.first.passphrase.first.edit.setText("half typed")

    unlock.first.passphrase.back_wanted.emit()

    assert unlock.currentWidget() is unlock.door
    assert unlock.first.passphrase.first.words() == ""


@pytest.fixture
def halves(start, tmp_path, keyring):
    """Come to where two people type their halves, for a vault whose owner allows it."""
    folder = a_colleague(tmp_path, keyring, "솔", is_escrowed=True)
    started = start()
    unlock = started.program.unlock
    unlock.door.recovery_button.click()
    unlock.ways.recovering.halves_button.click()
    page = unlock.ways.halves
    page.program, page.folder = started.program, folder
    return page


def typed(page, a, b, why=Why.HANDOVER):
    page.a.edit.setText(a)
    page.b.edit.setText(b)
    page.why.setCurrentIndex(page.why.findData(why))
    page.next_button.click()


def choose(page, qtbot):
    ways = page.program.unlock.ways
    qtbot.waitUntil(lambda: ways.choosing is not None)
    ways.choosing.first.edit.setText(ANOTHER)
    ways.choosing.again.edit.setText(ANOTHER)
    qtbot.waitUntil(ways.choosing.next_button.isEnabled)
    ways.choosing.next_button.click()


def test_as_many_letters_are_named_as_are_on_the_paper(halves):
    count = len(ORGANISATION.half_a.replace("-", ""))

    assert f"{count} letters and numbers" in halves.a.note.text()
    assert f"{count} letters and numbers" in halves.program.unlock.ways.recovering.code.note.text()


def test_two_people_open_with_their_halves_and_get_a_new_code(halves, qtbot):
    typed(halves, ORGANISATION.half_b, ORGANISATION.half_a)
    choose(halves, qtbot)
    unlock = halves.program.unlock
    qtbot.waitUntil(lambda: unlock.code is not None, timeout=20_000)
    assert unlock.is_code_shown()

    for field, number in zip(unlock.code.fields, unlock.code.asked, strict=True):
        field.edit.setText(unlock.code.groups[number])
    unlock.code.done_button.click()
    qtbot.waitUntil(lambda: halves.program.desk is not None)

    found = []
    halves.program.desk.tasks.run(escrow.state, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0].used_at is not None


def test_without_a_reason_nothing_is_opened(halves, qtbot):
    with qtbot.assertNotEmitted(halves.entered, wait=300):
        typed(halves, ORGANISATION.half_a, ORGANISATION.half_b, None)

    assert halves.program.unlock.ways.choosing is None
    halves.why.hidePopup()


def test_the_same_half_twice_opens_nothing(halves, qtbot):
    typed(halves, ORGANISATION.half_a, ORGANISATION.half_a)
    choose(halves, qtbot)

    qtbot.waitUntil(lambda: "Compare each letter" in halves.b.note.text(), timeout=20_000)
    assert halves.program.unlock.currentWidget() is halves


def test_left_alone_no_half_stays_on_the_screen(halves):
    halves.a.edit.setText(ORGANISATION.half_a)

    halves.program.idle.left_alone.emit()

    assert halves.a.words() == ""
