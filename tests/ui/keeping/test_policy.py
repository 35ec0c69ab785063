"""How long what is kept is chosen in steps; it says what follows, and asks twice to shorten."""

import pytest

from desktop.domain.retention import Policy
from desktop.services import retention


@pytest.fixture
def page(room, haneul):
    room.clock.days = 100
    sheet = room.open("ending")
    sheet.list.change_button.click()
    return sheet.policy_page


def policy(room):
    return room.do(retention.policy)


def press(room, button, times=1):
    for _ in range(times):
        button.click()
    room.settle()


def test_it_shows_what_is_in_force_and_there_is_nothing_to_save(page, room):
    assert page.isVisible()
    assert page.policy() == Policy()
    assert page.rows["contact"].value.text() == "1 year"
    assert page.rows["draft"].value.text() == "90 days"
    assert not page.act_button.isEnabled()


def test_longer_is_saved_with_one_press_and_shown(page, room):
    press(room, page.rows["draft"].longer)
    assert "Nothing would be due at once" in page.effect.label.text()

    press(room, page.act_button)

    assert policy(room).draft == 180
    sheet = room.keeper.ending
    assert "an unsent referral 180 days" in sheet.list.lead.text()
    assert not page.isVisible()


def test_nothing_is_kept_longer_than_the_young_people_were_told(page, room):
    press(room, page.rows["referral"].longer)

    press(room, page.act_button)

    assert policy(room) == Policy()
    assert "365 days after the support ends" in page.problem.label.text()
    assert "needs a consent text" in page.problem.label.text()


def test_shorter_says_how_many_would_be_due_and_takes_a_second_press(page, room):
    press(room, page.rows["contact"].shorter, 2)
    assert page.effect.label.text().startswith("1 thing would be due at once")

    press(room, page.act_button)
    assert policy(room) == Policy()
    assert page.act_button.text() == "Shorten it now"
    assert room.window.focusWidget() is page.back_button
    press(room, page.act_button)

    assert policy(room).contact == 90
    assert len(room.keeper.ending.list.cards) == 1


def test_another_step_takes_the_second_press_back(page, room):
    press(room, page.rows["contact"].shorter)
    press(room, page.act_button)

    press(room, page.rows["contact"].shorter)

    assert page.act_button.text() == "Save"
    press(room, page.act_button)
    assert policy(room) == Policy()


def test_back_at_what_is_in_force_nothing_is_said_nor_saved(page, room):
    press(room, page.rows["contact"].shorter)

    press(room, page.rows["contact"].longer)

    assert not page.effect.isVisible()
    assert not page.act_button.isEnabled()


def test_going_back_changes_nothing(page, room):
    press(room, page.rows["contact"].shorter)

    press(room, page.back_button)

    assert policy(room) == Policy()
    assert room.keeper.ending.list.isVisible()


def test_every_step_of_every_span_is_one_that_the_domain_allows(page, room):
    for row in page.rows.values():
        while row.shorter.isEnabled():
            row.shorter.click()
        page.policy()
        while row.longer.isEnabled():
            row.longer.click()

    assert page.policy() == Policy(20 * 365, 20 * 365, 365, 365, 30)


def test_a_span_between_the_steps_is_kept_as_it_is(room, haneul):
    moment = room.clock()
    room.do(lambda vault: retention.choose_policy(vault, Policy(contact=300), moment))
    sheet = room.open("ending")

    sheet.list.change_button.click()

    row = sheet.policy_page.rows["contact"]
    assert row.value.text() == "300 days"
    assert row.longer.accessibleName() == "After the last contact: 300 days. Longer"
    row.longer.click()
    assert row.days() == 365


def test_being_shown_it_later_shortens_nothing_and_takes_one_press(page, room):
    press(room, page.rows["notice"].shorter)

    press(room, page.act_button)

    assert policy(room).notice == 14
