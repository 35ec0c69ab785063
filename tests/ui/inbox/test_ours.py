"""A record of our own, made of what was told: what becomes of it stands on the page."""

from builders import on_a_night
from desk_for_tests import rows_with

from desktop.domain.inbox import Deed, Gone
from desktop.domain.youths import Age
from desktop.services import search, withdrawals
from desktop.services import youths as people
from desktop.services.youths import NewYouth


def handed_over(office):
    """Take a case on, make a record of our own by the page, and return who that is."""
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    office.press(case.handing.open_button)
    office.qtbot.waitUntil(case.handing.act_button.isEnabled)
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


def known_here(office):
    """Let somebody of the same alias have been met here before."""
    vault, desk = office.desk.vault, office.desk
    on_a_night(vault, desk.moment())
    return people.meet(vault, NewYouth("하늘", Age.stated(16)), "역 앞", desk.moment()).youth.id


def taken_on(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    return case.handing


def records(office):
    return [youth.id for youth in search.people(office.desk.vault, "하늘", 5)]


def test_before_a_record_is_made_it_is_asked_whether_they_were_met_before(office, qtbot):
    known, handing = known_here(office), taken_on(office)

    handing.open_button.click()
    assert not handing.act_button.isEnabled()
    qtbot.waitUntil(handing.act_button.isEnabled)
    [button] = handing.known.buttons
    assert "하늘" in button.text()
    assert handing.act_button.text() == "Make a new record, then write a referral"
    office.press(button)
    assert office.desk.peek().youth is None
    assert "the record of 하늘" in handing.about.text()
    assert handing.act_button.text() == "Yes, it is 하늘: write a referral"
    office.press(handing.act_button)

    assert records(office) == [known]
    assert office.window.pages.file.youth.id == known


def test_what_opens_below_the_edge_is_scrolled_to(office, qtbot):
    known_here(office)
    handing = taken_on(office)
    page = office.window.currentWidget()
    page.window().resize(1366, 560)

    handing.open_button.click()
    qtbot.waitUntil(lambda: bool(handing.known.buttons))

    qtbot.waitUntil(lambda: not handing.act_button.visibleRegion().isEmpty())


def test_somebody_new_of_the_same_alias_gets_a_record_of_their_own(office, qtbot):
    known, handing = known_here(office), taken_on(office)
    handing.open_button.click()
    qtbot.waitUntil(handing.act_button.isEnabled)

    office.press(handing.act_button)

    assert sorted(records(office)) == sorted([known, office.desk.peek().youth])


def test_who_was_chosen_by_mistake_is_parted_from_the_case_by_two_presses(office, qtbot):
    wrong, handing = known_here(office), taken_on(office)
    handing.open_button.click()
    qtbot.waitUntil(handing.act_button.isEnabled)
    handing.known.buttons[0].click()
    office.press(handing.act_button)
    office.choose()
    office.press(handing.open_button)
    assert "“This is not them”" in handing.about.text()

    office.press(handing.not_them_button)
    assert office.desk.peek().youth == wrong
    office.press(handing.not_them_button)
    assert office.desk.peek().youth is None
    assert handing.open_button.isVisible()
    assert not handing.not_them_button.isVisible()

    handing.open_button.click()
    qtbot.waitUntil(handing.act_button.isEnabled)
    office.press(handing.act_button)
    assert office.desk.peek().youth not in {None, wrong}
    assert search.people(office.desk.vault, "하늘", 5) != ()


def test_who_was_chosen_is_forgotten_again_by_back(office, qtbot):
    known_here(office)
    handing = taken_on(office)
    handing.open_button.click()
    qtbot.waitUntil(handing.act_button.isEnabled)
    handing.known.buttons[0].click()

    handing.back_button.click()
    handing.open_button.click()
    qtbot.waitUntil(handing.act_button.isEnabled)

    assert handing.act_button.text() == "Make a new record, then write a referral"


def test_with_a_record_already_nobody_is_asked_about(office):
    handed_over(office)
    handing = office.choose().handing

    office.press(handing.open_button)

    assert handing.act_button.isEnabled()
    assert not handing.known.isVisible()
    assert handing.act_button.text() == "Write a referral"
