"""Everything around the endpoints: what opens, what guards the way in and out, the one clock."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sync.protocol.codec import Unreadable
from sync.server.bells import Bells
from sync.server.desk import Desk
from sync.server.founding import open_hub
from sync.server.house import Clock, House
from sync.server.metrics import Metrics
from sync.server.passing import Passing
from sync.server.rates import USUAL, Gates, Rates
from sync.server.refusals import Refused
from sync.server.routes import Routes
from sync.server.shelf import Shelf
from sync.server.speech import check_head, problem
from sync.server.store import StoreFailed
from sync.server.upkeep import look_after, watch

BUSY_SECONDS = 30
_log = logging.getLogger("bammajung.hub")


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)  # noqa: TID251  (the hub's one clock)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a hub serves."""

    public_url: str = ""
    """What clients call the proxy in front, if there is one."""
    rates: Rates = USUAL


_USUAL = Manner()


class Guard:
    """The outermost: nothing leaves but answers and problems, and one line is left of each."""

    def __init__(self, app: ASGIApp, house: House, chance: Callable[[int], bytes]) -> None:
        """Stand before these endpoints."""
        self._app, self._house, self._chance = app, house, chance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passing = Passing(scope, receive, send)
        refused = None
        try:
            refused = await self._refusal(scope, passing)
            if refused and not passing.status:
                await problem(refused, self._house.clock())(scope, receive, passing.send)
        finally:
            kind = refused.kind if refused else scope.get("problem", "")
            passed = passing.ended(self._chance(8).hex(), kind)
            passed.tell()
            self._house.metrics.passed(passed)

    async def _refusal(self, scope: Scope, passing: Passing) -> Refused | None:
        try:
            check_head(scope)
            await self._app(scope, passing.receive, passing.send)
        except Refused as refused:
            return refused
        except Unreadable:
            return Refused(400, "malformed")
        except StoreFailed as failed:
            # Neither a traceback nor a message: they could carry values.
            _log.error("store failed", extra={"facts": {"error": failed.noted}})
            return Refused(503, "busy", BUSY_SECONDS)
        except ClientDisconnect:
            return None
        except Exception as error:  # noqa: BLE001  (outermost route; style.md 5)
            _log.error("bug", extra={"facts": {"error": type(error).__name__}})
            return Refused(500, "bug")
        return None


def app(
    home: Path,
    world: str,
    clock: Clock = utc_now,
    *,
    database: str = "",
    manner: Manner = _USUAL,
) -> Starlette:
    """Make the hub that lives in this folder."""
    gates = Gates(manner.rates, clock)
    hub = open_hub(home, world, secrets.token_bytes, database)
    house = House(Desk(hub), Bells(), clock, gates, Metrics(), Shelf(hub), manner.public_url)
    made = Starlette(
        routes=Routes(house).listed(),
        lifespan=_life(house),
        middleware=[Middleware(Guard, house, secrets.token_bytes)],
        exception_handlers={HTTPException: _nowhere(clock)},
    )
    # A slash too many is an address like any other that is not there.
    made.router.redirect_slashes = False
    made.state.house = house
    made.state.bells = house.bells
    made.state.hub = hub
    made.state.metrics = house.metrics
    return made


def _life(house: House) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        stopping = asyncio.Event()
        upkeep = asyncio.gather(look_after(house, stopping), watch(house, stopping))
        try:
            yield
        finally:
            stopping.set()
            await upkeep
            await asyncio.to_thread(house.desk.hub.store.close)

    return life


def _nowhere(clock: Clock) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def nowhere(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        refused = Refused(status, "method-not-allowed" if status == 405 else "not-found")
        request.scope["problem"] = refused.kind
        return problem(refused, clock(), getattr(error, "headers", None))

    return nowhere
