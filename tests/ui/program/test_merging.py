"""Two records are put together and parted again, through the real window, in both languages."""

import pytest
from growing_for_tests import Street

import i18n
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import About, Age
from desktop.services import guardians, looks, merging, outreach, youths
from desktop.services.youths import NewYouth

SIXTEEN = Age.stated(16)


@pytest.fixture(params=["en", "ko"])
def street(request, open_note, qtbot):
    street = Street(open_note, qtbot)
    i18n.use(request.param)
    return street


def sheet_of(street):
    street.window.drawer_wanted.emit("merge")
    street.settle()
    return next(child for child in street.window.children() if child.objectName() == "merging")


def meet(street, alias, age=SIXTEEN):
    who, moment = NewYouth(alias, age), street.tasks.moment()
    return street.ask(lambda vault: youths.meet(vault, who, "버스 앞", moment)).youth.id


def choose(street, qtbot, sheet, alias):
    sheet.other.edit.setText(alias)
    qtbot.waitUntil(lambda: len(sheet.known.buttons) == 1)
    sheet.known.buttons[0].click()
    street.settle()


def met_by(street):
    return {met.youth.alias for met in street.ask(outreach.tonight).met}


def test_two_are_put_together_only_when_it_is_said_who_stays_and_parted_again(street, qtbot):
    other = meet(street, "바다")
    sheet = sheet_of(street)
    choose(street, qtbot, sheet, "바다")
    assert sheet.sides.isVisible()
    assert sheet.sides.keeps.key() == ""
    sheet.merge_button.click()
    assert sheet.problem.text()
    assert met_by(street) == {"하늘", "바다"}

    sheet.sides.keeps.buttons["0"].click()
    sheet.merge_button.click()
    street.settle()

    assert sheet.isHidden()
    assert met_by(street) == {"하늘"}
    qtbot.waitUntil(lambda: street.window.pages.file is not None)
    assert street.window.pages.file.times_met == 2
    seen = street.ask(lambda vault: looks.of(vault, street.ids[0]))
    assert {look.sight.youth for look in seen} >= {street.ids[0], other}

    sheet = sheet_of(street)
    assert "바다" in sheet.parting._said.text()
    assert sheet.parting.guardian.isHidden()
    sheet.parting.button.click()
    street.settle()

    assert met_by(street) == {"하늘", "바다"}
    assert street.ask(lambda vault: merging.into(vault, street.ids[0])) == ()


def test_it_is_said_which_age_counts_where_one_of_two_is_a_guess(street, qtbot):
    told, kept, moment = Age.stated(13), street.ids[0], street.tasks.moment()
    street.ask(lambda v: youths.tell(v, kept, About(Age.estimated(16)), moment) or "done")
    meet(street, "바다", told)
    sheet = sheet_of(street)
    choose(street, qtbot, sheet, "바다")
    said = {}
    for button in sheet.sides.keeps.buttons.values():
        button.click()
        said[button.text()] = sheet.sides.age.isVisible()

    assert said == {"하늘": True, "바다": False}
    sheet.sides.keeps.buttons["0"].click()
    sheet.merge_button.click()
    street.settle()
    file = street.ask(lambda v: youths.open_file(v, kept, None, moment))
    assert file.youth.age == told


def test_before_two_are_parted_it_is_said_what_stays_with_both(street, qtbot):
    other, kept, moment = meet(street, "바다"), street.ids[0], street.tasks.moment()
    street.ask(lambda vault: merging.merge(vault, other, kept, moment) or "done")
    street.ask(lambda v: guardians.keep_from(v, kept, KeepReason.WISH, "", moment))
    street.window.reload()
    qtbot.waitUntil(lambda: bool(street.window.pages.file.merged))

    sheet = sheet_of(street)

    assert sheet.parting.guardian.isVisible()
    assert sheet.parting.nameless.isHidden()
    assert sheet.parting.age.isHidden()


def test_before_two_are_parted_it_is_said_that_an_age_told_since_stays_with_both(street, qtbot):
    other, kept, moment = meet(street, "바다"), street.ids[0], street.tasks.moment()
    street.ask(lambda vault: merging.merge(vault, other, kept, moment) or "done")
    street.ask(lambda vault: youths.tell(vault, kept, About(Age.stated(13)), moment) or "done")
    street.window.reload()
    qtbot.waitUntil(lambda: bool(street.window.pages.file.merged))

    sheet = sheet_of(street)

    assert sheet.parting.age.isVisible()
    assert sheet.parting.guardian.isHidden()


@pytest.mark.parametrize("is_of_the_other", [False, True])
def test_grounds_that_are_being_written_outlive_both_ways(street, qtbot, is_of_the_other):
    other = meet(street, "바다")
    judging = street.begin_grounds("여기 쓰던 말")
    if is_of_the_other:  # of somebody else: their page is in front, and the words were put away
        street.window.open_file(other, None)
        street.settle()
        qtbot.waitUntil(lambda: judging.panel.isHidden())
    sheet = sheet_of(street)
    choose(street, qtbot, sheet, "하늘" if is_of_the_other else "바다")

    sheet.sides.keeps.buttons["0"].click()
    sheet.merge_button.click()
    street.settle()
    qtbot.waitUntil(judging.panel.isVisible)
    assert judging.panel.words() == "여기 쓰던 말"
    if is_of_the_other:
        return

    sheet_of(street).parting.button.click()
    street.settle()
    qtbot.waitUntil(judging.panel.isVisible)
    assert judging.panel.words() == "여기 쓰던 말"


def test_the_record_in_front_may_be_the_one_that_goes(street, qtbot):
    other = meet(street, "바다")
    sheet = sheet_of(street)
    choose(street, qtbot, sheet, "바다")

    sheet.sides.keeps.buttons["1"].click()
    sheet.merge_button.click()
    street.settle()

    qtbot.waitUntil(lambda: street.window.pages.note.header.alias.text() == "바다")
    assert street.window.pages.file.youth.id == other
    assert street.window.pages.file.meeting.id == street.ids[1]


def test_the_same_record_is_refused_with_a_sentence(street, qtbot):
    sheet = sheet_of(street)

    choose(street, qtbot, sheet, "하늘")

    assert sheet.problem.text()
    assert sheet.sides.isHidden()
    assert not sheet.merge_button.isEnabled()
