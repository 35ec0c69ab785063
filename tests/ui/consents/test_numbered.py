"""Somebody calls with the number of their slip: one field, two clicks, and how far the word is."""

import pytest
from network_of_one import Town
from office_for_tests import Mate
from pages_for_tests import done, settled
from PySide6.QtCore import Qt
from vaults_for_tests import a_vault

import i18n
from desktop.domain.referrals import Erasure
from desktop.services import elsewhere, exchange, slips
from desktop.settings import Settings
from sync.client.sealing import header_of
from ui.searching.actions import matching
from ui.tasks import Tasks
from ui.window.living import LivingDoor
from ui.window.numbered import NumberedDoor
from ui.window.window import Window


class Called:
    """A street laptop that is away, and the window of a colleague's who answers the telephone."""

    def __init__(self, qtbot, home):
        self.qtbot = qtbot
        self.town = Town(home / "town", a_vault(home / "street"))
        self.colleague = Mate(self.town, home / "office")
        self.tasks = Tasks(self.colleague.vault.sibling, self.colleague.moment)
        self.window = Window(self.tasks, Settings(), bytes)
        self.living, self.door = LivingDoor(self.window), NumberedDoor(self.window)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.synced = []
        self.window.sync_wanted.connect(lambda: self.synced.append(True))

    @property
    def sheet(self):
        return self.door.sheet

    def settle(self):
        settled(self.qtbot, self.tasks)

    def round(self):
        """Run a round of the colleague's line, and let the window hear of it."""
        line, now = self.colleague.line, self.colleague.now
        ended = done(self.qtbot, self.tasks, lambda vault: exchange.exchange(vault, line, now))
        self.window.show_round(ended)
        self.door.show_round(ended)
        self.settle()

    def look_up(self, number):
        """Type a number, as somebody on the telephone reads it out."""
        (action,) = matching("called with a number")
        self.window.action_chosen.emit(action.key)
        field = self.sheet.field.edit
        assert self.window.focusWidget() is field
        field.clear()
        self.qtbot.keyClicks(field, number)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def says(self):
        return [row.accessibleName() for row in self.sheet.rows]

    def close(self):
        self.tasks.close(5)
        self.colleague.vault.close()
        self.town.vault.close()
        self.town.close()


@pytest.fixture
def called(qtbot, tmp_path):
    called = Called(qtbot, tmp_path)
    yield called
    called.close()


@pytest.fixture
def sent(called):
    """A consent of the street laptop under which something has left."""
    consent, tracking = called.town.agreed_and_released()
    called.town.round()
    return consent, tracking


def test_what_is_overdue_is_in_the_list_of_ways_and_leads_to_the_number(called, sent):
    consent, tracking = sent
    called.round()
    elsewhere.withdraw(called.colleague.vault, consent.id, called.colleague.moment())
    called.round()
    called.look_up(slips.number_of(consent.id))
    assert "A word is expected by" in called.says()[0]
    called.sheet.leave()
    called.town.hub.clock.turn(days=6)

    called.window.show_ways()
    called.settle()
    ways = called.window.ways
    (card,) = ways.list.cards
    assert card.title == slips.number_of(consent.id)
    assert f"destroyed. Call {tracking.agency_name}" in card.spoken()
    assert "quiet for 6 days" in card.spoken()
    assert ways.lead.text() == "1 answer is late."
    ways.list.choose(0)
    ways.list.buttons[0].click()
    called.settle()

    assert "Overdue since" in called.says()[0]


