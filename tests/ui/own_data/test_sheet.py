"""Requests about one's own data are written down, listed and answered; nothing typed is lost."""

from datetime import timedelta

import pytest
from builders import a_moment

from desktop.domain.looks import Act
from desktop.domain.own_data import Outcome, Wish
from desktop.services import forms, looks, own_data
from ui.request_words import days_words
from ui.searching.actions import matching
from ui.window.left import PROMISES
from ui.window.own_requests import OwnRequests
from ui.window.promising import Promising


@pytest.fixture
def room(room):
    room.requests = OwnRequests(room.window)
    return room


@pytest.fixture
def haneul(haneul):
    return haneul.youth


def _opened(room):
    (action,) = (each for each in matching("ten days") if each.key == "own-data")
    room.window.action_chosen.emit(action.key)
    room.settle()
    assert room.requests.sheet.isVisible()
    return room.requests.sheet


def _of(room, youth):
    return room.do(lambda vault: own_data.of_youth(vault, youth.id))


def _asked(room, sheet, wish, words=""):
    asking = sheet.about.asking
    asking.choice.buttons[wish.value].click()
    asking.words.edit.setText(words)
    asking.act_button.click()
    room.settle()


def test_a_request_is_asked_and_listed_and_a_correction_needs_its_words(room, haneul):
    sheet = _opened(room)
    asking = sheet.about.asking
    assert asking.choice.key() == ""
    assert not asking.act_button.isEnabled()
    _asked(room, sheet, Wish.CORRECT)
    assert _of(room, haneul) == ()
    assert asking.words.note.text() == "Write what is wrong, in a few words."
    assert asking.choice.key() == Wish.CORRECT

    _asked(room, sheet, Wish.CORRECT, "나이가 틀렸어요")

    (kept,) = _of(room, haneul)
    assert (kept.wish, kept.words) == (Wish.CORRECT, "나이가 틀렸어요")
    cells = [sheet.waiting.list.rows.index(0, each).data() for each in range(3)]
    assert cells == [haneul.alias, "To correct something", "10 days left"]


def test_a_no_needs_its_words_and_what_was_typed_beside_it_stays(room, haneul):
    room.do(lambda vault: own_data.ask(vault, haneul.id, Wish.SEE, "", room.tasks.moment()))
    sheet = _opened(room)
    asking, answering = sheet.about.asking, sheet.about.answering
    assert answering.choice.key() == ""
    assert not answering.act_button.isEnabled()
    assert not sheet.about.answered.isVisible()
    answering.choice.buttons[Outcome.REFUSED.value].click()
    answering.act_button.click()
    room.settle()
    assert answering.words.note.text() == "Write why, in a few words."
    assert answering.choice.key() == Outcome.REFUSED
    sheet.about.another_button.click()
    asking.words.edit.setText("half typed")

    answering.words.edit.setText("기록이 맞아요.")
    answering.act_button.click()
    room.settle()

    (answered,) = _of(room, haneul)
    assert (answered.outcome, answered.answer) == (Outcome.REFUSED, "기록이 맞아요.")
    assert sheet.waiting.found == ()
    assert not answering.isVisible()
    assert asking.words.words() == "half typed"
    (row,) = sheet.about.answered.rows
    assert row.isVisible()
    for told in ("To see what is kept: Not done", "answered November 20, 2026", "기록이 맞아요."):
        assert told in row.accessibleName()


def test_their_data_becomes_a_file_and_that_it_did_is_written_down(room, haneul, tmp_path):
    sheet = _opened(room)
    assert "not protected" in sheet.about.warning.text()

    sheet.save_button.save_as(tmp_path / "theirs.txt")
    room.settle()

    assert "벤치에서 만남" in (tmp_path / "theirs.txt").read_text(encoding="utf-8")
    assert sheet.about.notice.isVisible()
    seen = room.do(lambda vault: looks.of(vault, haneul.id))
    assert Act.EXPORTED in {each.sight.act for each in seen}


