import threading
from datetime import timedelta

import pytest
from hub_for_tests import header_of

from sync.protocol.answers import Exchange
from sync.server import mailbox, office, tables
from sync.server.batch import Caller

BRIEFLY = timedelta(days=29, hours=12)


@pytest.fixture
def brief(house, centre, shelter):
    """The id of a consent that is over when what was read has been kept for thirty days."""
    name, until = centre.fresh(), house.clock() + BRIEFLY
    given = centre.consent(name, shelter, valid_until=until)
    assert house.outcomes(centre, given) == ["accepted"]
    return name


def test_four_threads_leave_no_gap_and_lose_nothing(house, centre, shelter, consent):
    caller = Caller(centre.keys.device, centre.org, "admin")
    work = [
        [tuple(centre.referral(consent, shelter) for _ in range(3)) for _ in range(8)]
        for _ in range(4)
    ]
    results = []

    def bring(batches):
        for batch in batches:
            results.extend(
                house.desk.exchange(caller, Exchange(batch), house.clock()).answer.results
            )

    threads = [threading.Thread(target=bring, args=(batches,)) for batches in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    events = house.exchange(shelter).events
    assert {result.outcome for result in results} == {"accepted"}
    assert [event.seq for event in events] == list(range(1, 97))
    assert {event.ref for event in events} == {
        header_of(message).ref for batches in work for batch in batches for message in batch
    }


def test_the_same_message_from_four_threads_has_one_effect(house, centre, shelter, consent):
    caller = Caller(centre.keys.device, centre.org, "admin")
    message = centre.referral(consent, shelter)
    outcomes = []

    def bring():
        done = house.desk.exchange(caller, Exchange((message,)), house.clock())
        outcomes.append(done.answer.results[0].outcome.value)

    threads = [threading.Thread(target=bring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["accepted", "duplicate", "duplicate", "duplicate"]
    assert house.exchange(shelter).head == 1


def test_reading_again_from_before_gives_the_same(house, centre, shelter, consent):
    house.exchange(centre, *(centre.referral(consent, shelter) for _ in range(3)))
    first = house.exchange(shelter).events
    house.exchange(shelter, after=3)

    assert house.exchange(shelter).events == first


@pytest.mark.parametrize(("after", "acked"), [(2, 2), (3, 3), (99, 3), (0, 0)])
def test_the_cursor_acknowledges_up_to_the_head(house, consent, after, acked):
    centre, shelter = house.centre, house.shelter
    house.exchange(centre, *(centre.referral(consent, shelter) for _ in range(3)))

    house.exchange(shelter, after=after)
    house.exchange(shelter, after=0)

    key = {"device_id": shelter.keys.device, "mailbox": mailbox.box(shelter.org)}
    with house.hub.store.reading() as db:
        assert db.one(tables.reader, **key)["acked"] == acked


def test_heads_say_how_far_each_mailbox_is_filled(house, centre, shelter, clinic, consent):
    house.exchange(centre, *(centre.referral(consent, shelter) for _ in range(3)))

    with house.hub.store.reading() as db:
        heads = mailbox.heads(db, [shelter.org, clinic.org, "nobody"])

    assert heads == {shelter.org: 3, clinic.org: 0}


def test_a_packet_is_destroyed_thirty_days_after_it_was_read(house, centre, shelter, brief):
    old, new = (centre.referral(brief, shelter) for _ in range(2))
    house.exchange(centre, old)
    house.exchange(shelter, after=1)
    house.desk.purge(house.clock())
    house.clock.turn(days=29)
    house.exchange(centre, new)
    house.desk.purge(house.clock())
    assert all(event.message for event in house.exchange(shelter).events)

    house.clock.turn(days=1, seconds=1)
    house.desk.purge(house.clock())

    first, second = house.exchange(shelter).events
    assert (first.message, first.reason) == (None, "erased")
    assert second.message == new
    assert old.ct[64:128] not in b"".join(
        file.read_bytes() for file in (house.home / "hub").iterdir()
    )


@pytest.mark.parametrize("side", ["centre", "shelter"])
def test_what_is_under_way_stays_for_whoever_is_let_in_later(house, consent, side):
    centre, shelter = house.centre, house.shelter
    message = centre.referral(consent, shelter)
    ref = header_of(message).ref
    house.exchange(centre, message)
    words = shelter.note(ref, centre)
    house.exchange(shelter, shelter.moves(ref, "accepted"), words, after=1)
    house.exchange(centre, after=99)
    _days_later(house, 0)
    _days_later(house, 60)

    events = house.exchange(house.let_in(getattr(house, side))).events
    assert message in [event.message for event in events]
    assert words not in [event.message for event in events]

    _days_later(house, 31)  # the consent held for ninety days
    assert not _is_there(house, shelter)


def test_what_is_under_way_stays_as_long_as_any_of_its_consents(house, centre, shelter):
    first, more, until = centre.fresh(), centre.fresh(), house.clock() + timedelta(days=40)
    message = centre.referral(first, shelter)
    house.exchange(centre, centre.consent(first, shelter, valid_until=until), message)
    for party in (centre, shelter):
        house.exchange(party, after=99)
    _days_later(house, 0)
    _days_later(house, 35)
    told = centre.amends(header_of(message).ref, more, shelter)
    assert house.outcomes(centre, centre.consent(more, shelter), told) == ["accepted"] * 2

    _days_later(house, 6)  # the first is over
    _days_later(house, 60)
    assert _is_there(house, shelter)

    _days_later(house, 25)
    assert not _is_there(house, shelter)


def test_what_nobody_has_read_is_kept(house, centre, shelter, consent):
    message = centre.referral(consent, shelter)
    house.exchange(centre, message)

    _days_later(house, 400)

    assert house.exchange(shelter).events[0].message == message


def test_a_packet_waits_for_every_device_that_may_come(house, centre, shelter, consent):
    colleague = house.let_in(shelter)
    house.exchange(colleague)
    message = centre.referral(consent, shelter)
    house.exchange(centre, message)
    house.exchange(shelter, after=1)
    _days_later(house, 100)
    assert house.exchange(colleague).events[0].message == message

    house.exchange(colleague, after=1)
    _days_later(house, 0)
    _days_later(house, 29)
    assert _is_there(house, shelter)

    _days_later(house, 1)
    assert not _is_there(house, shelter)


@pytest.mark.parametrize("fate", ["revoked", "silent", "never heard", "at the door"])
def test_a_packet_does_not_wait_for_a_device_that_will_not_come(house, fate):
    centre, shelter = house.centre, house.shelter
    colleague = house.newcomer(shelter)
    if fate != "at the door":
        house.seat(colleague)
    if fate in {"revoked", "silent"}:
        house.exchange(colleague)
    if fate == "silent":
        _days_later(house, 180)
    if fate == "revoked":
        office.revoke(house.hub, shelter.org, colleague.keys.device, house.clock())
    house.exchange(centre, *_renewed(house))
    house.exchange(shelter, after=1)

    _days_later(house, 1)
    _days_later(house, 30)

    assert not _is_there(house, shelter)


def test_a_device_that_only_asks_is_heard(house, centre, shelter):
    colleague = house.let_in(shelter)
    for _ in range(3):
        house.exchange(colleague)
        _days_later(house, 80)
    house.exchange(centre, *_renewed(house))
    house.exchange(shelter, after=1)

    _days_later(house, 1)
    _days_later(house, 31)

    assert _is_there(house, shelter)


def test_when_all_have_fallen_silent_everything_is_kept(house, centre, shelter, consent):
    house.exchange(shelter)
    house.exchange(centre, centre.referral(consent, shelter))

    for _ in range(5):
        _days_later(house, 100)

    assert _is_there(house, shelter)


def test_what_lies_in_two_mailboxes_waits_for_both(house, centre, shelter, brief):
    colleague = house.let_in(centre)
    house.exchange(centre, centre.referral(brief, shelter))
    house.exchange(shelter, after=1)
    house.exchange(centre)
    house.exchange(colleague)
    _days_later(house, 0)
    _days_later(house, 31)
    assert _is_there(house, shelter), "the centre has not read its own copy yet"

    house.exchange(centre, after=1)
    house.exchange(colleague, after=1)
    _days_later(house, 0)
    _days_later(house, 31)

    assert not _is_there(house, shelter)


def test_who_has_nothing_new_to_say_writes_nothing(house, shelter, monkeypatch):
    house.exchange(shelter)

    def busy(self):
        raise AssertionError("took the turn")

    monkeypatch.setattr("sync.server.store.Store.writing", busy)
    house.clock.turn(days=6)

    assert house.exchange(shelter).events == ()


def _days_later(house, days):
    house.clock.turn(days=days)
    house.desk.purge(house.clock())


def _is_there(house, party):
    return house.exchange(party).events[0].message is not None


def _renewed(house):
    """A referral under a consent that has not run out meanwhile, and soon will."""
    later, until = house.centre.fresh(), house.clock() + BRIEFLY
    given = house.centre.consent(later, house.shelter, valid_until=until)
    return given, house.centre.referral(later, house.shelter)
