"""What a young person agreed to, as the card says it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pages_for_tests import (
    NIGHT,
    WORDS,
    a_consent,
    a_draft,
    a_tracking,
    a_youth,
    done,
    reopened,
    settled,
)
from PySide6.QtWidgets import QWidget

from desktop.domain.consents import Answer, Article, Guardian, Item, Verification
from desktop.domain.guardians import Named
from desktop.domain.referrals import Erasure
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import Age
from desktop.services import consents
from ui.consents.card import ConsentCard
from ui.consents.keeping_from import KeepFromSheet
from ui.consents.pin import is_a_pin
from ui.people import keep_reason_words


def _card(qtbot, tasks, file):
    card = ConsentCard(tasks)
    qtbot.addWidget(card)
    card.show()
    card.show_file(file)
    return card


def _pills(card):
    return {article: row.pill.text() for article, row in card.rows.items()}


def test_nothing_asked_is_shown_as_not_yet(qtbot, tasks):
    card = _card(qtbot, tasks, a_youth(qtbot, tasks))

    assert set(_pills(card).values()) == {"Not yet"}
    assert card.unique.pill.text() == "Not collected"
    assert not card.handover_button.isVisible()


def test_each_article_shows_its_own_answer_and_time(qtbot, tasks):
    file = a_youth(qtbot, tasks)
    answers = {
        Article.COLLECT: Answer.GIVEN,
        Article.PROVIDE: Answer.LATER,
        Article.SENSITIVE: Answer.REFUSED,
    }
    file = replace(file, consents=(a_consent(file, answers=answers),), draft=a_draft(file))

    card = _card(qtbot, tasks, file)

    assert _pills(card) == {
        Article.COLLECT: "Agreed 21:40",
        Article.SENSITIVE: "Not agreed 21:40",
        Article.PROVIDE: "Thinking 21:40",
    }
    assert card.handover_button.isVisible()
    assert "하늘" in card.handover_button.text()
    assert not card.withdraw_button.isVisible()


def test_answers_about_another_agency_do_not_count(qtbot, tasks):
    file = a_youth(qtbot, tasks)
    other = a_consent(file, agency="another")

    card = _card(qtbot, tasks, replace(file, consents=(other,), draft=a_draft(file)))

    assert set(_pills(card).values()) == {"Not yet"}


def test_a_consent_whose_time_is_over_is_not_shown_as_given(qtbot, tasks):
    file = a_youth(qtbot, tasks)

    card = _card(qtbot, tasks, replace(file, consents=(a_consent(file, valid_until=NIGHT),)))

    assert set(_pills(card).values()) == {"Time is over"}
    assert not card.withdraw_button.isVisible()


@pytest.mark.parametrize(
    ("days", "words", "is_asked"),
    [(90, "May be sent until", False), (14, "13 days left", True), (0.5, "Ends within a", True)],
)
def test_a_consent_that_ends_soon_says_so_and_is_asked_again_in_time(
    qtbot, tasks, days, words, is_asked
):
    file = a_youth(qtbot, tasks)
    consent = a_consent(file, valid_until=NIGHT + timedelta(days=days))

    card = _card(qtbot, tasks, replace(file, consents=(consent,), draft=a_draft(file)))

    assert card.ending.force.text().startswith(words)
    assert "How to reach them" not in card.ending.force.toolTip()
    assert "Alias" in card.ending.force.toolTip()
    assert card.handover_button.isVisible() is is_asked
    assert card.withdraw_button.isVisible()


def test_after_a_withdrawal_the_card_says_who_has_erased_and_who_has_not(qtbot, tasks):
    file = a_youth(qtbot, tasks)
    ended = a_consent(file, withdrawn_at=NIGHT + timedelta(hours=1))
    owed = a_tracking(file, erasure=Erasure.OWED)
    erased = replace(owed, agency_name="밤하늘 쉼터", erasure=Erasure.DESTROYED)

    card = _card(qtbot, tasks, replace(file, consents=(ended,), trackings=(owed, erased)))

    said = card.ending.force.text()
    assert said == f"Not erased yet: {owed.agency_name}\nErased: 밤하늘 쉼터"
    assert not card.withdraw_button.isVisible()


def test_a_guardians_answer_says_so(qtbot, tasks):
    file = a_youth(qtbot, tasks, age=Age.stated(13))
    guardian = Guardian("김보호", "어머니", "010", Verification.PAPER)

    card = _card(qtbot, tasks, replace(file, consents=(a_consent(file, guardian=guardian),)))

    assert card.rows[Article.COLLECT].about.text() == "Legal guardian · 어머니"


def test_withdrawing_takes_two_clicks(qtbot, tasks):
    file = a_youth(qtbot, tasks)
    consent = a_consent(file)
    done(qtbot, tasks, lambda vault: consents.record(vault, consent, tasks.moment()))
    card = _card(qtbot, tasks, reopened(qtbot, tasks, file))

    card.withdraw_button.click()
    assert reopened(qtbot, tasks, file).consents[0].withdrawn_at is None
    with qtbot.waitSignal(card.withdrawn):
        card.confirm_button.click()

    card.show_file(reopened(qtbot, tasks, file))
    assert all(words.startswith("Withdrawn") for words in _pills(card).values())


def test_a_yes_given_alone_by_whoever_may_be_under_fourteen_is_not_said_to_send(qtbot, tasks):
    file = a_youth(qtbot, tasks, age=Age.estimated(14))
    alone = replace(file, draft=a_draft(file), consents=(a_consent(file),))
    card = _card(qtbot, tasks, alone)
    assert card.ending.force.text() == "Nothing is sent under it. Please ask anew."
    assert not card.ending.force.toolTip()
    assert card.rows[Article.COLLECT].about.text() == "Guardian consent needed"
    assert card.handover_button.isVisible()
    assert card.withdraw_button.isVisible()


def test_a_first_click_can_be_taken_back(qtbot, tasks):
    file = a_youth(qtbot, tasks)
    card = _card(qtbot, tasks, replace(file, consents=(a_consent(file),)))

    card.withdraw_button.click()
    card.keep_button.click()

    assert card.withdraw_button.isVisible()
    assert not card.confirm_button.isVisible()


def test_a_guardian_who_must_not_know_is_not_asked(qtbot, tasks):
    file = a_youth(qtbot, tasks, age=Age.stated(12), keep_from_guardian=True)
    card = _card(qtbot, tasks, replace(file, draft=a_draft(file)))

    assert not card.handover_button.isVisible()
    assert card.told.warning.isVisible()
    with qtbot.waitSignal(card.report_wanted):
        card.told.report_button.click()
    settled(qtbot, tasks)


def test_a_guardian_whom_a_child_named_is_counted_down_until_it_is_gone(qtbot, tasks):
    file, now = a_youth(qtbot, tasks, age=Age.stated(12)), tasks.moment().now
    taken = Named(file.youth.id, "김보호", "010", now - timedelta(days=1))
    card = _card(qtbot, tasks, replace(file, named=taken))

    assert card.told.named.label.text() == "Guardian named · Goes in 4 days"
    assert not card.told.keep_button.isVisible()

    over = replace(taken, at=now - timedelta(days=5))
    card.show_file(replace(file, named=over))
    assert not card.told.named.isVisible()


def _keep_sheet(qtbot, tasks):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return KeepFromSheet(tasks, window)


def test_the_reason_is_written_down_and_shown_on_the_card(qtbot, tasks):
    file, sheet = a_youth(qtbot, tasks, age=Age.stated(16)), _keep_sheet(qtbot, tasks)
    sheet.open_for(file)
    settled(qtbot, tasks)
    assert not any(box.isChecked() for box in sheet.reasons.values())
    sheet.keep_button.click()
    assert sheet.wrong.isVisible()

    sheet.reasons[KeepReason.ABUSE].setChecked(True)
    sheet.words.edit.setText("집에 가면 맞는다고 함")
    with qtbot.waitSignal(sheet.decided):
        sheet.keep_button.click()
    kept = reopened(qtbot, tasks, file)
    card = _card(qtbot, tasks, replace(kept, draft=a_draft(kept)))
    settled(qtbot, tasks)

    told = card.told.warning.label.text()
    assert keep_reason_words(KeepReason.ABUSE) in told
    assert "집에 가면 맞는다고 함" in told
    assert card.told.report_button.isVisible()  # a suspicion is reported whoever answers
    assert card.handover_button.isVisible()  # and at sixteen they answer for themselves


def test_that_a_guardian_may_be_told_again_is_asked_twice(qtbot, tasks):
    file, sheet = a_youth(qtbot, tasks, keep_from_guardian=True), _keep_sheet(qtbot, tasks)
    sheet.open_for(file)
    settled(qtbot, tasks)
    sheet.again_button.click()
    assert reopened(qtbot, tasks, file).youth.keep_from_guardian

    with qtbot.waitSignal(sheet.decided):
        sheet.sure_button.click()

    assert not reopened(qtbot, tasks, file).youth.keep_from_guardian


def test_a_pin_is_four_to_eight_digits():
    assert is_a_pin("1234")
    assert not any(is_a_pin(words) for words in ("123", "123456789", "12a4", "", "１２３４"))


def test_who_has_answered_everything_is_not_pressed_again(qtbot, tasks):
    file = a_youth(qtbot, tasks)
    asked = replace(file, draft=a_draft(file), consents=(a_consent(file),))
    more = replace(asked, draft=a_draft(file, {**WORDS, Item.REACH: "친구 전화"}))

    answered = _card(qtbot, tasks, asked)
    asking = _card(qtbot, tasks, more)

    assert not answered.handover_button.isVisible()
    assert asking.handover_button.isVisible()
