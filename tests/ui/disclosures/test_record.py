"""From the guidance to a record that was signed and received: the call stands above all of it."""

import pytest
from desk_for_tests import tomorrow
from full_disk_for_tests import a_full_disk
from PySide6.QtWidgets import QPushButton
from records_for_tests import asked, choose, look_at, signed, words_on, write
from street_for_tests import POLICE_PHONE, REASON, WORDS

from desktop.domain.consents import Item
from desktop.domain.disclosures import Ground
from desktop.domain.forms import FormName
from desktop.domain.ids import AgencyId
from desktop.domain.inbox import Deed
from desktop.services import disclosures, forms, inbox
from desktop.services.inbox import Doing, Saying
from desktop.vault import agency_keys, carrying
from desktop.vault.agency_keys import KnownKey
from desktop.vault.carrying import Restored
from sync.protocol.messages import Kind
from sync.protocol.words import asker_words
from ui import style
from ui.disclosures.steps import CHOOSE, LOOK, WRITE
from ui.widgets.scrolled import Scrolled


def another_key(place, org):
    """Let the agency's key not be the one that was compared."""
    with place.vault.transaction() as db:
        agency_keys.keep(db, AgencyId(org), KnownKey(7, b"another", 7, place.now))


def test_nothing_is_chosen_before_and_the_call_comes_first(counselor, street):
    sheet = counselor.open_record(street.meet())

    assert sheet.isVisible()
    assert "First call 112" in sheet.call.label.text()
    assert sheet.steps.choosing.ground() is None
    assert not sheet.next_button.isEnabled()
    sheet.steps.choosing.grounds[Ground.LIFE].click()
    counselor.settle()
    assert "119" in sheet.call.label.text()
    assert sheet.steps.choosing.agency() is None
    assert not sheet.next_button.isEnabled()


@pytest.mark.parametrize("percent", [100, 130])
def test_whom_to_call_stays_in_sight_however_far_it_is_scrolled(counselor, street, qapp, percent):
    style.load_fonts()
    style.apply(qapp, style.LIGHT, percent)
    try:
        sheet = counselor.open_record(street.meet())
        choose(counselor, sheet, street)
        write(sheet)
        counselor.settle()
        bar = sheet.findChild(Scrolled).verticalScrollBar()
        assert bar.maximum() > 0
        bar.setValue(bar.maximum())

        whole = sheet.call.rect()
        assert sheet.call.visibleRegion().boundingRect() == whole
        assert whole.height() >= sheet.call.heightForWidth(whole.width())
    finally:
        style.apply(qapp, style.LIGHT, 100)


def test_only_receivers_the_law_names_are_offered(counselor, street):
    sheet = counselor.open_record(street.meet())

    sheet.steps.choosing.grounds[Ground.ABUSE].click()
    counselor.settle()
    assert set(sheet.steps.choosing.agencies) == {street.police_desk.org, street.city_desk.org}
    sheet.steps.choosing.grounds[Ground.LIFE].click()
    counselor.settle()

    hospital = street.hub.clinic.org
    assert set(sheet.steps.choosing.agencies) == {
        street.police_desk.org, street.city_desk.org, hospital,
    }  # fmt: skip


def test_the_preview_shows_every_word_and_who_learns_of_it(counselor, street):
    sheet = counselor.open_record(street.meet())
    choose(counselor, sheet, street)
    write(sheet)
    assert sheet.steps.page == WRITE

    sheet.next_button.click()
    counselor.settle()

    assert sheet.steps.page == LOOK
    said = words_on(sheet)
    assert all(text in said for text in (REASON, *WORDS.values(), Ground.ABUSE.article))
    assert "Only the receiver and the supervisor see who reports" in said
    assert "Must not be told" in said
    assert "First call 112" in said
    assert street.hub.exchange(street.police_desk).head == 0


