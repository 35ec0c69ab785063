"""The hand-over screen, and separate answers."""

import os
import tempfile
from functools import partial
from pathlib import Path

from consent_texts_for_tests import as_supervisor
from journeys import asked
from journeys.asked import HERE
from journeys.consent_table import of
from journeys.hand import CTRL, Key
from prove.consent_pictures import _missing
from prove.instead import instead
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.consent_records import Manner
from desktop.domain.consents import LANGUAGES, Answer, Article, Item
from desktop.domain.entrustments import ARTICLE
from desktop.domain.youths import Age
from desktop.services import papers
from ui.consents.texts import CHILD, ROWS, YOUTH, Form
from ui.consents.voice import Speaker

NUMBERED = {**asked.PLAIN, Item.IDENTIFIER: "passport M12345678"}
screen, apart = of("The hand-over screen"), of("Separate answers")
_SPEAKER = Speaker("espeak-ng", ("--voices={language}",), r"^ +\d+ +(\S+) ", ("-v", "{voice}"))
_SPEAKS = (
    '#!/bin/sh\ncase "$1" in\n-v) cat >/dev/null; exec sleep 60 ;;\n'
    '*) echo Pty; echo " 5  ko --/M Korean" ;;\nesac\n'
)


@screen("in the young person's language (ko, en, zh-Hans, vi, ru, mn, uz, th; fonts vendored where"
        " Pretendard lacks the script; every translation marked as draft until a native speaker"
        " signs it off, the Korean text beside it on request): ")  # fmt: skip
def it_speaks_their_language_and_says_what_is_a_draft(hand):
    asked.written(hand, "여울목", language="vi")
    page = asked.handed(hand)
    assert tuple(page.languages.buttons) == LANGUAGES
    titles = {page.question.title.text()}
    assert titles == {Form("vi").part(YOUTH)["15"]["title"]}
    for language in LANGUAGES:
        hand.click(page.languages.buttons[language])
        titles.add(page.question.title.text())
        assert not [_missing(each) for each in page.findChildren(QWidget)
                    if each.isVisible() and _missing(each)]  # fmt: skip
        assert bool(page.foot.draft.text()) == (language != "ko")
    assert len(titles) == len(LANGUAGES)
    hand.click(page.foot.korean_button)
    assert Form("ko").part(YOUTH)["15"]["title"] in page.question.korean[0].text()
    asked.say(hand, page, "no")
    hand.says(page.foot.draft, "초안", "Draft")  # the words of thanks are no less one
    asked.given_back(hand, page)


@screen("one question a screen, who receives, for what, which items, how long, what happens if you"
        ' say no; yes and no of equal weight, "think more", ')  # fmt: skip
def one_question_a_screen_with_equal_answers(hand):
    asked.written(hand, "두루미", asked.SENSITIVE)
    page = asked.handed(hand)
    titles, question = [], page.question
    for _ in range(3):
        titles.append(question.title.text())
        assert tuple(question.rows) == ROWS
        assert all(part.text() for row in question.rows.values() for part in row[:2])
        yes, no = question.yes_button, question.no_button
        assert (yes.size(), yes.font(), yes.property("kind")) == (
            no.size(), no.font(), no.property("kind"))  # fmt: skip
        assert not yes.hasFocus()
        asked.say(hand, page, "yes" if len(titles) < 3 else "later")
    assert len(set(titles)) == 3
    assert asked.given_back(hand, page).answers[Article.SENSITIVE] is Answer.LATER


@screen("read-aloud where the system has a voice; ")
def a_question_is_read_aloud_where_there_is_a_voice(hand):
    asked.written(hand, "소쩍새")
    page = asked.handed(hand)
    assert not page.head.aloud_button.isVisible()  # here is none
    speaking, path = page.reading.voice, os.environ["PATH"]
    with tempfile.TemporaryDirectory() as place, instead(speaking, "_speaker", _SPEAKER):
        program = Path(place) / _SPEAKER.program
        program.write_text(_SPEAKS)
        program.chmod(0o755)
        os.environ["PATH"] = f"{place}:{path}"
        speaking._asked.clear()
        hand.click(page.languages.buttons["ko"])
        try:
            hand.until(page.head.aloud_button.isVisible)
            hand.click(page.head.aloud_button)
            assert speaking.is_speaking
            asked.say(hand, page, "yes")
            assert not speaking.is_speaking
        finally:
            os.environ["PATH"] = path
            speaking._voices.clear()
    asked.given_back(hand, page)


