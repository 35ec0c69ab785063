"""What an agency says of an appointment stands on the card: nobody goes to a closed door."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pages_for_tests import NIGHT, a_tracking, a_youth

from desktop.domain.consents import Item
from desktop.domain.following import followed
from desktop.domain.referrals import Appointment, Reply
from desktop.domain.timeline import Event, Kind
from sync.protocol.bodies import Meeting
from sync.protocol.states import Delivery, TaskStatus
from ui.own_data import lines
from ui.referrals import following_words
from ui.referrals.card import ReferralCard
from ui.timeline import words

DAY = timedelta(days=1)
AT = NIGHT + 3 * DAY
SAID = {
    Meeting.BOOKED: "Appointment made",
    Meeting.KEPT: "They came",
    Meeting.MISSED: "They did not come",
    Meeting.CANCELLED: "Appointment called off",
}


@pytest.fixture
def file(qtbot, tasks):
    return a_youth(qtbot, tasks)


@pytest.fixture
def card(qtbot, tasks):
    card = ReferralCard(tasks)
    qtbot.addWidget(card)
    card.show()
    return card


def about(meeting, days=0, text="", place="별마루 쉼터"):
    return Reply(text, NIGHT + days * DAY, Appointment(AT, place, meeting))


def taken_on(file, *replies, **changes):
    said = {"status": TaskStatus.ACCEPTED, "replies": replies} | changes
    return a_tracking(file, "queued", "sent", **said)


@pytest.mark.parametrize("meeting", [Meeting.KEPT, Meeting.MISSED, Meeting.CANCELLED], ids=str)
def test_what_became_of_it_stands_beside_what_was_said_of_it_first(card, file, meeting):
    tracking = taken_on(file, about(Meeting.BOOKED), about(meeting, days=1))

    card.show_file(replace(file, trackings=(tracking,)))

    said = card.answer.reply.text().splitlines()
    assert [line.partition(" · ")[0] for line in said] == [SAID[Meeting.BOOKED], SAID[meeting]]
    assert all("별마루 쉼터" in line for line in said)


def test_one_that_is_ahead_is_said_once_and_without_a_place_ends_in_no_dot(card, file):
    card.show_file(replace(file, trackings=(taken_on(file, about(Meeting.BOOKED, place="")),)))

    assert card.answer.next.label.text() == "Appointment Nov 23, 21:40"
    assert card.answer.reply.isHidden()


def test_what_is_asked_for_hides_no_appointment(card, file):
    asking = Reply("더 알려 주세요", NIGHT, asks=frozenset({Item.REACH}))

    card.show_file(replace(file, trackings=(taken_on(file, about(Meeting.BOOKED), asking),)))

    said = card.answer.next.label.text()
    assert 0 <= said.find("Nov 23, 21:40") < said.find("How to reach them")
    assert card.tell_button.isVisible()


def test_words_after_an_appointment_are_not_called_silence(file):
    word = Reply("곧 연락할게요", AT + DAY / 2)
    tracking = taken_on(file, about(Meeting.BOOKED), word)

    said = following_words.advice(followed(tracking, AT + 2 * DAY), tracking)

    assert said.startswith("Nobody has said yet whether they came.")


@pytest.mark.parametrize("is_answered", [False, True])
def test_a_no_without_words_sends_nobody_to_an_answer(card, file, is_answered):
    replies = (Reply("자리가 없어요", NIGHT),) if is_answered else ()
    tracking = taken_on(file, *replies, status=TaskStatus.REJECTED)

    card.show_file(replace(file, trackings=(tracking,)))

    assert ("Read its answer" in card.answer.problem.label.text()) == is_answered


@pytest.mark.parametrize("meeting", list(Meeting), ids=str)
def test_so_far_and_their_own_data_tell_each_apart(meeting):
    event = Event(Kind.ANSWER, NIGHT, "a", "r", meeting.value, "별마루", until=AT)

    first = "Awaited Nov 23, 21:40" if meeting is Meeting.BOOKED else SAID[meeting]
    assert words.detail(event).startswith(first)
    assert SAID[meeting] in lines.reply(about(meeting))


def test_what_has_left_is_not_named_as_what_is_to_leave(card, file):
    named = card.facts._names[card.facts.items]
    sent = taken_on(file)
    waits = replace(sent, delivery=Delivery.QUEUED)

    for tracking, name in ((sent, "Handed over"), (waits, "To hand over")):
        card.show_file(replace(file, trackings=(tracking,)))
        assert named.text() == name
