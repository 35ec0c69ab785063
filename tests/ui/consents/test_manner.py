"""How it was answered is chosen before and kept: pressed, signed, spoken, or on paper."""

import hashlib
from dataclasses import replace

import pytest
from pages_for_tests import CENTER, WORDS, a_draft, a_handing, a_youth, done, reopened, settled
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.consent_records import Answering, Manner, Paper
from desktop.domain.who_answers import GuardianStands
from desktop.services import consent_records, handing, referrals
from ui.consents.around import around
from ui.consents.handing import How
from ui.consents.handover import HandOver
from ui.consents.starting import StartSheet
from ui.consents.texts import LANGUAGES


@pytest.fixture(scope="module")
def made(qapp, tmp_path_factory):
    from pages_for_tests import a_desk

    tasks = a_desk(tmp_path_factory.mktemp("manner") / "vault")
    window = QWidget()
    window.resize(1366, 768)
    page, sheet = HandOver(tasks), StartSheet(tasks, window)
    page.resize(1366, 768)
    yield tasks, page, sheet
    window.close()
    page.close()
    tasks.close()


@pytest.fixture(scope="module")
def files():
    return []


@pytest.fixture
def file(made, files, qtbot):
    tasks = made[0]
    if not files:
        met = a_youth(qtbot, tasks)
        draft = a_draft(met, WORDS)
        done(qtbot, tasks, lambda vault: referrals.keep_draft(vault, draft, tasks.moment()))
        files.append(reopened(qtbot, tasks, met))
    return files[0]


@pytest.fixture
def handed(made, file):
    page = made[1]

    def hand(how):
        page.show()
        page.begin(a_handing(file, how=how))
        return page

    return hand


def _kept(qtbot, tasks, page):
    answers = []
    page.finished.connect(answers.append)
    page.give_back_button.click()
    page.pin.field.setText("2580")
    page.pin.open_button.click()
    settled(qtbot, tasks)
    page.finished.disconnect(answers.append)
    (consent,) = answers
    return consent.record


def _say_yes(page):
    page.question.yes_button.click()
    page.question.yes_button.click()


def _draw(qtbot, field, *places):
    for start, end in places:
        qtbot.mousePress(field, Qt.MouseButton.LeftButton, pos=QPoint(*start))
        qtbot.mouseMove(field, QPoint(*end))
        qtbot.mouseRelease(field, Qt.MouseButton.LeftButton, pos=QPoint(*end))


def test_a_signature_is_kept_as_the_pen_went(qtbot, made, handed):
    page = handed(How(Manner.STROKES))
    _say_yes(page)
    signing = page.pages.signing
    assert signing.isVisible()
    assert not signing.done_button.isEnabled()

    _draw(qtbot, signing.field, ((100, 60), (300, 90)), ((310, 60), (5000, -50)))
    signing.done_button.click()
    record = _kept(qtbot, made[0], page)

    assert record.answering.manner is Manner.STROKES
    assert len(record.answering.strokes) == 2
    last = record.answering.strokes[-1][-1]
    assert (last.x, last.y) == (10_000, 0)


def test_a_signature_can_be_begun_again_and_left_out(qtbot, made, handed):
    page = handed(How(Manner.STROKES))
    _say_yes(page)
    signing = page.pages.signing
    _draw(qtbot, signing.field, ((100, 60), (300, 90)))
    signing.clear_button.click()
    assert signing.field.strokes() == ()

    signing.without_button.setFocus()
    qtbot.keyClick(signing.without_button, Qt.Key.Key_Space)

    assert page.thanks.isVisible()
    assert _kept(qtbot, made[0], page).answering == Answering()


def test_a_signature_is_not_kept_under_other_answers(qtbot, made, handed):
    page = handed(How(Manner.STROKES))
    _say_yes(page)
    _draw(qtbot, page.pages.signing.field, ((100, 60), (300, 90)))
    page.pages.signing.done_button.click()

    page.thanks.back_button.click()
    page.question.no_button.click()
    assert page.pages.signing.field.strokes() == ()
    page.pages.signing.without_button.click()

    assert _kept(qtbot, made[0], page).answering == Answering()


def test_who_listens_is_named_on_the_screen_and_in_the_record(qtbot, made, handed):
    page = handed(How(Manner.SPOKEN, witness="이동료", present=("통역 응우옌",)))
    assert page.foot.how.text() == "이동료 님이 답을 함께 듣고 있어요"
    assert page.foot.how.text() in page._screen.lines()

    _say_yes(page)
    record = _kept(qtbot, made[0], page)

    assert record.answering == Answering(Manner.SPOKEN, witness="이동료")
    assert record.present == ("통역 응우옌",)


def _begun(qtbot, made, file):
    tasks, _, sheet = made
    sheet.parentWidget().show()
    sheet.open_for(file)
    settled(qtbot, tasks)
    about = (file.youth, CENTER.id, frozenset(WORDS), GuardianStands.PRESENT)
    known = done(qtbot, tasks, lambda vault: handing.known(vault, *about))
    sheet._show_known(file, replace(known, agency=CENTER))  # a desk of its own knows no agency
    assert sheet.isVisible()
    sheet.pin.edit.setText("2580")
    return sheet


def _started(sheet):
    handings = []
    sheet.chosen.connect(handings.append)
    sheet.start_button.click()
    sheet.chosen.disconnect(handings.append)
    return handings


def test_the_screen_is_what_is_usual(qtbot, made, file):
    sheet = _begun(qtbot, made, file)

    (handing,) = _started(sheet)

    assert handing.how == How()
    assert handing.pin == "2580"


def test_a_witness_is_somebody_else_than_who_asks(qtbot, made, file):
    sheet = _begun(qtbot, made, file)
    part, own = sheet.manner, done(qtbot, made[0], consent_records.who_asks)
    part.manner.buttons[Manner.SPOKEN].click()
    assert _started(sheet) == []
    part.witness.edit.setText(f" {own.upper()} ")
    assert _started(sheet) == []
    assert part.witness.note.isVisible()

    part.witness.edit.setText("이동료")
    part.present.edit.setText("통역 응우옌, 친구")
    (handing,) = _started(sheet)

    assert handing.how == How(Manner.SPOKEN, "이동료", present=("통역 응우옌", "친구"))


def test_of_a_paper_form_its_digest_and_its_place_are_kept(qtbot, made, file, tmp_path):
    scan, empty = tmp_path / "scan.pdf", tmp_path / "nothing.pdf"
    scan.write_bytes(b"%PDF a form")
    empty.write_bytes(b"")
    sheet = _begun(qtbot, made, file)
    part = sheet.manner
    part.manner.buttons[Manner.PAPER].click()
    part.take_paper(empty)
    settled(qtbot, made[0])
    part.lies_at.edit.setText("센터 서류함 3번")
    assert _started(sheet) == []

    part.take_paper(scan)
    settled(qtbot, made[0])
    (handing,) = _started(sheet)

    sha256 = hashlib.sha256(b"%PDF a form").hexdigest()
    assert handing.how.paper == Paper(sha256, "센터 서류함 3번")


def test_the_words_around_the_questions_are_there_in_every_language():
    names = set(around("ko"))

    for language in LANGUAGES:
        words = around(language)
        assert set(words) == names
        assert all(word.strip() for word in words.values())
        assert "{witness}" in words["heard"]
