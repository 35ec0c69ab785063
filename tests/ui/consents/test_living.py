"""All consents of somebody at a glance; ending one takes two clicks, asking again one."""

from datetime import timedelta

import pytest
from pages_for_tests import NIGHT, a_consent, a_draft
from PySide6.QtCore import Qt

from desktop.domain.consents import Answer, Article, Item, Notice
from desktop.domain.ids import AgencyId
from desktop.services import consents, referrals, withdrawals, youths
from desktop.services.slips import number_of
from desktop.vault import consents as rows
from ui.consents.around import around
from ui.searching.actions import matching
from ui.window.living import LivingDoor
from ui.window.promising import Promising
from ui.window.slips import Slips

SHELTER = {"agency": AgencyId("shelter"), "agency_name": "밤하늘 쉼터"}


@pytest.fixture
def room(room):
    room.living = LivingDoor(room.window)
    return room


@pytest.fixture
def agreed(room):
    """Somebody who said yes to two agencies; one yes runs out soon, one only lets us keep."""
    file = room.met()
    for changes in (
        {},
        {**SHELTER, "valid_until": NIGHT + timedelta(days=6)},
        {"agency": AgencyId("c"), "agency_name": "가온의료원",
         "answers": {Article.COLLECT: Answer.GIVEN, Article.PROVIDE: Answer.REFUSED}},
    ):  # fmt: skip
        consent = a_consent(file, **changes)
        room.do(lambda vault, c=consent: kept(vault, c))
    room.show(file)
    return file


def kept(vault, consent):
    """Keep it as one from before there were records: in a vault that joined nothing yet."""
    with vault.transaction() as db:
        rows.add(db, consent)
    return True


def opened(room):
    room.qtbot.keyClick(room.window.pages.note.editor, Qt.Key.Key_F4)
    room.settle()
    assert room.living.sheet.isVisible()
    return room.living.sheet


def names(rows):
    return [row.accessibleName() for row in rows]


def test_each_consent_in_force_has_a_row_and_a_withdrawn_one_a_quieter_one(room, agreed):
    assert room.window.pages.consent.all_button.text() == "3 in force"
    sheet = opened(room)

    soon, kept, far = names(sheet.rows)
    assert kept.startswith("Collection and use · 가온의료원")
    assert "nothing is sent" in kept
    assert soon.startswith("밤하늘 쉼터, 5 days left, May be sent: ")
    assert "Until February 18, 2027" in far
    assert [row.again_button.isVisible() for row in sheet.rows] == [True, False, False]
    assert sheet.rows[0].ending.withdraw_button.accessibleName().startswith("밤하늘 쉼터: ")
    assert not sheet.ended_title.isVisible()

    ending = sheet.rows[0].ending
    assert room.window.focusWidget() is sheet.close_button
    ending.withdraw_button.setFocus()
    room.qtbot.keyClick(ending.withdraw_button, Qt.Key.Key_Space)
    assert room.window.focusWidget() is ending.keep_button
    assert len(standing(room, agreed)) == 3
    with room.qtbot.waitSignal(room.window.pages.withdrawn):
        ending.confirm_button.click()
    room.settle()

    assert len(sheet.rows) == 2
    (ended,) = names(sheet.ended)
    assert ended.startswith("밤하늘 쉼터, Withdrawn November 20, 2026")
    assert len(standing(room, agreed)) == 2
    assert room.window.pages.consent.all_button.text() == "2 in force"


def test_what_a_round_brings_takes_neither_the_keyboard_nor_the_first_of_two_presses(room, agreed):
    sheet = opened(room)
    first = sheet.rows[0]
    other = sheet.rows[2]
    other.ending.withdraw_button.setFocus()
    room.qtbot.keyClick(other.ending.withdraw_button, Qt.Key.Key_Space)

    sheet._ask()  # as it had asked before the first press
    room.do(lambda vault: withdrawals.withdraw(vault, first.consent.id, room.tasks.moment()))
    sheet._ask()
    room.settle()

    assert [row.consent.agency_name for row in sheet.rows] == [
        "가온의료원",
        other.consent.agency_name,
    ]
    assert other in sheet.rows
    assert other.ending.confirm_button.isVisible()
    assert room.window.focusWidget() is other.ending.keep_button
    assert len(sheet.ended) == 1


