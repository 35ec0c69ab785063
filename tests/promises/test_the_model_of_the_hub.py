"""The model that the exchange machine holds a hub to says no to what no schedule plays."""

from datetime import UTC, datetime

import pytest
from prove.heard import Heard, Task

from sync.protocol.answers import Outcome, Result
from sync.protocol.bodies import DeliveryReceipt, ErasureAttest, Stage
from sync.protocol.codec import canonical
from sync.protocol.messages import PROTOCOL, Header, Kind, Message

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
    header = Header(PROTOCOL, "an id", kind, REF, org, "a device", NOW, to)
    message = Message(canonical(header), canonical(body) if body else b"")
    result = Result("an id", Outcome.ACCEPTED, state="requested")
    heard.answered((message,), (result,), NOW)
    return heard.wrong


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