@screen("nothing about other people visible; a PIN to give the laptop back; ")
def nobody_else_is_there_and_only_the_pin_leads_back(hand):
    asked.written(hand, "수리부엉이")
    page = asked.handed(hand)
    for alias in ("하늘", "바다", "도윤", "라온"):
        assert not any(alias in words for words in asked.told(page))
        assert not any(alias in each.text() for each in page.findChildren(QLabel))
    page.question.setFocus()
    hand.key(Key.Key_K, CTRL)
    assert not hand.window.palette_sheet.isVisible()
    asked.given_back(hand, page, "0000")
    assert page.isVisible()
    page.pin.waits = 0
    page.pin._refresh()
    hand.click(page.pin.reading_button)
    asked.given_back(hand, page)
    assert hand.window.board.isVisible()


@screen("a child-level text under 14. ")
def a_child_reads_words_for_children(hand):
    asked.written(hand, "달팽이", age=Age.stated(12))
    page = asked.handed(hand, HERE.present)
    assert page.question.title.text() == Form("ko").part(CHILD)["15"]["title"]
    asked.say(hand, page, "no")
    assert asked.given_back(hand, page).record.is_for_children


@screen("Signature by pen or mouse kept as strokes, or spoken with a witness, or a paper form"
        " photographed by scanner file.")  # fmt: skip
def it_is_signed_or_said_or_written_on_paper(hand):
    asked.written(hand, "딱따구리")
    page = asked.handed(hand, before=lambda s: s.manner.manner.buttons[Manner.STROKES].click())
    asked.say(hand, page, "yes", "yes")
    asked.drawn(page.pages.signing.field)
    hand.click(page.pages.signing.done_button)
    answering = asked.given_back(hand, page).record.answering
    assert (answering.manner, len(answering.strokes)) == (Manner.STROKES, 1)

    asked.written(hand, "직박구리")
    page = asked.handed(hand, before=partial(_spoken, hand))
    assert "오름" in page.foot.how.text()
    asked.say(hand, page, "yes", "yes")
    assert asked.given_back(hand, page).record.answering.witness == "오름"

    asked.written(hand, "동박새")
    page = asked.handed(hand, before=partial(_scanned, hand))
    asked.say(hand, page, "yes", "yes")
    paper = asked.given_back(hand, page).record.answering.paper
    assert (paper.sha256, paper.lies_at) == (papers.scanned(Path(__file__)), "센터 서류함 3번")


def _spoken(hand, sheet):
    """Whoever asks cannot be the witness."""
    sheet.manner.manner.buttons[Manner.SPOKEN].click()
    sheet.pin.edit.setText(asked.PIN)
    sheet.manner.witness.edit.setText("한결")
    hand.click(sheet.start_button)
    assert sheet.isVisible()
    sheet.manner.witness.edit.setText("오름")


def _scanned(hand, sheet):
    sheet.manner.manner.buttons[Manner.PAPER].click()
    sheet.manner.take_paper(Path(__file__))
    hand.settle()
    sheet.manner.lies_at.edit.setText("센터 서류함 3번")


@apart("collection and use, sensitive information, provision to each recipient, ")
def each_is_answered_apart_and_for_each_agency_anew(hand):
    file = asked.written(hand, "까치밥", asked.SENSITIVE)
    first = asked.agreed(hand, "yes", "yes", "no")
    assert first.answers == {
        Article.COLLECT: Answer.GIVEN, Article.PROVIDE: Answer.GIVEN,
        Article.SENSITIVE: Answer.REFUSED,
    }  # fmt: skip
    card = hand.window.pages.consent
    hand.says(card.unique.pill, "수집 안 함", "Not collected")

    asked.write(hand, file, asked.PLAIN, to="의료원")
    second = asked.agreed(hand, "yes", "no")
    assert second.agency != first.agency
    assert not second.allowed_items()
    assert hand.again(file).consents[1].allowed_items()


