"""Two decisions about one case: both are read side by side, and one press chooses."""

import pytest
from desk_for_tests import WORDS, AgencyDesk
from vaults_for_tests import a_vault

from desktop.domain.consents import Item
from desktop.domain.inbox import Declined, Deed, Unfinished
from sync.protocol.states import TaskStatus


@pytest.fixture
def colleague(office, tmp_path):
    """A colleague at another laptop of the same agency, who knows of the referral, too."""
    office.receives()
    other = AgencyDesk(
        office.town, a_vault(tmp_path / "other"), office.town.hub.let_in(office.town.shelter)
    )
    other.round()
    yield other
    other.vault.close()


def late_no(office, colleague):
    """Send the case back here without a line, after a colleague has taken it on."""
    colleague.do(Deed.ACCEPT)
    colleague.round()
    office.desk.do(Deed.DECLINE, Declined.FULL.value)
    office.door.show_round(office.desk.round())
    office.desk.round()
    office.settle()
    return office.choose()


def test_both_decisions_are_read_with_their_times_and_reasons(office, colleague):
    case = late_no(office, colleague)
    late = case.late

    assert late.isVisible()
    assert not case.notices.elsewhere.isVisible()
    assert late.ours.text().endswith("Sent back · No room now")
    assert late.stands.text().endswith("Taken on · by a colleague")
    assert "cannot be sent back any more" in late.about.text()
    assert case.facts.state.text() == "Two decisions"
    assert "Two decisions" in office.door.page.listing.rows[0].accessibleName()
    assert case.words.said[Item.NEED].text() == WORDS[Item.NEED]


def test_leaving_it_takes_one_press_and_keeps_what_is_typed(office, colleague):
    case = late_no(office, colleague)
    case.answer.words.setPlainText("방을 알아볼게요")

    office.press(case.late.leave_button)

    assert not case.late.isVisible()
    assert office.desk.peek().late is None
    assert office.desk.peek().status is TaskStatus.ACCEPTED
    assert case.answer.words.toPlainText() == "방을 알아볼게요"
    assert case.decisions.buttons[Deed.START].isVisible()


def test_what_can_be_done_instead_takes_its_reason_and_a_second_press(office, colleague, qtbot):
    office.window.resize(1366, 480)
    case = late_no(office, colleague)
    assert case.late.act_button.text() == "It did not work out…"

    office.press(case.late.act_button)
    step = case.decisions.steps[Deed.FAIL]
    assert step.isVisible()
    button = step.act_button
    qtbot.waitUntil(lambda: button.visibleRegion().boundingRect() == button.rect())
    assert step.reasons.key() == ""
    assert office.desk.peek().status is TaskStatus.ACCEPTED

    step.reasons.buttons[Unfinished.OTHER.value].click()
    office.press(step.act_button)

    assert office.desk.peek().status is TaskStatus.FAILED
    assert not case.late.isVisible()


def test_after_a_colleagues_no_nothing_is_offered_but_to_leave_it(office, colleague):
    colleague.do(Deed.DECLINE, Declined.AREA.value)
    colleague.round()
    office.desk.do(Deed.ACCEPT)
    office.door.show_round(office.desk.round())
    office.settle()

    late = office.choose().late

    assert late.stands.text().endswith("Sent back · Outside our area · by a colleague")
    assert "call them: they can ask you anew" in late.about.text()
    assert not late.act_button.isVisible()
    office.press(late.leave_button)
    assert not late.isVisible()