def test_with_nobody_open_it_only_lists_and_a_line_opens_their_page(room):
    file, moment = room.met(), room.tasks.moment()
    room.do(lambda vault: own_data.ask(vault, file.youth.id, Wish.STOP, "", moment))
    sheet, found = _opened(room), []
    sheet.youth_chosen.connect(lambda *said: found.append(said))
    assert not sheet.about.isVisible()
    assert not sheet.save_button.isVisible()

    sheet.waiting.list.activated.emit(sheet.waiting.list.currentIndex())

    assert found == [(file.youth.id, None)]
    assert not sheet.isVisible()


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 day left"), (0, "Today is the last day"), (-2, "Due 2 days ago")],
)
def test_the_days_are_said_calmly(days, said):
    assert days_words(days) == said


def test_what_is_half_typed_at_a_lock_is_there_again_on_the_same_page(room, haneul):
    moment = room.tasks.moment()
    asked = room.do(lambda vault: own_data.ask(vault, haneul.id, Wish.SEE, "", moment))
    sheet = _opened(room)
    sheet.about.answering.choice.buttons[Outcome.PARTLY.value].click()
    sheet.about.answering.words.edit.setText("사진은 빼고, 090101-3234567")
    sheet.about.another_button.click()
    sheet.about.asking.choice.buttons[Wish.CORRECT.value].click()
    sheet.about.asking.words.edit.setText("나이가")
    room.window.rescue()
    room.settle()
    sheet.hide()

    again = OwnRequests(room.window)
    room.settle()
    again._on_file(room.window.pages.file)
    room.settle()

    about = again.sheet.about
    assert again.sheet.isVisible()
    assert (about.asking.choice.key(), about.asking.words.words()) == (Wish.CORRECT, "나이가")
    assert about.answering.request.id == asked.id
    assert about.answering.choice.key() == Outcome.PARTLY
    assert about.answering.words.words() == "사진은 빼고, " + "●" * 14
    (kept,) = room.do(forms.kept)  # until it is asked and answered
    assert sorted(kept.words.values()) == ["나이가", "사진은 빼고, " + "●" * 14]


def test_what_is_half_typed_in_a_closed_sheet_comes_back_without_opening_it(room, haneul):
    _opened(room).about.asking.words.edit.setText("나이가")
    room.requests.sheet.leave()
    room.window.rescue()
    room.settle()

    again = OwnRequests(room.window)
    room.settle()
    again._on_file(room.window.pages.file)

    assert not again.sheet.isVisible()
    assert again.sheet.about.asking.words.words() == "나이가"


def test_a_request_stands_among_the_promises_and_on_the_page_until_it_is_answered(room, haneul):
    promising, card = Promising(room.window), room.window.pages.consent
    room.settle()
    assert not card.request_button.isVisible()
    assert not room.window.board.left.switch.isVisible()
    _asked(room, _opened(room), Wish.SEE)
    room.requests.sheet.leave()
    promising.show_list()
    room.settle()

    head, row = promising.board.model.rows
    assert (head.title, row.title) == ("Requests about their own data 1", "하늘")
    assert (row.first, row.second) == ("10 days left", "To see what is kept")
    assert not promising.board.acting.done_button.isVisible()
    assert card.request_button.text() == "Data request · 10 days left"
    assert "To see what is kept" in card.request_button.accessibleName()
    assert card.request_button.isVisible()

    card.request_button.click()
    room.settle()
    answering = room.requests.sheet.about.answering
    answering.choice.buttons[Outcome.DONE.value].click()
    answering.act_button.click()
    room.settle()

    assert promising.board.model.rows == ()
    assert not card.request_button.isVisible()


def test_the_last_day_of_a_request_is_counted_and_said_on_the_switch(room, haneul):
    asked = a_moment(room.tasks.moment().now - timedelta(days=10))
    room.do(lambda vault: own_data.ask(vault, haneul.id, Wish.SEE, "", asked))
    Promising(room.window)
    room.settle()

    button = room.window.board.left.switch.buttons[PROMISES]
    assert button.text() == "Promises 1"
    assert "1 request about their own data waits for an answer" in button.toolTip()
