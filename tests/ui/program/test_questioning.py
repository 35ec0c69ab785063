"""A questionnaire through the real window, in both languages: loaded, answered, as grounds."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import i18n
from desktop.domain.screening import Risk
from desktop.services import questionnaires

EXAMPLE = Path(__file__).parents[3] / "docs" / "questionnaire-example.json"
SUM = {"en": "Sum 3: Talk it over with the team", "ko": "합계 3: 팀과 함께 이야기해요"}
WRONG = {"en": "Line 4, version: a whole number is needed here",
         "ko": "4번째 줄, version: 정수가 있어야 해요"}  # fmt: skip


@pytest.fixture(params=["en", "ko"])
def desk(request, open_note, qtbot):
    i18n.use(request.param)
    desk = open_note.program.desk
    desk.language, desk.youth = request.param, open_note.ids[0]
    open_note.program.frame.activateWindow()
    return desk


def settled(qtbot, desk):
    qtbot.waitUntil(desk.tasks.is_idle, timeout=10_000)


def load(qtbot, desk, file=EXAMPLE):
    desk.window.drawer_wanted.emit("questionnaires")
    sheet = desk.questioning.loading
    qtbot.waitUntil(sheet.isVisible)
    sheet.load(file)
    settled(qtbot, desk)
    return sheet


def choose_level(desk, risk=Risk.MEDIUM):
    desk.window.pages.note.judging.level.buttons[risk.value].click()
    return desk.window.pages.note.judging.panel


def answer(qtbot, desk):
    sheet = desk.questioning.answering
    qtbot.waitUntil(sheet.isVisible)
    sheet.parts[0].buttons["none"].setChecked(True)
    sheet.parts[2].buttons["yes"].setChecked(True)
    sheet.keep_button.click()
    settled(qtbot, desk)
    return sheet


def test_a_wrong_file_names_every_error_by_its_place_and_loads_nothing(qtbot, desk, tmp_path):
    file = tmp_path / "ours.json"
    wrong = EXAMPLE.read_text("utf-8").replace('"version": 1', '"version": "1"')
    file.write_text(wrong.replace('"kind": "yes-no"', '"kind": "perhaps"'), "utf-8")

    sheet = load(qtbot, desk, file)

    said = sheet.problems.text().splitlines()
    assert said[0] == WRONG[desk.language]
    assert "questions[2].kind" in said[1]
    assert "ours.json" in sheet.notice.label.text()
    assert sheet.empty.isVisible()


def test_answers_stand_as_one_line_in_the_grounds_and_judge_nothing(qtbot, desk):
    load(qtbot, desk).leave()
    panel = choose_level(desk)
    assert panel.questions_button.isVisible()
    panel.grounds.setPlainText("잘 곳이 없음")

    panel.questions_button.click()
    answer(qtbot, desk)

    written = panel.grounds.toPlainText().splitlines()
    assert written[0] == "잘 곳이 없음"
    assert written[1].endswith(SUM[desk.language])
    assert desk.window.pages.file.judgement is None
    assert panel.isVisible()


def test_answered_before_a_level_is_chosen_it_waits_for_the_grounds(qtbot, desk):
    load(qtbot, desk).leave()
    desk.window.drawer_wanted.emit("questionnaire")
    answer(qtbot, desk)

    panel = choose_level(desk)

    assert panel.grounds.toPlainText().endswith(SUM[desk.language])


def test_nothing_is_answered_beforehand_and_what_is_needed_is_asked_for(qtbot, desk):
    load(qtbot, desk).leave()
    desk.window.drawer_wanted.emit("questionnaire")
    sheet = desk.questioning.answering
    qtbot.waitUntil(sheet.isVisible)
    assert [part.typed() for part in sheet.parts] == ["", "", "", ""]

    sheet.keep_button.click()

    assert sheet.isVisible()
    assert sheet.parts[0].problem.isVisible()
    assert not sheet.parts[1].problem.isVisible()


def two_asked(qtbot, desk, tmp_path):
    other = json.loads(EXAMPLE.read_text("utf-8")) | {"id": "other"}
    (tmp_path / "other.json").write_text(json.dumps(other), "utf-8")
    load(qtbot, desk)
    load(qtbot, desk, tmp_path / "other.json").leave()
    desk.window.drawer_wanted.emit("questionnaire")
    sheet = desk.questioning.answering
    qtbot.waitUntil(sheet.isVisible)
    assert sheet.which.isVisible()
    return sheet


def test_neither_the_wheel_nor_another_questionnaire_empties_an_answer(qtbot, desk, tmp_path):
    sheet = two_asked(qtbot, desk, tmp_path)
    first = sheet.asked()
    sheet.parts[0].buttons["none"].setChecked(True)
    sheet.parts[3].edit.setPlainText("언니 집")
    sheet.which.setFocus()

    at, down = QPointF(5, 5), QPoint(0, -120)
    QApplication.sendEvent(
        sheet.which,
        QWheelEvent(at, sheet.which.mapToGlobal(at), QPoint(), down, Qt.MouseButton.NoButton,
                    Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )  # fmt: skip
    assert sheet.asked() == first
    sheet.which.activated.emit(sheet.which.currentIndex())

    assert [part.typed() for part in sheet.parts] == ["none", "", "", "언니 집"]


def test_each_questionnaire_keeps_its_answers_while_another_is_asked(qtbot, desk, tmp_path):
    sheet = two_asked(qtbot, desk, tmp_path)
    sheet.parts[0].buttons["none"].setChecked(True)
    sheet.which.setFocus()
    QTest.keyClick(sheet.which, Qt.Key.Key_Down)
    assert sheet.parts[0].typed() == ""
    sheet.parts[2].buttons["yes"].setChecked(True)

    about, half = sheet.half_said()
    assert about == desk.youth
    sheet.open_again(desk.window.pages.file.youth, desk.questioning._used, half)
    assert sheet.parts[2].typed() == "yes"
    QTest.keyClick(sheet.which, Qt.Key.Key_Up)
    assert sheet.parts[0].typed() == "none"
    sheet.keep_button.click()
    settled(qtbot, desk)
    desk.window.drawer_wanted.emit("questionnaire")
    assert sheet.parts[0].typed() == ""
    QTest.keyClick(sheet.which, Qt.Key.Key_Down)
    assert sheet.parts[2].typed() == "yes"


def test_an_older_version_that_is_loaded_does_not_claim_to_be_asked(qtbot, desk, tmp_path):
    newer = EXAMPLE.read_text("utf-8").replace('"version": 1', '"version": 2')
    (tmp_path / "newer.json").write_text(newer, "utf-8")
    load(qtbot, desk, tmp_path / "newer.json")

    sheet = load(qtbot, desk)

    said = sheet.notice.label.text()
    assert "version 2 was loaded before" in said or "먼저 불러온 2판으로" in said


def test_it_is_answered_by_keyboard_alone(qtbot, desk):
    load(qtbot, desk).leave()
    desk.window.drawer_wanted.emit("questionnaire")
    sheet = desk.questioning.answering
    qtbot.waitUntil(sheet.isVisible)

    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert sheet.parts[0].typed() == "none"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "2")
    sheet.keep_button.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    settled(qtbot, desk)

    found, moment = [], desk.tasks.moment()
    work = lambda vault: questionnaires.of_youth(vault, desk.youth, moment)  # noqa: E731
    desk.tasks.run(work, found.append)
    settled(qtbot, desk)
    assert found[0][0].answers == {"bed": "none", "meals": "2"}


def test_earlier_answers_are_read_under_their_own_questions(qtbot, desk):
    load(qtbot, desk).leave()
    desk.window.drawer_wanted.emit("questionnaire")
    answer(qtbot, desk)
    desk.window.drawer_wanted.emit("questionnaire")
    desk.questioning.answering.earlier_button.click()
    qtbot.waitUntil(desk.questioning.earlier.isVisible)

    assert len(desk.questioning.earlier.cards) == 1


def test_put_away_it_is_offered_no_more(qtbot, desk):
    sheet = load(qtbot, desk)
    qtbot.waitUntil(lambda: bool(sheet.rows))
    sheet.rows[0].away_button.click()
    settled(qtbot, desk)
    sheet.leave()

    assert not choose_level(desk).questions_button.isVisible()
