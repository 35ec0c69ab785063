"""A colleague brings the rounds of laptops without a line: each is answered, none trusted."""

from dataclasses import dataclass
from datetime import timedelta

import msgspec
import pytest
from hub_for_tests import header_of

from sync.client.errors import Tampered
from sync.client.signing import SigningKey, verify
from sync.protocol.answers import Exchange, Exchanged, Outcome
from sync.protocol.carrying import (
    CARRY_PARCELS,
    CarriedAll,
    Carry,
    Parcel,
    Refusal,
    carried_words,
    parcel_words,
)
from sync.protocol.codec import packed, unpacked
from sync.protocol.receipts import unfolded
from sync.server import tables


@dataclass
class Colleague:
    """A laptop of the centre that has no line, and one that has."""

    house: object
    away: object
    carrier: object

    def parcel(self, *items, after=0, at=None, signer=None, **more):
        exchange = packed(Exchange(items, after, **more))
        return self.signed(exchange, at or self.house.clock(), signer)

    def signed(self, exchange, at, signer=None, device=None):
        device = device or self.away.keys.device
        words = parcel_words(device, at, exchange)
        return Parcel(device, at, exchange, (signer or self.away.keys.sign).sign(words))

    def ask(self, *parcels, by=None):
        body = packed(Carry(parcels))
        return self.house.ask((by or self.carrier).signed("POST", "/v1/carry", body))

    def carry(self, *parcels):
        answer = self.ask(*parcels)
        assert answer.status == 200, answer.body
        return answer.value(CarriedAll).carried

    def refused(self, *parcels):
        return [each.refused for each in self.carry(*parcels)]


@pytest.fixture
def office(house, centre):
    return Colleague(house, house.let_in(centre), centre)


@pytest.fixture
def consented(office, shelter):
    name = office.away.fresh()
    return name, office.away.consent(name, shelter)


def answer_of(carried):
    return unpacked(Exchanged, carried.answer)


@pytest.mark.parametrize("device", ["\0", "nobody"])
def test_a_parcel_of_a_device_that_can_be_none_is_refused_alone(office, consented, device):
    odd = office.signed(packed(Exchange()), office.house.clock(), device=device)

    assert office.refused(odd, office.parcel(consented[1])) == [Refusal.UNKNOWN_DEVICE, None]


def test_what_a_colleague_carries_is_a_round_of_the_laptop_that_made_it(
    house, office, shelter, consented
):
    name, consent = consented
    referral = office.away.referral(name, shelter)

    (carried,) = office.carry(office.parcel(consent, referral))

    answer = answer_of(carried)
    assert [result.outcome for result in answer.results] == [Outcome.ACCEPTED] * 2
    assert all(result.receipt for result in answer.results)
    assert [event.message for event in house.exchange(shelter).events] == [referral]
    assert (answer.hub, answer.world) == (house.hub.id, "practice")


def test_the_answer_is_signed_by_the_hub_for_this_parcel_and_no_other(house, office, consented):
    parcel, other = office.parcel(consented[1]), office.parcel(after=0, limit=1)

    (carried,) = office.carry(parcel)

    said = carried_words(parcel, carried.answer)
    verify(house.hub.key.public, said, carried.sig, "carried")
    for wrong in (carried_words(other, carried.answer), carried_words(parcel, b"else")):
        with pytest.raises(Tampered):
            verify(house.hub.key.public, wrong, carried.sig, "carried")


def test_events_travel_back_and_what_was_read_is_noted_for_the_laptop_that_read_it(
    house, office, centre, shelter, consented
):
    name, consent = consented
    referral = office.away.referral(name, shelter)
    office.carry(office.parcel(consent, referral))
    house.outcomes(shelter, shelter.receipt(referral))

    first = answer_of(office.carry(office.parcel())[0])
    second = answer_of(office.carry(office.parcel(after=first.head))[0])

    kinds = [event.kind.value for event in first.events]
    assert kinds[-1] == "delivery.receipt"
    assert (second.events, second.head) == ((), first.head)
    with house.hub.store.reading() as db:
        readers = {row["device_id"]: row["acked"] for row in db.all(tables.reader)}
    assert readers[office.away.keys.device] == first.head
    assert readers.get(centre.keys.device, 0) == 0


def test_a_limit_of_nothing_asks_for_no_events(house, office, shelter, consented):
    name, consent = consented
    referral = office.away.referral(name, shelter)
    office.carry(office.parcel(consent, referral))
    house.outcomes(shelter, shelter.receipt(referral))

    items, all_of_it = office.carry(office.parcel(limit=0), office.parcel(limit=100))

    assert answer_of(items).events == ()
    assert answer_of(items).head == answer_of(all_of_it).head > 0
    assert answer_of(all_of_it).events


