"""A risk level holds only with its grounds, and a high one only with a next step."""

import pytest

from desktop.domain.screening import NextStep, Risk
from ui.notes.page import NotePage


@pytest.fixture
def judged(page):
    seen = []
    page.judged.connect(seen.append)
    return seen


def choose(page, risk):
    page.judging.level.buttons[risk.value].click()


def test_without_grounds_a_level_cannot_be_kept(qtbot, night, page, judged):
    page.show_file(night.meet(qtbot, "하늘"))

    choose(page, Risk.LOW)

    assert page.judging.panel.isVisible()
    assert not page.judging.panel.save_button.isEnabled()
    page.judging.panel.cancel_button.click()
    assert page.judging.level.key() == ""
    assert judged == []


def test_a_level_with_grounds_is_kept_and_shown(qtbot, night, page, judged):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    choose(page, Risk.MEDIUM)

    page.judging.panel.grounds.setPlainText("잘 곳이 없다고 함")
    page.judging.panel.save_button.click()
    qtbot.waitUntil(night.is_idle)

    kept = night.file(qtbot, haneul.youth.id, haneul.meeting.id).judgement
    assert (kept.risk, kept.grounds) == (Risk.MEDIUM, "잘 곳이 없다고 함")
    assert judged == [kept]
    assert page.judging.panel.isHidden()
    assert page.judging.level.key() == "medium"


def test_a_high_risk_needs_a_next_step(qtbot, night, page, judged):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    choose(page, Risk.HIGH)
    panel = page.judging.panel
    panel.grounds.setPlainText("죽고 싶다고 함")
    assert not panel.save_button.isEnabled()

    panel.steps.buttons[NextStep.SUICIDE_LINE.value].click()
    panel.save_button.click()
    qtbot.waitUntil(night.is_idle)

    assert judged[0].next_step is NextStep.SUICIDE_LINE


def test_blank_grounds_are_refused_in_words_and_stay_open(qtbot, night, page, judged):
    page.show_file(night.meet(qtbot, "하늘"))
    choose(page, Risk.LOW)

    page.judging.panel.grounds.setPlainText("   ")
    page.judging.panel.save_button.click()
    qtbot.waitUntil(night.is_idle)

    assert page.judging.panel.problem.text()
    assert page.judging.panel.isVisible()
    assert judged == []


def test_unfinished_grounds_wait_for_their_own_young_person(qtbot, night, page):
    haneul, bada = night.meet(qtbot, "하늘"), night.meet(qtbot, "바다")
    page.show_file(haneul)
    choose(page, Risk.HIGH)
    page.judging.panel.grounds.setPlainText("하늘의 근거")

    page.show_file(bada)
    assert page.judging.panel.isHidden()
    assert page.judging.level.key() == ""

    page.show_file(haneul)
    assert page.judging.panel.grounds.toPlainText() == "하늘의 근거"
    assert page.judging.level.key() == "high"


def test_a_reload_while_grounds_are_written_changes_nothing(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    choose(page, Risk.HIGH)
    page.judging.panel.grounds.setPlainText("쓰는 중")

    page.show_file(haneul)

    assert page.judging.panel.grounds.toPlainText() == "쓰는 중"
    assert page.judging.level.key() == "high"


def lock_while_writing(qtbot, night, page, haneul):
    page.show_file(haneul)
    choose(page, Risk.LOW)
    page.judging.panel.grounds.setPlainText("쓰던 근거")
    page.rescue()
    qtbot.waitUntil(night.is_idle)


def reopened(qtbot, night, haneul):
    made = NotePage(night)
    qtbot.addWidget(made)
    made.show()
    made.show_file(night.file(qtbot, haneul.youth.id, haneul.meeting.id))
    return made


def test_grounds_that_were_being_written_at_the_lock_are_open_again(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    lock_while_writing(qtbot, night, page, haneul)

    again = reopened(qtbot, night, haneul)

    assert again.judging.panel.isVisible()
    assert again.judging.panel.grounds.toPlainText() == "쓰던 근거"
    assert again.judging.level.key() == "low"


@pytest.mark.parametrize("button", ["save_button", "cancel_button"])
def test_grounds_that_were_kept_or_not_wanted_do_not_come_back(qtbot, night, page, button):
    haneul = night.meet(qtbot, "하늘")
    lock_while_writing(qtbot, night, page, haneul)
    again = reopened(qtbot, night, haneul)

    getattr(again.judging.panel, button).click()
    qtbot.waitUntil(night.is_idle)

    assert night.file(qtbot, haneul.youth.id, haneul.meeting.id).unfinished is None


def test_grounds_are_kept_while_they_are_written_and_no_more_once_they_are_judged(
    qtbot, night, page, judged
):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    page.judging._soon.setInterval(10)

    def unfinished():
        return night.file(qtbot, haneul.youth.id, haneul.meeting.id).unfinished

    choose(page, Risk.MEDIUM)
    page.judging.panel.grounds.setPlainText("잘 곳이")
    qtbot.waitUntil(lambda: unfinished() is not None)
    assert unfinished().grounds == "잘 곳이"
    page.judging.panel.grounds.clear()
    qtbot.waitUntil(lambda: unfinished() is None)

    page.judging.panel.grounds.setPlainText("잘 곳이 없다고 함")
    page.judging.panel.save_button.click()
    qtbot.waitUntil(lambda: bool(judged))
    qtbot.waitUntil(lambda: night.is_idle() and not page.judging._soon.isActive())
    assert unfinished() is None


def test_grounds_are_kept_when_another_page_is_opened(qtbot, night, page):
    haneul, bada = night.meet(qtbot, "하늘"), night.meet(qtbot, "바다")
    page.show_file(haneul)
    choose(page, Risk.MEDIUM)
    page.judging.panel.grounds.setPlainText("잘 곳이 없다고 함")

    page.show_file(bada)
    qtbot.waitUntil(night.is_idle)

    again = night.file(qtbot, haneul.youth.id, haneul.meeting.id)
    assert again.unfinished.grounds == "잘 곳이 없다고 함"
    page.show_file(again)
    assert page.judging.panel.words() == "잘 곳이 없다고 함"
