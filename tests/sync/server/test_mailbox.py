import threading

import pytest
from hub_for_tests import header_of

from sync.protocol.answers import Exchange
from sync.server import mailbox, tables
from sync.server.batch import Caller


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

    with house.hub.store.reading() as db:
        assert db.one(tables.mailbox, id=mailbox.box(shelter.org))["acked"] == acked


def test_a_packet_is_destroyed_thirty_days_after_it_was_read(house, centre, shelter, consent):
    old, new = (centre.referral(consent, shelter) for _ in range(2))
    house.exchange(centre, old)
    house.exchange(shelter, after=1)
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


def test_what_nobody_has_read_is_kept(house, centre, shelter, consent):
    message = centre.referral(consent, shelter)
    house.exchange(centre, message)
    house.clock.turn(days=400)

    house.desk.purge(house.clock())

    assert house.exchange(shelter).events[0].message == message
