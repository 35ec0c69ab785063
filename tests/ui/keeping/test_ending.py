"""What ends is shown before it ends; a person decides, in two steps; what is gone is gone."""

from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from pages_for_tests import CENTER, a_youth
from PySide6.QtCore import Qt

from desktop.domain.retention import Debt, Ground, Owed, Reason, Target, Thing
from desktop.domain.youths import Age
from desktop.services import endings, forms, guardians, outreach, retention, youths
from desktop.services.outreach import Plan
from desktop.vault import mailbox
from ui.window.keeper import Keeper

ALMOST = 356
"""Days after which a record has nine days left."""


@pytest.fixture
def soon(room, haneul):
    room.clock.days = ALMOST
    return haneul


@pytest.fixture
def sheet(room, soon):
    return room.open("ending")


def keep(sheet):
    sheet.list.list.buttons[0].click()


def destroy(sheet):
    sheet.list.list.buttons[1].click()


def upcoming(room):
    return retention.upcoming(room.vault, room.clock().now)


def test_nothing_ends_soon_after_meeting_somebody(room, haneul):
    sheet = room.open("ending")

    assert sheet.list.cards == ()
    assert sheet.list.empty.isVisible()
    assert "Nothing was destroyed" in sheet.list.log.lines.text()


def test_what_ends_says_what_when_and_why(sheet):
    (card,) = sheet.list.cards

    assert card.spoken() == (
        "Everything about 하늘. Ends November 20, 2027. Counted from the last contact."
    )
    names = [button.accessibleName() for button in sheet.list.list.buttons]
    assert names == ["Everything about 하늘: Keep longer", "Everything about 하늘: Destroy now…"]


def test_kept_longer_needs_words(sheet, room):
    keep(sheet)

    sheet.keep_page.act_button.click()
    room.settle()

    assert sheet.keep_page.words.note.text() == "Write why, in a few words."
    assert room.window.focusWidget() is sheet.keep_page.words.edit
    assert len(upcoming(room)) == 1


def test_kept_longer_with_words_it_no_longer_ends_soon(sheet, room):
    keep(sheet)
    sheet.keep_page.words.edit.setText("상담이 이어짐")

    room.qtbot.keyClick(sheet.keep_page.words.edit, Qt.Key.Key_Return)
    room.settle()

    assert upcoming(room) == ()
    assert sheet.list.cards == ()
    assert "kept longer" in sheet.notice.label.text()


def test_one_press_destroys_nothing_and_enter_then_leads_back(sheet, room):
    destroy(sheet)

    assert "cannot be undone" in sheet.destroy_page.warning.label.text()
    assert room.window.focusWidget() is sheet.destroy_page.back_button
    room.qtbot.keyClick(sheet.destroy_page.back_button, Qt.Key.Key_Space)
    room.settle()

    assert sheet.list.list.isVisible()
    assert len(upcoming(room)) == 1


def test_the_second_press_destroys_it_and_cleans_file_and_backups(sheet, room, soon):
    destroy(sheet)

    sheet.destroy_page.act_button.click()
    room.settle()

    assert upcoming(room) == ()
    assert "gone from the file and the backups" in sheet.notice.label.text()
    assert "1 person, 1 meeting, 1 note" in sheet.list.log.lines.text()
    assert "하늘" not in sheet.list.log.lines.text()
    assert retention.sweep(room.vault, room.clock().now)


def test_what_an_agency_still_owes_is_named_and_nothing_can_be_pressed(sheet):
    owed = replace(sheet.list.cards[0].about, owed=(Owed(Debt.HELP, CENTER.name),))

    sheet._show_page(sheet.destroy_page, owed)

    assert CENTER.name in sheet.destroy_page.blocks.text()
    assert not sheet.destroy_page.act_button.isVisible()


def test_what_was_kept_longer_meanwhile_is_not_destroyed_and_it_says_why(sheet, room):
    (card,) = sheet.list.cards
    until, moment = card.about.due + timedelta(days=30), room.clock()
    why = (Reason.HELP, "상담이 이어짐")
    room.do(lambda vault: retention.keep_longer(vault, card.about, until, why, moment))
    destroy(sheet)

    sheet.destroy_page.act_button.click()
    room.settle()

    assert sheet.destroy_page.problem.isVisible()
    assert room.do(lambda vault: retention.log(vault)) == ()


def test_whose_page_is_open_is_taken_off_it_and_cannot_come_back_at_the_lock(room, soon):
    window = room.window
    window.open_file(soon.youth.id, soon.meeting.id)
    room.qtbot.waitUntil(lambda: window.board.middle.currentIndex() == 1)
    room.settle()
    window.pages.note.editor.insertPlainText("아직 저장되지 않은 말 ")
    sheet = room.open("ending")
    destroy(sheet)

    sheet.destroy_page.act_button.click()
    room.settle()
    window.rescue()
    room.settle()

    assert window.board.middle.currentIndex() == 0
    assert window.pages.file is None
    assert window.pages.note.editor.toPlainText() == ""
    whole = Target(Thing.YOUTH, soon.youth.id)
    moment = room.clock()
    gone = room.do(lambda vault: retention.purge(vault, (whole,), Ground.EXPIRED, moment))
    assert gone == {}


