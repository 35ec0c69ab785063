"""Before handing over to somebody under 14: how the guardian stands, and a way for each."""

from dataclasses import replace

import pytest
from pages_for_tests import CENTER, WORDS, a_desk, a_draft, a_youth, done, settled
from PySide6.QtWidgets import QWidget

from desktop.domain.who_answers import Answers, GuardianStands
from desktop.domain.youths import Age
from desktop.services import handing
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