def test_a_parcel_that_comes_again_changes_nothing(house, office, shelter, consented):
    name, consent = consented
    parcel = office.parcel(consent, office.away.referral(name, shelter))
    (first,) = office.carry(parcel)
    house.clock.turn(days=29)

    again, twice = office.carry(parcel, parcel)

    before = [r.receipt for r in unfolded(answer_of(first)).results]
    for carried in (again, twice):
        results = answer_of(carried).results
        assert [r.outcome for r in results] == [Outcome.DUPLICATE] * 2
        assert [r.receipt for r in results] == before
    assert house.exchange(shelter).head == 1


def test_an_old_parcel_takes_back_nothing_that_was_read_since(house, office, shelter, consented):
    name, consent = consented
    referral = office.away.referral(name, shelter)
    old = office.parcel(consent, referral)
    office.carry(old)
    house.outcomes(shelter, shelter.receipt(referral))
    head = answer_of(office.carry(office.parcel())[0]).head
    office.carry(office.parcel(after=head))

    office.carry(old)

    with house.hub.store.reading() as db:
        row = db.one(
            tables.reader, device_id=office.away.keys.device, mailbox=f"org:{house.centre.org}"
        )
    assert row["acked"] == head


def test_each_wrong_parcel_has_its_code_and_hinders_none_beside_it(
    house, office, shelter, consented
):
    now, right = house.clock(), packed(Exchange((consented[1],)))
    stranger = house.newcomer(house.centre)
    waiting = office.signed(right, now, stranger.keys.sign, stranger.keys.device)
    other_org = office.signed(right, now, shelter.keys.sign, shelter.keys.device)
    forged = office.signed(right, now, SigningKey.make(house.chance))
    moved = msgspec.structs.replace(office.signed(right, now), at=now + timedelta(seconds=1))
    swapped = msgspec.structs.replace(office.signed(right, now), exchange=packed(Exchange()))
    good = office.signed(right, now)

    wrong = (waiting, other_org, forged, moved, swapped, office.signed(b"\x93", now))
    codes = office.refused(*wrong, good)

    assert codes == [
        Refusal.UNKNOWN_DEVICE, Refusal.NOT_YOURS, Refusal.BAD_SIGNATURE, Refusal.BAD_SIGNATURE,
        Refusal.BAD_SIGNATURE, Refusal.MALFORMED, None,
    ]  # fmt: skip


def test_what_is_no_message_in_a_carried_round_is_refused_alone(office, consented):
    (carried,) = office.carry(office.parcel({"more": 1}, consented[1]))

    assert [each.outcome for each in answer_of(carried).results] == ["rejected", "accepted"]


def test_more_messages_than_a_round_holds_are_no_round(office, consented):
    many = office.parcel(*[consented[1]] * 101)

    assert office.refused(many) == [Refusal.MALFORMED]


@pytest.mark.parametrize(
    ("late", "refused"),
    [
        ({"days": -30}, None),
        ({"days": -30, "seconds": -1}, Refusal.TOO_OLD),
        ({"days": 1}, None),
        ({"days": 1, "seconds": 1}, Refusal.TOO_OLD),
        ({"days": -365 * 40}, Refusal.TOO_OLD),
    ],
)
def test_a_clock_may_be_wrong_within_bounds(house, office, late, refused):
    parcel = office.parcel(at=house.clock() + timedelta(**late))

    assert office.refused(parcel) == [refused]


def test_a_laptop_that_was_shut_out_is_not_heard_either_way(house, office, centre, consented):
    parcel = office.parcel(consented[1])
    with house.hub.store.writing() as db:
        db.change(tables.device, {"id": office.away.keys.device}, status="revoked")

    assert office.refused(parcel) == [Refusal.DEVICE_REVOKED]

    answer = office.ask(parcel, by=office.away)
    assert (answer.status, answer.problem) == (403, "device-revoked")


def test_another_organisation_carries_nothing(house, office, shelter, consented):
    answer = office.ask(office.parcel(consented[1]), by=shelter)

    assert [c.refused for c in answer.value(CarriedAll).carried] == [Refusal.NOT_YOURS]
    assert answer.value(CarriedAll).carried[0].answer == b""


def test_the_carrier_cannot_speak_for_the_laptop(house, office, shelter, consented):
    name, consent = consented
    forged = office.carrier.referral(name, shelter)

    results = answer_of(office.carry(office.parcel(consent, forged))[0]).results

    assert results[0].outcome is Outcome.ACCEPTED
    assert results[1].outcome is Outcome.REJECTED
    assert header_of(forged).from_device == office.carrier.keys.device


def test_parcels_of_one_request_have_their_limit(office):
    parcel = office.parcel()

    assert office.refused(*[parcel] * CARRY_PARCELS) == [None] * CARRY_PARCELS
    answer = office.ask(*[parcel] * (CARRY_PARCELS + 1))
    assert (answer.status, answer.problem) == (413, "too-large")
