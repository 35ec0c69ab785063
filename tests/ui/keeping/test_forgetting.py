"""Who asks to be forgotten is forgotten, in two steps; what holds it back is said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from office_for_tests import Mate
from PySide6.QtCore import Qt

from desktop.domain.retention import Ground, Reason, Thing
from desktop.errors import StillOwed
from desktop.services import notes, outreach, retention, search, youths
from desktop.vault import rejoining
from ui import messages

YEAR = timedelta(days=366)


@pytest.fixture
def sheet(room, haneul):
    room.show(haneul.youth.id, haneul.meeting.id)
    return opened(room)


def opened(room):
    button = room.window.pages.forget.button
    room.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    room.settle()
    return room.forgetting.sheet


def go_through(room, sheet):
    sheet.meaning.act_button.click()
    sheet.sure.sure.click()
    sheet.sure.act_button.click()
    room.settle()


def keep_by_law(room, youth):
    moment = room.clock()
    until, why = moment.now + YEAR, (Reason.LAW, "공공기록물법 19조")

    def keep(vault):
        every = retention.upcoming(vault, moment.now + YEAR)
        expiry = next(e for e in every if e.youth == youth and e.target.thing is Thing.YOUTH)
        retention.keep_longer(vault, expiry, until, why, moment)

    room.do(keep)


def aliases(room, query="하늘"):
    return [youth.alias for youth in room.do(lambda vault: search.people(vault, query, 9))]


def referred(town):
    """Refer somebody; the agency has it and helps."""
    _, tracking = town.agreed_and_released()
    town.round()
    ref = str(tracking.referral.id)
    request = next(e for e in town.arrived() if e.kind == "referral.request").message
    town.answer(town.shelter.receipt(request), town.shelter.moves(ref, "accepted"))
    town.round()
    return tracking


def test_it_first_says_what_happens_and_what_does_not(sheet, room):
    assert sheet.isVisible()
    assert "하늘" in sheet.meaning.title.text()
    assert not sheet.meaning.standing.isVisible()
    assert room.window.focusWidget() is sheet.meaning.back_button
    assert aliases(room) == ["하늘"]


def test_who_joined_again_reads_what_may_lie_at_the_hub_as_the_device_before(room, haneul):
    def join_again(vault):
        with vault.transaction() as db:
            rejoining.begin(db, "before", b"its public key", room.clock().now)

    room.show(haneul.youth.id, haneul.meeting.id)
    sheet = opened(room)
    assert not sheet.meaning.left_before.isVisible()
    sheet.leave()
    room.do(join_again)

    sheet = opened(room)
    assert "before it joined again" in sheet.meaning.left_before.text()
    assert sheet.meaning.left_before.isVisible()
    go_through(room, sheet)
    assert sheet.outcome.left_before.isVisible()


def test_nothing_is_ticked_and_without_the_tick_nothing_can_be_pressed(sheet, room):
    sheet.meaning.act_button.click()

    assert not sheet.sure.sure.isChecked()
    assert not sheet.sure.act_button.isEnabled()
    assert room.window.focusWidget() is sheet.sure.back_button


def test_a_tick_does_not_stay_when_one_goes_back(sheet):
    sheet.meaning.act_button.click()
    sheet.sure.sure.click()
    assert sheet.sure.act_button.isEnabled()

    sheet.sure.back_button.click()
    sheet.meaning.act_button.click()

    assert not sheet.sure.sure.isChecked()
    assert not sheet.sure.act_button.isEnabled()


def test_leaving_on_the_way_leaves_everything_as_it_was(sheet, room):
    sheet.meaning.act_button.click()
    sheet.sure.sure.click()

    sheet.leave()
    room.settle()

    assert aliases(room) == ["하늘"]
    assert room.window.pages.file is not None
    assert retention.log(room.vault) == ()


def test_who_was_never_referred_is_gone_from_list_page_file_and_backups(sheet, room):
    go_through(room, sheet)

    assert aliases(room) == []
    assert room.do(outreach.tonight).met == ()
    assert room.window.pages.file is None
    assert room.window.board.middle.currentIndex() == 0
    assert room.window.rail.people.view.model().rowCount() == 0
    assert "gone from the file and the backups" in sheet.outcome.notice.label.text()
    assert not sheet.outcome.owed.isVisible()
    assert [entry.ground for entry in retention.log(room.vault)] == [Ground.ERASED]
    assert retention.sweep(room.vault, room.clock().now)


def test_words_that_were_not_saved_yet_do_not_come_back_at_the_lock(room, haneul):
    room.show(haneul.youth.id, haneul.meeting.id)
    room.window.pages.note.editor.insertPlainText("아직 저장되지 않은 말 ")
    sheet = opened(room)

    go_through(room, sheet)
    room.window.rescue()
    room.settle()

    assert room.window.pages.note.editor.toPlainText() == ""
    moment = room.clock()
    assert not room.do(lambda vault: search.everything(vault, "저장되지", moment)).notes
    assert aliases(room) == []


def test_what_an_agency_owes_is_named_and_the_rest_goes_by_itself_once_it_has_answered(
    joined, town
):
    tracking = referred(town)
    youth = tracking.referral.youth
    file = youths.open_file(town.vault, youth, None, town.moment())
    note = notes.save(town.vault, youth, file.meeting.id, "한강공원에서 지냄", town.moment())
    joined.show(youth)
    wanted = []
    joined.window.sync_wanted.connect(lambda: wanted.append(1))
    sheet = opened(joined)
    assert tracking.agency_name in sheet.meaning.standing.label.text()

    go_through(joined, sheet)

    assert note is not None
    assert wanted == [1]
    assert f"· {tracking.agency_name}: " in sheet.outcome.owed.text()
    moment = joined.clock()
    assert not joined.do(lambda vault: search.everything(vault, "한강공원", moment)).notes
    assert len(joined.do(retention.log)) == 1
    town.round()
    town.answer(town.shelter.attest(str(tracking.referral.id)))
    town.round()
    joined.keeper.upkeep.look()
    joined.settle()
    assert aliases(joined, file.youth.alias) == []
    assert joined.window.rail.people.view.model().rowCount() == 0


def test_whoever_writes_about_them_meanwhile_can_finish_and_they_go_after(joined, town):
    tracking = referred(town)
    youth = tracking.referral.youth
    joined.show(youth)
    go_through(joined, opened(joined))
    town.round()
    town.answer(town.shelter.attest(str(tracking.referral.id)))
    town.round()

    joined.show(youth)
    joined.keeper.upkeep.look()
    joined.settle()
    assert aliases(joined) == ["하늘"]
    joined.window.let_go(youth)
    joined.keeper.upkeep.look()
    joined.settle()

    assert joined.window.rail.people.view.model().rowCount() == 0


def test_what_a_law_keeps_is_said_before_and_after_and_its_words_stay(room, haneul):
    keep_by_law(room, haneul.youth.id)
    room.show(haneul.youth.id, haneul.meeting.id)
    sheet = opened(room)
    assert "A law keeps these records until November" in sheet.meaning.standing.label.text()

    assert sheet.sure.act_button.text() == "End the consents"
    assert sheet.sure.warning.isHidden()
    go_through(room, sheet)

    assert "A law keeps the rest until November" in sheet.outcome.notice.label.text()
    assert aliases(room) == ["하늘"]
    assert retention.log(room.vault) == ()


def test_a_reason_that_is_no_law_does_not_stand_against_it(room, haneul):
    moment = room.clock()

    def keep(vault):
        (expiry,) = retention.upcoming(vault, moment.now + YEAR)
        why = (Reason.HELP, "상담이 이어짐")
        retention.keep_longer(vault, replace(expiry), moment.now + YEAR, why, moment)

    room.do(keep)
    room.show(haneul.youth.id, haneul.meeting.id)
    sheet = opened(room)
    assert not sheet.meaning.standing.isVisible()

    go_through(room, sheet)

    assert aliases(room) == []


def test_it_cannot_be_closed_before_it_is_known_what_came_of_it(sheet, room):
    sheet.meaning.act_button.click()
    sheet.sure.sure.click()

    sheet.sure.act_button.click()
    sheet.leave()
    assert sheet.isVisible()
    assert not sheet.sure.act_button.isEnabled()
    room.settle()
    sheet.leave()

    assert not sheet.isVisible()


def test_an_error_is_said_with_a_next_step_and_it_can_be_tried_again(sheet, room):
    sheet.meaning.act_button.click()
    sheet.sure.sure.click()

    sheet._on_failed(StillOwed(agency="밤하늘 쉼터"))

    assert sheet.sure.problem.label.text() == messages.sentence(StillOwed(agency="밤하늘 쉼터"))
    assert sheet.sure.act_button.isEnabled()
    sheet.sure.act_button.click()
    room.settle()
    assert aliases(room) == []


def test_by_the_keyboard_it_is_reached_by_its_name(room, haneul):
    room.show(haneul.youth.id, haneul.meeting.id)

    room.window.action_chosen.emit("forget")
    room.settle()

    assert room.forgetting.sheet.isVisible()


def test_with_nobody_in_front_it_says_where_to_begin(room, haneul):
    room.window.action_chosen.emit("forget")
    room.settle()

    assert "First open the page" in room.window.toast.accessibleName()
    assert "sheet" not in vars(room.forgetting)


def test_a_number_of_a_colleagues_is_let_go_on_its_consents_last_day(joined, town, tmp_path):
    colleague = Mate(town, tmp_path / "colleague")
    colleague.agreed_and_released()
    colleague.round()
    town.round()
    assert numbers(town) == 1

    town.hub.clock.turn(days=91)
    town.round()
    joined.keeper.upkeep.look()
    joined.settle()

    assert numbers(town) == 0
    colleague.vault.close()


def numbers(town):
    with town.vault.reading() as db:
        return db.execute("SELECT count(*) FROM elsewhere").fetchone()[0]


def test_it_first_says_who_asked_us_to_help_and_hears_that_it_is_not_wanted(sheet, haneul):
    asked = retention.Erasing(told=("경찰서", "쉼터"))

    sheet.meaning.show_youth(haneul.youth, asked, was_another=False)

    assert sheet.meaning.standing.isVisible()
    assert "You were asked to help by 경찰서 and 쉼터" in sheet.meaning.standing.label.text()
