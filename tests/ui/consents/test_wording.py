"""An organisation writes its consent texts; the hand-over shows them only when they are whole."""

import json

import pytest
from consent_texts_for_tests import OWN, WHY, sit_at, spoil
from full_disk_for_tests import a_full_disk
from pages_for_tests import NIGHT, a_desk, a_draft, a_handing, a_youth, done, reopened, settled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.consent_errors import Fault
from desktop.domain.consent_texts import KEPT_DAYS, required
from desktop.domain.consents import LANGUAGES, Article
from desktop.domain.text_versions import put, said
from desktop.services import consents, referrals, text_versions
from desktop.services.text_versions import holding, shelf
from ui.consents import fault_words, texts
from ui.consents.handover import HandOver
from ui.consents.shelf import ShelfSheet
from ui.consents.starting import StartSheet

RU = LANGUAGES.index("ru")


@pytest.fixture(scope="module")
def tasks(qapp, tmp_path_factory):
    tasks = a_desk(tmp_path_factory.mktemp("texts") / "vault")
    yield tasks
    tasks.close()


@pytest.fixture(autouse=True)
def programs_own():
    yield
    texts.use(None)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return window


def sit(qtbot, tasks, role):
    done(qtbot, tasks, lambda vault: sit_at(vault, role) or True)
    moment = tasks.moment()
    if role == "supervisor":
        done(qtbot, tasks, lambda vault: text_versions.drop_draft(vault, moment) or True)
        done(qtbot, tasks, lambda vault: text_versions.use_programs_own(vault, moment))


@pytest.fixture
def sheet(qtbot, tasks, window):
    sit(qtbot, tasks, "supervisor")
    return opened(qtbot, tasks, window)


def opened(qtbot, tasks, window):
    sheet = ShelfSheet(tasks, window)
    sheet.begin()
    settled(qtbot, tasks)
    return sheet


def writing(qtbot, tasks, sheet, language=0, group="youth/17"):
    sheet.write_button.click()
    settled(qtbot, tasks)
    place = sheet.wording.place
    place.language.setCurrentIndex(language)
    place.group.setCurrentIndex([each.key for each in fault_words.groups()].index(group))
    sheet.wording._on_chosen()
    return sheet.wording


def test_who_is_no_supervisor_may_look_and_not_write(qtbot, tasks, window):
    sit(qtbot, tasks, "supervisor")
    sit(qtbot, tasks, "counselor")

    sheet = opened(qtbot, tasks, window)

    assert sheet.may_not.isVisible()
    assert not sheet.write_button.isVisible()
    assert not any(row.write_button.isVisible() for row in sheet.rows)
    sheet.rows[0].seen_button.click()
    settled(qtbot, tasks)
    assert sheet.seen.question.title.text() == OWN["ko"]["youth"]["17"]["title"]


def test_what_a_full_disk_did_not_take_is_kept_when_it_is_closed(qtbot, tasks, sheet):
    wording = writing(qtbot, tasks, sheet, RU)
    with a_full_disk(done(qtbot, tasks, lambda vault: vault.folder)):
        wording.rows.rows[WHY].box.setPlainText("Ничего не потеряно.")
        wording.draft.keep()
        settled(qtbot, tasks)
        assert "disk is full" in wording.notice.label.text()

    wording.leave()
    settled(qtbot, tasks)

    assert said(done(qtbot, tasks, shelf).draft.texts["ru"], WHY) == "Ничего не потеряно."


def test_what_is_written_is_kept_as_a_draft_and_taken_up_again(qtbot, tasks, sheet, window):
    wording = writing(qtbot, tasks, sheet, RU)
    wording.rows.rows[WHY].box.setPlainText("Ничего не изменится.")
    wording.leave()
    settled(qtbot, tasks)

    assert said(done(qtbot, tasks, shelf).draft.texts["ru"], WHY) == "Ничего не изменится."
    again = opened(qtbot, tasks, window)
    assert again.write_button.text() == "Go on writing"
    assert writing(qtbot, tasks, again, RU).rows.rows[WHY].box.toPlainText() == (
        "Ничего не изменится."
    )


