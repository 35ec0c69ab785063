"""What the hub does by itself: once a minute what is due, and a glance at the other processes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from sync.server import mailbox
from sync.server.bells import rang
from sync.server.desk import Desk
from sync.server.house import House
from sync.server.standing import Standing, standing
from sync.server.store import StoreFailed

TURN_SECONDS = 60.0
GLANCE_SECONDS = 2.0
"""How long somebody waits at this process for what came in at another one."""
_log = logging.getLogger("bammajung.hub")


async def look_after(house: House, stopping: asyncio.Event, seconds: float = TURN_SECONDS) -> None:
    """Do what is due, again and again. Whatever goes wrong, the next turn comes."""

    async def turn() -> None:
        purged = house.desk.purged
        news = await asyncio.to_thread(house.desk.look_after, house.clock())
        house.bells.ring(news)
        await asyncio.to_thread(house.shelf.restamp, house.clock())
        house.metrics.stand(await asyncio.to_thread(_standing, house))
        house.metrics.lasts(await asyncio.to_thread(house.shelf.seconds_left, house.clock()))
        house.metrics.looked_after("well", len(news), house.desk.purged - purged)

    await _tried(turn, house)
    while not await rang(stopping, seconds):
        await _tried(turn, house)


async def watch(house: House, stopping: asyncio.Event, seconds: float = GLANCE_SECONDS) -> None:
    """Wake whoever waits here for what another process put into the same database."""

    async def glance() -> None:
        if seen := house.bells.seen():
            house.bells.ring(await asyncio.to_thread(_filled, house.desk, seen))

    while not await rang(stopping, seconds):
        await _tried(glance, house)


def _standing(house: House) -> Standing:
    with house.desk.hub.store.reading() as db:
        return standing(db, house.clock())


def _filled(desk: Desk, seen: Mapping[str, int]) -> frozenset[str]:
    with desk.hub.store.reading() as db:
        now = mailbox.heads(db, seen)
    return frozenset(org for org, head in now.items() if head > seen[org])


async def _tried(turn: Callable[[], Awaitable[None]], house: House) -> None:
    (failed,) = await asyncio.gather(turn(), return_exceptions=True)
    if isinstance(failed, Exception):
        # Its type and no word of it: a message could carry values.
        name = failed.noted if isinstance(failed, StoreFailed) else type(failed).__name__
        house.metrics.looked_after(name)
        _log.error("upkeep failed", extra={"facts": {"error": name}})
