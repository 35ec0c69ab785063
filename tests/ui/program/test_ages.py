"""An age is told later, or put right, through the real window, in both languages."""

import pytest
from growing_for_tests import Street
from PySide6.QtCore import Qt

import i18n
from desktop.domain.youths import Age, AgeBasis, Gender
from desktop.services import youths


@pytest.fixture(params=["en", "ko"])
def street(request, open_note, qtbot):
    street = Street(open_note, qtbot)
    i18n.use(request.param)
    return street


def known(street, youth):
    moment = street.tasks.moment()
    return street.ask(lambda vault: youths.open_file(vault, youth, None, moment)).youth


def sheet_of(street, name):
    sheet = next(c for c in street.window.children() if c.objectName() == name)
    assert sheet.isVisible()
    return sheet


def to_correct(street):
    street.window.pages.note.header.about.click()
    sheet_of(street, "age-laws-sheet").right_button.click()
    return sheet_of(street, "about-sheet")


def test_an_age_typed_wrong_is_put_right_behind_the_pill(street, qtbot):
    youth, sheet = street.ids[0], to_correct(street)
    before = known(street, youth)
    assert sheet.fields.about() == before.about

    sheet.fields.age.basis.buttons[AgeBasis.STATED.value].click()
    sheet.fields.age.lowest.setValue(13)
    sheet.fields.gender.buttons[Gender.OTHER.value].click()
    assert sheet.fields.age.hint.isVisible()
    qtbot.keyClick(sheet.fields.age.lowest, Qt.Key.Key_Return)
    street.settle()

    assert sheet.isHidden()
    assert known(street, youth).age == Age.stated(13)
    assert known(street, youth).gender is Gender.OTHER
    qtbot.waitUntil(lambda: "13" in street.window.pages.note.header.about.words())


def test_an_age_nobody_young_has_is_answered_with_a_sentence(street):
    youth, sheet = street.ids[0], to_correct(street)
    before = known(street, youth)
    sheet.fields.age.basis.buttons[AgeBasis.STATED.value].click()
    sheet.fields.age.lowest.setValue(77)

    sheet.keep_button.click()
    street.settle()

    assert sheet.isVisible()
    assert sheet.problem.text()
    assert known(street, youth) == before


def test_who_comes_to_have_an_alias_tells_the_age_with_it(street, qtbot):
    street.meet_somebody()
    nameless = street.window.pages.file.youth
    assert nameless.age == Age.unknown()
    sheet = street.open_growing()
    sheet.alias.edit.setText("새벽")
    sheet.naming.about.age.basis.buttons[AgeBasis.STATED.value].click()
    sheet.naming.about.age.lowest.setValue(16)
    sheet.agreeing.answer.buttons["agreed"].click()

    sheet.keep_button.click()
    street.settle()

    kept = known(street, nameless.id)
    assert (kept.alias, kept.age) == ("새벽", Age.stated(16))


def test_an_age_half_told_is_there_again_when_the_sheet_opens_for_them_again(street):
    street.meet_somebody()
    sheet = street.open_growing()
    sheet.naming.about.age.basis.buttons[AgeBasis.ESTIMATED.value].click()
    sheet.naming.about.age.lowest.setValue(15)

    [(_, words)] = [sheet.half_said()]
    sheet.begin(street.window.pages.file)
    assert sheet.naming.typed() == {"alias": ""}
    sheet.naming.fill({field: said for field, said in words.items() if said})

    assert sheet.naming.about.age.age() == Age.estimated(15)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_of_either_sheet_is_cut_off(open_note, qtbot, language):
    street = Street(open_note, qtbot)
    i18n.use(language)
    correcting = to_correct(street)
    correcting.fields.age.basis.buttons[AgeBasis.RANGE.value].click()
    assert is_whole(correcting, qtbot)
    correcting.leave()

    street.meet_somebody()
    growing = street.open_growing()
    growing.naming.about.age.basis.buttons[AgeBasis.RANGE.value].click()

    assert is_whole(growing, qtbot)


def is_whole(sheet, qtbot):
    """Say whether everything on a sheet is as broad as the sheet."""
    bar = sheet._scroll.horizontalScrollBar()
    qtbot.wait(50)
    return bar.maximum() == 0
