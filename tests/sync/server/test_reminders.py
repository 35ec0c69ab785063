"""A loop that may stay silent is not closed: who is reminded of what, when, and how often."""

import pytest
from hub_for_tests import header_of

from sync.protocol.messages import Kind
from sync.server import office, reminders, tables
from sync.server.refusals import Rejected


def _reminded(house, party):
    events = house.exchange(party).events
    return [(event.ref, event.reason) for event in events if event.kind is Kind.REMINDER]


def _minutes_later(house, minutes):
    house.clock.turn(minutes=minutes)
    return house.desk.look_after(house.clock())


@pytest.fixture
def coordinator(house, clinic):
    office.choose_coordinator(house.hub, clinic.org)
    return clinic


def test_only_who_takes_part_can_be_the_coordinator(house):
    with pytest.raises(Rejected):
        office.choose_coordinator(house.hub, "nobody")


def test_a_day_of_silence_reminds_both_sides_once(house, centre, shelter, request_sent):
    ref = header_of(request_sent).ref
    assert _minutes_later(house, 24 * 60 - 1) == frozenset()

    news = _minutes_later(house, 1)

    assert news == {centre.org, shelter.org}
    assert _minutes_later(house, 1) == frozenset()
    assert _reminded(house, centre) == _reminded(house, shelter) == [(ref, "silent")]


def test_an_urgent_one_waits_an_hour(house, centre, shelter, consent):
    house.exchange(centre, centre.referral(consent, shelter, priority="urgent"))
    assert _minutes_later(house, 59) == frozenset()
    assert _minutes_later(house, 1) == {centre.org, shelter.org}


def test_silence_that_goes_on_is_told_to_the_coordinator_who_learns_only_who_asked_whom(
    house, centre, shelter, request_sent, coordinator
):
    ref = header_of(request_sent).ref
    _minutes_later(house, 24 * 60)
    assert _reminded(house, coordinator) == []

    assert _minutes_later(house, 24 * 60) == {centre.org, shelter.org, coordinator.org}

    (event,) = house.exchange(coordinator).events
    assert (event.ref, event.reason, event.state) == (ref, "still-silent", "requested")
    assert (event.parties, event.message) == ((centre.org, shelter.org), None)
    assert _minutes_later(house, 24 * 60) == frozenset()


def test_each_reminder_of_a_page_names_its_own_two(house, centre, shelter, clinic, consent):
    asks = {centre: shelter, clinic: shelter, shelter: centre}
    for asker, asked in asks.items():
        given = asker.fresh()
        house.exchange(asker, asker.consent(given, asked), asker.referral(given, asked))
    _minutes_later(house, 24 * 60)

    events = house.exchange(shelter).events

    named = [event.parties for event in events if event.kind is Kind.REMINDER]
    assert set(named) == {(asker.org, asked.org) for asker, asked in asks.items()}
    assert {e.parties for e in events if e.kind is not Kind.REMINDER} == {()}


def test_without_a_coordinator_both_sides_are_still_reminded(house, centre, request_sent):
    _minutes_later(house, 24 * 60)
    _minutes_later(house, 24 * 60)
    assert [reason for _, reason in _reminded(house, centre)] == ["silent", "still-silent"]


@pytest.mark.parametrize("answer", ["accepted", "rejected"])
def test_an_answer_ends_the_waiting(house, shelter, request_sent, answer):
    house.exchange(shelter, shelter.moves(header_of(request_sent).ref, answer))
    assert _minutes_later(house, 3 * 24 * 60) == frozenset()


def test_what_was_taken_back_is_not_waited_for(house, centre, request_sent):
    house.exchange(centre, centre.cancel(header_of(request_sent).ref))
    assert _minutes_later(house, 3 * 24 * 60) == frozenset()


def test_a_duty_to_destroy_that_nobody_attests_is_told_to_all_three(
    house, request_sent, consent, coordinator
):
    centre, shelter = house.centre, house.shelter
    ref = header_of(request_sent).ref
    house.exchange(centre, centre.withdrawal(consent))
    assert _minutes_later(house, 5 * 24 * 60 - 1) == frozenset()

    assert _minutes_later(house, 1) == {centre.org, shelter.org, coordinator.org}

    assert _reminded(house, coordinator) == [(ref, "erasure-overdue")]


def test_an_attested_duty_is_not_overdue(house, centre, shelter, request_sent, consent):
    house.exchange(centre, centre.withdrawal(consent))
    house.exchange(shelter, shelter.attest(header_of(request_sent).ref))
    assert _minutes_later(house, 6 * 24 * 60) == frozenset()


def test_a_second_withdrawal_reminds_of_no_duty_that_was_attested(
    house, centre, shelter, request_sent, consent
):
    ref, second = header_of(request_sent).ref, centre.fresh()
    house.exchange(centre, centre.consent(second, shelter), centre.amends(ref, second, shelter))
    house.exchange(centre, centre.withdrawal(consent))
    house.exchange(shelter, shelter.attest(ref))
    house.exchange(centre, centre.withdrawal(second))
    with house.hub.store.reading() as db:
        assert not db.all(tables.reminder)
    assert _minutes_later(house, 6 * 24 * 60) == frozenset()


def test_reminders_survive_a_batch_that_is_longer_than_one(
    house, centre, shelter, consent, monkeypatch
):
    monkeypatch.setattr(reminders, "AT_ONCE", 2)
    house.exchange(centre, *(centre.referral(consent, shelter) for _ in range(5)))
    house.clock.turn(days=1)
    rounds = [len(_after(house, centre)) for _ in range(4)]
    assert rounds == [2, 4, 5, 5]


def _after(house, party):
    house.desk.look_after(house.clock())
    return _reminded(house, party)
