"""The model that the exchange machine holds a hub to says no to what no schedule plays."""

from datetime import UTC, datetime

import pytest
from prove.heard import Heard, Task

from sync.protocol.answers import Outcome, Result
from sync.protocol.bodies import DeliveryReceipt, ErasureAttest, ReferralCancel, Stage
from sync.protocol.codec import canonical
from sync.protocol.messages import PROTOCOL, Header, Kind, Message
from sync.protocol.states import CALLED_OFF

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
REF, CONSENT, BROUGHT = "a referral", "a consent", "its digest"


@pytest.fixture
def heard():
    heard = Heard()
    heard.books.tasks[REF] = Task("centre", "shelter")
    heard.books.bases.add((REF, CONSENT))
    heard.books.brought[REF] = {BROUGHT}
    return heard


def taken(heard, kind, org, body=None, to="centre"):
    """Return what the model says when a hub takes this."""
    result = Result("an id", Outcome.ACCEPTED, state="requested")
    return answered(heard, (kind, org, to), result, body)


def answered(heard, said, result, body=None):
    """Return what the model says when a hub answers this so. `said`: what, by whom, to whom."""
    kind, org, to = said
    header = Header(PROTOCOL, "an id", kind, REF, org, "a device", NOW, to)
    message = Message(canonical(header), canonical(body) if body else b"")
    heard.answered((message,), (result,), NOW)
    return heard.wrong


def off(heard, org, result):
    """Return what the model says when a hub answers so that a referral is called off."""
    said = Kind.REFERRAL_CANCEL, org, "shelter"
    return answered(heard, said, result, ReferralCancel(CALLED_OFF))


def test_a_receipt_of_its_agency_is_one(heard):
    receipt = DeliveryReceipt(Stage.OPENED, BROUGHT)

    assert taken(heard, Kind.DELIVERY_RECEIPT, "shelter", receipt) == []


def test_a_receipt_of_another_agency_is_none(heard):
    receipt = DeliveryReceipt(Stage.OPENED, BROUGHT)

    assert (
        "from another than its agency"
        in taken(heard, Kind.DELIVERY_RECEIPT, "stranger", receipt)[0]
    )


def test_words_are_for_whoever_asked(heard):
    assert "words were taken for another than whoever asked" in taken(
        heard, Kind.TASK_NOTE, "shelter", to="stranger"
    )


def test_no_words_are_taken_after_a_withdrawal(heard):
    heard.books.ended.add(CONSENT)

    assert "words were taken after a consent was withdrawn" in taken(
        heard, Kind.TASK_NOTE, "shelter"
    )


def test_nobody_says_that_something_is_gone_which_stands(heard):
    assert "called gone, and nobody had withdrawn" in taken(
        heard, Kind.ERASURE_ATTEST, "shelter", ErasureAttest("destroyed")
    )


TAKEN = Result("an id", Outcome.ACCEPTED, state="cancelled")
UNKNOWN = Result("an id", Outcome.REJECTED, "not-your-task")
OVER = Result("an id", Outcome.CONFLICT, state="completed")


@pytest.mark.parametrize("is_known", [True, False])
def test_what_somebody_calls_off_is_cancelled_also_where_nobody_knew_of_it(heard, is_known):
    heard.stopped.add(REF)
    if not is_known:
        del heard.books.tasks[REF]

    assert off(heard, "centre", TAKEN) == []
    assert heard.books.tasks[REF].status == "cancelled"
    assert heard.books.called_off == {REF}


def test_what_was_withdrawn_is_signed_for_and_does_not_count_as_called_off(heard):
    heard.stopped.add(REF)
    heard.books.tasks[REF].status = "cancelled"

    assert off(heard, "centre", TAKEN) == []
    assert (heard.taken_off, heard.books.called_off) == ({REF}, set())


def test_nothing_is_called_off_that_nobody_called_off(heard):
    assert "called off, and nobody had said so" in off(heard, "centre", TAKEN)


def test_whoever_was_asked_calls_nothing_off(heard):
    heard.stopped.add(REF)

    assert "a task was moved where it may not go" in off(heard, "stranger", TAKEN)


def test_its_end_comes_before_a_calling_off(heard):
    heard.stopped.add(REF)
    heard.books.tasks[REF].status = "completed"

    assert off(heard, "centre", OVER) == []


@pytest.mark.parametrize("result", [UNKNOWN, OVER])
def test_the_word_of_whoever_asked_is_not_refused_while_it_is_under_way(heard, result):
    assert "refused without a cause" in off(heard, "centre", result)[0]


def test_the_word_of_another_is(heard):
    assert off(heard, "stranger", UNKNOWN) == []