@apart("unique identifiers (off unless the organisation is entrusted by law). ", alone="counselor")
def a_number_is_asked_about_only_where_a_law_entrusts(hand):
    file = asked.written(hand, "개똥지빠귀", NUMBERED)
    assert Article.IDENTIFIERS not in asked.agreed(hand, "yes", "yes").answers
    assert _leaving(hand, file) == asked.PLAIN

    hand.ask(as_supervisor)
    _entrusted(hand)
    hand.says(hand.desk.writing.entrusting.state.label, "켜짐", "On,")
    hand.home()
    refused = _answered(hand, file, "no")
    assert refused.answers[Article.IDENTIFIERS] is Answer.REFUSED
    assert _leaving(hand, file) == asked.PLAIN
    assert hand.again(file).draft.words == asked.PLAIN  # what was refused is kept nowhere
    _it_leaves_with_a_yes(hand)

    sheet = _entrusting(hand)
    hand.click(sheet.end_button)
    hand.click(sheet.sure_button)
    hand.says(sheet.state.label, "꺼짐", "Off: it ended")
    hand.home()
    later = asked.written(hand, "노랑지빠귀", NUMBERED)
    assert Article.IDENTIFIERS not in asked.agreed(hand, "yes", "yes").answers
    assert _leaving(hand, later) == asked.PLAIN


def _it_leaves_with_a_yes(hand):
    file = hand.meet("검은지빠귀")
    given = _answered(hand, file, "yes")
    assert given.record.entrusted.startswith("local-government · ")
    assert _leaving(hand, file) == NUMBERED
    assert any(each.endswith(" M12345678") for each in asked.told(hand.window.preview.leaving))
    hand.click(hand.window.preview.release_button)
    assert hand.again(file).trackings[0].referral.words == NUMBERED


def _entrusting(hand):
    hand.do("entrusting")
    return hand.desk.writing.entrusting


def _entrusted(hand):
    """Record it as a supervisor does: nothing stands there before."""
    sheet = _entrusting(hand)
    form = sheet.form
    hand.click(sheet.record_button)
    assert not form.by.key()
    assert sheet.notice.isVisible()
    hand.click(form.by.buttons["local-government"])
    for field, words in ((form.article, ARTICLE), (form.document, "관악구 아동청소년과-12"),
                         (form.dated, "2026-11-02")):  # fmt: skip
        field.edit.setText(words)
    hand.click(sheet.record_button)


def _answered(hand, file, answer):
    """Write the number anew, and answer the question about it."""
    asked.write(hand, file, NUMBERED)
    page = asked.handed(hand)
    asked.say(hand, page, "yes", "yes")
    number = Form("ko").part(YOUTH)["24"]
    assert page.question.title.text() == number["title"]
    assert "도움은 그대로" in page.question.intro.text()
    assert page.question.rows["what"][1].text() == "여권번호"
    asked.say(hand, page, answer)
    return asked.given_back(hand, page)


def _leaving(hand, file):
    """Return the words that the preview says would leave."""
    hand.window.show_preview(hand.again(file))
    hand.settle()
    words = dict(hand.window.preview._preview.referral.words)
    if not words.keys() - asked.PLAIN.keys():
        hand.window.preview.leave()
        hand.settle()
    return words


@apart("Refusing optional ones never loses help, and the screen says so.")
def a_no_to_what_is_optional_loses_nothing(hand):
    file = asked.written(hand, "도토리", asked.SENSITIVE)
    page = asked.handed(hand)
    for article in ("15", "17", "23"):
        said = page.question.intro.text()
        assert said == Form("ko").part(YOUTH)[article]["intro"]
        assert "괜찮아요" in said
        asked.say(hand, page, "no" if article == "23" else "yes")
    asked.given_back(hand, page)
    hand.window.show_preview(hand.again(file))
    hand.settle()
    assert set(hand.window.preview.shown_words()) == set(asked.PLAIN)
    assert hand.window.preview.release_button.isEnabled()