def test_what_is_to_mend_is_named_by_language_screen_row_and_law(qtbot, tasks, sheet, window):
    wording = writing(qtbot, tasks, sheet, RU)
    wording.rows.rows[WHY].box.setPlainText("")
    foot = wording.foot_part

    assert wording.problems.text() == (
        "Russian · Young person · provision to the agency · If they say no · "
        "Privacy Act 15(2)4, 17(2)5: there are no words here"
    )
    assert not wording.rows.rows[WHY].problem.isHidden()
    assert wording.place.language.itemText(RU) == "Russian · 1 to mend"
    assert not foot.force_button.isVisible()

    wording.place.language.setCurrentIndex(0)
    wording._on_chosen()
    foot.next_button.click()
    assert wording.place.now()[0] == "ru"
    qtbot.waitUntil(lambda: window.focusWidget() is wording.rows.rows[WHY].box)

    foot.seen_button.click()
    assert wording.seen.problems.isVisible()
    assert not wording.seen.pages.isVisible()


def test_a_resident_number_is_named_at_once_and_never_kept(qtbot, tasks, sheet):
    wording = writing(qtbot, tasks, sheet, RU)
    wording.rows.rows[WHY].box.setPlainText("Спроси 900101-1234567.")

    assert wording.problems.text() == (
        "Russian · Young person · provision to the agency · If they say no · "
        "Privacy Act 15(2)4, 17(2)5: a resident registration number may not stand here"
    )
    assert not wording.foot_part.force_button.isVisible()
    wording.draft.keep()
    settled(qtbot, tasks)
    assert said(done(qtbot, tasks, shelf).draft.texts["ru"], WHY) == f"Спроси {'●' * 14}."


def test_it_holds_after_a_second_click_and_the_hand_over_shows_it(qtbot, tasks, sheet, window):
    wording = writing(qtbot, tasks, sheet)
    wording.rows.rows[WHY].box.setPlainText("우리 센터의 말")
    foot, held = wording.foot_part, []
    wording.held.connect(held.append)
    foot.force_button.click()
    foot.wait_button.click()
    assert done(qtbot, tasks, holding).texts is None
    foot.force_button.click()
    foot.confirm_button.click()
    settled(qtbot, tasks)

    file, page = a_youth(qtbot, tasks), HandOver(tasks)
    qtbot.addWidget(page)
    draft = a_draft(file)
    done(qtbot, tasks, lambda vault: referrals.keep_draft(vault, draft, tasks.moment()))
    file = reopened(qtbot, tasks, file)
    StartSheet(tasks, window).open_for(file)
    settled(qtbot, tasks)
    page.begin(a_handing(file))
    page.question.yes_button.click()
    assert page.question.rows["if_no"][1].text() == "우리 센터의 말"
    page.question.yes_button.click()
    consent = page._asking.consent(tasks.moment())
    kept = done(qtbot, tasks, lambda vault: consents.record(vault, consent, tasks.moment()))
    assert kept.notice.form == held[0].form


def test_a_text_that_fails_is_not_shown_and_that_is_said(qtbot, tasks, window):
    sit(qtbot, tasks, "supervisor")
    done(qtbot, tasks, lambda vault: spoil(vault, NIGHT))
    file = a_youth(qtbot, tasks)
    start = StartSheet(tasks, window)

    start.open_for(file)
    sheet = opened(qtbot, tasks, window)

    assert texts.Form("ko").id == OWN["ko"]["form"]
    assert not start.held.isHidden()
    assert "Mongolian" in sheet.problems.text()
    # Written on from, it lacks nothing that the program could not tell: only the empty row.
    assert writing(qtbot, tasks, sheet).foot_part.next_button.text() == "Next of 1 to mend"


def test_a_second_space_does_not_go_back_to_the_programs_own(qtbot, tasks, sheet, window):
    moment = tasks.moment()
    done(qtbot, tasks, lambda vault: text_versions.put_in_force(vault, OWN, moment))
    sheet = opened(qtbot, tasks, window)
    sheet.back_button.setFocus()

    for _ in range(2):
        qtbot.keyClick(sheet.window().focusWidget(), Qt.Key.Key_Space)
    settled(qtbot, tasks)

    assert done(qtbot, tasks, holding).texts is not None


