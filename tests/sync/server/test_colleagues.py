"""Several devices of one organisation follow the same referrals."""

from hub_for_tests import header_of

from sync.protocol.messages import Kind


def _kinds(house, party):
    return [event.kind for event in house.exchange(party).events]


def test_a_device_that_is_alone_hears_nothing_of_its_own_words(house, centre, request_sent):
    assert _kinds(house, centre) == []


def test_a_colleague_sees_what_was_sent_and_can_withdraw_it(house, centre, shelter, consent):
    office = house.let_in(centre, "supervisor")
    message = centre.referral(consent, shelter)
    house.exchange(centre, message)

    (event,) = house.exchange(office).events
    assert event.message == message
    assert house.outcomes(office, office.withdrawal(header_of(message).consent_id)) == ["accepted"]

    assert _kinds(house, shelter) == [Kind.REFERRAL_REQUEST, Kind.CONSENT_WITHDRAWN]
    assert _kinds(house, centre) == [Kind.REFERRAL_REQUEST, Kind.CONSENT_WITHDRAWN]


def test_what_a_device_has_sealed_itself_comes_back_without_it(house, centre, shelter, consent):
    office = house.let_in(centre, "supervisor")
    message = centre.referral(consent, shelter)
    house.exchange(centre, message)

    (own,), (colleagues,) = house.exchange(centre).events, house.exchange(office).events

    assert (own.message, own.reason) == (None, "own")
    assert colleagues.message == message


def test_what_one_desk_of_the_agency_decides_the_others_learn(
    house, centre, shelter, request_sent
):
    other, ref = house.let_in(shelter, "desk"), header_of(request_sent).ref
    house.exchange(shelter, shelter.moves(ref, "accepted"), shelter.note(ref, centre))

    kinds = [Kind.REFERRAL_REQUEST, Kind.TASK_STATUS, Kind.TASK_NOTE]
    assert _kinds(house, other) == kinds
    assert _kinds(house, centre) == kinds[1:]
