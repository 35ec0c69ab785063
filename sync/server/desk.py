"""The desk: who is calling, what they bring, what waits for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from sync.protocol.answers import Exchange, Exchanged, Result
from sync.protocol.directory import (
    Approval,
    Enrol,
    Enrolled,
    PendingDevices,
)
from sync.protocol.receipts import folded
from sync.server import (
    devices,
    directory,
    disclosures,
    keyrings,
    mailbox,
    readers,
    reminders,
    restores,
    sweeping,
    tables,
    witness,
)
from sync.server.batch import Batch, Caller
from sync.server.founding import Hub
from sync.server.readers import Reader
from sync.server.refusals import Refused
from sync.server.repeats import Signer, forget, once
from sync.server.signatures import Gate, Nonces, Request, check_request
from sync.server.steady import SteadyClock
from sync.server.store import Db, Row, written

PURGE_EVERY = timedelta(hours=1)
_FARTHEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Round:
    """The answer to an exchange, and the organisations to wake."""

    answer: Exchanged
    news: frozenset[str] = frozenset()
    is_another_life: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether the answer tells nothing new."""
        tells = self.answer.results or self.answer.events or self.is_another_life
        return not tells


class Desk:
    """Serves one request at a time, each in one transaction."""

    def __init__(self, hub: Hub) -> None:
        """Sit down in an opened hub."""
        self.hub = hub
        self._nonces = Nonces()
        self._clock = SteadyClock()
        self._purged_at: datetime | None = None
        self.purged = 0
        """In how many stretches of mailboxes what was read long ago has been destroyed."""

    def caller(self, request: Request, now: datetime, gate: Gate) -> Signer:
        """Return who signed the request, or refuse it."""
        with self.hub.store.reading() as db:

            def key(name: str) -> bytes | None:
                row = _known_device(db, name)
                return bytes(row["sign_pub"]) if row else None

            device, nonce = check_request(request, key, self._nonces, now, gate)
            known = _admitted(_known_device(db, device))
            return Signer(known.device, known.org, known.role, nonce)

    def admin(self, request: Request, now: datetime, gate: Gate) -> Signer:
        """Return who signed the request if they decide for their organisation."""
        caller = self.caller(request, now, gate)
        if caller.role != devices.ADMIN:
            raise Refused(403, "role")
        return caller

    def enrol(self, asked: Enrol, now: datetime) -> Enrolled:
        """Take a device to the door of the organisation that gave it a code."""
        with self.hub.store.reading() as db:
            devices.check_code(db, asked)  # strangers never hold up the writers
        with self.hub.store.writing() as db:
            found, epoch = devices.enrol(db, asked, now), restores.epoch(db)
            is_founding = found.status == devices.FOUNDING
            after = keyrings.anew_after(db, found.org) if is_founding else 0
        hub, key = self.hub, self.hub.key.public
        place = (found.status, hub.id, hub.world, found.org, found.role, key)
        return Enrolled(*place, found.cert, found.org_keys, epoch, after)

    def pending(self, caller: Caller) -> PendingDevices:
        """List the devices that wait for the caller's organisation."""
        with self.hub.store.reading() as db:
            return PendingDevices(devices.pending(db, caller.org))

    def approve(self, caller: Signer, approval: Approval, now: datetime) -> PendingDevices:
        """Let a device in and list those still waiting."""
        with self.hub.store.writing() as db:
            once(db, caller, now)
            keyrings.check_given(db, approval, caller.org)
            devices.approve(db, caller.org, approval, now)
            return PendingDevices(devices.pending(db, caller.org))

    def exchange(self, caller: Caller, asked: Exchange, now: datetime) -> Round:
        """Take what the caller brings, then read what waits for them."""
        after = max(0, min(asked.after, _FARTHEST))
        reader = Reader(caller.device, caller.org)
        if not asked.items:
            with self.hub.store.reading() as db:
                if _is_another_life(db, asked):
                    return self._another_life(db, caller, asked, now)
                is_quiet = not (
                    readers.is_behind(db, reader, after, now)
                    or witness.moves(db, caller.device, asked.stand)
                )
                if is_quiet:
                    return Round(self._answer(db, caller, asked, now))

        def taken(db: Db) -> Round:
            if _is_another_life(db, asked):
                return self._another_life(db, caller, asked, now)
            results, news = Batch(db, self.hub, caller, now).take(asked.items)
            readers.acknowledge(db, reader, after, now)
            witness.take(db, caller.device, asked.stand, now)
            return Round(self._answer(db, caller, asked, now, results), news)

        return written(self.hub.store, taken)

    def look_again(self, caller: Caller, asked: Exchange, now: datetime) -> Round:
        """Read what waits for a caller who has been waiting, and may have been shut out since."""
        with self.hub.store.reading() as db:
            _admitted(_known_device(db, caller.device))
            if _is_another_life(db, asked):
                return self._another_life(db, caller, asked, now)
            return Round(self._answer(db, caller, asked, now))

    def is_ready(self) -> bool:
        """Say whether the database answers."""
        with self.hub.store.reading() as db:
            return db.one(tables.meta, key="epoch") is not None

    def look_after(self, now: datetime) -> frozenset[str]:
        """Do what is due, for once a minute; return the organisations that have news."""
        since = self._clock.turn(now)
        with self.hub.store.writing() as db:
            if since is not None:
                restores.put_right(db, since, now)
                reminders.put_right(db, since, now)
            news = reminders.send(db, now)
        if self._purged_at is None or not self._purged_at <= now < self._purged_at + PURGE_EVERY:
            self.purge(now)
            if since is not None:
                # A lost laptop's backups are the only ones there are: for them we wait.
                with self.hub.store.writing() as db:
                    sweeping.expire(db, now)
            self._purged_at = now
        sweeping.sweep(self.hub.store, now)
        return news

    def purge(self, now: datetime) -> None:
        """Destroy what has been read and kept long enough."""
        for step in (readers.settle, readers.purge, readers.outlive, readers.let_go, forget):
            is_more = True
            while is_more:
                with self.hub.store.writing() as db:
                    is_more = bool(step(db, now))
                self.purged += is_more and step is readers.purge

    def _another_life(self, db: Db, caller: Caller, asked: Exchange, now: datetime) -> Round:
        nothing = msgspec.structs.replace(asked, limit=0)
        return Round(self._answer(db, caller, nothing, now), is_another_life=True)

    def _answer(
        self,
        db: Db,
        caller: Caller,
        asked: Exchange,
        now: datetime,
        results: tuple[Result, ...] = (),
    ) -> Exchanged:
        after = max(0, min(asked.after, _FARTHEST))
        page = mailbox.read(db, caller.org, caller.device, after, asked.limit)
        told = Exchanged(
            hub=self.hub.id,
            world=self.hub.world,
            epoch=restores.epoch(db),
            head=page.head,
            time=now,
            results=results,
            events=disclosures.shown(page.events, caller.device, caller.role),
            directory=directory.version(db),
            witnessed=witness.told(db, self.hub, caller.device) if asked.stand else None,
        )
        return folded(told)


def _is_another_life(db: Db, asked: Exchange) -> bool:
    return asked.epoch not in {"", restores.epoch(db)}


def _known_device(db: Db, device: str) -> Row | None:
    row = db.remembered(tables.device, device)
    return row if row and row["status"] != devices.PENDING else None


def _admitted(row: Row | None) -> Caller:
    if row is None or row["status"] == devices.REVOKED:
        raise Refused(403, "device-revoked")
    return Caller(row["id"], row["org_id"], row["role"])