def test_going_back_to_the_programs_own_takes_two_clicks(qtbot, tasks, sheet, window):
    moment = tasks.moment()
    done(qtbot, tasks, lambda vault: text_versions.put_in_force(vault, OWN, moment))
    sheet = opened(qtbot, tasks, window)

    sheet.back_button.click()
    assert done(qtbot, tasks, holding).texts is not None
    sheet.sure_button.click()
    settled(qtbot, tasks)

    assert done(qtbot, tasks, holding).texts is None
    assert sheet.notice.label.text() == "The hand-over shows the program's own text."


def test_a_file_is_saved_and_loaded_and_a_bad_one_changes_nothing(qtbot, tasks, sheet, tmp_path):
    wording, file = writing(qtbot, tasks, sheet, RU), tmp_path / "texts.json"
    wording.draft.save(file)
    settled(qtbot, tasks)
    (tmp_path / "ru.json").write_text(json.dumps(put(OWN, "ru", WHY, "Ничего.")["ru"]), "utf-8")
    wording.draft.load(tmp_path / "ru.json")
    settled(qtbot, tasks)
    assert wording.notice.label.text() == "Taken from the file: Russian."
    assert wording.rows.rows[WHY].box.toPlainText() == "Ничего."

    file.write_text(file.read_text("utf-8").replace('"th": {', '"xx": {'), "utf-8")
    before = wording.draft.written.texts
    wording.draft.load(file)
    settled(qtbot, tasks)

    assert wording.notice.label.text().startswith("texts.json: A consent text lacks something")
    assert "Thai: this is missing" in wording.notice.label.text()
    assert wording.draft.written.texts == before


def test_a_translation_is_signed_off_until_its_words_change(qtbot, tasks, sheet):
    signing = (wording := writing(qtbot, tasks, sheet, RU)).signing
    signing.sign_button.click()
    assert "draft" in signing.state.text()

    signing.name.setText(" Анна ")
    signing.sign_button.click()
    assert signing.state.text() == "Signed off by Анна."
    wording.rows.rows[WHY].box.setPlainText("Иначе.")
    assert "draft" in signing.state.text()


def test_every_screen_can_be_seen_before_anybody_does(sheet):
    for group in fault_words.groups():
        sheet.seen.show_text(OWN, "mn", group.key)

        assert not sheet.seen.pages.isHidden()
        assert sheet.seen.problems.isHidden()


def test_every_place_is_on_a_screen_and_every_fault_has_words():
    shown = [path for group in fault_words.groups() for path in group.paths]
    hidden = {("form",), ("language",), ("language_name",), ("youth", "child"), ("child", "child")}

    assert len(shown) == len(set(shown))
    assert set(shown) == set(required()) - hidden
    for path in required():
        item = "/".join(map(str, path))
        if path not in hidden:
            assert fault_words.fault_words(Fault("vi.json", "vi", item, "empty"))
    for article in (Article.COLLECT, Article.PROVIDE, Article.SENSITIVE):
        path = ("child", article.value, "how_long", 1)
        assert fault_words.law_words(path).startswith("Privacy Act 15(2)3")


def test_a_file_that_nobody_signed_holds_nowhere_and_that_is_said(qtbot, tasks, sheet, tmp_path):
    text_versions.save(OWN, tmp_path / "texts.json")
    newest = done(qtbot, tasks, shelf).versions[0]

    sheet.files.take(tmp_path / "texts.json")
    settled(qtbot, tasks)
    assert sheet.notice.label.text().startswith("texts.json: ")

    sheet.files.save(newest, tmp_path / "signed.json")
    settled(qtbot, tasks)
    assert "there is no consent text in it" in sheet.notice.label.text()
    assert sheet.rows[0].save_button.isHidden()
    assert done(qtbot, tasks, shelf).versions[0] == newest


def test_how_long_in_days_is_one_number_for_every_language(qtbot, tasks, sheet):
    wording = writing(qtbot, tasks, sheet, language=3, group="answers")
    row = wording.rows.rows[KEPT_DAYS]
    assert row.box.toPlainText() == "365"

    row.box.setPlainText("a year")

    assert len(wording.draft.written.faults["ko"]) == 1
    assert row.problem.text() == "a number of days is needed here, such as 365"
    row.box.setPlainText("730")
    assert wording.draft.written.every() == []
