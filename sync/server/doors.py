"""The endpoints of an organisation's admins, and of a device that asks how it stands."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from sync.protocol.directory import Founding, Revocation, Rotation
from sync.server.administration import Administration
from sync.server.repeats import Signer
from sync.server.speech import spoken, value_of

Ask = Callable[[Request], Awaitable[tuple[Signer, bytes]]]
"""Returns who signed a request, and its body; or refuses it."""
Endpoint = Callable[[Request], Awaitable[Response]]


class Doors:
    """One method an endpoint."""

    def __init__(
        self, administration: Administration, ask: Ask, clock: Callable[[], datetime]
    ) -> None:
        """Answer for this hub."""
        self._administration, self._ask, self._clock = administration, ask, clock

    def read(self) -> dict[str, Endpoint]:
        """Return what is asked with GET."""
        return {"/v1/devices": self.devices, "/v1/devices/me": self.standing}

    def changed(self) -> dict[str, Endpoint]:
        """Return what is asked with POST."""
        return {
            "/v1/devices/revoke": self.revoke,
            "/v1/orgs/found": self.found,
            "/v1/orgs/rotate": self.rotate,
        }

    async def devices(self, request: Request) -> Response:
        """List the devices of the caller's organisation."""
        caller, _body = await self._ask(request)
        return spoken(await asyncio.to_thread(self._administration.devices, caller))

    async def standing(self, request: Request) -> Response:
        """Say how the calling device stands."""
        caller, _body = await self._ask(request)
        return spoken(await asyncio.to_thread(self._administration.standing, caller))

    async def revoke(self, request: Request) -> Response:
        """Shut a device out."""
        caller, body = await self._ask(request)
        asked, now = value_of(Revocation, body), self._clock()
        return spoken(await asyncio.to_thread(self._administration.revoke, caller, asked, now))

    async def found(self, request: Request) -> Response:
        """Take the first keys of an organisation."""
        caller, body = await self._ask(request)
        asked, now = value_of(Founding, body), self._clock()
        return spoken(await asyncio.to_thread(self._administration.found, caller, asked, now))

    async def rotate(self, request: Request) -> Response:
        """Take a new sealing key."""
        caller, body = await self._ask(request)
        asked, now = value_of(Rotation, body), self._clock()
        return spoken(await asyncio.to_thread(self._administration.rotate, caller, asked, now))
