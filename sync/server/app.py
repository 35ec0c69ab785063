"""Routes to the desk, problems to answers, and the hub's one clock."""

import asyncio
import contextlib
import hashlib
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sync.protocol.answers import Exchange
from sync.protocol.codec import Unreadable
from sync.protocol.directory import Approval, Enrol, Hello
from sync.protocol.messages import BATCH_ITEMS, PROTOCOL
from sync.server.bells import Bells, rang
from sync.server.desk import Desk
from sync.server.founding import open_hub
from sync.server.refusals import Refused
from sync.server.speech import body_of, problem, signed_request, spoken, value_of
from sync.server.store import StoreFailed

Clock = Callable[[], datetime]
Endpoint = Callable[[Request], Awaitable[Response]]

LONGEST_WAIT = 25
PURGE_SECONDS = 3600
_BUSY_SECONDS = 30
_log = logging.getLogger("bammajung.hub")


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)  # noqa: TID251  (the hub's one clock)


class Routes:
    """One method an endpoint."""

    def __init__(self, desk: Desk, bells: Bells, clock: Clock, public_url: str) -> None:
        """Answer for this desk; `public_url` is what a proxy in front is called."""
        self._desk = desk
        self._bells = bells
        self._clock = clock
        self._public_url = public_url

    def listed(self) -> list[Route]:
        """Return the endpoints."""
        get = {
            "/v1/hello": self.hello,
            "/v1/directory": self.directory,
            "/v1/devices/pending": self.pending,
            "/hsds/organizations": self.hsds,
            "/livez": self.livez,
            "/readyz": self.readyz,
        }
        post = {
            "/v1/enrol": self.enrol,
            "/v1/devices/approve": self.approve,
            "/v1/exchange": self.exchange,
        }
        return [
            *(Route(path, self._guarded(end), methods=["GET"]) for path, end in get.items()),
            *(Route(path, self._guarded(end), methods=["POST"]) for path, end in post.items()),
        ]

    async def hello(self, _request: Request) -> Response:
        """Say which hub this is."""
        hub = self._desk.hub
        return spoken(Hello(hub.id, hub.world, PROTOCOL, self._clock(), hub.key.public))

    async def directory(self, request: Request) -> Response:
        """Hand out the signed directory, unless the caller has it."""
        signed = await asyncio.to_thread(self._desk.directory)
        if signed is None:
            raise Refused(404, "not-found")
        etag = f'"{hashlib.sha256(signed.book + signed.sig).hexdigest()}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"etag": etag})
        return spoken(signed, {"etag": etag})

    async def hsds(self, request: Request) -> Response:
        """Hand out a page of the public directory."""
        page, size = (
            _number(request, name, usual) for name, usual in (("page", 1), ("per_page", 50))
        )
        found = await asyncio.to_thread(self._desk.hsds, page, min(size, 500))
        return Response(found, media_type="application/json")

    async def enrol(self, request: Request) -> Response:
        """Take a device to the door."""
        asked = value_of(Enrol, await body_of(request))
        return spoken(await asyncio.to_thread(self._desk.enrol, asked, self._clock()))

    async def pending(self, request: Request) -> Response:
        """List who waits at the door."""
        signed = signed_request(request, await body_of(request), self._public_url)
        caller = await asyncio.to_thread(self._desk.admin, signed, self._clock())
        return spoken(await asyncio.to_thread(self._desk.pending, caller))

    async def approve(self, request: Request) -> Response:
        """Let a device in."""
        signed = signed_request(request, await body_of(request), self._public_url)
        caller = await asyncio.to_thread(self._desk.admin, signed, self._clock())
        approval = value_of(Approval, signed.body)
        done = await asyncio.to_thread(self._desk.approve, caller, approval, self._clock())
        return spoken(done)

    async def exchange(self, request: Request) -> Response:
        """One round."""
        signed = signed_request(request, await body_of(request), self._public_url)
        caller = await asyncio.to_thread(self._desk.caller, signed, self._clock())
        asked = value_of(Exchange, signed.body)
        if len(asked.items) > BATCH_ITEMS:
            raise Refused(413, "too-large")
        bell = self._bells.bell(caller.org)
        done = await asyncio.to_thread(self._desk.exchange, caller, asked, self._clock())
        self._bells.ring(done.news)
        wait = min(asked.wait, LONGEST_WAIT)
        if done.is_empty and wait > 0 and await rang(bell, wait):
            done = await asyncio.to_thread(self._desk.look_again, caller, asked, self._clock())
        return spoken(done.answer)

    async def livez(self, _request: Request) -> Response:
        """Say that the process answers."""
        return Response(b"ok", media_type="text/plain")

    async def readyz(self, _request: Request) -> Response:
        """Say that the database answers too."""
        await asyncio.to_thread(self._desk.is_ready)
        return Response(b"ok", media_type="text/plain")

    def _guarded(self, endpoint: Endpoint) -> Endpoint:
        async def guarded(request: Request) -> Response:
            try:
                return await endpoint(request)
            except Refused as refused:
                return problem(refused.status, refused.kind, self._clock())
            except Unreadable:
                return problem(400, "malformed", self._clock())
            except StoreFailed:
                # Neither a traceback nor a message: they could carry values.
                _log.error("store failed")
                busy = {"retry-after": str(_BUSY_SECONDS)}
                return problem(503, "busy", self._clock(), busy)
            except Exception as error:  # noqa: BLE001  (outermost route; style.md 5)
                _log.error("bug: %s", type(error).__name__)
                return problem(500, "bug", self._clock())

        return guarded


def app(
    home: Path, world: str, clock: Clock = utc_now, *, public_url: str = "", database: str = ""
) -> Starlette:
    """Make the hub that lives in this folder."""
    hub = open_hub(home, world, secrets.token_bytes, database)
    desk, bells = Desk(hub), Bells()

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        purging = asyncio.create_task(_purge_hourly(desk, clock))
        try:
            yield
        finally:
            purging.cancel()
            await asyncio.to_thread(hub.store.close)

    async def nowhere(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return problem(status, "not-found", clock())

    made = Starlette(
        routes=Routes(desk, bells, clock, public_url).listed(),
        lifespan=lifespan,
        exception_handlers={404: nowhere, 405: nowhere},
    )
    made.state.bells = bells
    made.state.hub = hub
    return made


async def _purge_hourly(desk: Desk, clock: Clock) -> None:
    while True:
        with contextlib.suppress(StoreFailed):
            await asyncio.to_thread(desk.purge, clock())
        await asyncio.sleep(PURGE_SECONDS)


def _number(request: Request, name: str, usual: int) -> int:
    text = request.query_params.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and 0 < len(text) <= 6 and int(text) > 0):
        raise Refused(400, "malformed")
    return int(text)
