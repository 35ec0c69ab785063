"""Everything is found by typing, and the keyboard is enough."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop.services import notes
from desktop.services.search import Results
from ui.searching.actions import matching
from ui.searching.model import Kind
from ui.searching.palette import Palette

ROW = Qt.ItemDataRole.UserRole


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    column = QVBoxLayout(made)
    made.anchor = QLineEdit()
    column.addWidget(made.anchor)
    column.addStretch()
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def palette(night, window):
    return Palette(night, window)


@pytest.fixture
def haneul(qtbot, night):
    night.begin(qtbot)
    file = night.meet(qtbot, "하늘")
    moment = night.moment()
    text = "함께 정한 것\n일시쉼터를 설명함. 22:10 버스로 함께 가 보기로 함."
    night.ask(qtbot, lambda vault: notes.save(vault, file.youth.id, file.meeting.id, text, moment))
    return file


def rows(palette):
    model = palette.list.model()
    return [model.index(n, 0).data(ROW) for n in range(model.rowCount())]


def ask(qtbot, night, palette, words):
    palette.query.setText(words)
    qtbot.waitUntil(lambda: palette._asked[0] == words.strip() and night.is_idle())


def test_a_two_syllable_word_finds_its_note_and_shows_where(qtbot, night, window, palette, haneul):
    palette.open_at(window.anchor)

    ask(qtbot, night, palette, "쉼터")

    found = [row for row in rows(palette) if row.kind is Kind.NOTE]
    assert [row.title for row in found] == ["하늘"]
    assert found[0].context[1] == "쉼터"
    assert found[0].context[0].endswith("일시")


def test_enter_opens_what_is_chosen(qtbot, night, window, palette, haneul):
    chosen = []
    palette.youth_chosen.connect(lambda youth, meeting: chosen.append((youth, meeting)))
    palette.open_at(window.anchor)
    ask(qtbot, night, palette, "쉼터")

    qtbot.keyClick(palette.query, Qt.Key.Key_Return)

    assert chosen == [(haneul.youth.id, haneul.meeting.id)]
    assert palette.isHidden()


def test_initial_consonants_being_composed_find_a_name(qtbot, night, window, palette, haneul):
    palette.open_at(window.anchor)

    palette.query.insert("ㅎ")
    QApplication.sendEvent(palette.query, QInputMethodEvent("ㄴ", []))
    qtbot.waitUntil(lambda: palette._asked[0] == "ㅎㄴ" and night.is_idle())

    assert any(row.kind is Kind.YOUTH and row.title == "하늘" for row in rows(palette))


def test_arrows_pass_over_heads_and_go_round(qtbot, night, window, palette, haneul):
    palette.open_at(window.anchor)
    ask(qtbot, night, palette, "하늘")
    count = sum(1 for row in rows(palette) if row.kind is not Kind.HEAD)

    seen = []
    for _ in range(count + 1):
        seen.append(palette.list.currentIndex().data(ROW))
        qtbot.keyClick(palette.query, Qt.Key.Key_Down)

    assert all(row.kind is not Kind.HEAD for row in seen)
    assert seen[0] == seen[-1]


def test_only_the_newest_question_is_answered(qtbot, night, window, palette, haneul):
    palette.open_at(window.anchor)
    ask(qtbot, night, palette, "쉼터")
    before = rows(palette)

    palette._show("버스", Results())

    assert rows(palette) == before


def test_an_action_is_found_by_name_and_chosen(qtbot, night, window, palette):
    chosen = []
    palette.action_chosen.connect(chosen.append)
    palette.open_at(window.anchor)

    ask(qtbot, night, palette, "new con")
    qtbot.keyClick(palette.query, Qt.Key.Key_Return)

    assert chosen == ["new-meeting"]


def test_the_line_promises_no_place_and_the_narrowing_finds_one(qtbot, night, window, palette):
    night.begin(qtbot)
    met = night.meet(qtbot, "하늘")
    moment, place = night.moment(), met.meeting.place
    about = (met.youth.id, met.meeting.id, "코코아")
    night.ask(qtbot, lambda vault: notes.save(vault, *about, moment))
    palette.open_at(window.anchor)
    assert "place" not in palette.query.placeholderText()
    assert "Alt+F" in palette.empty.text()

    palette.switch()
    palette.narrowing.place.setText(place)
    qtbot.waitUntil(lambda: palette._asked[1].place != "" and night.is_idle())

    assert "하늘" in [row.title for row in rows(palette)]


def test_nothing_found_is_said(qtbot, night, window, palette, haneul):
    palette.open_at(window.anchor)

    ask(qtbot, night, palette, "없는말임")

    assert rows(palette) == []
    assert palette.empty.isVisible()


def test_escape_closes_and_gives_the_keyboard_back(qtbot, night, window, palette):
    window.anchor.setFocus()
    palette.open_at(window.anchor)
    assert palette.query.hasFocus()

    qtbot.keyClick(palette.query, Qt.Key.Key_Escape)

    assert palette.isHidden()
    assert window.anchor.hasFocus()


def test_an_action_is_found_by_another_word_for_it():
    assert [action.key for action in matching("theme")] == ["theme"]
    assert [action.key for action in matching("112")] == ["report"]


def test_a_search_is_narrowed_by_keyboard(qtbot, night, window, palette, haneul):
    palette.open_at(window.anchor)
    ask(qtbot, night, palette, "쉼터")
    assert [row.title for row in rows(palette) if row.kind is Kind.NOTE] == ["하늘"]

    qtbot.keyClick(palette.query, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert palette.narrowing.when.hasFocus()
    palette.narrowing.place.setText("어디에도 없는 곳")
    qtbot.waitUntil(lambda: palette._asked[1].place != "" and night.is_idle())
    assert not rows(palette)
    palette.narrowing.place.setText("")
    palette.narrowing.when.setCurrentIndex(2)
    qtbot.waitUntil(lambda: palette._asked[1].since is not None and night.is_idle())
    assert [row.title for row in rows(palette)] == ["Notes", "하늘"]

    palette.switch()

    assert palette.narrowing.isHidden()
    assert palette._asked[1].is_any


def test_a_slip_still_finds_somebody(qtbot, night, window, palette, haneul):
    palette.open_at(window.anchor)

    ask(qtbot, night, palette, "하눌")

    assert [row.title for row in rows(palette)] == ["Almost the same alias", "하늘"]
