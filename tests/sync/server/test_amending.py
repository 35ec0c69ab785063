"""More told in a referral that stands: under a consent that covers it and what was before."""

from hub_for_tests import header_of

from sync.protocol.messages import Kind


def test_an_amendment_reaches_the_agency_and_its_receipt_counts(
    house, centre, shelter, request_sent, consent
):
    ref = header_of(request_sent).ref
    more = centre.amends(ref, consent, shelter, item_codes=("alias", "need", "reach"))

    assert house.outcomes(centre, more) == ["accepted"]

    events = house.exchange(shelter).events
    assert [event.kind for event in events] == [Kind.REFERRAL_REQUEST, Kind.REFERRAL_AMEND]
    assert events[1].message == more
    receipts = (shelter.receipt(request_sent), shelter.receipt(more))
    assert house.outcomes(shelter, *receipts) == ["accepted", "accepted"]


def test_nothing_is_added_without_a_basis_that_covers_it(house, request_sent, consent):
    centre, shelter, clinic = house.centre, house.shelter, house.clinic
    ref = header_of(request_sent).ref
    beyond = centre.amends(ref, consent, shelter, item_codes=("alias", "health"))
    unknown = centre.amends(ref, centre.fresh(), shelter)
    elsewhere = centre.amends(ref, consent, clinic)

    assert house.outcomes(centre, beyond, unknown, elsewhere) == [
        "rejected:item-not-consented",
        "rejected:consent-unknown",
        "rejected:recipient-not-consented",
    ]


def test_an_amendment_of_somebody_elses_referral_is_refused(
    house, centre, shelter, clinic, request_sent
):
    ref, own = header_of(request_sent).ref, clinic.fresh()
    house.exchange(clinic, clinic.consent(own, shelter))
    assert house.outcomes(clinic, clinic.amends(ref, own, shelter)) == ["rejected:not-your-task"]


def test_nothing_is_added_to_what_has_ended(house, centre, shelter, request_sent, consent):
    ref = header_of(request_sent).ref
    house.exchange(shelter, shelter.moves(ref, "rejected"))
    assert house.outcomes(centre, centre.amends(ref, consent, shelter)) == ["conflict"]


def test_a_withdrawal_of_any_consent_it_stands_on_recalls_all_of_it(
    house, centre, shelter, request_sent, consent
):
    ref, second = header_of(request_sent).ref, centre.fresh()
    house.exchange(centre, centre.consent(second, shelter), centre.amends(ref, second, shelter))

    house.exchange(centre, centre.withdrawal(second))

    first, amended, withdrawn = house.exchange(shelter).events
    assert first.message is None
    assert amended.message is None
    assert (withdrawn.kind, withdrawn.state) == (Kind.CONSENT_WITHDRAWN, "cancelled")
    assert house.outcomes(centre, centre.amends(ref, consent, shelter)) == [
        "rejected:consent-withdrawn"
    ]
