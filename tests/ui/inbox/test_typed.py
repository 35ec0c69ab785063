"""What somebody types about a case: no press beside it, no lock and no colleague takes it away."""

from datetime import timedelta

import pytest
from desk_for_tests import WORDS, AgencyDesk
from vaults_for_tests import a_vault

from desktop.domain.consents import Item
from desktop.domain.inbox import Declined, Deed, Unfinished
from desktop.services import withdrawals
from sync.protocol.bodies import Meeting
from sync.protocol.states import TaskStatus
from ui.inbox.unsent import half_said

SOON = "내일 두 시에"


@pytest.fixture
def colleague(office, tmp_path):
    """A colleague at another laptop of the same agency, before anything came."""
    other = AgencyDesk(
        office.town, a_vault(tmp_path / "other"), office.town.hub.let_in(office.town.shelter)
    )
    yield other
    other.vault.close()


def accepted(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    return case


def hears(office):
    """Let the laptop fetch what there is, and show it."""
    office.door.show_round(office.desk.round())
    office.settle()


def locked(office):
    """Lock, and come back: everything is filled from what was kept."""
    office.door.rescue()
    office.settle()
    office.door.page.case.answer.let_go()
    office.door.page.case.fill_anew()
    office.door.page.reload()
    office.settle()
    return office.door.page.case


def meets(answer, place, days):
    """Type an appointment; return its time."""
    answer.mode.buttons["meet"].click()
    answer.meet.place.edit.setText(place)
    at = answer.meet.at.dateTime().addDays(days)
    answer.meet.at.setDateTime(at)
    return at


def test_words_typed_just_before_another_press_are_kept(office):
    case = accepted(office)
    case.answer.words.setPlainText(SOON)

    office.press(case.decisions.buttons[Deed.START])
    office.door.rescue()
    office.settle()

    assert case.answer.words.toPlainText() == SOON
    assert office.desk.case().typed == {"words": SOON}


def test_words_that_were_said_while_they_were_being_kept_do_not_come_back(office, qtbot):
    case = accepted(office)
    case.answer.words.setPlainText(SOON)
    case.answer.send_button.click()
    case.answer.words.setPlainText(f"{SOON} ")  # one key more, before the press was done
    case.answer.words.setPlainText(SOON)
    office.settle()

    qtbot.waitUntil(lambda: not office.door.page._keep.isActive())
    office.settle()

    assert [told.text for told in office.desk.case().told] == [SOON]
    assert office.desk.case().typed == {}


def test_what_became_of_one_appointment_leaves_the_next_half_typed(office):
    case = accepted(office)
    meets(case.answer, "2층 상담실", 1)
    office.press(case.answer.send_button)
    assert (case.answer.mode.key(), case.answer.meet.place.words()) == ("words", "")
    at = meets(case.answer, "3층 상담실", 3)
    case.answer.words.setPlainText("신분증을 가져오세요")

    office.town.hub.clock.turn(days=2)
    office.press(case.answer.awaited.rows[0].buttons[Meeting.MISSED])

    assert office.desk.case().told[-1].text == ""
    again = locked(office).answer
    assert (again.mode.key(), again.meet.place.words()) == ("meet", "3층 상담실")
    assert again.meet.at.dateTime() == at
    assert again.words.toPlainText() == "신분증을 가져오세요"


def test_words_alone_go_with_what_became_of_an_appointment(office):
    case = accepted(office)
    meets(case.answer, "2층 상담실", 1)
    office.press(case.answer.send_button)
    case.answer.words.setPlainText("전화도 받지 않았어요")

    office.town.hub.clock.turn(days=2)
    office.press(case.answer.awaited.rows[0].buttons[Meeting.MISSED])

    assert office.desk.case().told[-1].text == "전화도 받지 않았어요"
    assert case.answer.words.toPlainText() == ""


def test_a_lock_keeps_an_appointment_with_its_time(office):
    case = accepted(office)
    at = meets(case.answer, "2층 상담실", 3)

    again = locked(office).answer

    assert again.meet.isVisible()
    assert again.meet.at.dateTime() == at
    assert again.meet.place.words() == "2층 상담실"
    office.press(again.send_button)
    assert office.desk.case().typed == {}
    assert office.desk.case().awaited().at.timestamp() == at.toSecsSinceEpoch()


def test_a_lock_keeps_what_was_going_to_be_asked_for(office):
    case = accepted(office)
    case.answer.mode.buttons["ask"].click()
    case.answer.ask.chips[Item.HEALTH].click()

    again = locked(office).answer

    assert again.ask.isVisible()
    assert again.ask.asks() == {Item.HEALTH}
    office.press(again.send_button)
    assert office.desk.case().asked() == {Item.HEALTH}
    assert office.desk.case().typed == {}
    assert again.mode.key() == "words"


def test_what_a_colleague_ended_shows_what_was_not_sent_until_it_is_let_go(
    office, colleague, qtbot
):
    case = accepted(office)
    hears(office)
    meets(case.answer, "3층 상담실", 3)
    case.answer.words.setPlainText(SOON)
    colleague.round()
    colleague.do(Deed.FAIL, Unfinished.MOVED.value)
    colleague.round()

    hears(office)

    assert not case.answer.isVisible()
    assert case.unsent.isVisible()
    assert case.unsent.title.text() == "Words that were not sent"
    for words in (SOON, "3층 상담실"):
        assert words in locked(office).unsent.words.text()

    office.press(case.unsent.let_go_button)
    assert case.unsent.isVisible()
    office.press(case.unsent.let_go_button)
    assert not case.unsent.isVisible()
    qtbot.waitUntil(lambda: not office.door.page._keep.isActive())
    office.settle()
    assert office.desk.case().typed == {}
    assert not locked(office).unsent.isVisible()


def test_a_letter_of_refusal_for_what_a_colleague_took_on_is_not_lost_either(office, colleague):
    office.receives()
    case = office.choose()
    step = case.decisions.steps[Deed.DECLINE]
    office.press(case.decisions.buttons[Deed.DECLINE])
    step.words.setPlainText("오늘은 방이 없어요")
    colleague.round()
    colleague.do(Deed.ACCEPT)
    colleague.round()

    hears(office)

    assert not step.isVisible()
    assert case.answer.isVisible()
    assert case.unsent.words.text() == "오늘은 방이 없어요"


def test_a_press_that_came_too_late_says_so_and_keeps_the_words(office):
    case = accepted(office)
    case.answer.words.setPlainText(SOON)
    # As a round that is still under way leaves it: taken in, and not shown yet.
    office.desk.do(Deed.FAIL, Unfinished.MOVED.value)

    office.press(case.answer.send_button)

    assert office.desk.case().told == ()
    assert "somebody was faster" in case.notices.undone.label.text()
    assert case.notices.undone.isVisible()
    assert case.unsent.words.text() == SOON
    assert office.desk.case().typed == {"words": SOON}


def test_a_decision_that_came_too_late_says_so(office):
    office.receives()
    case = office.choose()
    step = case.decisions.steps[Deed.DECLINE]
    office.press(case.decisions.buttons[Deed.DECLINE])
    step.reasons.buttons[Declined.FULL.value].click()
    step.words.setPlainText("오늘은 방이 없어요")
    office.desk.do(Deed.ACCEPT)

    office.press(step.act_button)

    assert office.desk.peek().status is TaskStatus.ACCEPTED
    assert case.notices.undone.isVisible()
    assert case.unsent.words.text() == "오늘은 방이 없어요"


def test_what_was_taken_back_takes_the_half_typed_words_with_it(office):
    consent, _ = office.town.agreed_and_released(words=WORDS)
    office.town.round()
    hears(office)
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    meets(case.answer, "2층 상담실", 3)
    case.answer.words.setPlainText(SOON)
    withdrawals.withdraw(office.town.vault, consent.id, office.town.moment())
    office.town.round()

    hears(office)

    assert not any(case.typed_words().values())
    assert not case.unsent.isVisible()
    assert case.unsent.words.text() == ""
    assert office.desk.case().typed == {}


def test_the_time_that_is_proposed_is_not_kept_as_if_it_were_meant(office):
    case = accepted(office)
    case.answer.words.setPlainText(SOON)
    office.door.rescue()
    office.settle()
    office.town.hub.clock.turn(hours=5)

    again = locked(office).answer

    at = again.meet.appointment().at
    assert office.town.now < at <= office.town.now + timedelta(hours=1)
    assert again.words.toPlainText() == SOON


def test_a_page_of_somebodys_own_data_says_the_time_in_words(office):
    case = accepted(office)
    meets(case.answer, "2층 상담실", 3)
    case.answer.words.setPlainText(SOON)
    office.door.rescue()
    office.settle()

    when, words = half_said(office.desk.case().typed)

    assert (when.split(" · ")[-1], words) == ("2층 상담실", SOON)
    assert "+00:00" not in when
