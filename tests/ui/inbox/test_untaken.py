"""Words of a desk that were not taken: the strip leads to them, the case says it, and back."""

import pytest
from desk_for_tests import retire_key
from PySide6.QtWidgets import QLabel

from desktop.services import exchange
from ui.syncing.refused_steps import RefusedSteps


@pytest.fixture
def lost(office):
    """Show a case about which two letters were not taken."""
    office.receives()
    office.desk.accepts()
    office.desk.say("2층으로 오세요")
    office.desk.say("저녁이 좋아요")
    retire_key(office.town, office.town.centre.org)
    office.window.show_round(office.desk.round())
    office.settle()
    return office


def sheet(office):
    office.press(office.window.status.waiting_button)
    return office.window.status.outbox


def steps(office):
    return [row.findChild(RefusedSteps) for row in office.window.status.outbox.rows]


def test_the_strip_says_it_and_leads_to_what_can_be_done(lost):
    button = lost.window.status.waiting_button

    assert (button.text(), button.property("kind")) == ("2 were not taken", "danger")
    assert len(sheet(lost).rows) == 2
    going = lost.window.status.outbox.going
    assert "Whoever asked has a new key" in going.rows[0].accessibleName()
    assert going.rows == going.deciding.rows
    assert going.deciding.isVisible()
    assert not going.leaving.isVisible()


def test_the_case_says_what_did_not_reach_them_and_marks_the_words(lost):
    case = lost.choose()

    assert case.notices.untaken.isVisible()
    said = case.notices.untaken.label.text()
    assert said.count("Not taken: Letter") == 1  # both times in one sentence: the reason is one
    assert said.count(":") - said.count("Not taken:") == 2
    words = [part.text() for row in case.told.rows for part in row.findChildren(QLabel)]
    assert words.count("Not taken. It did not reach them.") == 2


def test_the_case_in_front_says_at_once_what_was_not_taken(office):
    office.receives()
    office.desk.accepts()
    case = office.choose()
    office.desk.say("2층으로 오세요")
    office.door.reload()
    office.settle()
    assert case.notices.waiting.isVisible()
    retire_key(office.town, office.town.centre.org)

    office.door.show_round(office.desk.round())
    office.settle()

    assert case.notices.untaken.isVisible()
    assert not case.notices.waiting.isVisible()


def test_write_again_leads_to_the_case_with_the_words_in_the_field(lost):
    sheet(lost)

    lost.press(steps(lost)[0].again_button)

    page = lost.door.page
    assert not lost.window.status.outbox.isVisible()
    assert lost.window.currentWidget() is page
    assert page.case.answer.words.toPlainText() == "2층으로 오세요"


def test_write_again_fills_the_field_of_the_case_in_front_too(lost):
    lost.choose()
    sheet(lost)

    lost.press(steps(lost)[1].again_button)

    assert lost.door.page.case.answer.words.toPlainText() == "저녁이 좋아요"


def test_leaving_it_asks_twice_and_then_nothing_points_to_it(lost):
    sheet(lost)

    lost.press(steps(lost)[0].leave_button)
    assert exchange.line(lost.desk.vault).refused == 2
    for left in (1, 0):
        button = steps(lost)[0].leave_button
        if not button.property("asked"):
            button.click()
        lost.press(button)
        assert exchange.line(lost.desk.vault).refused == left

    assert lost.window.status.outbox.rows == ()
    assert lost.window.status.waiting_button.text() == "Nothing to send"
    assert not lost.choose().notices.untaken.isVisible()
