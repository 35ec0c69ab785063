"""A case judged high goes before the supervisor, through the real window in both languages."""

import pytest
from builders import a_judgement

import i18n
from desktop.domain.screening import NextStep, Risk
from desktop.services import screening, supervision
from ui.window.supervising import Supervising


@pytest.fixture(params=["en", "ko"])
def desk(request, open_note, qtbot):
    i18n.use(request.param)
    desk = open_note.program.desk
    desk.youth = open_note.ids[0]
    return desk


def settled(qtbot, desk):
    qtbot.waitUntil(desk.tasks.is_idle, timeout=10_000)


def judge_high(qtbot, desk):
    judging = desk.window.pages.note.judging
    judging.level.buttons[Risk.HIGH.value].click()
    judging.panel.grounds.setPlainText("잘 곳이 없고 죽고 싶다고 함")
    judging.panel.steps.buttons[NextStep.ACCOMPANY.value].click()
    judging.panel.save_button.click()
    settled(qtbot, desk)


def write_down(card, name, words):
    card.form.name.edit.setText(name)
    card.form.words.edit.setText(words)
    card.form.sure_button.click()


def test_judging_high_shows_a_door_and_a_line_on_the_page(qtbot, desk):
    assert not desk.supervising.door.isVisible()

    judge_high(qtbot, desk)

    qtbot.waitUntil(desk.supervising.door.isVisible)
    assert "1" in desk.supervising.door.text()
    assert desk.supervising.strip.isVisible()


def test_seen_is_written_down_with_a_name_and_time_in_two_steps(qtbot, desk):
    judge_high(qtbot, desk)
    desk.supervising.door.click()
    sheet = desk.supervising.sheet
    qtbot.waitUntil(sheet.isVisible)
    (card,) = sheet.cards
    assert not card.is_asked

    card.seen_button.click()
    assert card.form.name.words() == ""
    card.form.sure_button.click()  # without a name
    settled(qtbot, desk)
    assert card.form.name.edit.property("wrong") == "true"
    write_down(card, "김 팀장", "내일 같이 병원")
    settled(qtbot, desk)

    assert sheet.empty.isVisible()
    assert not desk.supervising.door.isVisible()
    found = []
    desk.tasks.run(lambda vault: supervision.standing(vault, desk.youth), found.append)
    settled(qtbot, desk)
    assert (found[0].seen.seen_by, found[0].seen.words) == ("김 팀장", "내일 같이 병원")
    qtbot.waitUntil(lambda: "김 팀장" in desk.supervising.strip.label.text())


def test_a_middle_judgement_shows_neither(qtbot, desk):
    moment = desk.tasks.moment()
    judged = a_judgement(youth=desk.youth, risk=Risk.MEDIUM)
    desk.tasks.run(lambda vault: screening.judge(vault, judged, moment), lambda _: None)
    desk.window.reload()
    settled(qtbot, desk)

    assert not desk.supervising.door.isVisible()
    assert not desk.supervising.strip.isVisible()


def test_the_case_opens_from_the_list_which_keeps_what_is_typed(qtbot, desk):
    judge_high(qtbot, desk)
    desk.window.drawer_wanted.emit("supervisor")
    sheet = desk.supervising.sheet
    qtbot.waitUntil(sheet.isVisible)
    (card,) = sheet.cards
    card.seen_button.click()
    card.form.name.edit.setText("김 팀")
    card.form.back_button.click()
    sheet.leave()
    desk.window.drawer_wanted.emit("supervisor")  # the same case: with what is typed
    qtbot.waitUntil(sheet.isVisible)
    assert (sheet.cards, card.form.name.words()) == ((card,), "김 팀")

    with qtbot.waitSignal(sheet.youth_chosen) as chosen:
        sheet.cards[0].open_button.click()

    assert chosen.args[0] == desk.youth
    assert not sheet.isVisible()


def test_what_is_half_written_on_a_case_stays_when_it_is_judged_anew(qtbot, desk):
    judge_high(qtbot, desk)
    desk.supervising.door.click()
    sheet = desk.supervising.sheet
    qtbot.waitUntil(sheet.isVisible)
    (before,) = sheet.cards
    before.seen_button.click()
    before.form.words.edit.setText("내일 같이 병")
    moment = desk.tasks.moment()
    judged = a_judgement(
        youth=desk.youth, risk=Risk.HIGH, judged_at=moment.now, next_step=NextStep.ACCOMPANY
    )
    desk.tasks.run(lambda vault: screening.judge(vault, judged, moment), lambda _: None)

    sheet.begin()
    settled(qtbot, desk)

    (card,) = sheet.cards
    assert card is not before
    assert card.half_said()["words"] == "내일 같이 병"
    write_down(card, "김 팀장", "내일 같이 병원")
    settled(qtbot, desk)
    assert list(sheet.half_said()) == []


def test_what_is_half_written_on_a_case_is_there_again_after_a_lock(qtbot, desk):
    judge_high(qtbot, desk)
    desk.supervising.door.click()
    qtbot.waitUntil(desk.supervising.sheet.isVisible)
    (card,) = desk.supervising.sheet.cards
    card.seen_button.click()
    card.form.name.edit.setText("김 팀장")
    card.form.words.edit.setText("내일 같이 병")
    desk.rescue()
    settled(qtbot, desk)

    again = Supervising(desk.window)
    settled(qtbot, desk)
    again.open()
    qtbot.waitUntil(again.sheet.isVisible)

    (card,) = again.sheet.cards
    assert card.is_asked
    assert card.half_said() == {"name": "김 팀장", "words": "내일 같이 병"}
