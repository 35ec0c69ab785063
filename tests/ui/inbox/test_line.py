"""A desk sees on the page it works on all day how the line is, and what was not taken."""

import pytest
from PySide6.QtCore import Qt

from desktop.services.exchange import HubState, LineState, Round
from desktop.services.following import Glance


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (Round(HubState.WOULD_REMOVE, removed=3), "Asks you first"),
        (Round(HubState.REFUSED, problem="device-revoked"), "Laptop not accepted"),
        (Round(HubState.AWAY), "Offline"),
        (Round(HubState.ROLLED_BACK), "Older than before"),
        (Round(HubState.REACHED), "Connected"),
    ],
)
def test_how_the_line_is_stands_on_the_inbox_and_one_press_leads_on(office, done, words):
    office.receives()
    page = office.choose().window().currentWidget()

    office.window.show_round(done)
    office.settle()

    assert page.line[0].isVisible()
    assert page.line[0].text().startswith(words)
    assert page.line[0].toolTip() == office.window.status.pill.toolTip()
    is_behind = done.state is HubState.ROLLED_BACK
    led = []
    office.window.status.behind_wanted.connect(lambda: led.append(True))
    office.press(page.line[0])
    assert bool(led) is is_behind
    assert is_behind or office.window.status.outbox.isVisible()


def test_what_was_said_before_the_inbox_was_opened_stands_there_too(office):
    office.window.status.show_round(Round(HubState.WOULD_REMOVE, removed=3))
    office.window.status.waiting_button.show_counts(2, 1, 0)

    page = office.open()

    assert page.line[0].text().startswith("Asks you first")
    assert page.line[1].text() == "2 things to send · 1 was not taken"
    office.press(page.line[1])
    assert office.window.status.outbox.isVisible()
    assert office.window.currentWidget() is page


def test_what_was_not_taken_is_told_there_as_soon_as_it_is_known(office):
    page = office.open()

    office.window.status.show_glance(Glance(LineState(0, None, "", "real", 2), 0))

    assert page.line[1].text() == "2 were not taken"
    assert page.line[1].property("kind") == "danger"


def test_no_case_promises_that_it_goes_by_itself(office):
    office.receives()
    case = office.choose()

    assert case.notices.waiting.isVisible()
    assert "by itself" not in case.notices.waiting.label.text()


def test_tab_goes_from_back_to_the_line_and_on_to_the_list(office, qtbot):
    office.receives()
    page = office.open()
    page.back_button.setFocus()
    stops = []
    for _ in range(3):
        qtbot.keyClick(office.window.focusWidget(), Qt.Key.Key_Tab)
        stops.append(office.window.focusWidget())

    assert stops == [*page.line, page.listing.rows[0]]
