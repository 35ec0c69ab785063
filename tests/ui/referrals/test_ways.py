"""Every referral on one line: what needs a person comes first, and a press opens the page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pages_for_tests import NIGHT, a_tracking, a_youth

from desktop.domain.consents import Item
from desktop.domain.following import followed
from desktop.domain.ids import AgencyId
from desktop.domain.referrals import Appointment, Reply
from desktop.domain.silences import Silence
from desktop.services.following import Way, Ways
from desktop.services.silences import Quiet
from sync.protocol.bodies import Meeting
from sync.protocol.states import TaskStatus
from ui.referrals.card import ReferralCard
from ui.referrals.ways import WaysSheet

DAY = timedelta(days=1)


@pytest.fixture
def file(qtbot, tasks):
    return a_youth(qtbot, tasks)


def way(tracking, alias="하늘", after=2 * DAY):
    return Way(alias, tracking, followed(tracking, NIGHT + after), "02-1388")


def shown(qtbot, tasks, window, *ways):
    sheet = WaysSheet(tasks, window)
    sheet._show(Ways(ways, sum(each.following.is_late for each in ways)), NIGHT + 2 * DAY)
    return sheet


def test_what_is_late_says_how_long_and_whom_to_call(qtbot, tasks, window, file):
    silent = a_tracking(file, "queued", "sent")

    sheet = shown(qtbot, tasks, window, way(silent))

    (card,) = sheet.list.cards
    assert "02-1388" in card.spoken()
    assert "quiet for 47 hours" in card.spoken()
    assert sheet.lead.text() == "1 answer is late."


def test_pressing_one_names_the_young_person_and_the_referral(qtbot, tasks, window, file):
    sheet = shown(qtbot, tasks, window, way(a_tracking(file, "queued")))

    with qtbot.waitSignal(sheet.referral_chosen) as chosen:
        sheet.list.buttons[0].click()

    assert chosen.args == [file.youth.id, sheet.shown[0].id]
    assert not sheet.isVisible()


def test_nothing_sent_says_so(qtbot, tasks, window):
    sheet = shown(qtbot, tasks, window)
    assert sheet.empty.isVisible()
    assert not sheet.lead.isVisible()


def test_what_stands_after_these_comes_below_them_when_asked_for(qtbot, tasks, window, file):
    first, second = (way(a_tracking(file, "queued")) for _ in range(2))
    sheet = WaysSheet(tasks, window)
    sheet._show(Ways((first,), 0, more=1), NIGHT)
    assert sheet.more_button.isVisible()

    sheet._show_more(Ways((second,), 0), NIGHT)

    assert sheet.shown == (first, second)
    assert len(sheet.list.rows.rows) == 3  # under one head
    assert not sheet.more_button.isVisible()
    assert window.focusWidget() is sheet.list
    assert sheet.list.currentIndex().row() == 2


def test_the_list_comes_from_the_vault(qtbot, tasks, window):
    sheet = WaysSheet(tasks, window)
    sheet.begin()
    qtbot.waitUntil(sheet.isVisible)
    assert sheet.shown == ()


def test_what_an_agency_asks_for_can_be_answered_from_the_card(qtbot, tasks, file):
    card = ReferralCard(tasks)
    qtbot.addWidget(card)
    card.show()
    asking = Reply("더 알려 주세요", NIGHT, asks=frozenset({Item.REACH}))
    steps = ("queued", "sent", "accepted")
    tracking = a_tracking(file, *steps, status=TaskStatus.ACCEPTED, replies=(asking,))

    card.show_file(replace(file, trackings=(tracking,)))

    assert card.tell_button.isVisible()
    assert "How to reach them" in card.answer.next.label.text()


def test_an_appointment_is_shown_on_the_card(qtbot, tasks, file):
    card = ReferralCard(tasks)
    qtbot.addWidget(card)
    card.show()
    meeting = Reply("", NIGHT, Appointment(NIGHT + DAY, "별마루 쉼터 1층"))
    tracking = a_tracking(file, "queued", status=TaskStatus.ACCEPTED, replies=(meeting,))

    card.show_file(replace(file, trackings=(tracking,)))

    assert "별마루 쉼터 1층" in card.answer.next.label.text()
    assert not card.tell_button.isVisible()


def test_a_missed_appointment_is_said_before_what_is_asked_and_hides_neither(qtbot, tasks, file):
    card = ReferralCard(tasks)
    qtbot.addWidget(card)
    card.show()
    asking = Reply("더 알려 주세요", NIGHT, asks=frozenset({Item.REACH}))
    missed = Reply("", NIGHT + DAY, Appointment(NIGHT + DAY, "쉼터", Meeting.MISSED))
    said = {"status": TaskStatus.ACCEPTED, "replies": (asking, missed)}

    card.show_file(replace(file, trackings=(a_tracking(file, "queued", **said),)))

    look, ask = map(card.answer.next.label.text().find, ("Look for them", "How to reach them"))
    assert 0 <= look < ask
    assert card.tell_button.isVisible()


def test_a_coordinator_sees_whom_to_call_and_says_when_it_is_seen_to(qtbot, tasks, window):
    silence = Silence("r", "still-silent", AgencyId("a"), AgencyId("b"), NIGHT)
    sheet = WaysSheet(tasks, window)
    sheet._show(Ways((), 0), NIGHT)
    sheet._show_quiet((Quiet(silence, "별빛의원", "달빛쉼터", "02-1388"),))

    (card,) = sheet.quiet.cards
    assert sheet.coordinating.isVisible()
    assert "달빛쉼터 (02-1388)" in card.spoken()
    sheet.quiet.buttons[0].click()
    qtbot.waitUntil(lambda: sheet.quiet.cards == ())
    assert not sheet.coordinating.isVisible()


def test_where_our_clock_is_behind_it_is_not_said_how_long_nobody_spoke(
    qtbot, tasks, window, file
):
    silent = a_tracking(file, "queued", "sent", "silent")
    early = NIGHT - timedelta(hours=9)
    told = Way("하늘", silent, followed(silent, early), "02-1388")

    sheet = WaysSheet(tasks, window)
    sheet._show(Ways((told,), 1), early)

    (card,) = sheet.list.cards
    assert "No answer in time." in card.spoken()
    assert "quiet" not in card.spoken()