def test_a_reason_half_written_at_a_lock_is_there_again(room, sheet):
    keep(sheet)
    sheet.keep_page.reason.choose(Reason.AGREED.value)
    sheet.keep_page.span.choose("12")
    sheet.keep_page.words.edit.setText("쉼터를 기다려요")
    room.window.rescue()
    room.settle()

    again = Keeper(room.backing_up, room.clock, room.window)
    room.settle()
    again.open("ending")
    room.settle()
    keep(again.ending)

    page = again.ending.keep_page
    assert page.words.words() == "쉼터를 기다려요"
    assert (page.reason.key(), page.span.key()) == (Reason.AGREED.value, "12")
    room.settle()
    (kept,) = room.do(forms.kept)  # a power cut now takes nothing
    assert "쉼터를 기다려요" in kept.words.values()
    page.back_button.click()
    again._half_said.look()
    room.settle()
    assert room.do(lambda vault: [forms.kept(vault)]) == [()]


def test_a_reason_given_up_before_the_lock_is_not_kept(room, sheet):
    keep(sheet)
    sheet.keep_page.words.edit.setText("쉼터를 기다려요")
    room.keeper._half_said.look()
    sheet.keep_page.back_button.click()
    room.window.rescue()
    room.settle()

    assert room.do(lambda vault: [forms.kept(vault)]) == [()]


def test_within_two_weeks_the_status_bar_says_so_and_leads_there(room, soon):
    room.keeper.upkeep.look()
    room.settle()
    button = room.window.status.ending_button

    button.click()
    room.settle()

    assert button.isVisible()
    assert button.text() == "1 ends soon"
    assert room.keeper.ending.isVisible()


def test_a_guardian_whom_a_child_named_goes_by_itself_after_five_days(room):
    child = a_youth(room.qtbot, room.tasks, age=Age.stated(12)).youth.id
    moment = room.clock()
    room.do(lambda vault: guardians.name(vault, child, ("김보호", "010"), moment))

    for room.clock.days, is_there in ((4, True), (5, False)):
        room.keeper.upkeep.look()
        room.settle()

        log = room.do(retention.log)
        assert [each.counts for each in log] == ([] if is_there else [{"named": 1}])


def test_what_has_ended_goes_by_itself_and_the_list_says_so(room, haneul):
    def look(days):
        room.clock.days = days
        now = room.clock().now
        with room.vault.transaction() as db:
            mailbox.heard(db, now, 0)
        room.keeper.upkeep.look()
        room.settle()

    look(ALMOST)
    sheet = room.open("ending")
    assert "goes by itself" in sheet.list.lead.text()
    assert len(sheet.list.cards) == 1
    sheet.close_button.click()

    look(366)
    sheet = room.open("ending")

    assert sheet.list.cards == ()
    assert "Its time was over · 1 person, 1 meeting" in sheet.list.log.lines.text()
    assert room.window.pages.file is None


def test_a_note_about_somebody_who_is_still_met_says_that_it_stays(room, haneul):
    room.clock.days = 300
    moment = room.clock()
    room.do(lambda vault: outreach.begin(vault, Plan("신림역"), moment))
    room.do(lambda vault: youths.meet_again(vault, haneul.youth.id, "", moment))
    room.clock.days = ALMOST

    sheet = room.open("ending")

    assert [card.spoken() for card in sheet.list.cards] == [
        "A note about 하늘. Ends November 20, 2027. Counted from the last contact."
        " It stays until you decide."
    ]


def test_a_month_before_the_status_bar_is_still_quiet(room, haneul):
    room.clock.days = 340

    room.keeper.upkeep.look()
    room.settle()

    assert not room.window.status.ending_button.isVisible()
    assert len(upcoming(room)) == 1


def test_after_destroying_the_status_bar_is_quiet_again(sheet, room):
    room.keeper.upkeep.look()
    room.settle()
    destroy(sheet)

    sheet.destroy_page.act_button.click()
    room.settle()

    assert not room.window.status.ending_button.isVisible()


def test_so_many_that_counting_ends_are_said_to_be_more(room, haneul):
    room.window.status.show_ending(endings.COUNTED)

    assert room.window.status.ending_button.text() == "100 or more end soon"


def test_the_next_page_comes_below_the_first(room, haneul, monkeypatch):
    monkeypatch.setattr(endings, "SHOWN", 1)
    for alias in ("바다", "구름"):
        room.met(alias, "골목에서 만남")
    room.clock.days = ALMOST
    sheet = room.open("ending")
    first = sheet.list.cards

    sheet.list.more_button.click()
    room.settle()

    assert len(first) == 1
    assert sheet.list.cards[:1] == first
    assert len(sheet.list.cards) == 2
    assert room.window.focusWidget() is sheet.list.list
    assert sheet.list.list.currentIndex().row() == 1
    sheet.list.more_button.click()
    room.settle()
    assert not sheet.list.more_button.isVisible()
    shown = [card.title for card in sheet.list.cards]
    assert len(set(shown)) == len(shown) == 3


def test_a_page_that_comes_after_the_list_was_asked_anew_is_not_shown(room, haneul, monkeypatch):
    monkeypatch.setattr(endings, "SHOWN", 1)
    room.met("바다", "골목에서 만남")
    room.clock.days = ALMOST
    sheet = room.open("ending")
    pressed = Event()

    room.tasks.run(lambda _: pressed.wait(5), lambda _: None)  # no answer is quicker
    sheet.begin()
    sheet.list.more_button.click()
    pressed.set()
    room.settle()

    assert len(sheet.list.cards) == 1
    assert sheet.list.more_button.isEnabled()
