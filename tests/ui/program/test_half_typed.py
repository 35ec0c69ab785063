"""A night or a new contact that was half typed when it locked is there again after it opens."""

import pytest
from PySide6.QtCore import Qt
from vaults_for_tests import PASSPHRASE, by_key

from desktop.domain.forms import FormName
from desktop.domain.youths import Age, Gender
from desktop.paths import Places
from desktop.services import forms

NUMBER = "900101-1234567"


@pytest.fixture
def contact(open_note, qtbot):
    """Open the form of a new contact."""
    window = open_note.program.desk.window
    window.rail.reload()
    qtbot.waitUntil(lambda: window.rail._tonight is not None)
    window.rail.new_meeting()
    return window.rail.sheet


def kept(tmp_path):
    vault = by_key(Places(tmp_path).vault("practice"))
    try:
        vault.verify()
        return {form.name: dict(form.words) for form in forms.kept(vault)}
    finally:
        vault.close()


def opened_again(start_practice, qtbot):
    program = start_practice().program
    program.unlock.door.passphrase.edit.setText(PASSPHRASE)
    program.unlock.door.unlock_button.click()
    qtbot.waitUntil(lambda: program.desk is not None and program.desk.joining is not None)
    program.desk.joining.skip_button.click()
    return program


def test_a_half_typed_contact_is_there_again_and_open(open_note, contact, start_practice, qtbot):
    contact.alias.edit.setText("새벽별")
    contact.age.show_age(Age.between(13, 15))
    contact.gender.choose(Gender.OTHER.value)
    contact.language.setCurrentIndex(1)
    contact.place.edit.setText("육교 아래")
    contact.guardian.setChecked(True)
    typed = contact.typed()

    open_note.program.lock.lock()
    again = opened_again(start_practice, qtbot).desk.window.rail

    qtbot.waitUntil(lambda: again.sheet.isVisible())
    assert again.sheet.typed() == typed
    assert again.sheet.age.age() == Age.between(13, 15)


def test_a_form_that_was_closed_is_filled_in_and_stays_closed(
    open_note, contact, start_practice, qtbot
):
    contact.alias.edit.setText("새벽별")
    contact.leave()

    open_note.program.lock.lock()
    window = opened_again(start_practice, qtbot).desk.window
    qtbot.waitUntil(lambda: "sheet" in vars(window.rail))

    assert window.rail.sheet.alias.words() == "새벽별"
    assert not window.rail.sheet.isVisible()


def test_it_is_kept_though_everything_was_hidden(open_note, contact, tmp_path):
    contact.alias.edit.setText("새벽별")
    open_note.program.frame.toggle_hidden()

    open_note.program.lock.lock()

    assert kept(tmp_path)[FormName.CONTACT]["alias"] == "새벽별"
    assert kept(tmp_path)[FormName.CONTACT]["open"]


def test_a_resident_number_in_it_is_blotted_out(open_note, contact, tmp_path):
    contact.alias.edit.setText(f"별 {NUMBER}")

    open_note.program.lock.lock()

    assert kept(tmp_path)[FormName.CONTACT]["alias"] == "별 " + "●" * len(NUMBER)


def test_an_empty_form_that_is_closed_leaves_nothing(open_note, contact, tmp_path):
    contact.place.edit.setText("역 앞")  # the place stays from one to the next
    contact.leave()

    open_note.program.lock.lock()

    assert kept(tmp_path) == {}


def test_once_the_meeting_is_kept_the_form_is_forgotten(
    open_note, contact, start_practice, qtbot, tmp_path
):
    contact.alias.edit.setText("새벽별")
    open_note.program.lock.lock()
    program = opened_again(start_practice, qtbot)
    sheet = program.desk.window.rail.sheet
    qtbot.waitUntil(sheet.isVisible)

    sheet.save_button.click()
    qtbot.waitUntil(lambda: not sheet.isVisible() and program.desk.tasks.is_idle())
    program.lock.lock()

    assert kept(tmp_path) == {}
    vault = by_key(Places(tmp_path).vault("practice"))
    with vault.reading() as db:
        assert "새벽별" in {row[0] for row in db.execute("SELECT alias FROM youth")}
        assert db.execute("SELECT * FROM salt WHERE record = 'contact'").fetchall() == []
    vault.close()


def test_a_form_emptied_by_hand_is_forgotten(open_note, contact, start_practice, qtbot, tmp_path):
    contact.alias.edit.setText("새벽별")
    open_note.program.lock.lock()
    program = opened_again(start_practice, qtbot)
    sheet = program.desk.window.rail.sheet
    qtbot.waitUntil(sheet.isVisible)

    sheet.clear_form()
    sheet.leave()
    program.lock.lock()

    assert kept(tmp_path) == {}


def test_a_night_that_was_being_begun_is_there_again(open_note, start_practice, qtbot):
    rail = open_note.program.desk.window.rail
    rail.form.place.edit.setText("신림역")
    rail.form.team.edit.setText("한빛, 오솔")
    rail.form.partners.others.edit.setText("관악경찰서")
    typed = rail.form.typed()

    open_note.program.lock.lock()
    again = opened_again(start_practice, qtbot).desk.window.rail

    qtbot.waitUntil(lambda: again.form.typed() == typed)


def test_it_is_no_record_of_anybody(open_note, contact, tmp_path):
    contact.alias.edit.setText("새벽별")

    open_note.program.lock.lock()

    vault = by_key(Places(tmp_path).vault("practice"))
    with vault.reading() as db:
        assert db.execute("SELECT count(*) FROM youth").fetchone() == (1,)
    vault.close()


def test_a_contact_is_kept_while_it_is_typed_and_no_more_once_it_is_met(open_note, contact, qtbot):
    desk = open_note.program.desk

    def names():
        found = []
        desk.tasks.run(forms.kept, found.extend)
        qtbot.waitUntil(desk.tasks.is_idle)
        return {form.name: form.words.get("alias") for form in found}

    for alias in ("새벽", "새벽별"):
        contact.alias.edit.setText(alias)
        desk.window.half_typed.look()
        assert names() == {FormName.CONTACT: alias}

    qtbot.keyClick(contact.alias.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.tasks.is_idle() and contact.isHidden())
    desk.window.half_typed.look()

    assert names() == {}