def test_a_missing_reason_is_said_and_nothing_typed_is_lost(counselor, street):
    sheet = counselor.open_record(street.meet())
    choose(counselor, sheet, street)
    write(sheet)
    sheet.steps.writing.reason.edit.setPlainText("")

    sheet.next_button.click()
    counselor.settle()

    assert sheet.steps.page == WRITE
    assert sheet.problem.isVisible()
    assert sheet.steps.writing.typed()["reach"] in WORDS.values()


def test_closing_keeps_what_was_typed_for_this_person_alone(counselor, street):
    youth, other = street.meet(), street.meet()
    sheet = counselor.open_record(youth)
    choose(counselor, sheet, street)
    write(sheet)
    sheet.leave()
    counselor.settle()

    counselor.open_record(other)
    assert sheet.steps.writing.typed()["reason"] == ""
    sheet.leave()
    counselor.settle()
    counselor.open_record(youth)

    assert sheet.steps.writing.typed()["reason"] == REASON
    assert sheet.steps.choosing.ground() is Ground.ABUSE
    assert sheet.steps.choosing.agency() == street.police_desk.org


def test_what_is_typed_is_kept_before_anybody_closes_or_locks(counselor, street):
    youth = street.meet()
    sheet = counselor.open_record(youth)
    choose(counselor, sheet, street)
    write(sheet)

    sheet.half.look()
    counselor.settle()

    kept = forms.typed_about(counselor.place.vault, FormName.REPORT, youth)
    assert kept["reason"] == REASON
    works = []
    counselor.tasks.run = lambda *_: works.append(1)
    sheet.half.look()
    assert works == []  # nothing new


@pytest.mark.parametrize("opened_meanwhile", ["nobody", "another", "the same"])
def test_on_a_full_disk_no_word_is_lost_by_closing(counselor, street, opened_meanwhile):
    youth = street.meet()
    counselor.open_other(street.meet())
    other = counselor.window.pages.file
    sheet = counselor.open_record(youth)
    file = counselor.window.pages.file
    choose(counselor, sheet, street)
    write(sheet)
    sheet.steps.writing.reason.edit.setPlainText(REASON * 200)

    with a_full_disk(counselor.place.vault.folder):
        sheet.leave()
        if opened_meanwhile != "nobody":
            sheet.open_for({"another": other, "the same": file}[opened_meanwhile])
        counselor.settle()

    if opened_meanwhile == "nobody":
        assert sheet.isVisible()
        assert "disk is full" in sheet.problem.label.text()
    elif opened_meanwhile == "another":
        assert REASON not in sheet.steps.writing.typed()["reason"]
        sheet.open_for(file)
        counselor.settle()
    assert sheet.steps.writing.typed()["reason"] == REASON * 200


def test_for_the_next_person_every_number_is_named_again(counselor, street):
    sheet = counselor.open_record(street.meet())
    choose(counselor, sheet, street)
    sheet.leave()
    counselor.settle()

    counselor.open_record(street.meet())

    assert sheet.steps.choosing.ground() is None
    assert "119" in sheet.call.label.text()


def test_what_was_asked_does_not_stand_there_again_when_closed_at_once(counselor, street):
    youth = street.meet()
    sheet = counselor.open_record(youth)
    look_at(counselor, sheet, street)
    sheet.next_button.click()
    sheet.leave()
    counselor.settle()

    counselor.open_record(youth)

    assert len(sheet.standing.cards) == 1
    assert not any(sheet.steps.typed().values())


def test_what_could_not_be_asked_is_kept_although_it_was_closed_at_once(counselor, street):
    youth = street.meet()
    sheet = counselor.open_record(youth)
    look_at(counselor, sheet, street)
    another_key(counselor.place, street.police_desk.org)
    sheet.next_button.click()
    sheet.leave()
    counselor.settle()

    counselor.open_record(youth)

    assert sheet.standing.cards == ()
    assert sheet.steps.writing.typed()["reason"] == REASON


