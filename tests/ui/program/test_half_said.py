"""A promise or answers half typed when the screen locks are there again on the same page."""

from pathlib import Path
from uuid import uuid4

from consent_texts_for_tests import WHY, sit_at
from full_disk_for_tests import a_full_disk
from vaults_for_tests import PASSPHRASE, by_key

from desktop.domain.forms import FormName
from desktop.domain.own_data import Wish
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.text_versions import said
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import Age, AgeBasis
from desktop.paths import Places
from desktop.services import forms, questionnaires, retention, text_versions
from ui.consents import fault_words
from ui.consents.keeping_from import KeepFromSheet
from ui.own_data.sheet import RequestsSheet
from ui.window.half_said import HalfSaid
from ui.window.promised import PromisePage
from ui.window.questioning import Questioning
from ui.youths.about_sheet import AboutSheet
from ui.youths.age_laws import AgeLawsSheet

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
    assert kept_of(qtbot, desk, FormName.PROMISE)  # a power cut now takes nothing
    again.sheet.leave()
    settled(qtbot, desk)
    assert kept_of(qtbot, desk, FormName.PROMISE) == []


def kept_of(qtbot, desk, name):
    found = asked(qtbot, desk, lambda vault: [forms.kept(vault)])[0]
    return [sorted(form.words.values()) for form in found if form.name is name]


def test_a_promise_is_kept_while_it_is_typed_and_no_more_once_it_is_made(qtbot, open_note):
    page = open_note.program.desk.promising.page
    desk = open_note.program.desk
    page.make()
    settled(qtbot, desk)
    for what in ("교복", "교복 전달"):
        page.sheet.form.what.edit.setText(what)
        page._half_said.look()
        settled(qtbot, desk)
        assert kept_of(qtbot, desk, FormName.PROMISE)[0][-1] == what

    page.sheet.form.when.edit.setText("내일 점심")
    qtbot.waitUntil(lambda: page.sheet.keep_button.isEnabled())
    page.sheet.keep_button.click()
    settled(qtbot, desk)
    settled(qtbot, desk)

    assert page.sheet.isHidden()
    assert kept_of(qtbot, desk, FormName.PROMISE) == []


def test_what_a_full_disk_did_not_take_is_kept_at_the_next_look(qtbot, open_note):
    desk = open_note.program.desk
    page, folder = desk.promising.page, asked(qtbot, desk, lambda vault: vault.folder)
    page.make()
    settled(qtbot, desk)
    page.sheet.form.what.edit.setText("교복 전달")

    with a_full_disk(folder):
        page._half_said.look()
        settled(qtbot, desk)
    assert kept_of(qtbot, desk, FormName.PROMISE) == []

    page._half_said.look()
    settled(qtbot, desk)
    assert kept_of(qtbot, desk, FormName.PROMISE)[0][-1] == "교복 전달"


def test_a_second_lock_about_somebody_else_replaces_nothing(qtbot, open_note):
    desk, one, other = open_note.program.desk, uuid4(), uuid4()
    for youth, words in ((one, "교복 전달"), (other, "전화")):
        HalfSaid(desk.tasks, FormName.PROMISE).keep(youth, {"what": words, "when": " "})
        settled(qtbot, desk)

    again = HalfSaid(desk.tasks, FormName.PROMISE)
    settled(qtbot, desk)

    assert [again.take(youth) for youth in (one, one, other)] == [
        {"what": "교복 전달"}, {}, {"what": "전화"},
    ]  # fmt: skip
    settled(qtbot, desk)
    assert kept_of(qtbot, desk, FormName.PROMISE) == [["교복 전달", "전화"]]


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


def half_typed_request(qtbot, desk):
    desk.window.drawer_wanted.emit("own-data")
    settled(qtbot, desk)
    asking = desk.window.findChild(RequestsSheet).about.asking
    asking.choice.buttons[Wish.CORRECT].click()
    asking.words.edit.setText("나이가")


def unlocked(qtbot, program):
    program.unlock.door.passphrase.edit.setText(PASSPHRASE)
    program.unlock.door.unlock_button.click()
    qtbot.waitUntil(lambda: program.desk is not None and program.desk.joining is not None)
    program.desk.joining.skip_button.click()
    return program


