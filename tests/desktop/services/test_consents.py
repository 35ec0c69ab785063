"""Answers are kept as they were given, and a withdrawal undoes everything that stood on them."""

from datetime import timedelta

import pytest
from builders import SAID_YES, a_guardian

from desktop.domain.consents import ASKED, Answer, Article
from desktop.domain.referrals import Erasure
from desktop.domain.youths import Age
from desktop.errors import ConsentMissing, GuardianNeeded, NotEnrolled, ResidentNumberFound
from desktop.services import referrals, withdrawals, youths
from desktop.services.withdrawals import Withdrawal
from sync.client.sealing import header_of
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus


def kinds(messages):
    return [header_of(message).kind for message in messages]


def file_of(town, youth):
    return youths.open_file(town.vault, youth, None, town.moment())


# --- keeping ----------------------------------------------------------------------------------


def test_what_was_answered_comes_back_as_it_was_given_newest_first(town):
    youth = town.meet()
    first = town.agree(youth, guardian=a_guardian())
    town.hub.clock.turn(minutes=5)
    second = town.agree(youth, answers=SAID_YES | {Article.SENSITIVE: Answer.LATER})

    assert file_of(town, youth).consents == (second, first)


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.LATER])
def test_a_no_is_kept_too_and_needs_no_guardian(town, answer):
    youth = town.meet(age=Age.stated(12))

    kept = town.agree(youth, answers={article: answer for article in ASKED})

    assert file_of(town, youth).consents == (kept,)


@pytest.mark.parametrize(
    "age", [Age.stated(13), Age.estimated(14), Age.between(13, 17), Age.unknown()]
)
def test_someone_who_may_be_under_fourteen_cannot_consent_alone(town, age):
    youth = town.meet(age=age)

    with pytest.raises(GuardianNeeded):
        town.agree(youth)

    assert file_of(town, youth).consents == ()
    assert town.agree(youth, guardian=a_guardian()).guardian == a_guardian()


def test_no_field_of_a_consent_may_hold_a_resident_number(town):
    youth, number = town.meet(), "090101-3234567"

    for changes in ({"purpose": number}, {"retention": number}, {"agency_name": number}):
        with pytest.raises(ResidentNumberFound):
            town.agree(youth, **changes)
    for field in ("name", "relation", "contact"):
        with pytest.raises(ResidentNumberFound):
            town.agree(youth, guardian=a_guardian(**{field: number}))


def test_nobody_is_asked_in_the_future(town):
    youth = town.meet()

    assert town.agree(youth, asked_at=town.now + timedelta(days=1)).asked_at == town.now


# --- withdrawing ------------------------------------------------------------------------------


def test_what_had_not_left_vanishes_and_the_hub_hears_of_nothing(vault, town):
    consent, tracking = town.agreed_and_released()

    done = withdrawals.withdraw(vault, consent.id, town.moment())
    town.round()

    gone = town.tracking(tracking.referral.id)
    assert done == Withdrawal(vanished=1, recalled=0)
    assert town.leaves(vault) == []
    assert (gone.status, gone.status_reason) == (TaskStatus.CANCELLED, "consent-withdrawn")
    assert (gone.delivery, gone.erasure) == (Delivery.QUEUED, Erasure.NONE)
    assert [kinds(asked.items) for asked in town.line.asked] == [[]]


def test_what_had_left_is_cancelled_and_its_erasure_owed(vault, town):
    consent, tracking = town.agreed_and_released()
    town.round()
    town.arrived()

    done = withdrawals.withdraw(vault, consent.id, town.moment())
    town.round()

    gone = town.tracking(tracking.referral.id)
    (event,) = town.arrived()
    assert done == Withdrawal(vanished=0, recalled=1)
    assert (gone.status, gone.erasure) == (TaskStatus.CANCELLED, Erasure.OWED)
    assert (event.kind, event.ref) == (Kind.CONSENT_WITHDRAWN, str(tracking.referral.id))
    assert kinds(town.leaves(vault)) == [Kind.CONSENT_GIVEN, Kind.CONSENT_WITHDRAWN]


def test_what_may_have_left_counts_as_left(vault, town):
    consent, tracking = town.agreed_and_released()
    town.round()
    second = town.release(file_of(town, tracking.referral.youth).youth.id)
    town.line.loses_answers = True
    town.round()
    town.line.loses_answers = False

    done = withdrawals.withdraw(vault, consent.id, town.moment())
    town.round()

    assert done == Withdrawal(vanished=0, recalled=2)
    assert town.tracking(second.referral.id).erasure is Erasure.OWED
    assert [e.kind for e in town.arrived()][-2:] == [Kind.CONSENT_WITHDRAWN] * 2


def test_a_line_that_was_dead_all_along_has_taken_nothing(vault, town):
    consent, _ = town.agreed_and_released()
    town.line.is_cut = True
    town.round()
    town.round()

    assert withdrawals.withdraw(vault, consent.id, town.moment()) == Withdrawal(1, 0)
    assert town.leaves(vault) == []


def test_one_sent_and_one_waiting_are_told_apart(vault, town):
    consent, sent = town.agreed_and_released()
    town.round()
    waiting = town.release(sent.referral.youth)

    done = withdrawals.withdraw(vault, consent.id, town.moment())

    assert done == Withdrawal(vanished=1, recalled=1)
    assert town.tracking(waiting.referral.id).erasure is Erasure.NONE
    assert town.tracking(sent.referral.id).erasure is Erasure.OWED


def test_a_withdrawal_overtakes_everything_that_waits(vault, town):
    consent, _ = town.agreed_and_released()
    town.round()
    town.agreed_and_released()

    withdrawals.withdraw(vault, consent.id, town.moment())
    town.round()

    assert kinds(town.line.asked[-1].items) == [
        Kind.CONSENT_WITHDRAWN, Kind.CONSENT_GIVEN, Kind.REFERRAL_REQUEST,
    ]  # fmt: skip


def test_withdrawing_twice_changes_nothing(vault, town):
    consent, _ = town.agreed_and_released()
    town.round()
    withdrawals.withdraw(vault, consent.id, town.moment())
    before = town.leaves(vault)

    assert withdrawals.withdraw(vault, consent.id, town.moment()) == Withdrawal(0, 0)
    assert town.leaves(vault) == before


def test_nothing_more_can_be_released_under_it(vault, town):
    youth = town.meet()
    consent = town.agree(youth)
    shown = town.preview(youth)
    withdrawals.withdraw(vault, consent.id, town.moment())

    with pytest.raises(ConsentMissing):
        town.preview(youth)
    with pytest.raises(ConsentMissing):
        referrals.release(vault, shown, town.moment(), town.hub.chance)


def test_a_consent_nothing_was_sent_under_can_end_without_any_hub(vault, town):
    with vault.transaction() as db:
        db.execute("DELETE FROM enrolment")
    youth = town.meet()
    consent = town.agree(youth)

    assert withdrawals.withdraw(vault, consent.id, town.moment()) == Withdrawal(0, 0)
    with pytest.raises(NotEnrolled):
        town.preview(youth)
