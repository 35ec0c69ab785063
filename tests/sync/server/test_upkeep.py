"""What the hub does by itself goes on, whatever happens to one turn of it."""

import asyncio
import shutil
from datetime import timedelta

import pytest
from hub_for_tests import HubForTests, asked, header_of
from prometheus_client.utils import floatToGoString

from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.codec import packed
from sync.server.app import app
from sync.server.upkeep import look_after, watch
from sync.trust.layout import LIFE, Role


def lived(house, until, seconds=0.01):
    """Let the upkeep run until `until` is done."""

    async def live():
        stopping = asyncio.Event()
        upkeep = asyncio.create_task(look_after(house.app.state.house, stopping, seconds))
        try:
            return await asyncio.wait_for(until(), 10)
        finally:
            stopping.set()
            await upkeep

    return asyncio.run(live())


@pytest.mark.parametrize("failure", [KeyError, ZeroDivisionError, OSError, RecursionError])
def test_a_bug_in_one_turn_does_not_end_the_next(house, monkeypatch, caplog, failure):
    turns = []
    meant = house.app.state.house.desk.look_after

    def fails_at_first(now):
        turns.append(now)
        if len(turns) == 1:
            raise failure("하늘이의 비밀")
        return meant(now)

    async def two_turns():
        while len(turns) < 2:
            await asyncio.sleep(0.005)

    monkeypatch.setattr(house.app.state.house.desk, "look_after", fails_at_first)
    lived(house, two_turns)

    said = [record.facts for record in caplog.records if record.msg == "upkeep failed"]
    text = house.app.state.metrics.text()
    assert said == [{"error": failure.__name__}]
    assert f'upkeep_total{{ended="{failure.__name__}"}} 1.0' in text
    assert 'upkeep_total{ended="well"}' in text
    assert "비밀" not in caplog.text


def test_a_reminder_wakes_who_waits(house, centre, shelter, request_sent):
    house.exchange(shelter)
    house.clock.turn(days=2)
    waits = centre.signed("POST", "/v1/exchange", packed(Exchange(wait=20)))

    async def wakes():
        return await asked(house.app, waits)

    answer = lived(house, wakes, seconds=0.2).value(Exchanged)

    assert [event.reason for event in answer.events] == ["silent"]


def test_nothing_is_left_running_when_the_hub_stops(tmp_path):
    made = app(tmp_path, "practice")

    async def once():
        async with made.router.lifespan_context(made):
            await asyncio.sleep(0)
        return [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    assert asyncio.run(once()) == []


def test_what_came_in_at_another_process_wakes_who_waits_here(a_founded_hub, a_database, tmp_path):
    founded, like = a_founded_hub
    home = shutil.copytree(founded, tmp_path / "two")
    with a_database(like) as address:
        here = HubForTests(home, seed=2, database=address)
        there = app(home / "hub", "practice", here.clock, database=address)
        consent = here.centre.fresh()
        here.exchange(here.centre, here.centre.consent(consent, here.shelter))
        message = here.centre.referral(consent, here.shelter)
        waits = here.shelter.signed("POST", "/v1/exchange", packed(Exchange(wait=20)))
        brings = here.centre.signed("POST", "/v1/exchange", packed(Exchange((message,))))

        answer = asyncio.run(_over_there(here, there, waits, brings)).value(Exchanged)
        there.state.hub.store.close()
        here.close()

    assert [event.message for event in answer.events] == [message]


async def _over_there(here, there, waits, brings):
    stopping = asyncio.Event()
    watching = asyncio.create_task(watch(here.app.state.house, stopping, 0.05))
    waiting = asyncio.create_task(asked(here.app, waits))
    while not here.app.state.bells.seen():
        await asyncio.sleep(0.005)
    await asked(there, brings)
    answer = await asyncio.wait_for(waiting, 10)
    stopping.set()
    await watching
    assert not here.app.state.bells.seen()
    return answer


def test_nobody_is_woken_for_nothing(house, shelter, monkeypatch):
    """The control: whoever waits and gets nothing is left in peace by every glance."""
    waits = shelter.signed("POST", "/v1/exchange", packed(Exchange(wait=1)))
    rung = []
    meant = house.app.state.bells.ring
    monkeypatch.setattr(
        house.app.state.bells, "ring", lambda orgs: (rung.extend(orgs), meant(orgs))
    )

    async def glances():
        stopping = asyncio.Event()
        watching = asyncio.create_task(watch(house.app.state.house, stopping, 0.05))
        answer = await asked(house.app, waits)
        stopping.set()
        await watching
        return answer

    assert asyncio.run(glances()).value(Exchanged).events == ()
    assert rung == []


def test_the_figures_tell_who_has_waited_longest(house, centre, shelter, consent, request_sent):
    house.clock.turn(hours=2)
    urgent = centre.referral(consent, shelter, priority="urgent")
    ended = centre.referral(consent, shelter, priority="urgent")
    house.exchange(centre, ended)
    house.clock.turn(minutes=30)
    house.exchange(centre, urgent)
    house.exchange(shelter, shelter.moves(header_of(ended).ref, "rejected"))
    house.clock.turn(minutes=10)
    text = upkept(house)

    assert 'unanswered_seconds{priority="routine"} 9600.0' in text
    assert 'unanswered_seconds{priority="urgent"} 600.0' in text
    assert 'erasure_duties{state="open"} 0.0' in text
    assert "bammajung_hub_backup_bytes 0.0" in text


def test_the_figures_tell_for_how_long_the_directory_counts(house):
    house.clock.turn(days=60)
    left = LIFE[Role.SNAPSHOT] - timedelta(days=60)

    assert f"directory_seconds_left {floatToGoString(left.total_seconds())}" in upkept(house)
    house.publish(2, *house.parties)
    house.clock.turn(minutes=2)
    left = LIFE[Role.SNAPSHOT] - timedelta(minutes=2)
    assert f"directory_seconds_left {floatToGoString(left.total_seconds())}" in upkept(house)


def test_the_figures_tell_of_duties_to_destroy(house, centre, shelter, consent, request_sent):
    house.exchange(centre, centre.withdrawal(consent))
    soon = upkept(house)
    house.clock.turn(days=6)

    assert 'erasure_duties{state="open"} 1.0' in soon
    assert 'erasure_duties{state="overdue"} 0.0' in soon
    late = upkept(house)
    assert 'erasure_duties{state="overdue"} 1.0' in late
    assert "reminded_mailboxes_total 2.0" in late


def upkept(house):
    """Let one turn of the upkeep go by; return the figures."""

    async def turned():
        wanted = _turns(house) + 1
        while _turns(house) < wanted:
            await asyncio.sleep(0.005)

    lived(house, turned)
    return house.app.state.metrics.text()


def _turns(house):
    for line in house.app.state.metrics.text().splitlines():
        if line.startswith('bammajung_hub_upkeep_total{ended="well"}'):
            return float(line.rpartition(" ")[2])
    return 0