def test_it_is_ended_with_the_keyboard_and_called_taken_only_by_the_receipt(called, sent):
    consent, tracking = sent
    called.round()
    called.colleague.line.is_cut = True
    called.look_up(slips.number_of(consent.id))

    (row,) = called.sheet.rows
    assert called.says()[0].startswith(f"{tracking.agency_name} · told on ")
    row.ending.withdraw_button.setFocus()
    called.qtbot.keyClick(row.ending.withdraw_button, Qt.Key.Key_Space)
    assert called.window.focusWidget() is row.ending.keep_button
    assert called.colleague.leaves(called.colleague.vault) == []
    called.qtbot.keyClick(row.ending.keep_button, Qt.Key.Key_Tab)
    called.qtbot.keyClick(row.ending.confirm_button, Qt.Key.Key_Space)
    called.settle()
    called.round()

    assert called.synced == [True]
    assert "Not told yet" in called.says()[0]
    assert "has taken the word" not in called.says()[0]
    called.colleague.line.is_cut = False
    called.round()
    assert "has taken the word" in called.says()[0]
    assert f"Not erased yet: {tracking.agency_name}" in called.says()[0]
    assert not called.sheet.rows[0].ending.isVisible()
    called.town.round()
    assert called.town.tracking(tracking.referral.id).erasure is Erasure.OWED


def test_what_waits_of_it_stands_in_the_list_of_what_goes(called, sent):
    consent, _ = sent
    called.round()
    called.look_up(slips.number_of(consent.id))
    called.sheet.rows[0].ending.withdraw_button.click()
    called.sheet.rows[0].ending.confirm_button.click()
    called.settle()
    called.sheet.leave()

    called.window.status.waiting_button.click()
    called.settle()

    (waits,) = [row.accessibleName() for row in called.window.status.outbox.rows]
    (word,) = called.colleague.leaves(called.colleague.vault)
    assert header_of(word).ref == str(consent.id)
    assert waits.startswith("A withdrawal of consent (goes first)")


def test_an_unknown_number_says_what_to_do_next_and_a_round_may_bring_it(called, sent):
    consent, _ = sent

    called.look_up(slips.number_of(consent.id))
    said = called.sheet.notice.accessibleName()
    assert "There may be something all the same" in said
    assert "Please sync, then look once more" in said
    called.sheet.sync_button.click()
    assert called.synced == [True]
    called.round()

    assert len(called.sheet.rows) == 1
    assert not called.sheet.notice.isVisible()
    assert not called.sheet.sync_button.isVisible()


def test_half_a_number_is_asked_for_once_more(called):
    called.look_up("12AB 34")

    assert called.sheet.field.note.text().startswith("This is not a whole number yet")
    assert called.sheet.rows == ()
    assert not called.sheet.notice.isVisible()


def test_what_this_laptop_asked_for_leads_to_the_consents_of_that_person(called):
    consent, _ = called.colleague.agreed_and_released()

    called.look_up(slips.number_of(consent.id).lower())
    called.qtbot.waitUntil(called.living.sheet.isVisible)
    called.settle()

    assert not called.sheet.isVisible()
    assert [row.consent.id for row in called.living.sheet.rows] == [consent.id]


def test_a_number_that_is_typed_into_the_search_is_looked_up_at_once(called, sent):
    consent, _ = sent
    called.round()
    (action,) = matching(slips.number_of(consent.id))

    called.window.action_chosen.emit(action.key)
    called.settle()

    assert len(called.sheet.rows) == 1


def test_nothing_of_a_number_stays_on_a_sheet_that_was_closed(called, sent):
    consent, _ = sent
    called.round()
    called.look_up(slips.number_of(consent.id))

    called.sheet.leave()
    called.round()

    assert (called.sheet.rows, called.sheet.field.words()) == ((), "")


def test_it_speaks_korean_too(called, sent):
    consent, _ = sent
    i18n.use("ko")
    called.round()
    called.door.sheet.begin(slips.number_of(consent.id))
    called.settle()

    assert called.sheet.accessibleName() == "번호로 온 전화"
    assert "에 전달" in called.says()[0]


def test_news_of_one_takes_the_keyboard_from_nobody(called, sent):
    consent, _ = sent
    called.round()
    called.look_up(slips.number_of(consent.id))
    called.sheet.rows[0].ending.withdraw_button.setFocus()

    elsewhere.withdraw(called.colleague.vault, consent.id, called.colleague.moment())
    called.round()

    assert not called.sheet.rows[0].ending.isVisible()
    assert called.window.focusWidget() is called.sheet.close_button
    called.qtbot.keyClick(called.window.focusWidget(), Qt.Key.Key_Escape)
    assert not called.sheet.isVisible()
