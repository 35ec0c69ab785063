"""A promise or answers half typed when the screen locks are there again on the same page."""

from pathlib import Path

from desktop.domain.forms import FormName
from desktop.domain.retention import Ground, Target, Thing
from desktop.services import forms, questionnaires, retention
from ui.window.promised import PromisePage
from ui.window.questioning import Questioning

EXAMPLE = Path(__file__).parents[3] / "docs" / "questionnaire-example.json"


def settled(qtbot, desk):
    qtbot.waitUntil(desk.tasks.is_idle, timeout=10_000)


def asked(qtbot, desk, work):
    found = []
    desk.tasks.run(work, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def half_typed_promise(qtbot, desk):
    page = desk.promising.page
    page.make()
    settled(qtbot, desk)
    page.sheet.form.what.edit.setText("교복 전달, 090101-3234567")
    page.sheet.form.when.edit.setText("모레 저")
    desk.rescue()
    settled(qtbot, desk)


def test_a_half_typed_promise_is_there_again_without_a_resident_number(qtbot, open_note):
    desk = open_note.program.desk
    half_typed_promise(qtbot, desk)

    again = PromisePage(desk.window)
    settled(qtbot, desk)
    again._on_file(desk.window.pages.file)
    settled(qtbot, desk)

    assert again.sheet.isVisible()
    assert again.sheet.form.what.edit.text() == "교복 전달, " + "●" * 14
    assert again.sheet.form.when.edit.text() == "모레 저"
    names = {form.name for form in asked(qtbot, desk, forms.kept)}
    assert FormName.PROMISE not in names  # it stands in the form again


def test_a_closed_sheet_keeps_nothing(qtbot, open_note):
    desk = open_note.program.desk
    desk.promising.page.make()
    settled(qtbot, desk)
    desk.promising.page.sheet.leave()

    desk.rescue()
    settled(qtbot, desk)

    assert FormName.PROMISE not in {form.name for form in asked(qtbot, desk, forms.kept)}


def test_half_given_answers_are_there_again(qtbot, open_note):
    desk = open_note.program.desk
    moment = desk.tasks.moment()
    asked(qtbot, desk, lambda vault: questionnaires.load(vault, EXAMPLE, moment))
    desk.questioning.reload()
    settled(qtbot, desk)
    desk.questioning.ask()
    sheet = desk.questioning.answering
    sheet.parts[0].buttons["maybe"].setChecked(True)
    sheet.parts[3].edit.setPlainText("쓰던 말")
    desk.rescue()
    settled(qtbot, desk)

    again = Questioning(desk.window)
    settled(qtbot, desk)
    again._on_file(desk.window.pages.file)

    assert [part.typed() for part in again.answering.parts] == ["maybe", "", "", "쓰던 말"]


def test_forgetting_somebody_takes_what_was_half_typed(qtbot, open_note):
    desk = open_note.program.desk
    half_typed_promise(qtbot, desk)
    youth, moment = open_note.ids[0], desk.tasks.moment()

    target = [Target(Thing.YOUTH, youth)]
    asked(qtbot, desk, lambda vault: retention.purge(vault, target, Ground.MISTAKE, moment) or 1)

    assert asked(qtbot, desk, lambda vault: [forms.kept(vault)])[0] == ()