def test_a_lock_keeps_every_word(counselor, street):
    youth = street.meet()
    sheet = counselor.open_record(youth)
    choose(counselor, sheet, street)
    write(sheet)

    counselor.reporting.rescue()
    counselor.settle()

    sheet.hide()
    sheet.open_for(counselor.window.pages.file)
    assert sheet.steps.writing.typed()["reason"] == ""
    counselor.settle()
    assert sheet.steps.writing.typed()["reason"] == REASON


@pytest.mark.parametrize("is_locked", [False, True])
def test_what_was_kept_outlives_a_sheet_that_goes_as_soon_as_it_was_opened(
    counselor, street, is_locked
):
    youth = street.meet()
    sheet = counselor.open_record(youth)
    choose(counselor, sheet, street)
    write(sheet)
    sheet.leave()
    counselor.settle()

    sheet.open_for(counselor.window.pages.file)
    (counselor.reporting.rescue if is_locked else sheet.leave)()  # before the vault has answered
    counselor.settle()

    kept = forms.typed_about(counselor.place.vault, FormName.REPORT, youth)
    assert (kept["reason"], kept["agency"]) == (REASON, street.police_desk.org)


def test_a_receiver_chosen_before_is_kept_before_the_directory_has_answered(counselor, street):
    sheet = counselor.open_record(street.meet())
    choose(counselor, sheet, street)
    write(sheet)
    typed = sheet.steps.typed()
    sheet.steps.ground_chosen.disconnect()  # so that nobody is asked who could be quicker

    sheet.steps.fill(typed)

    assert sheet.steps.choosing.agency() is None
    assert sheet.steps.typed() == typed


def test_opened_over_itself_it_stays_as_it_stands(counselor, street):
    sheet = counselor.open_record(street.meet())
    choose(counselor, sheet, street)
    write(sheet)

    counselor.window.action_chosen.emit("report")
    counselor.window.side.emergency.report.record_button.click()
    counselor.settle()

    assert sheet.steps.page == WRITE
    assert sheet.steps.writing.typed()["reason"] == REASON


def test_opened_about_another_it_keeps_what_was_typed_about_the_first(counselor, street):
    first = street.meet()
    counselor.open_other(street.meet())
    other = counselor.window.pages.file
    sheet = counselor.open_record(first)
    choose(counselor, sheet, street)
    write(sheet)
    sheet.next_button.click()  # what is looked up for the first is not shown for the other

    sheet.open_for(other)
    counselor.settle()

    assert (sheet.steps.page, sheet.steps.writing.typed()["reason"]) == (CHOOSE, "")
    kept = forms.typed_about(counselor.place.vault, FormName.REPORT, first)
    assert kept["reason"] == REASON


def test_a_supervisor_reads_all_of_it_and_signs_in_two_steps(counselor, supervisor, street):
    asked(counselor, street)
    counselor.round()
    assert not supervisor.reporting.door.isVisible()
    supervisor.round()
    assert supervisor.reporting.door.isVisible()

    said = signed(supervisor)

    assert all(text in said for text in (REASON, *WORDS.values()))
    assert "Tell nobody who reports" in said
    assert not supervisor.reporting.door.isVisible()


def test_the_line_says_how_far_it_is_until_it_was_received(counselor, supervisor, street):
    sheet = asked(counselor, street)
    assert sheet.steps.page == CHOOSE
    assert "Not with your supervisors yet" in words_on(sheet)
    counselor.round()
    assert "Waiting for a supervisor to sign" in words_on(sheet)
    supervisor.round()
    signed(supervisor)
    supervisor.round()

    counselor.round()
    assert "Signed. Waiting to send" in words_on(sheet)
    counselor.round()
    assert "Sent." in words_on(sheet)
    (event,) = street.hub.exchange(street.police_desk).events
    street.hub.outcomes(street.police_desk, street.police_desk.receipt(event.message))
    counselor.round()

    assert event.kind is Kind.REFERRAL_REQUEST
    assert "Received by" in words_on(sheet)


