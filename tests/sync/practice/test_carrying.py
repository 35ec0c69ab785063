"""By hand from one laptop to another, and from there over real HTTP to the practice network."""

import secrets
import threading

import pytest
from laptop_for_tests import Laptop
from network_for_tests import clock

from sync.client import bundles
from sync.client.bundles import Brought, Handed, Returned
from sync.client.engine import caught_up, taken_in
from sync.client.errors import NotForUs
from sync.client.hybrid import SealingPair
from sync.client.lan import Address, Stall, hand_over
from sync.protocol.answers import Exchange
from sync.protocol.carrying import Carry
from sync.protocol.messages import Kind

HERE = "127.0.0.1"


def pack(laptop):
    asked = Exchange(laptop.waiting(100), laptop.at.seq)
    parcel = bundles.parcel(asked, laptop.keys, clock())
    key = laptop.enrolment.org_keys[max(laptop.enrolment.org_keys)]
    public = SealingPair(key).public
    return bundles.hand_over(Handed((parcel,)), public, secrets.token_bytes)


def forward(carrier, bundle):
    what, answer_to = bundles.handed(bundle, carrier.enrolment.org_keys)
    told = carrier.hub.carry(Carry(what.parcels), clock())
    returned = tuple(map(Returned, what.parcels, told.carried))
    return bundles.bring_back(Brought(returned, {}), answer_to, secrets.token_bytes)


def unpack(laptop, bundle):
    for returned in bundles.brought(bundle, laptop.enrolment.org_keys).returned:
        hub_key = laptop.enrolment.hub_key
        asked, answer = bundles.answered(returned, laptop.keys, hub_key)
        taken_in(laptop, laptop.at, *caught_up(laptop.at, asked, answer))


@pytest.fixture
def agency(network):
    return network.agencies[0]


@pytest.fixture
def away(network):
    laptop = Laptop(network)
    laptop.hub.close()
    return laptop


@pytest.fixture
def carrier(network):
    laptop = Laptop(network)
    yield laptop
    laptop.hub.close()


def test_a_referral_goes_by_hand_and_its_answer_comes_back(away, carrier, agency):
    ref = away.refer(agency, away.consent(agency))

    for _ in range(100):
        unpack(away, forward(carrier, pack(away)))
        kinds = {event.kind for event in away.events if event.ref == ref}
        if Kind.DELIVERY_RECEIPT in kinds:
            break

    assert away.outbox == []
    assert Kind.DELIVERY_RECEIPT in kinds


def test_it_goes_over_the_office_line_as_well(away, carrier, agency):
    away.refer(agency, away.consent(agency))
    stall = Stall(HERE, 0)

    def sit():
        visit = stall.next(lambda: True)
        visit.answer(forward(carrier, visit.bundle))

    thread = threading.Thread(target=sit, daemon=True)
    thread.start()
    unpack(away, hand_over(Address(HERE, stall.port), pack(away), lambda: True))
    thread.join(10)
    stall.close()

    assert away.outbox == []


def test_the_carrier_takes_nothing_for_its_own(away, carrier, agency):
    away.refer(agency, away.consent(agency))
    back = forward(carrier, pack(away))

    with pytest.raises(NotForUs):
        unpack(carrier, back)
    assert (carrier.at.seq, carrier.events) == (0, [])
