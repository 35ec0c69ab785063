"""Whoever does not know that a guardian must not be told is named where that is written down."""

import pytest
from network_of_one import Town
from pages_for_tests import settled
from vaults_for_tests import a_vault

from desktop.domain.guardians import Unaware
from desktop.domain.who_answers import KeepReason
from desktop.services import outreach
from desktop.settings import Settings
from ui.consents.unaware import UnawareNotice
from ui.tasks import Tasks
from ui.window.telling import Telling
from ui.window.window import Window


class Evening:
    """A counselor who has asked an agency for help, and the window over that laptop."""

    def __init__(self, qtbot, folder):
        self.town = Town(folder / "town", a_vault(folder / "centre"))
        _, tracking = self.town.agreed_and_released()
        self.asked = tracking
        self.tasks = Tasks(self.town.vault.sibling, self.town.moment)
        self.window = Window(self.tasks, Settings(), self.town.hub.chance)
        self.telling = Telling(self.window)
        self._qtbot = qtbot
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def settle(self):
        settled(self._qtbot, self.tasks)

    def open_page(self):
        (met,) = outreach.tonight(self.town.vault).met
        self.window.open_file(self.asked.referral.youth, met.meeting.id)
        self.settle()

    def write_down(self):
        """Choose why on the sheet, and press."""
        self.window.drawer_wanted.emit("keep-from")
        self.settle()
        sheet = self.telling.sheet
        sheet.reasons[KeepReason.ABUSE].setChecked(True)
        sheet.keep_button.click()
        self.settle()
        return sheet

    def close(self):
        self.tasks.close(5)
        self.town.close()
        self.town.vault.close()


@pytest.fixture
def evening(qtbot, tmp_path):
    evening = Evening(qtbot, tmp_path)
    yield evening
    evening.close()


def test_who_has_it_already_is_named_and_the_sheet_stays_until_it_was_read(evening):
    evening.town.round()
    evening.open_page()

    sheet = evening.write_down()

    card = evening.window.pages.consent
    said = sheet.unaware.label.text()
    assert sheet.isVisible()
    assert said.startswith(f"Call {evening.asked.agency_name}: ")
    assert "stays here" not in said
    assert sheet.now.isVisible()  # that it is written down is said as well
    assert evening.window.focusWidget() is sheet.close_button
    assert (card.told.unaware.label.text(), card.told.unaware.isHidden()) == (said, False)


def test_what_waits_is_named_and_the_referral_offers_to_send_it_again(evening):
    evening.open_page()

    sheet = evening.write_down()
    sheet.leave()
    evening.settle()

    card = evening.window.pages.referral
    assert "stays here" in sheet.unaware.label.text()
    assert "Call" not in sheet.unaware.label.text()
    assert card.state.text() == "Needs you"
    assert "must not be told" in card.answer.problem.label.text()
    assert (card.tell_button.text(), card.tell_button.isHidden()) == ("Send again…", False)


def test_where_everybody_knows_the_sheet_goes_by_itself(evening):
    with evening.town.vault.transaction() as db:
        db.execute("DELETE FROM outbox")
    evening.open_page()

    sheet = evening.write_down()

    assert not sheet.isVisible()


def test_each_is_named_with_the_number_that_it_says(window):
    notice = UnawareNotice()
    notice.setParent(window)
    agencies = (("별마루 쉼터", "02-123-4567"), ("가온의료원", ""))

    notice.show_unaware(Unaware(agencies, ("별마루 쉼터",)))

    said = notice.label.text()
    assert said.startswith("Call 별마루 쉼터 (02-123-4567) and 가온의료원: ")
    assert "What waits for 별마루 쉼터 does not say" in said
