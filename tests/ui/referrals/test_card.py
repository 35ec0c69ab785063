"""A referral at a glance, and what to do next."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pages_for_tests import NIGHT, a_consent, a_draft, a_tracking, a_youth, settled
from PySide6.QtCore import Qt

from desktop.domain.consents import Answer, Article, Item
from desktop.domain.ids import AgencyId, ConsentId, ReferralId
from desktop.domain.referrals import (
    CAME_TOO_LATE,
    LEFT_UNTOLD,
    NOT_WANTED,
    Erasure,
    Reply,
    SaidNo,
)
from i18n import formats
from sync.protocol.states import ERASURE_WITHIN, TaskStatus
from ui.referrals import words
from ui.referrals.card import ReferralCard


def another(file, number, name="별빛쉼터", **changes):
    """Return one to somebody else, of an earlier day."""
    other = a_tracking(file, "queued", "sent", **changes)
    sent = {
        "id": ReferralId(UUID(int=100 + number)), "agency": AgencyId(f"agency-{number}"),
        "written_at": NIGHT - timedelta(days=number),
    }  # fmt: skip
    steps = {step: at - timedelta(days=number) for step, at in other.steps.items()}
    referral = replace(other.referral, **sent)
    return replace(other, agency_name=name, referral=referral, steps=steps)


def asking(file, number=1):
    """Return an earlier one, whose agency says where to come, and asks for more."""
    reply = Reply("못 오면 02-123-4567로 전화 주세요.", NIGHT, asks=frozenset({Item.REACH}))
    return another(file, number, status=TaskStatus.ACCEPTED, replies=(reply,))


@pytest.fixture
def file(qtbot, tasks):
    return a_youth(qtbot, tasks)


@pytest.fixture
def card(qtbot, tasks):
    card = ReferralCard(tasks)
    qtbot.addWidget(card)
    card.show()
    return card


def test_nothing_written_offers_to_write(qtbot, card, file):
    card.show_file(file)

    assert card.compose_button.text() == "Write a referral"
    assert not card.preview_button.isVisible()
    with qtbot.waitSignal(card.compose_wanted):
        card.compose_button.click()


def test_a_draft_without_consent_cannot_be_previewed(card, file):
    refused = a_consent(
        file, answers={Article.COLLECT: Answer.GIVEN, Article.PROVIDE: Answer.LATER}
    )

    card.show_file(replace(file, draft=a_draft(file), consents=(refused,)))

    assert card.state.text() == "Draft"
    assert not card.preview_button.isVisible()


def test_a_draft_with_consent_is_ready(qtbot, card, file):
    card.show_file(replace(file, draft=a_draft(file), consents=(a_consent(file),)))

    assert card.state.text() == "Ready to send"
    with qtbot.waitSignal(card.preview_wanted):
        card.preview_button.click()


NO = {Article.COLLECT: Answer.GIVEN, Article.PROVIDE: Answer.REFUSED}


def refused_since(file, yes):
    return a_consent(file, id=ConsentId(uuid4()), answers=NO, asked_at=yes.asked_at)


def ended_since(file, yes):
    return a_consent(file, id=ConsentId(uuid4()), withdrawn_at=NIGHT)


@pytest.mark.parametrize("later", [refused_since, ended_since])
def test_a_draft_is_not_ready_once_a_later_answer_has_ended_its_consent(card, file, later):
    yes = a_consent(file)

    card.show_file(replace(file, draft=a_draft(file), consents=(later(file, yes), yes)))

    assert card.state.text() == "Draft"
    assert not card.preview_button.isVisible()


def test_how_long_it_is_kept_is_said_as_it_was_agreed_to(card, file):
    usual = a_consent(file)
    own = replace(
        usual, retention="반년 뒤에 지워요 / Erased after half a year",
        notice=replace(usual.notice, form="own-v2-0123abcd"),
    )  # fmt: skip
    sent = a_tracking(file, "queued")

    card.show_file(replace(file, draft=a_draft(file)))
    assert not card.facts.kept.isVisible()
    card.show_file(replace(file, trackings=(sent,), consents=(replace(usual, id=sent.consent),)))
    assert card.facts.kept.text() == "1 year after support ends"
    card.show_file(replace(file, trackings=(sent,), consents=(replace(own, id=sent.consent),)))
    assert card.facts.kept.text() == "반년 뒤에 지워요"


def test_a_round_does_not_take_the_keyboard_from_what_they_ask_for(card, file):
    now = replace(file, trackings=(asking(file),))
    card.show_file(now)
    card.tell_button.setFocus()

    card.show_file(replace(now))

    assert card.window().focusWidget() is card.tell_button


def test_the_agencys_words_are_shown_as_they_came(card, file):
    reply = Reply("방을 비워 두었어요 <b>", NIGHT)

    card.show_file(replace(file, trackings=(a_tracking(file, "queued", replies=(reply,)),)))

    assert card.answer.reply.text() == "방을 비워 두었어요 <b>"


@pytest.mark.parametrize(
    ("erasure", "said"),
    [(Erasure.OWED, "No answer yet"), (Erasure.DESTROYED, "destroyed"), (Erasure.RETAINED, "law")],
)
def test_after_a_withdrawal_it_says_what_the_agency_did(card, file, erasure, said):
    tracking = a_tracking(file, "queued", status=TaskStatus.CANCELLED, erasure=erasure)

    card.show_file(replace(file, trackings=(tracking,)))

    assert card.state.text() == "Called off"
    assert said in card.answer.erasure.label.text()


@pytest.mark.parametrize("status", [TaskStatus.CANCELLED, TaskStatus.REJECTED, TaskStatus.FAILED])
def test_after_a_withdrawal_the_card_says_by_when_and_sends_nobody_elsewhere(card, file, status):
    steps = ("queued", status.value, "erasure-owed")
    tracking = a_tracking(file, *steps, status=status, erasure=Erasure.OWED)

    card.show_file(replace(file, trackings=(tracking,)))

    assert card.answer.next.isVisible()
    by = formats.day_and_clock(tracking.steps["erasure-owed"] + ERASURE_WITHIN)
    assert card.answer.next.label.text() == f"A word is expected by {by}."
    assert not card.answer.problem.isVisible()


def test_the_law_that_keeps_a_part_is_named_to_tell_the_young_person(card, file):
    kept = a_tracking(
        file, "queued", status=TaskStatus.CANCELLED, erasure=Erasure.RETAINED,
        problem="retained:medical-service-22",
    )  # fmt: skip

    card.show_file(replace(file, trackings=(kept,)))

    assert "의료법 제22조제2항" in card.answer.erasure.label.text()


@pytest.mark.parametrize("code", ["consent-unknown", "item-not-consented", "never-heard-of"])
def test_a_problem_is_said_in_plain_words(card, file, code):
    card.show_file(replace(file, trackings=(a_tracking(file, "queued", problem=code),)))

    assert card.state.text() == "Needs you"
    assert card.answer.problem.label.text().endswith(".")


def test_a_problem_that_a_no_has_settled_asks_for_nobody(card, file):
    no = SaidNo(NIGHT, frozenset(Item))
    settled = a_tracking(file, "queued", problem="consent-lapsed", said_no=no)

    card.show_file(replace(file, trackings=(settled,)))

    assert card.state.text() == "Not sent"
    assert not card.answer.isVisible()


def test_what_came_after_the_end_says_so_and_offers_a_new_one_or_to_leave_it(card, file):
    late = a_tracking(
        file, "queued", "sent", "completed", status=TaskStatus.COMPLETED,
        problem=CAME_TOO_LATE, amended_at=NIGHT,
    )  # fmt: skip

    card.show_file(replace(file, trackings=(late,)))

    assert card.state.text() == "Needs you"
    assert "the referral had ended before (Support finished" in card.answer.problem.label.text()
    assert card.tell_button.text() == "Make a new referral from it…"
    assert card.leave_button.isVisible()
    assert not card.compose_button.isVisible()
    card.show_file(replace(file, trackings=(replace(late, problem=LEFT_UNTOLD),)))
    assert card.answer.problem.label.text().endswith("You left it at that.")
    assert card.state.text() == "Support finished"
    assert not card.leave_button.isVisible()
    assert card.compose_button.isVisible()


def test_earlier_referrals_stay_in_sight(card, file):
    done = a_tracking(file, "queued", status=TaskStatus.COMPLETED)

    card.show_file(replace(file, draft=a_draft(file), trackings=(done,)))

    assert "Support finished" in card.others.said()[0]


def test_what_has_not_been_sent_does_not_wait_for_an_answer_yet(card, file):
    card.show_file(replace(file, trackings=(a_tracking(file, "queued"),)))
    assert card.state.text() == "Waiting to send"

    card.show_file(replace(file, trackings=(a_tracking(file, "queued", "sent"),)))
    assert card.state.text() == "Waiting for the answer"


def test_an_earlier_referral_says_whether_its_data_was_destroyed(card, file):
    withdrawn = another(file, 1, status=TaskStatus.CANCELLED, erasure=Erasure.DESTROYED)

    card.show_file(replace(file, trackings=(a_tracking(file, "queued"), withdrawn)))

    assert "destruction confirmed" in card.others.said()[0]


def test_whom_to_call_is_said_with_the_number(card, file):
    silent = a_tracking(file, "queued", "sent", "still-silent")
    phones = {silent.referral.agency: "02-872-1318"}

    card.show_file(replace(file, trackings=(silent,), phones=phones))

    assert "관악구청소년상담복지센터 (02-872-1318)" in card.answer.next.label.text()


def test_once_another_agency_may_help_nobody_is_sent_to_one_more(card, file):
    no = another(file, 1, status=TaskStatus.REJECTED, status_reason="no-room")
    card.show_file(replace(file, trackings=(no,)))
    assert "choose another agency" in card.answer.problem.label.text()

    card.show_file(replace(file, trackings=(a_tracking(file, "queued", "sent"), no)))

    told = "They have no room now. The agency could not take it on."
    assert card.answer.problem.label.text() == told


def test_where_they_did_not_want_it_any_more_only_that_is_said(card, file):
    no = another(file, 1, status=TaskStatus.FAILED, status_reason=NOT_WANTED)

    card.show_file(replace(file, trackings=(no,)))

    assert card.answer.problem.label.text() == "The young person did not want it any more."
    assert card.answer.next.isHidden()
    assert card.tell_button.isHidden()


def test_an_answer_is_in_front_whatever_was_sent_after_it(card, file):
    card.show_file(replace(file, trackings=(a_tracking(file, "queued"), asking(file))))

    assert "02-123-4567" in card.answer.reply.text()
    assert card.tell_button.isVisible()
    assert len(card.others.said()) == 1


def test_a_draft_stands_above_an_answer_and_not_in_its_place(qtbot, tasks, card, file):
    card.show_file(replace(file, draft=a_draft(file), trackings=(asking(file),)))
    settled(qtbot, tasks)

    assert card.state.text() == "Draft"
    assert card.begun.isVisible()
    assert card.compose_button.text() == "Edit"
    assert card.which.state.text() == "Accepted"
    assert card.answer.reply.isVisible()
    assert card.tell_button.isVisible()
    stops = [card.compose_button, card.tell_button, card.others.rows[0]]
    assert [part for part in chain(card) if part in stops] == stops


def test_a_press_on_another_shows_it_and_what_comes_does_not_take_it_away(qtbot, card, file):
    newer, older = a_tracking(file, "queued"), another(file, 1, status=TaskStatus.COMPLETED)
    card.show_file(replace(file, trackings=(newer, older)))

    qtbot.mouseClick(card.others.rows[0], Qt.MouseButton.LeftButton)

    assert card.facts.agency.text() == "별빛쉼터"
    card.show_file(replace(file, trackings=(newer, older, asking(file, 2))))
    assert card.facts.agency.text() == "별빛쉼터"
    assert card.others.said()[1].startswith("Needs you · ")
    card.show_file(replace(file, draft=a_draft(file), trackings=(newer, older)))
    assert card.facts.agency.text() == "별빛쉼터"
    card.show_file(replace(file, trackings=(another(file, 0, "가온의료원"), newer, older)))
    assert card.facts.agency.text() == "가온의료원"  # the draft was released


def test_the_last_of_many_is_reached_too(qtbot, card, file):
    many = tuple(another(file, n, f"기관 {n}", status=TaskStatus.COMPLETED) for n in range(6))
    card.show_file(replace(file, trackings=(*many, asking(file, 7))))
    assert card.answer.reply.isVisible()
    assert len(card.others.said()) == 3

    card.others.more_button.click()
    card.others.rows[5].click()

    assert card.facts.agency.text() == "기관 5"
    assert card.others.said()[5].startswith("Needs you · ")


def test_a_refused_one_that_a_newer_one_asks_again_for_needs_nobody(card, file):
    refused = another(file, 1, problem="consent-lapsed")
    card.show_file(replace(file, trackings=(a_tracking(file, "queued", "sent"), refused)))

    card.others.rows[0].click()

    assert card.state.text() == words.now(refused)
    assert not card.answer.problem.isVisible()


def chain(card):
    """Yield what Tab goes through."""
    part = card.nextInFocusChain()
    while part is not card:
        yield part
        part = part.nextInFocusChain()