def test_a_refusal_needs_a_reason_and_is_said_on_the_other_side(counselor, supervisor, street):
    sheet = asked(counselor, street)
    counselor.round()
    supervisor.round()
    supervisor.reporting.open_signing()
    supervisor.settle()
    (card,) = supervisor.reporting.signing.cards
    card.no_button.click()
    assert not card.sure_no_button.isEnabled()

    card.reasons.buttons["call-first"].click()
    card.sure_no_button.click()
    supervisor.settle()
    supervisor.round()
    counselor.round()

    assert "Not signed: Call first" in words_on(sheet)


def test_a_question_that_found_no_line_says_so_and_whom_to_call(counselor, street):
    sheet = asked(counselor, street)
    street.hub.clock.turn(hours=1)

    sheet.reload()
    counselor.settle()

    said = words_on(sheet)
    assert "No supervisor sees it yet. Look for a line, and call 112 and your superv" in said
    assert "Waiting for a supervisor" not in said


def test_an_hour_of_silence_says_whom_to_call_until_it_is_seen_to(counselor, supervisor, street):
    sheet = asked(counselor, street)
    counselor.round()
    supervisor.round()
    signed(supervisor)
    supervisor.round()
    counselor.round()
    counselor.round()
    ways = counselor.window.status.ways_button
    assert not ways.isVisible()
    street.hub.clock.turn(hours=1)

    status = counselor.window.status
    counselor.tasks.run(status.asking(), status.show_glance)
    sheet.reload()
    counselor.settle()

    assert f"Call 112 or police ({POLICE_PHONE})" in words_on(sheet)
    assert "1 referral needs you" in ways.text()
    (card,) = sheet.standing.cards
    card.findChild(QPushButton, f"seen-to-{_report_of(counselor).id}").click()
    counselor.settle()
    assert "Call 112 or" not in words_on(sheet)
    assert not ways.isVisible()


def _report_of(counselor):
    place, youth = counselor.place, counselor.window.pages.file.youth.id
    (report,) = disclosures.of_youth(place.vault, youth, place.moment())
    return report


def test_a_way_says_who_is_silent_and_leads_to_the_record(counselor, supervisor, street):
    asked(counselor, street)
    counselor.reporting.record.leave()
    counselor.open_other(street.meet(alias="바다"))
    street.hub.clock.turn(hours=1)
    counselor.round()
    sheet = counselor.window.ways
    sheet.begin()
    counselor.settle()

    (card,) = sheet.list.cards
    said = card.spoken()
    assert all(
        words in said
        for words in ("하늘, police", "Report by law", "Call your supervisor", "quiet for 1 hour")
    )
    assert not any(words in said for words in (REASON, *list(WORDS.values())[1:]))
    sheet.list.buttons[0].click()
    counselor.settle()

    assert counselor.window.pages.file.youth.alias == "하늘"
    assert counselor.reporting.record.isVisible()
    assert "Waiting for a supervisor to sign" in words_on(counselor.reporting.record)


def test_a_question_past_its_life_no_longer_says_that_it_waits(counselor, street):
    sheet = asked(counselor, street)
    street.hub.clock.turn(days=7)

    sheet.reload()
    counselor.settle()

    assert "No supervisor signed in time." in words_on(sheet)
    assert "Waiting for a supervisor" not in words_on(sheet)


def test_both_screens_show_which_laptop_asks(counselor, supervisor, street):
    sheet = asked(counselor, street)
    counselor.round()
    supervisor.round()
    supervisor.reporting.open_signing()
    supervisor.settle()

    (card,) = supervisor.reporting.signing.cards
    own = " · ".join(asker_words(street.counselor.writer.own.device).en)
    assert own in words_on(card)
    assert own in words_on(sheet)