def test_a_row_that_goes_gives_the_keyboard_to_close(room, agreed):
    sheet = opened(room)
    sheet.rows[0].again_button.setFocus()
    consent = sheet.rows[0].consent.id

    room.do(lambda vault: withdrawals.withdraw(vault, consent, room.tasks.moment()))
    sheet.refresh()
    room.settle()

    assert len(sheet.rows) == 2
    assert room.window.focusWidget() is sheet.close_button


def standing(room, file):
    return room.do(lambda vault: consents.standing(vault, file.youth.id))


def test_asking_again_opens_the_form_for_the_same_agency_and_items_and_keeps_no_draft(
    room, agreed
):
    sheet, asked = opened(room), []
    room.window.start_sheet._show_known = lambda file, _: asked.append(file)

    sheet.rows[0].again_button.click()
    room.settle()

    (file,) = asked
    assert file.draft.agency == SHELTER["agency"]
    assert frozenset(file.draft.words) == a_consent(agreed).items
    assert room.window.pages.file.draft is None
    assert not sheet.isVisible()


def test_asking_again_for_an_agency_that_is_gone_leads_to_no_referral_and_keeps_the_draft(room):
    file = room.met()
    own = a_draft(file, words={Item.NEED: "오래 쓴 글"}, agency=AgencyId("clinic"))
    room.do(lambda vault: referrals.keep_draft(vault, own, room.tasks.moment()))
    soon = a_consent(file, **SHELTER, valid_until=NIGHT + timedelta(days=6))
    room.do(lambda vault: kept(vault, soon))
    room.show(file)

    opened(room).rows[0].again_button.click()
    room.settle()

    sheet = room.window.start_sheet  # the vault's directory is empty
    assert sheet.unlisted.isVisible()
    assert not sheet.unlisted.choose_button.isVisible()
    said = sheet.unlisted.notice.label.text()
    assert "cannot be asked about again" in said
    assert "holds" not in said  # one that was given alone may hold no more
    assert sheet.window().focusWidget() is sheet.close_button

    sheet.unlisted.choosing_wanted.emit()
    room.settle()
    room.window.compose.done_button.click()
    room.settle()

    assert draft_of(room, file) == own


def draft_of(room, file):
    moment = room.tasks.moment()
    return room.do(lambda vault: youths.open_file(vault, file.youth.id, None, moment)).draft


def test_the_card_and_the_palette_lead_there_and_a_page_that_goes_takes_it_along(room, agreed):
    (action,) = matching("all consents")
    room.window.action_chosen.emit(action.key)
    room.settle()
    assert room.living.sheet.isVisible()
    room.living.open()
    assert not room.living.sheet.isVisible()

    room.window.pages.consent.all_button.click()
    room.settle()
    assert room.living.sheet.isVisible()
    room.window.let_go(agreed.youth.id)

    assert room.living.sheet.rows == ()
    assert not room.living.sheet.isVisible()


def test_a_slip_can_be_had_later_too_in_the_language_that_was_read(room, agreed):
    vietnamese = a_consent(agreed, notice=Notice("referral-v2", "ko+vi", "0" * 64))
    room.do(lambda vault: kept(vault, vietnamese))
    slips = Slips(room.window)
    sheet = opened(room)
    row = next(each for each in sheet.rows if each.consent.id == vietnamese.id)

    row.slip_button.click()
    room.settle()

    assert not sheet.isVisible()
    assert slips.sheet.isVisible()
    consent, told = slips.sheet._made
    assert consent.id == vietnamese.id
    said = str(told)
    assert number_of(vietnamese.id) in said
    assert around("vi")["slip_change"] in said


def test_whose_consent_runs_out_is_followed_up_until_it_is_withdrawn(room, agreed):
    promising = Promising(room.window)
    room.settle()
    assert room.window.board.left.switch.isVisible()
    promising.show_list()
    room.settle()
    head, row = promising.board.model.rows
    assert (head.title, row.title) == ("Consent runs out 1", "하늘")
    assert row.first == "5 days left"
    assert row.second.startswith("밤하늘 쉼터 · until ")
    assert promising.board.acting.open_button.text() == "Ask again…"
    assert not promising.board.acting.done_button.isVisible()
    asked = []
    room.window.start_sheet._show_known = lambda file, _: asked.append(file.draft.agency)

    promising.board.view.activated.emit(promising.board.view.currentIndex())
    room.settle()

    assert asked == [SHELTER["agency"]]

    soon = promising.board.chosen().consent
    room.do(lambda vault: withdrawals.withdraw(vault, soon.id, room.tasks.moment()))
    promising.reload()
    room.settle()

    assert promising.board.model.rows == ()
