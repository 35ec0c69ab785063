"""Before a round takes much away a person is asked: two presses, and nothing chosen for them."""

import pytest
from PySide6.QtWidgets import QMainWindow

from desktop.services.exchange import HubState, Round
from ui.syncing.removing import RemovingPart

STOPPED = Round(HubState.WOULD_REMOVE, problem="12")


@pytest.fixture
def part(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    part = RemovingPart()
    window.setCentralWidget(part)
    window.show()
    yield part
    window.close()


def test_it_says_how_many_and_only_the_second_press_agrees(qtbot, part):
    part.show_round(STOPPED)
    assert "12 received referrals" in part.notice.label.text()
    assert not part.sure_button.isVisible()

    with qtbot.assertNotEmitted(part.agreed):
        part.go_button.click()
    with qtbot.waitSignal(part.agreed) as said:
        part.sure_button.click()

    assert said.args == [12]
    assert part.isHidden()


def test_the_next_round_does_not_take_the_first_press_back(part):
    part.show_round(STOPPED)
    part.go_button.click()
    part.show_round(STOPPED)
    assert part.sure_button.isVisible()


def test_another_number_is_asked_about_anew(qtbot, part):
    part.show_round(STOPPED)
    part.go_button.click()

    part.show_round(Round(HubState.WOULD_REMOVE, problem="40"))

    assert part.go_button.isVisible()
    assert not part.sure_button.isVisible()
    assert "40 received referrals" in part.notice.label.text()
    part.go_button.click()
    with qtbot.waitSignal(part.agreed) as said:
        part.sure_button.click()
    assert said.args == [40]


def test_what_has_gone_little_by_little_is_said(part):
    part.show_round(STOPPED)
    assert "have gone" not in part.notice.label.text()
    part.show_round(Round(HubState.WOULD_REMOVE, problem="3", removed=17))
    assert "Those of 17 have gone just before." in part.notice.label.text()


def test_it_says_that_everything_else_waits_with_it(part):
    part.show_round(STOPPED)
    assert part.notice.label.text().endswith(
        "Until you let them go nothing else that came is shown: answers, new referrals,"
        " signatures."
    )


def test_one_can_turn_back_after_the_first_press(qtbot, part):
    part.show_round(STOPPED)
    part.show()
    part.go_button.click()

    with qtbot.assertNotEmitted(part.agreed):
        part.keep_button.click()

    assert part.go_button.isVisible()
    assert not part.sure_button.isVisible()


def test_when_nothing_is_asked_nothing_is_shown(part):
    part.show_round(STOPPED)
    part.show_round(Round(HubState.REACHED))
    assert part.isHidden()
    part.show_round(None)
    assert part.isHidden()
