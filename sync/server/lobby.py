"""What anybody may ask: which hub this is, its directory, whether it lives."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from sync.protocol.directory import Hello
from sync.protocol.messages import PROTOCOL
from sync.server.house import House
from sync.server.refusals import Refused
from sync.server.speech import address_of, spoken
from sync.trust.layout import WHOLE

Endpoint = Callable[[Request], Awaitable[Response]]
_READY_FOR = timedelta(seconds=1)


class Lobby:
    """One method an endpoint. None needs a signature."""

    def __init__(self, house: House) -> None:
        """Answer for this hub."""
        self._house = house
        self._desk, self._clock = house.desk, house.clock
        self._ready_at: datetime | None = None

    def read(self) -> dict[str, Endpoint]:
        """Return what is asked with GET."""
        return {
            "/v1/hello": self.hello,
            "/v1/tuf/{path:path}": self.tuf,
            "/hsds/organizations": self.hsds,
            "/livez": self.livez,
            "/readyz": self.readyz,
        }

    async def hello(self, request: Request) -> Response:
        """Say which hub this is."""
        self._house.gates.pass_stranger(address_of(request))
        hub = self._desk.hub
        return spoken(Hello(hub.id, hub.world, PROTOCOL, self._clock(), hub.key.public))

    async def tuf(self, request: Request) -> Response:
        """Hand out a file of the directory, unless the caller has it.

        Only who asks for all of it at once is counted, which a new laptop does once: it asks for
        many files besides, and those are only some bytes.
        """
        path = request.path_params["path"]
        if path == WHOLE:
            self._house.gates.pass_stranger(address_of(request))
        leaf = await asyncio.to_thread(self._house.shelf.leaf, path, self._clock())
        if leaf is None:
            raise Refused(404, "not-found")
        lasting = "public, max-age=31536000, immutable" if leaf.is_fixed else "no-cache"
        kept = {"etag": leaf.etag, "cache-control": lasting}
        if request.headers.get("if-none-match") == leaf.etag:
            return Response(status_code=304, headers=kept)
        return Response(leaf.content, media_type="application/octet-stream", headers=kept)

    async def hsds(self, request: Request) -> Response:
        """Hand out a page of the public directory."""
        self._house.gates.pass_stranger(address_of(request))
        page, size = (
            _number(request, name, usual) for name, usual in (("page", 1), ("per_page", 50))
        )
        shelf, now = self._house.shelf, self._clock()
        found = await asyncio.to_thread(shelf.hsds_page, page, min(size, 500), now)
        return Response(found, media_type="application/json")

    async def livez(self, _request: Request) -> Response:
        """Say that the process answers."""
        return Response(b"ok", media_type="text/plain")

    async def readyz(self, _request: Request) -> Response:
        """Say that the database answers too.

        Nobody is counted: a crowd before the proxy would take the hub's readiness from it. The
        database is asked once a second at most while it answers.
        """
        now = self._clock()
        if self._ready_at is None or not self._ready_at <= now < self._ready_at + _READY_FOR:
            await asyncio.to_thread(self._desk.is_ready)
            self._ready_at = now
        return Response(b"ok", media_type="text/plain")


def _number(request: Request, name: str, usual: int) -> int:
    text = request.query_params.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and 0 < len(text) <= 6 and int(text) > 0):
        raise Refused(400, "malformed")
    return int(text)
