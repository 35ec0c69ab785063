"""What was taken once is known by its bytes, to the organisation that brought it alone."""

import pytest
from hub_for_tests import header_of

from sync.server import office, tables


@pytest.fixture
def before(house, centre):
    """A device of the centre that is shut out later."""
    return house.let_in(centre)


@pytest.fixture
def after(house, centre):
    """The one that comes in its place."""
    return house.let_in(centre)


def shut_out(house, writer):
    office.revoke(house.hub, writer.org, writer.keys.device, house.clock())


@pytest.fixture
def said(house, shelter, before):
    """A consent, a referral and the end of another, said by the device before it was shut out."""
    consent = before.fresh()
    messages = (
        before.consent(consent, shelter),
        before.referral(consent, shelter),
        before.withdrawal(before.fresh()),
    )
    assert house.outcomes(before, *messages) == ["accepted"] * 3
    shut_out(house, before)
    return messages


def test_another_device_of_the_organisation_learns_that_it_was_taken(house, said, after):
    answer = house.exchange(after, *said)

    assert [result.outcome for result in answer.results] == ["duplicate"] * 3
    assert all(result.receipt for result in answer.results)


def test_it_changes_nothing(house, said, after, shelter):
    head = house.exchange(shelter).head
    with house.hub.store.reading() as db:
        known = len(db.all(tables.message))

    house.exchange(after, *said)

    assert house.exchange(shelter).head == head
    with house.hub.store.reading() as db:
        assert len(db.all(tables.message)) == known


def test_a_refusal_is_answered_again_as_it_was(house, before, after, shelter):
    message = before.referral(before.fresh(), shelter)
    assert house.outcomes(before, message) == ["rejected:consent-unknown"]
    shut_out(house, before)

    assert house.outcomes(after, message) == ["rejected:consent-unknown"]


def test_nobody_else_learns_that_it_was_taken(house, said, shelter, clinic):
    # Whom it is for has the very bytes.
    assert house.outcomes(shelter, *said) == ["rejected:bad-signature"] * 3
    assert house.outcomes(clinic, *said) == ["rejected:bad-signature"] * 3


def test_nobody_learns_that_an_id_is_used_who_cannot_use_it(house, said, after, before, shelter):
    _, referral, _ = said
    header = header_of(referral)
    touched = before.referral(header.consent_id, shelter, id=header.id)
    clear = before.moves(header.ref, "cancelled")

    assert house.outcomes(after, touched) == ["rejected:bad-signature"]
    assert house.outcomes(after, clear) == ["rejected:bad-signature"]


def test_what_is_signed_anew_under_the_same_id_is_another_message(house, said, after, shelter):
    _, referral, _ = said
    header = header_of(referral)
    anew = after.referral(header.consent_id, shelter, ref=header.ref, id=header.id)

    assert house.outcomes(after, anew, referral) == ["rejected:id-reused", "duplicate"]


def test_in_one_batch_the_first_does_not_prove_the_second(house, before, after, shelter):
    consent = before.fresh()
    given, other = before.consent(consent, shelter), after.consent(consent, shelter)
    shut_out(house, before)

    assert house.outcomes(after, given, other, given) == [
        "rejected:bad-signature", "accepted", "rejected:bad-signature",
    ]  # fmt: skip
