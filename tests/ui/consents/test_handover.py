"""The screen that is handed over: free answers, nothing else to see, a PIN to come back."""

import hashlib
from dataclasses import replace
from uuid import uuid4

import pytest
from builders import a_moment
from pages_for_tests import (
    SENSITIVE,
    WORDS,
    a_draft,
    a_handing,
    a_youth,
    done,
    reopened,
    settled,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QStackedWidget

from desktop.domain.consents import ASKED, Answer, Article, Verification
from desktop.domain.ids import ConsentId
from desktop.domain.youths import Age
from desktop.errors import GuardianNeeded
from desktop.services import consents, referrals
from ui.consents.handover import HandOver
from ui.consents.pin import wait_after
from ui.consents.texts import Form

PIN = "2580"


def _handed(qtbot, tasks, words=WORDS, how=None, **who):
    file = a_youth(qtbot, tasks, **who)
    draft = a_draft(file, words)
    done(qtbot, tasks, lambda vault: referrals.keep_draft(vault, draft, tasks.moment()))
    page = HandOver(tasks)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.begin(a_handing(reopened(qtbot, tasks, file), pin=PIN, how=how))
    return page


def _give_back(qtbot, tasks, page, pin=PIN):
    answers = []
    page.finished.connect(answers.append)
    page.give_back_button.click()
    page.pin.field.setText(pin)
    page.pin.open_button.click()
    settled(qtbot, tasks)
    return answers


def _shown(page):
    """Read the screen as a person does: every visible line from the top, then what is beside."""
    question = page.question
    head = (question.title, question.intro, question.child)
    told = [label for row in question.rows.values() for label in row[:2]]
    buttons = (question.yes_button, question.no_button, question.later_button)
    beside = [row[2] for row in question.rows.values()]
    labels = [*head, *told, question.until, *buttons, *beside, page.foot.how, page.foot.draft]
    return [label.text() for label in labels if label.isVisible() and label.text()]


def _fill_in(page, way=Verification.PAPER):
    page.guardian.name.edit.setText("김보호")
    page.guardian.relation.edit.setText("어머니")
    page.guardian.contact.edit.setText("010-0000-0000")
    if way:
        page.guardian.ways[way].setChecked(True)
    page.guardian.next_button.click()


def test_yes_and_no_look_alike(qtbot, tasks):
    page = _handed(qtbot, tasks)
    question = page.question
    yes, no = question.yes_button, question.no_button

    assert yes.size() == no.size()
    assert yes.font() == no.font()
    assert yes.property("kind") == no.property("kind") == "choice"
    assert yes.y() == no.y() == question.later_button.y()


def test_nothing_is_chosen_beforehand_and_enter_chooses_nothing(qtbot, tasks):
    page = _handed(qtbot, tasks)
    buttons = (page.question.yes_button, page.question.no_button, page.question.later_button)

    assert not any(b.isDefault() or b.autoDefault() or b.isChecked() for b in buttons)
    assert not any(b.hasFocus() for b in buttons)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        qtbot.keyClick(page.question, key)
    assert page.head.step.text() == "1 / 2"


def test_each_article_is_asked_on_a_screen_of_its_own(qtbot, tasks):
    page = _handed(qtbot, tasks, SENSITIVE)
    titles = []

    for _ in range(3):
        titles.append(page.question.title.text())
        page.question.yes_button.click()

    assert len(set(titles)) == 3
    (consent,) = _give_back(qtbot, tasks, page)
    assert consent.answers == dict.fromkeys(ASKED, Answer.GIVEN)
    assert consent.items == frozenset(SENSITIVE)


def test_sensitive_data_is_not_asked_about_when_there_is_none(qtbot, tasks):
    page = _handed(qtbot, tasks, WORDS)

    page.question.yes_button.click()
    page.question.yes_button.click()

    (consent,) = _give_back(qtbot, tasks, page)
    assert Article.SENSITIVE not in consent.answers


def test_an_impatient_hand_takes_the_laptop_back_once(qtbot, tasks):
    page = _handed(qtbot, tasks)
    page.question.yes_button.click()
    page.question.yes_button.click()
    kept = []
    page.finished.connect(kept.append)
    page.give_back_button.click()
    page.pin.field.setText(PIN)

    for _ in range(2):
        page.pin.open_button.click()
    settled(qtbot, tasks)

    assert len(kept) == 1


@pytest.mark.parametrize(("button", "answer"), [("later", Answer.LATER), ("no", Answer.REFUSED)])
def test_what_is_not_yes_is_kept_as_it_was_said(qtbot, tasks, button, answer):
    page = _handed(qtbot, tasks)
    page.question.yes_button.click()

    getattr(page.question, f"{button}_button").click()

    (consent,) = _give_back(qtbot, tasks, page)
    kept = done(qtbot, tasks, lambda vault: _only_consent(vault, consent))
    assert kept.answers == {Article.COLLECT: Answer.GIVEN, Article.PROVIDE: answer}
    assert not kept.allowed_items()


def _only_consent(vault, consent):
    from desktop.services import youths

    (kept,) = youths.open_file(vault, consent.youth, None, a_moment()).consents
    return kept


def test_an_answer_may_be_changed_before_giving_back(qtbot, tasks):
    page = _handed(qtbot, tasks)
    page.question.no_button.click()

    page.thanks.back_button.click()
    page.question.yes_button.click()
    page.question.back_button.click()
    page.question.later_button.click()

    (consent,) = _give_back(qtbot, tasks, page)
    assert consent.answers == {Article.COLLECT: Answer.LATER}


def test_the_fingerprint_is_of_the_lines_on_the_screen(qtbot, tasks):
    page = _handed(qtbot, tasks, SENSITIVE)
    shown = []

    for language in ("ko", "en", "ko"):
        page.languages.buttons[language].click()
        shown.append("\n".join(_shown(page)))
        page.question.yes_button.click()

    (consent,) = _give_back(qtbot, tasks, page)
    assert consent.notice.sha256 == hashlib.sha256("\n\n".join(shown).encode()).hexdigest()
    assert consent.notice.form == "referral-v2"
    assert consent.notice.language == "ko+en"


def test_purpose_and_retention_are_kept_as_they_were_read_and_in_korean(qtbot, tasks):
    page = _handed(qtbot, tasks, language="vi")
    page.question.yes_button.click()
    page.question.yes_button.click()

    (consent,) = _give_back(qtbot, tasks, page)
    korean, read = consent.retention.split(" / ")
    assert korean == Form("ko").word("retention")
    assert read == Form("vi").word("retention")
    assert len(consent.purpose.split(" / ")) == 2


def test_it_stands_in_place_of_the_earlier_one_only_when_answered_to_its_end(qtbot, tasks):
    page = _handed(qtbot, tasks)
    earlier = ConsentId(uuid4())
    asking = replace(page._asking, handing=replace(page._asking.handing, replaces=earlier))

    half = asking.answer(asking.screen(Form("ko")), Answer.GIVEN)
    whole = half.answer(half.screen(Form("ko")), Answer.GIVEN)

    assert half.consent(tasks.moment()).record.supersedes is None
    assert whole.consent(tasks.moment()).record.supersedes == earlier


def test_it_speaks_the_young_persons_language_and_says_that_a_translation_is_a_draft(qtbot, tasks):
    page = _handed(qtbot, tasks, language="vi")

    assert page.question.title.text().startswith("Trong lúc")
    assert page.question.rows["who"][2].text() == "받는 곳"
    assert page.foot.draft.text() == "Draft translation: the Korean text counts"

    page.languages.buttons["ko"].click()
    assert not any(row[2].text() for row in page.question.rows.values())
    assert page.foot.draft.text() == ""
    assert page.foot.korean_button.isHidden()


def test_the_korean_text_stands_beside_it_on_request_and_is_part_of_what_was_shown(qtbot, tasks):
    page = _handed(qtbot, tasks, language="th")
    page.foot.korean_button.click()
    question = page.question

    assert question.korean[0].text().startswith("도움을 찾는 동안")
    assert question.rows["who"][2].text().startswith("누가 갖고 있나요?")
    beside = [row[2].text() for row in question.rows.values()]
    lines = page._screen.lines()
    draft = page.foot.draft.text()
    assert lines[-8:] == (question.korean[0].text(), *beside, question.korean[1].text(), draft)
    page.foot.korean_button.click()
    gloss = tuple(row[2].text() for row in question.rows.values())
    assert gloss[0] == "받는 곳"
    assert page._screen.lines() == (*lines[:-8], *gloss, draft)
    assert question.rows["who"][2].minimumWidth() == 0


def test_the_wrong_pin_leads_nowhere_and_waits_ever_longer(qtbot, tasks):
    page = _handed(qtbot, tasks)

    assert _give_back(qtbot, tasks, page, "0000") == []
    assert page.pin.waits == wait_after(1)
    page.pin.field.setText(PIN)
    page.pin.open_button.click()
    assert page.pages.currentIndex() == 3
    assert [wait_after(n) for n in (1, 2, 3, 20)] == [2, 4, 8, 300]


def test_giving_back_unanswered_records_nothing(qtbot, tasks):
    page = _handed(qtbot, tasks)

    assert _give_back(qtbot, tasks, page) == [None]


def test_the_counselors_shortcuts_do_not_reach_through(qtbot, tasks):
    page = _handed(qtbot, tasks)
    window, opened = QStackedWidget(), []
    qtbot.addWidget(window)
    window.addWidget(page)
    QShortcut(QKeySequence("Ctrl+K"), window, lambda: opened.append("search"))
    QShortcut(QKeySequence("Ctrl+L"), window, lambda: opened.append("lock"))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.question.setFocus()

    qtbot.keyClick(page.question, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.question, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert opened == ["lock"]


def test_nobody_else_is_on_the_screen(qtbot, tasks):
    a_youth(qtbot, tasks, alias="다른아이")

    page = _handed(qtbot, tasks, alias="하늘")

    words = [label.text() for label in page.findChildren(QLabel)]
    assert not any("다른아이" in text for text in words)


def _child_says(page, *answers):
    """Let a child answer its own questions, two of them with everyday words."""
    for answer in answers or ("yes", "yes"):
        getattr(page.question, f"{answer}_button").click()


def test_under_fourteen_the_child_is_asked_in_its_own_words_and_then_the_guardian(qtbot, tasks):
    page = _handed(qtbot, tasks, age=Age.stated(13))
    assert page.question.title.text() == "선생님이 내 이야기를 적어 두어도 괜찮아요?"
    assert page.head.step.text() == "1 / 4"
    _child_says(page)
    assert page.pages.currentIndex() == 1

    _fill_in(page)
    assert page.head.step.text() == "3 / 4"
    assert "아이" in page.question.title.text()
    assert page.question.child.text().startswith("하늘에게")
    page.question.yes_button.click()
    page.question.yes_button.click()

    (consent,) = _give_back(qtbot, tasks, page)
    assert consent.guardian.verified_by is Verification.PAPER
    assert consent.guardian.name == "김보호"
    assert consent.record.is_for_children
    assert consent.record.verified_at < consent.asked_at
    assert consent.answers == {Article.COLLECT: Answer.GIVEN, Article.PROVIDE: Answer.GIVEN}


def test_nobody_goes_over_a_childs_no(qtbot, tasks):
    page = _handed(qtbot, tasks, age=Age.stated(13))

    _child_says(page, "yes", "no")

    assert page.pages.currentIndex() == 2
    (consent,) = _give_back(qtbot, tasks, page)
    assert consent.answers == {Article.PROVIDE: Answer.REFUSED}


def test_a_guardian_is_not_asked_for_the_sensitive_part_that_a_child_keeps(qtbot, tasks):
    page = _handed(qtbot, tasks, SENSITIVE, age=Age.stated(13))

    _child_says(page, "yes", "yes", "later")
    _fill_in(page)
    page.question.yes_button.click()
    page.question.yes_button.click()

    (consent,) = _give_back(qtbot, tasks, page)
    given = dict.fromkeys((Article.COLLECT, Article.PROVIDE), Answer.GIVEN)
    assert consent.answers == given | {Article.SENSITIVE: Answer.LATER}


def test_a_childs_yes_alone_is_no_consent(qtbot, tasks):
    page = _handed(qtbot, tasks, age=Age.stated(13))

    _child_says(page)

    assert _give_back(qtbot, tasks, page) == [None]


def test_a_guardian_says_who_they_are_and_how_it_is_confirmed(qtbot, tasks):
    page = _handed(qtbot, tasks, age=Age.estimated(14))
    _child_says(page)
    assert not any(way.isChecked() for way in page.guardian.ways.values())

    _fill_in(page, way=None)

    assert page.pages.currentIndex() == 1
    assert page.guardian.wrong.text()


def test_a_guardians_resident_number_is_not_taken(qtbot, tasks):
    page = _handed(qtbot, tasks, age=Age.stated(12))
    _child_says(page)
    page.guardian.contact.edit.setText("900101-1234567")
    page.guardian.name.edit.setText("김보호")
    page.guardian.relation.edit.setText("어머니")
    page.guardian.ways[Verification.PAPER].setChecked(True)

    page.guardian.next_button.click()

    assert "주민등록번호" in page.guardian.wrong.text()
    assert page.pages.currentIndex() == 1


def test_under_fourteen_nothing_is_recorded_without_a_guardian(qtbot, tasks):
    page = _handed(qtbot, tasks, age=Age.stated(13))
    _child_says(page)
    _fill_in(page)
    page.question.yes_button.click()
    page._asking = replace(page._asking, guardian=None, verified_at=None)
    consent = page._asking.consent(tasks.moment())
    failures = []

    tasks.run(
        lambda vault: consents.record(vault, consent, tasks.moment()),
        lambda _: None,
        failures.append,
    )
    settled(qtbot, tasks)

    assert isinstance(failures[0], GuardianNeeded)


def test_everything_that_can_be_pressed_has_a_name(qtbot, tasks):
    page = _handed(qtbot, tasks, age=Age.stated(13))
    page.question.no_button.click()

    for button in page.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName().strip()
            assert button.objectName()


def test_a_question_can_be_listened_to_and_the_next_one_begins_in_silence(
    qtbot, tasks, tmp_path, monkeypatch
):
    speaker = tmp_path / "espeak-ng"
    speaker.write_text(
        '#!/bin/sh\ncase "$1" in\n-v) cat >/dev/null; exec sleep 60 ;;\n'
        '*) echo Pty; echo " 5  ko --/M Korean" ;;\nesac\n'
    )
    speaker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    page = _handed(qtbot, tasks)
    aloud, voice = page.head.aloud_button, page.reading.voice
    qtbot.waitUntil(aloud.isVisible)
    assert not voice.is_speaking

    aloud.click()
    assert voice.is_speaking
    assert aloud.text() == "그만 읽기"
    page.question.yes_button.click()

    assert not voice.is_speaking
    assert aloud.text() == "소리 내어 읽기"
