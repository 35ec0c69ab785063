"""Whoever is let in later learns what an only device has sent of what is still under way."""

import secrets
import threading

import pytest
from hub_for_tests import header_of

from sync.protocol.messages import Kind
from sync.protocol.states import TaskStatus
from sync.server import devices, office, tables
from sync.server.batch import Batch, Caller

SENT = [Kind.DELIVERY_RECEIPT, Kind.TASK_STATUS, Kind.TASK_NOTE]


def _told(house, party, ref=None):
    events = house.exchange(party).events
    return [event for event in events if ref in (None, event.ref)]


def _kinds(house, party, ref=None):
    return [event.kind for event in _told(house, party, ref)]


def _shut_out(house, party):
    with house.hub.store.writing() as db:
        devices.revoke(db, party.org, party.keys.device, house.clock())


@pytest.fixture
def answered(house, centre, shelter, request_sent):
    """A referral that the shelter's only desk has looked at, accepted and written back about."""
    ref = header_of(request_sent).ref
    words = (shelter.receipt(request_sent), shelter.moves(ref, "accepted"))
    assert house.outcomes(shelter, *words, shelter.note(ref, centre)) == ["accepted"] * 3
    return ref


def test_a_second_desk_learns_what_the_only_one_has_said(house, centre, shelter, answered):
    house.clock.turn(days=2)
    other = house.let_in(shelter)

    told, heard = _told(house, other)[1:], _told(house, centre)

    assert [event.kind for event in told] == SENT
    assert [(e.message, e.state, e.version, e.at) for e in told] == [
        (e.message, e.state, e.version, e.at) for e in heard
    ]
    assert [event.seq for event in told] == [2, 3, 4]


def test_a_second_laptop_of_the_centre_learns_what_was_sent(house, centre, request_sent):
    (event,) = _told(house, house.let_in(centre))

    assert event.message == request_sent


def test_of_what_has_ended_nothing_is_told(house, centre, shelter, answered):
    house.exchange(shelter, shelter.moves(answered, "completed"))

    assert _kinds(house, house.let_in(shelter)) == [Kind.REFERRAL_REQUEST]
    assert _kinds(house, house.let_in(centre)) == [*SENT, Kind.TASK_STATUS]


def test_nothing_is_told_twice_and_what_one_sent_alone_again_is_told_to_the_next(
    house, centre, shelter, answered
):
    second = house.let_in(shelter)
    house.exchange(shelter, shelter.moves(answered, "on-hold"))
    _shut_out(house, second)
    house.exchange(shelter, shelter.moves(answered, "in-progress"))

    third = house.let_in(shelter)
    house.let_in(shelter)

    kinds = [Kind.REFERRAL_REQUEST, *SENT, Kind.TASK_STATUS, Kind.TASK_STATUS]
    told = _told(house, third)
    assert [event.kind for event in told] == kinds
    assert [event.version for event in told if event.kind is Kind.TASK_STATUS] == [2, 3, 4]
    with house.hub.store.reading() as db:
        assert db.one(tables.mailbox, id=f"org:{shelter.org}")["head"] == len(kinds)


def test_a_laptop_that_follows_the_only_one_learns_what_that_one_sent(house, centre, request_sent):
    admin = house.let_in(centre, "admin")
    _shut_out(house, admin)
    consent = centre.fresh()
    alone = centre.referral(consent, house.shelter)
    house.exchange(centre, centre.consent(consent, house.shelter), alone)

    next_one = house.let_in(centre)

    assert [event.message for event in _told(house, next_one)] == [request_sent, alone]


def test_who_is_let_in_by_the_office_learns_it_too(house, shelter, answered):
    first = house.newcomer(shelter, "admin")
    code = office.new_code(house.hub, shelter.org, "admin", secrets.token_bytes, house.clock())
    house.post("/v1/enrol", first.own.own_request(code))
    with house.hub.store.writing() as db:
        db.change(tables.device, {"id": shelter.keys.device}, role="desk")

    office.let_in_first(house.hub, shelter.org, first.keys.device, house.clock())

    assert _kinds(house, first) == [Kind.REFERRAL_REQUEST, *SENT]


def test_what_the_only_device_said_before_a_restore_is_told_when_one_is_let_in_again(
    house, shelter, answered
):
    office.restored(house.hub, secrets.token_bytes, house.clock())
    house.reopen()

    assert _kinds(house, house.let_in(shelter)) == [Kind.REFERRAL_REQUEST, *SENT]


def test_the_only_device_hears_its_own_words_without_what_it_sealed(house, shelter, answered):
    house.let_in(shelter)

    own = _told(house, shelter)[1:]

    assert [(event.kind, event.message is None) for event in own] == [
        (kind, kind is Kind.TASK_NOTE) for kind in SENT
    ]
    assert own[1].state == TaskStatus.ACCEPTED.value


def test_what_is_being_sent_while_another_is_let_in_is_told(house, centre, shelter, answered):
    caller, other = Caller(shelter.keys.device, shelter.org, "admin"), house.newcomer(shelter)
    letting_in = threading.Thread(target=house.seat, args=(other,))
    step = shelter.moves(answered, "on-hold")

    with house.hub.store.writing() as db:
        Batch(db, house.hub, caller, house.clock()).take((step,))
        letting_in.start()
        letting_in.join(1)
        assert letting_in.is_alive()
    letting_in.join()

    assert _kinds(house, other) == [Kind.REFERRAL_REQUEST, *SENT, Kind.TASK_STATUS]