def test_a_request_and_why_a_guardian_is_not_told_are_there_again_after_a_lock(
    open_note, qtbot, start_practice, tmp_path
):
    desk = open_note.program.desk
    half_typed_request(qtbot, desk)
    desk.window.drawer_wanted.emit("keep-from")
    settled(qtbot, desk)
    sheet = desk.window.findChild(KeepFromSheet)
    sheet.reasons[KeepReason.FEAR].setChecked(True)
    sheet.words.edit.setText("집에 알려질까 봐")
    ids = open_note.ids

    open_note.program.lock.lock()
    program = unlocked(qtbot, start_practice().program)
    window = program.desk.window
    window.open_file(*ids)
    qtbot.waitUntil(lambda: window.findChild(KeepFromSheet) is not None)
    again = window.findChild(KeepFromSheet)
    qtbot.waitUntil(again.isVisible)
    requests = window.findChild(RequestsSheet)
    qtbot.waitUntil(requests.isVisible)

    assert again.reasons[KeepReason.FEAR].isChecked()
    assert again.words.words() == "집에 알려질까 봐"
    assert requests.about.asking.choice.key() == Wish.CORRECT
    assert requests.about.asking.words.words() == "나이가"
    for sheet in (again, requests):  # closed, a request that is half typed stays
        sheet.leave()
    settled(qtbot, program.desk)
    (kept,) = asked(qtbot, program.desk, forms.kept)
    assert (kept.name, *kept.words.values()) == (FormName.REQUEST, "나이가")


def test_an_age_that_is_being_put_right_is_there_again_after_a_lock(
    open_note, qtbot, start_practice
):
    window = open_note.program.desk.window
    window.pages.note.header.about.click()
    window.findChild(AgeLawsSheet).right_button.click()
    fields = window.findChild(AboutSheet).fields
    fields.age.basis.buttons[AgeBasis.STATED].click()
    fields.age.lowest.setValue(13)

    open_note.program.lock.lock()
    program = unlocked(qtbot, start_practice().program)
    window = program.desk.window
    window.open_file(*open_note.ids)
    qtbot.waitUntil(lambda: window.findChild(AboutSheet) is not None)
    again = window.findChild(AboutSheet)
    qtbot.waitUntil(again.isVisible)

    assert again.fields.about().age == Age.stated(13)
    assert window.pages.file.youth.age != Age.stated(13)
    again.keep_button.click()
    settled(qtbot, program.desk)
    settled(qtbot, program.desk)
    assert kept_of(qtbot, program.desk, FormName.ABOUT) == []


def test_an_age_that_was_only_looked_at_is_kept_nowhere(open_note, qtbot):
    desk = open_note.program.desk
    desk.window.pages.note.header.about.click()
    desk.window.findChild(AgeLawsSheet).right_button.click()

    desk.window.rescuing.emit()
    settled(qtbot, desk)

    assert asked(qtbot, desk, lambda vault: [forms.kept(vault)])[0] == ()


def test_the_draft_of_a_consent_text_is_kept_at_a_lock(open_note, qtbot, tmp_path):
    desk = open_note.program.desk
    asked(qtbot, desk, lambda vault: sit_at(vault, "supervisor") or True)
    desk.window.drawer_wanted.emit("texts")
    settled(qtbot, desk)
    shelf = desk.writing.shelf
    shelf.write_button.click()
    settled(qtbot, desk)
    shelf.wording.place.group.setCurrentIndex(
        [each.key for each in fault_words.groups()].index("youth/17")
    )
    shelf.wording._on_chosen()
    shelf.wording.rows.rows[WHY].box.setPlainText("밥과 쉬는 곳은 그대로")

    open_note.program.lock.lock()

    vault = by_key(Places(tmp_path).vault("practice"))
    draft = text_versions.shelf(vault).draft
    vault.close()
    assert said(draft.texts["ko"], WHY) == "밥과 쉬는 곳은 그대로"


def test_a_line_for_the_board_is_kept_at_a_lock(open_note, qtbot, tmp_path):
    desk = open_note.program.desk
    desk.window.drawer_wanted.emit("team")
    qtbot.waitUntil(lambda: desk.drawer is not None and desk.drawer.team.entering.isVisible())
    desk.drawer.team.board.words.setPlainText("열쇠는 서랍에")

    open_note.program.lock.lock()

    vault = by_key(Places(tmp_path).vault("practice"))
    kept = {form.name: form.words["words"] for form in forms.kept(vault)}
    vault.close()
    assert kept == {FormName.NOTICE: "열쇠는 서랍에"}
