"""A withdrawal that comes while somebody is at the board knocks at the door until they look."""

from desktop.domain.inbox import Deed, Gone
from desktop.services import withdrawals


def taken_on(office):
    """Take a case on, look at it, and go back to the board."""
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    office.press(office.door.page.back_button)
    office.desk.round()
    return case


def taken_back(office):
    """Let the young person take back what they agreed to, and fetch that."""
    town = office.town
    withdrawals.withdraw(town.vault, town.tracking(office.desk.peek().id).consent, town.moment())
    town.round()
    office.door.show_round(office.desk.round())
    office.settle()


def test_a_withdrawal_behind_the_board_stands_on_the_door_and_its_row_until_it_is_seen(office):
    case, button = taken_on(office), office.window.header.inbox_button
    office.settle()
    assert button.text() == "Inbox"

    taken_back(office)
    [row] = office.door.page.listing.rows
    assert office.desk.peek().gone is Gone.WITHDRAWN
    assert case.notices.gone.isVisibleTo(case)
    assert (button.text(), button.toolTip()) == ("Inbox 1", "1 has news")
    assert button.property("kind") == "soft"
    assert row.accessibleName().startswith("News")

    office.open()
    [row] = office.door.page.listing.rows
    assert (button.text(), button.property("kind")) == ("Inbox", "quiet")
    assert not row.accessibleName().startswith("News")


def test_what_comes_while_the_case_is_in_front_was_seen(office):
    taken_on(office)
    office.choose()

    taken_back(office)

    [row] = office.door.page.listing.rows
    assert office.window.header.inbox_button.text() == "Inbox"
    assert not row.accessibleName().startswith("News")
