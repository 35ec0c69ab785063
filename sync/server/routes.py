"""The endpoints: what a device brings, between HTTP and the desk, and the list of all of them."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sync.protocol.answers import Exchange
from sync.protocol.carrying import Carry
from sync.protocol.directory import Approval, Enrol
from sync.protocol.messages import BATCH_ITEMS
from sync.server import signatures
from sync.server.administration import Administration
from sync.server.batch import Caller
from sync.server.bells import rang
from sync.server.desk import Round
from sync.server.doors import Doors
from sync.server.house import House
from sync.server.lobby import Lobby
from sync.server.parcels import Parcels
from sync.server.reading import read_round
from sync.server.refusals import Refused
from sync.server.repeats import Signer
from sync.server.speech import (
    ENROL_BYTES,
    address_of,
    body_of,
    signed_request,
    spoken,
    value_of,
)
from sync.server.vaulting import Vaulting

LONGEST_WAIT = 25
_CODE_REFUSED = "code-refused"
Who = Callable[[signatures.Request, datetime, signatures.Gate], Signer]
T = TypeVar("T")
_UNPROVEN = frozenset({"unknown-key", "bad-signature"})


class Routes:
    """One method an endpoint."""

    def __init__(self, house: House) -> None:
        """Answer for this hub."""
        self._house = house
        self._desk, self._clock = house.desk, house.clock
        self._doors = Doors(Administration(house.desk.hub), self._asked, house.clock)
        self._vaulting = Vaulting(house.desk.hub, self._asked, self._loaded, house.clock)

    def listed(self) -> list[Route]:
        """Return the endpoints."""
        get = {
            **Lobby(self._house).read(),
            "/v1/devices/pending": self.pending,
            **self._doors.read(),
            **self._vaulting.read(),
        }
        post = {
            "/v1/enrol": self.enrol,
            "/v1/devices/approve": self.approve,
            "/v1/exchange": self.exchange,
            "/v1/carry": self.carry,
            **self._doors.changed(),
            **self._vaulting.changed(),
        }
        return [
            *(Route(path, end, methods=["GET"]) for path, end in get.items()),
            *(Route(path, end, methods=["POST"]) for path, end in post.items()),
        ]

    async def enrol(self, request: Request) -> Response:
        """Take a device to the door."""
        address = address_of(request)
        self._house.gates.pass_stranger(address)
        self._house.gates.check("code", address)
        asked = value_of(Enrol, await body_of(request, ENROL_BYTES))
        try:
            return spoken(await asyncio.to_thread(self._desk.enrol, asked, self._clock()))
        except Refused as refused:
            if refused.kind == _CODE_REFUSED:
                self._house.gates.note("code", address)
            raise

    async def pending(self, request: Request) -> Response:
        """List who waits at the door."""
        caller = await self._known(await self._signed(request), request, self._desk.admin)
        return spoken(await asyncio.to_thread(self._desk.pending, caller))

    async def approve(self, request: Request) -> Response:
        """Let a device in."""
        signed = await self._signed(request)
        caller = await self._known(signed, request, self._desk.admin)
        approval = value_of(Approval, signed.body)
        done = await asyncio.to_thread(self._desk.approve, caller, approval, self._clock())
        return spoken(done)

    async def exchange(self, request: Request) -> Response:
        """One round."""
        signed, rings = await self._signed(request), self._house.bells.rings()
        gate = self._house.gates.pass_device
        caller, asked, done = await self._shown(signed, request, self._served, gate)
        self._house.bells.ring(done.news)
        self._house.metrics.brought(asked.items, done.answer.results)
        wait = min(asked.wait, LONGEST_WAIT)
        if done.is_empty and wait > 0:
            bell = self._house.bells.bell(caller.org, rings)
            with self._house.bells.attended(caller.org, done.answer.head):
                has_rung = await self._waited(request, bell, wait)
            if has_rung:
                now = self._clock()
                done = await asyncio.to_thread(self._desk.look_again, caller, asked, now)
        return self._told(done)

    async def carry(self, request: Request) -> Response:
        """Take the rounds of colleagues' laptops that have no line."""
        signed = await self._signed(request)
        caller = await self._known(signed, request, self._desk.caller)
        asked, now = value_of(Carry, signed.body), self._clock()
        done = await asyncio.to_thread(Parcels(self._desk).take, caller, asked, now)
        self._house.bells.ring(done.news)
        for items, answer in done.rounds:
            self._house.metrics.brought(items, answer.results)
            self._house.metrics.handed_out(answer.events)
        return spoken(done.answer)

    def _served(
        self, signed: signatures.Request, now: datetime, gate: signatures.Gate
    ) -> tuple[Caller, Exchange, Round]:
        # All of it on one thread: each change of threads costs as much as a question or two.
        caller = self._desk.caller(signed, now, gate)
        asked = read_round(signed.body)
        if len(asked.items) > BATCH_ITEMS:
            raise Refused(413, "too-large")
        return caller, asked, self._desk.exchange(caller, asked, now)

    async def _asked(self, request: Request) -> tuple[Signer, bytes]:
        signed = await self._signed(request)
        return await self._known(signed, request, self._desk.caller), signed.body

    async def _loaded(self, request: Request) -> tuple[Signer, bytes]:
        signed, gate = await self._signed(request), self._house.gates.pass_load
        return await self._shown(signed, request, self._desk.caller, gate), signed.body

    async def _signed(self, request: Request) -> signatures.Request:
        self._house.gates.check("unproven", address_of(request))
        return signed_request(request, await body_of(request), self._house.public_url)

    async def _known(self, signed: signatures.Request, request: Request, who: Who) -> Signer:
        return await self._shown(signed, request, who, self._house.gates.pass_device)

    async def _shown(
        self,
        signed: signatures.Request,
        request: Request,
        who: Callable[[signatures.Request, datetime, signatures.Gate], T],
        gate: signatures.Gate,
    ) -> T:
        try:
            return await asyncio.to_thread(who, signed, self._clock(), gate)
        except Refused as refused:
            if refused.kind in _UNPROVEN:
                self._house.gates.note("unproven", address_of(request))
            raise

    async def _waited(self, request: Request, bell: asyncio.Event, seconds: float) -> bool:
        began = perf_counter()
        with self._house.metrics.waiting():
            has_rung = await rang(bell, seconds)
        request.scope.setdefault("state", {})["waited"] = perf_counter() - began
        return has_rung

    def _told(self, done: Round) -> Response:
        self._house.metrics.handed_out(done.answer.events)
        return spoken(done.answer)