def test_a_new_key_of_the_receiver_is_compared_in_two_steps_before_it_is_asked(counselor, street):
    sheet = counselor.open_record(street.meet())
    choose(counselor, sheet, street)
    write(sheet)
    place = street.counselor
    another_key(place, street.police_desk.org)

    sheet.next_button.click()
    counselor.settle()
    assert sheet.new_key.isVisible()
    assert not sheet.next_button.isEnabled()
    sheet.back_button.click()
    assert not sheet.new_key.isVisible()
    assert sheet.next_button.isEnabled()

    sheet.next_button.click()
    counselor.settle()
    sheet.new_key.compared_button.click()
    assert not sheet.next_button.isEnabled()
    sheet.new_key.use_button.click()
    counselor.settle()
    sheet.next_button.click()
    counselor.settle()

    assert sheet.steps.page == CHOOSE
    assert "Not with your supervisors yet" in words_on(sheet)


def test_taking_back_asks_twice(counselor, street):
    sheet = asked(counselor, street)
    (card,) = sheet.standing.cards
    (button,) = card.findChildren(QPushButton)

    button.click()
    counselor.settle()
    assert "Not with your supervisors yet" in words_on(sheet)
    button.click()
    counselor.settle()

    assert "Taken back. Nothing was sent." in words_on(sheet)


def test_taking_back_what_was_asked_already_says_who_may_still_see_it(counselor, street):
    sheet = asked(counselor, street)
    counselor.round()
    button = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Take it back")
    button.click()
    button.click()
    counselor.settle()

    assert "A supervisor may still see the question" in words_on(sheet)
    assert "Nothing was sent" not in words_on(sheet)


def test_a_round_takes_neither_the_first_press_nor_the_keyboard(counselor, street):
    sheet = asked(counselor, street)
    button = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Take it back")
    button.setFocus()
    button.click()

    sheet.reload()
    counselor.settle()

    assert "Press again" in button.text()
    assert counselor.window.focusWidget() is button
    button.click()
    counselor.settle()
    assert "Taken back. Nothing was sent." in words_on(sheet)
    assert counselor.window.focusWidget() is sheet


def test_what_may_have_left_says_so_and_offers_no_way_back(counselor, street):
    sheet = asked(counselor, street)
    place = street.counselor
    with place.vault.transaction() as db:
        carrying.remember(db, Restored(place.now, 1, place.now))
    sheet.reload()
    counselor.settle()

    (card,) = sheet.standing.cards
    assert not card.findChildren(QPushButton)
    assert "It may have left already" in words_on(card)


def test_what_was_taken_back_says_nothing_of_a_way_back(counselor, street):
    sheet = asked(counselor, street)
    (button,) = sheet.standing.cards[0].findChildren(QPushButton)
    button.click()
    button.click()
    counselor.settle()

    assert "may have left" not in words_on(sheet)


def test_without_anybody_chosen_it_says_what_to_do(counselor):
    counselor.reporting.open_record()

    assert counselor.window.toast.isVisible()
    assert "record" not in vars(counselor.reporting)


def test_a_reply_without_words_says_to_call_and_never_stands_there_empty(
    counselor, supervisor, street
):
    sheet = asked(counselor, street)
    counselor.round()
    supervisor.round()
    signed(supervisor)
    supervisor.round()
    counselor.round()
    counselor.round()
    police = street.place("police", street.police_desk)
    police.round()
    (case,) = inbox.listing(police.vault)
    said = (
        Saying(asks=frozenset({Item.GENDER})),
        Saying(appointment=tomorrow(police.now, "관악서 2층")),
        Saying("현장에 갔어요"),
    )
    inbox.do(police.vault, case.id, Doing(Deed.ACCEPT), police.moment(), street.hub.chance)
    for each in said:
        street.hub.clock.turn(seconds=1)
        inbox.say(police.vault, case.id, each, police.moment(), street.hub.chance)
    police.round()

    counselor.round()

    words = words_on(sheet)
    assert "“”" not in words
    police = f"police ({POLICE_PHONE})"
    assert words.count(f"They asked for something, or named a time: call {police}.") == 2
    assert "“현장에 갔어요”" in words
