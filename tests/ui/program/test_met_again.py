"""Somebody known is chosen for a new contact, through the real window, in both languages."""

import pytest
from growing_for_tests import Street

import i18n
from desktop.services import youths

GIVEN = "컵라면, 핫팩 둘"


@pytest.fixture(params=["en", "ko"])
def street(request, open_note, qtbot):
    street = Street(open_note, qtbot)
    i18n.use(request.param)
    return street


def new_contact(street, qtbot, *, guardian=False, given=""):
    """Type what is known, then an alias, and choose the one who is offered."""
    street.window.rail.new_meeting()
    sheet = street.window.rail.sheet
    sheet.given.edit.setText(given)
    sheet.guardian.setChecked(guardian)
    sheet.alias.edit.setText("하늘")
    qtbot.waitUntil(lambda: len(sheet.known.buttons) == 1)
    sheet.known.buttons[0].click()
    qtbot.waitUntil(sheet.isHidden)
    street.settle()


def keep_from(street):
    return next((c for c in street.window.children() if type(c).__name__ == "KeepFromSheet"), None)


def known(street):
    youth, moment = street.ids[0], street.tasks.moment()
    return street.ask(lambda vault: youths.open_file(vault, youth, None, moment))


def test_the_tick_holds_for_somebody_known_and_why_is_asked_then(street, qtbot):
    new_contact(street, qtbot, guardian=True)

    assert known(street).youth.keep_from_guardian
    qtbot.waitUntil(lambda: keep_from(street) is not None and keep_from(street).isVisible())
    assert not street.window.rail.sheet.guardian.isChecked()


def test_without_the_tick_nothing_is_asked(street, qtbot):
    new_contact(street, qtbot)

    assert not known(street).youth.keep_from_guardian
    assert keep_from(street) is None


def test_what_was_given_stays_on_the_page_of_who_says_yes(street, qtbot):
    street.window.rail.new_meeting()
    sheet = street.window.rail.sheet
    sheet.given.edit.setText(GIVEN)
    sheet.save_button.click()
    qtbot.waitUntil(lambda: street.window.pages.file.jotting is not None)
    street.settle()
    growing = street.open_growing()
    growing.alias.edit.setText("새벽")
    growing.agreeing.answer.buttons["agreed"].click()

    growing.keep_button.click()

    editor = street.window.pages.note.editor
    qtbot.waitUntil(lambda: GIVEN in editor.toPlainText())
    qtbot.keyClicks(editor, "y")
    street.window.pages.save_now()
    street.settle()
    youth, moment = street.window.pages.file.youth.id, street.tasks.moment()
    kept = street.ask(lambda vault: youths.open_file(vault, youth, None, moment))
    assert GIVEN in kept.note.text
    assert "y" in kept.note.text


def test_what_was_given_stands_on_their_page_and_typing_goes_on_below_it(street, qtbot):
    editor = street.window.pages.note.editor
    qtbot.keyClicks(editor, "x")
    editor.setPlainText("벤치에서 만남")

    new_contact(street, qtbot, given=GIVEN)
    qtbot.waitUntil(lambda: GIVEN in editor.toPlainText())
    qtbot.keyClicks(editor, "y")
    street.window.pages.save_now()
    street.settle()

    text = known(street).note.text
    assert "벤치에서 만남" in text
    assert GIVEN in text
    assert "y" in text
