"""Everybody sees whether a law entrusts the organisation; a supervisor alone records it."""

import pytest
from consent_texts_for_tests import sit_at
from pages_for_tests import done, settled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.services import entrustments, forms
from ui.consents.entrusting import EntrustingSheet


@pytest.fixture
def sheet(qtbot, tasks):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    sheet = EntrustingSheet(tasks, window)
    sheet.settle = lambda: settled(qtbot, tasks)
    sheet.standing = lambda: done(
        qtbot, tasks, lambda vault: entrustments.standing(vault, tasks.moment().now)
    )
    return sheet


def _begun(sheet):
    sheet.begin()
    sheet.settle()
    return sheet


def test_a_counselor_reads_that_it_is_off_and_can_only_load_what_is_signed(sheet):
    _begun(sheet)

    assert sheet.state.label.text().startswith("Off.")
    assert not sheet.form.isVisible()
    assert not sheet.record_button.isVisible()
    assert sheet.may_not.isVisible()
    assert sheet.load_button.isVisible()


def test_nothing_is_filled_in_and_what_is_missing_is_said(qtbot, tasks, sheet):
    done(qtbot, tasks, lambda vault: sit_at(vault, "supervisor"))
    form = _begun(sheet).form

    assert not form.by.key()
    assert not any(each.words() for each in (form.article, form.document, form.dated))
    sheet.record_button.click()
    sheet.settle()
    assert "not clear who entrusts" in sheet.notice.label.text()
    assert sheet.standing().held is None


def _written(qtbot, tasks, sheet):
    """Fill in the form as a supervisor, and return it."""
    done(qtbot, tasks, lambda vault: sit_at(vault, "supervisor"))
    form = _begun(sheet).form
    form.by.buttons["ministry"].click()
    form.article.edit.setText("시행령 제18조")
    form.document.edit.setText("12")
    form.dated.edit.setText("2026. 11. 2.")
    form.last_day.edit.setText("2099-12-31")
    return form


def test_it_is_recorded_and_ended_in_two_presses(qtbot, tasks, sheet):
    form = _written(qtbot, tasks, sheet)

    with qtbot.waitSignal(sheet.changed):
        sheet.record_button.click()
    sheet.settle()
    assert sheet.standing().is_on
    assert "until December 31, 2099" in sheet.state.label.text()
    assert not form.isVisible()

    sheet.end_button.click()
    assert sheet.standing().is_on
    with qtbot.waitSignal(sheet.changed):
        sheet.sure_button.click()
    sheet.settle()
    assert not sheet.standing().is_on
    assert sheet.state.label.text().startswith("Off: it ended")


def test_a_second_space_does_not_end_it(qtbot, tasks, sheet):
    _written(qtbot, tasks, sheet)
    sheet.record_button.click()
    sheet.settle()
    sheet.end_button.setFocus()

    for _ in range(2):
        qtbot.keyClick(sheet.window().focusWidget(), Qt.Key.Key_Space)
    sheet.settle()

    assert sheet.standing().is_on


def test_what_is_half_typed_when_the_screen_locks_is_there_again(qtbot, tasks, sheet):
    done(qtbot, tasks, lambda vault: sit_at(vault, "supervisor"))
    form = _begun(sheet).form
    form.by.buttons["local-government"].click()
    form.document.edit.setText("복지정책과-12")
    sheet.half.keep()
    sheet.settle()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    again = EntrustingSheet(tasks, window)
    again.settle = sheet.settle
    again.begin()
    again.half.keep()  # it locks before the vault has answered: nothing was emptied
    again.settle()
    assert len(done(qtbot, tasks, forms.kept)) == 1
    half = _begun(again).form.typed()

    assert (half["by"], half["document"]) == ("local-government", "복지정책과-12")
    again.form.fill({})
    again.half.keep()  # what was emptied is forgotten
    again.settle()
    assert done(qtbot, tasks, forms.kept) == ()
