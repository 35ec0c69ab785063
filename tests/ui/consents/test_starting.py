"""Before handing over to somebody under 14: how the guardian stands, and a way for each."""

from dataclasses import replace

import pytest
from pages_for_tests import CENTER, WORDS, a_desk, a_draft, a_youth, done, settled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.who_answers import Answers, GuardianStands, KeepReason
from desktop.domain.youths import Age
from desktop.services import guardians, handing
from ui.consents.starting import StartSheet


@pytest.fixture(scope="module")
def made(qapp, tmp_path_factory):
    tasks = a_desk(tmp_path_factory.mktemp("starting") / "vault")
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    yield tasks, StartSheet(tasks, window)
    window.close()
    tasks.close()


@pytest.fixture(scope="module")
def files():
    return []


@pytest.fixture
def sheet(made, files, qtbot):
    tasks, sheet = made
    if not files:
        met = a_youth(qtbot, tasks, age=Age.stated(12))
        files.append(replace(met, draft=a_draft(met)))
    sheet.open_for(files[0])
    settled(qtbot, tasks)
    about = (files[0].youth, CENTER.id, frozenset(WORDS), GuardianStands.PRESENT)
    known = done(qtbot, tasks, lambda vault: handing.known(vault, *about))
    sheet._show_known(files[0], replace(known, agency=CENTER))
    return sheet


def _stands(qtbot, made, sheet, guardian):
    sheet.stands.stands.buttons[guardian].click()
    settled(qtbot, made[0])
    sheet._known = replace(sheet._known, agency=CENTER)


def test_how_the_guardian_stands_is_said_first(sheet):
    assert sheet.stands.stands.key() == ""
    assert not sheet.start_button.isEnabled()
    assert not sheet.stands.report_button.isVisible()


def test_a_guardian_who_can_answer_is_asked_after_the_child(qtbot, made, sheet):
    _stands(qtbot, made, sheet, GuardianStands.PRESENT)
    sheet.pin.edit.setText("2580")
    with qtbot.waitSignal(sheet.chosen) as said:
        sheet.start_button.click()

    assert said.args[0].decision.answers is Answers.GUARDIAN


@pytest.mark.parametrize(
    "guardian",
    [GuardianStands.REFUSES, GuardianStands.UNREACHABLE, GuardianStands.SUSPECTED],
)
def test_where_nobody_may_say_yes_another_way_is_shown(qtbot, made, sheet, guardian):
    _stands(qtbot, made, sheet, guardian)
    sheet.pin.edit.setText("2580")
    with qtbot.assertNotEmitted(sheet.chosen):
        sheet.pin.entered.emit()

    assert not sheet.start_button.isEnabled()
    assert sheet.stands.notice.isVisible()
    with qtbot.waitSignal(sheet.report_wanted):
        sheet.stands.report_button.click()
    assert not sheet.isVisible()


def test_of_a_suspected_guardian_it_is_written_down_not_to_tell(qtbot, made, sheet):
    _stands(qtbot, made, sheet, GuardianStands.SUSPECTED)

    with qtbot.waitSignal(sheet.keep_wanted) as said:
        sheet.keep_button.click()

    assert said.args[0].youth.age == Age.stated(12)


@pytest.mark.parametrize("age", [12, 16])
def test_it_opens_for_an_agency_that_is_no_longer_listed_and_another_can_be_chosen(
    qtbot, made, files, sheet, age
):
    file = replace(files[0], youth=replace(files[0].youth, age=Age.stated(age)))
    sheet.leave()
    sheet.open_for(file)  # the vault's directory is empty
    settled(qtbot, made[0])

    assert sheet.isVisible()
    assert "not in the directory any more" in sheet.unlisted.notice.label.text()
    hidden = (sheet.about, sheet.stands, sheet.named, sheet.pin, sheet.manner, sheet.start_button)
    assert not any(part.isVisible() for part in hidden)
    with qtbot.assertNotEmitted(sheet.chosen):
        sheet.pin.entered.emit()
    with qtbot.waitSignal(sheet.referral_wanted) as said:
        sheet.unlisted.choose_button.click()
    assert said.args == [file]
    assert not sheet.isVisible()


def _named(qtbot, made, who=("김보호", "010-1234-5678")):
    part = made[1].named
    for field, words in zip((part.name, part.contact), who, strict=True):
        field.edit.setText(words)
    part.keep_button.click()
    settled(qtbot, made[0])
    return part


def test_a_guardian_out_of_reach_is_named_and_it_is_said_when_that_goes(qtbot, made, sheet):
    assert not sheet.named.isVisible()
    _stands(qtbot, made, sheet, GuardianStands.UNREACHABLE)
    assert sheet.named.keep_button.isVisible()
    assert not sheet.named.told.isVisible()

    part = _named(qtbot, made)

    assert part.told.label.text() == "김보호 · 010-1234-5678 · Goes in 5 days"
    _stands(qtbot, made, sheet, GuardianStands.REFUSES)
    assert "it must go" in part.told.label.text()
    assert part.sure_button.isVisible()
    assert not part.keep_button.isVisible()

    _stands(qtbot, made, sheet, GuardianStands.PRESENT)
    part.erase_button.click()
    assert "it must go" not in part.told.label.text()
    part.sure_button.click()
    settled(qtbot, made[0])

    assert not part.isVisible()
    assert (part.name.words(), part.contact.words()) == ("", "")


def test_a_second_space_erases_no_guardian_and_leads_back(qtbot, made, sheet):
    _stands(qtbot, made, sheet, GuardianStands.UNREACHABLE)
    part = _named(qtbot, made)
    _stands(qtbot, made, sheet, GuardianStands.PRESENT)
    part.erase_button.setFocus()

    for _ in range(2):
        qtbot.keyClick(part.window().focusWidget(), Qt.Key.Key_Space)
    settled(qtbot, made[0])

    assert part.name.words() == "김보호"
    assert part.window().focusWidget() is part.erase_button
    assert not part.sure_button.isVisible()


def test_no_resident_number_is_taken_of_a_guardian_and_nothing_typed_waits_for_the_next(
    qtbot, made, sheet
):
    _stands(qtbot, made, sheet, GuardianStands.UNREACHABLE)

    part = _named(qtbot, made, ("900101-1234567", "010"))

    assert "resident registration number" in part.wrong.text()
    sheet.leave()
    assert part.name.words() == ""


def test_where_no_guardian_is_told_none_is_named_and_it_is_said_why(qtbot, made, files, sheet):
    tasks, youth, moment = made[0], files[0].youth, made[0].moment()
    done(qtbot, tasks, lambda vault: guardians.keep_from(
        vault, youth.id, KeepReason.FEAR, "", moment) and None)  # fmt: skip
    file = replace(files[0], youth=replace(youth, keep_from_guardian=True))
    about = (file.youth, CENTER.id, frozenset(WORDS), GuardianStands.UNREACHABLE)
    known = done(qtbot, tasks, lambda vault: handing.known(vault, *about))

    sheet.named.show_known(file, known)
    done(qtbot, tasks, lambda vault: guardians.may_be_told_again(vault, youth.id, tasks.moment()))

    assert "They are afraid" in sheet.named.told.label.text()
    assert "no name" in sheet.named.told.label.text()
    assert not sheet.named.keep_button.isVisible()
    assert not sheet.named.name.isVisible()
