"""The endpoints of the sealed backups."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from sync.protocol.backups import (
    BackupRule,
    Dropping,
    Handful,
    Keeping,
    LeftBehind,
    Pieces,
    PiecesWanted,
    SetWanted,
)
from sync.server import backup_sets, blobs
from sync.server.doors import Ask, Endpoint
from sync.server.founding import Hub
from sync.server.repeats import Signer, once
from sync.server.speech import spoken, value_of
from sync.server.store import Db, written
from sync.server.sweeping import sweep


class Vaulting:
    """One method an endpoint."""

    def __init__(self, hub: Hub, ask: Ask, load: Ask, clock: Callable[[], datetime]) -> None:
        """Answer for this hub; `load` lets requests through that carry pieces."""
        self._hub, self._ask, self._load, self._clock = hub, ask, load, clock

    def read(self) -> dict[str, Endpoint]:
        """Return what is asked with GET."""
        return {"/v1/backups": self.sets, "/v1/backups/rule": self.rule}

    def changed(self) -> dict[str, Endpoint]:
        """Return what is asked with POST."""
        return {
            "/v1/orgs/backups": self.decide,
            "/v1/orgs/backups/drop": self.drop_lost,
            "/v1/backups/missing": self.missing,
            "/v1/backups/pieces": self.put,
            "/v1/backups/keep": self.keep,
            "/v1/backups/drop": self.drop,
            "/v1/backups/set": self.manifest,
            "/v1/backups/fetch": self.fetch,
        }

    async def sets(self, request: Request) -> Response:
        """List the sets that the caller may fetch."""
        caller, _body = await self._ask(request)
        return await self._read(lambda db: backup_sets.listed(db, caller))

    async def rule(self, request: Request) -> Response:
        """Say what the caller's organisation wishes."""
        caller, _body = await self._ask(request)
        return await self._read(lambda db: blobs.rule(db, caller.org))

    async def decide(self, request: Request) -> Response:
        """Take an admin's wish."""
        caller, body = await self._ask(request)
        asked, now = value_of(BackupRule, body), self._clock()
        return await self._swept(lambda db: blobs.decide(db, caller, asked, now), caller)

    async def drop_lost(self, request: Request) -> Response:
        """Let go of what a laptop left that is shut out."""
        caller, body = await self._ask(request)
        asked = value_of(LeftBehind, body)
        return await self._swept(lambda db: backup_sets.drop_lost(db, caller, asked), caller)

    async def missing(self, request: Request) -> Response:
        """Say what is yet to be brought."""
        caller, body = await self._ask(request)
        asked = value_of(Pieces, body)
        return await self._read(lambda db: blobs.missing(db, caller, asked))

    async def put(self, request: Request) -> Response:
        """Keep pieces."""
        caller, body = await self._load(request)
        asked, now = value_of(Handful, body), self._clock()
        await asyncio.to_thread(blobs.check, asked)
        return await self._written(lambda db: blobs.put(db, caller, asked, now), caller)

    async def keep(self, request: Request) -> Response:
        """Keep a set."""
        caller, body = await self._ask(request)
        asked, now = value_of(Keeping, body), self._clock()
        return await self._swept(lambda db: backup_sets.keep(db, caller, asked, now), caller)

    async def drop(self, request: Request) -> Response:
        """Let go of sets."""
        caller, body = await self._ask(request)
        asked, now = value_of(Dropping, body), self._clock()
        return await self._swept(lambda db: backup_sets.drop(db, caller, asked, now), caller)

    async def manifest(self, request: Request) -> Response:
        """Say what a set is made of."""
        caller, body = await self._ask(request)
        asked = value_of(SetWanted, body)
        return await self._read(lambda db: backup_sets.manifest(db, caller, asked))

    async def fetch(self, request: Request) -> Response:
        """Hand out pieces."""
        caller, body = await self._load(request)
        asked = value_of(PiecesWanted, body)
        return await self._read(lambda db: blobs.fetch(db, caller, asked))

    async def _read(self, work: Callable[[Db], object]) -> Response:
        def done() -> object:
            with self._hub.store.reading() as db:
                return work(db)

        return spoken(await asyncio.to_thread(done))

    async def _written(self, work: Callable[[Db], object], by: Signer) -> Response:
        now = self._clock()

        def done(db: Db) -> object:
            once(db, by, now)
            return work(db)

        return spoken(await asyncio.to_thread(written, self._hub.store, done))

    async def _swept(self, work: Callable[[Db], object], by: Signer) -> Response:
        """Answer once what nobody may ask for any more is destroyed, as far as it goes quickly."""
        said = await self._written(work, by)
        await asyncio.to_thread(sweep, self._hub.store, self._clock(), by.org)
        return said
