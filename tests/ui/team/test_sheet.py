"""A team is started, joined and left on one laptop; its board is everybody's."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

from desktop.services import forms, team


def prove(sheet, qtbot):
    qtbot.waitUntil(lambda: sheet.paper is not None, timeout=20_000)
    paper = sheet.paper
    for field, number in zip(paper.fields, paper.asked, strict=True):
        field.edit.setText(paper.groups[number])
    paper.done_button.click()
    qtbot.waitUntil(sheet.tabs.isVisible)
    return "-".join(paper.groups)


@pytest.fixture
def started(sit_down, qtbot):
    sheet = sit_down("솔")
    sheet.entering.name.edit.setText("목요일 순찰팀")
    sheet.entering.enter_button.click()
    prove(sheet, qtbot)
    return sheet


def people(sheet, qtbot):
    sheet.tabs.buttons["people"].click()
    qtbot.waitUntil(sheet.people.isVisible)
    return sheet.people


def invited(sheet, qtbot):
    part = people(sheet, qtbot)
    part.invite_button.click()
    qtbot.waitUntil(lambda: part.invitation.code is not None, timeout=20_000)
    return part.invitation.code.accessibleName().split(": ")[1]


def post(sheet, words, qtbot):
    before = len(sheet.board.cards)
    sheet.board.words.setPlainText(words)
    sheet.board.post_button.click()
    qtbot.waitUntil(lambda: len(sheet.board.cards) == before + 1)


@pytest.fixture
def joined(started, sit_down, qtbot):
    """Let 나무 join; 솔 has left the laptop."""
    post(started, "열쇠는 서랍에 있어요", qtbot)
    code = invited(started, qtbot)
    sit_down.leave(started)
    sheet = sit_down("나무")
    sheet.entering.code.edit.setText(code.lower())
    sheet.entering.enter_button.click()
    qtbot.waitUntil(sheet.tabs.isVisible, timeout=20_000)
    return sheet


def test_where_no_team_is_one_can_be_started_under_one_s_own_name(sit_down, qtbot):
    sheet = sit_down("솔")

    assert sheet.entering.name.isVisible()
    assert not sheet.entering.code.isVisible()
    assert sheet.entering.label.words() == "솔"
    assert sheet.entering.name.edit.hasFocus()


def test_until_the_team_is_found_the_sheet_says_so(sit_down, qtbot):
    sheet = sit_down("솔", is_answered=False)

    assert [part for part in sheet._parts if part.isVisible()] == [sheet.waiting]
    assert sheet.waiting.text() == "Looking for your team…"
    qtbot.waitUntil(sheet.entering.isVisible, timeout=20_000)
    assert not sheet.waiting.isVisible()


def test_a_started_team_is_called_by_its_name_and_its_board_is_empty(started):
    assert started.title.text() == "목요일 순찰팀"
    assert started.board.empty.isVisible()
    assert started.board.words.hasFocus()


def test_the_team_is_closed_until_the_sheet_is_opened(sit_down, tmp_path):
    sheet = sit_down("솔")

    assert sheet._tasks._entered == []
    assert not team.exists(tmp_path / "team")


def test_an_invited_colleague_joins_and_reads_the_board(joined):
    assert [card.words.text() for card in joined.board.cards] == ["열쇠는 서랍에 있어요"]
    assert "솔" in joined.board.cards[0].about.text()


def test_a_code_that_opens_nothing_says_what_to_do(started, sit_down, qtbot):
    sit_down.leave(started)
    sheet = sit_down("나무")

    sheet.entering.code.edit.setText("ABCD")
    sheet.entering.enter_button.click()
    qtbot.waitUntil(sheet.entering.problem.isVisible, timeout=20_000)

    assert "ask for a new one" in sheet.entering.problem.label.text()
    assert sheet.entering.enter_button.isEnabled()


def test_empty_fields_are_said_and_nothing_is_made(sit_down, tmp_path):
    sheet = sit_down("솔")

    sheet.entering.enter_button.click()

    assert sheet.entering.name.edit.property("wrong") == "true"
    assert not team.exists(tmp_path / "team")


def test_a_notice_is_counted_and_never_too_long(started):
    board = started.board

    board.words.setPlainText("가" * 201)
    assert "201 of 200" in board.count.text()
    assert not board.post_button.isEnabled()

    board.words.setPlainText("가" * 200)
    assert board.post_button.isEnabled()


def test_a_resident_number_is_not_put_up_and_the_words_stay(started, qtbot):
    started.board.words.setPlainText("900101-1234567")

    started.board.post_button.click()
    qtbot.waitUntil(lambda: "resident" in started.board.about.text())

    assert started.board.cards == ()
    assert started.board.words.toPlainText() == "900101-1234567"


def test_a_line_not_put_up_at_a_lock_is_there_again_until_it_is(started, sit_down, qtbot):
    started.board.words.setPlainText("열쇠는 서랍에")
    started.board.until.choose("7")
    started.half.keep()
    sit_down.leave(started)

    sheet = sit_down("솔")
    qtbot.waitUntil(lambda: sheet.board.typed() != {})

    assert sheet.board.typed() == {"words": "열쇠는 서랍에", "until": "7"}
    sheet.board.post_button.click()
    qtbot.waitUntil(lambda: len(sheet.board.cards) == 1)
    qtbot.waitUntil(sheet.own.is_idle)
    kept = []
    sheet.own.run(forms.kept, kept.append)
    qtbot.waitUntil(lambda: kept == [()])
    assert sheet.board.typed() == {}


def test_a_lock_right_after_opening_keeps_the_line_of_before(started, sit_down, qtbot):
    started.board.words.setPlainText("열쇠는 서랍에")
    started.half.keep()
    sit_down.leave(started)
    sheet = sit_down("솔", is_answered=False)

    sheet.half.keep()
    qtbot.waitUntil(lambda: sheet.board.typed() != {})

    kept = []
    sheet.own.run(forms.kept, kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert [form.words["words"] for form in kept[0]] == ["열쇠는 서랍에"]


def test_a_notice_says_who_wrote_it_and_until_when(started, qtbot):
    started.board.until.buttons["7"].click()
    post(started, "핫팩 상자를 들고 와 주세요", qtbot)

    about = started.board.cards[0].about.text()
    assert "솔" in about
    assert "27" in about  # the clock of these tests says the 20th


def test_taking_a_notice_down_asks_once(started, qtbot):
    post(started, "열쇠는 서랍에 있어요", qtbot)
    card = started.board.cards[0]

    card.down_button.click()
    assert card.keep_button.hasFocus()
    card.sure_button.click()

    qtbot.waitUntil(lambda: started.board.cards == ())


def test_removing_a_colleague_names_what_follows_and_gives_a_new_code(joined, sit_down, qtbot):
    part = people(joined, qtbot)
    other = next(row for row in part.rows if row.member.label == "솔")
    mine = next(row for row in part.rows if row.member.label == "나무")
    assert not mine.remove_button.isVisible()

    other.remove_button.click()
    assert "cannot be taken back" in part.asking.words.text()
    assert joined.window().focusWidget() is part.asking.keep_button
    part.asking.remove_button.click()
    prove(joined, qtbot)

    qtbot.waitUntil(lambda: [row.member.label for row in joined.people.rows] == ["나무"])
    sit_down.leave(joined)
    back = sit_down("솔")
    assert back.entering.code.isVisible()


def test_an_invitation_does_not_stay_on_the_screen(started, qtbot):
    invited(started, qtbot)

    started.leave()

    assert started.people.invitation.code is None


def test_a_code_nobody_proved_is_shown_anew(sit_down, qtbot):
    sheet = sit_down("솔")
    sheet.entering.name.edit.setText("목요일 순찰팀")
    sheet.entering.enter_button.click()
    qtbot.waitUntil(lambda: sheet.paper is not None, timeout=20_000)
    before = sheet.paper.groups
    sit_down.leave(sheet)

    again = sit_down("솔")

    qtbot.waitUntil(lambda: again.paper is not None)
    assert again.paper.groups != before


@pytest.mark.parametrize("tab", ["board", "people"])
def test_everything_is_named_and_reached_by_tab(started, qtbot, tab):
    post(started, "열쇠는 서랍에 있어요", qtbot)
    started.tabs.buttons[tab].click()

    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit)
    parts = [each for kind in kinds for each in started.findChildren(kind) if each.isVisible()]
    assert [each for each in parts if not each.accessibleName()] == []
    reached = set()
    for _ in range(30):
        reached.add(started.window().focusWidget())
        qtbot.keyClick(started.window().focusWidget(), Qt.Key.Key_Tab)
    lone = {button for button in started.findChildren(QAbstractButton) if button.group()}
    assert {each for each in parts if each.isEnabled()} - lone <= reached
