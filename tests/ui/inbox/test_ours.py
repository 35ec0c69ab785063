"""A record of our own, made of what was told: what becomes of it stands on the page."""

from builders import on_a_night
from desk_for_tests import rows_with

from desktop.domain.inbox import Deed, Gone
from desktop.services import withdrawals
from desktop.services import youths as people


def handed_over(office):
    """Take a case on, make a record of our own by the page, and return who that is."""
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    office.press(case.handing.open_button)
    office.press(case.handing.act_button)
    return office.desk.peek().youth


def withdrawn(office):
    """Let the young person take back what they agreed to, and fetch that."""
    tracking = office.town.tracking(office.desk.peek().id)
    withdrawals.withdraw(office.town.vault, tracking.consent, office.town.moment())
    office.town.round()
    office.fetch()


def test_a_record_on_which_nothing_stands_goes_also_under_its_open_page(office):
    youth = handed_over(office)
    assert office.window.pages.file.youth.id == youth

    withdrawn(office)

    assert office.desk.peek().gone is Gone.WITHDRAWN
    assert office.window.pages.file.youth.alias == "?"
    assert not rows_with(office.desk.vault)


def test_a_case_says_that_a_record_of_our_own_was_left(office):
    youth, moment = handed_over(office), office.desk.moment()
    on_a_night(office.desk.vault, moment)
    people.meet_again(office.desk.vault, youth, "역 앞", office.desk.moment())

    withdrawn(office)

    gone = office.choose().notices.gone
    assert "The record of your own was left as it is" in gone.label.text()
