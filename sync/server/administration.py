"""What admins decide for their organisation: who is in, who is out, with which keys."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sync.protocol.directory import (
    Enrolled,
    Founding,
    OrgDevices,
    Revocation,
    Rotation,
)
from sync.server import devices, keyrings, restores
from sync.server.batch import Caller
from sync.server.founding import Hub
from sync.server.refusals import Refused
from sync.server.repeats import Signer, once
from sync.server.store import Db

T = TypeVar("T")


class Administration:
    """Each decision in one transaction and once, for callers who have shown who they are."""

    def __init__(self, hub: Hub) -> None:
        """Sit in this hub."""
        self._hub = hub

    def standing(self, caller: Caller) -> Enrolled:
        """Say how the calling device stands, with the keys that it may open."""
        with self._hub.store.reading() as db:
            return self._standing(db, caller)

    def devices(self, caller: Caller) -> OrgDevices:
        """List the devices of the caller's organisation."""
        _check_admin(caller)
        with self._hub.store.reading() as db:
            return OrgDevices(devices.listed(db, caller.org))

    def revoke(self, caller: Signer, asked: Revocation, now: datetime) -> OrgDevices:
        """Shut a device out. Nobody can shut out the device they sit at."""
        _check_admin(caller)
        if asked.device == caller.device:
            raise Refused(403, "role")

        def done(db: Db) -> OrgDevices:
            devices.revoke(db, caller.org, asked.device, now)
            return OrgDevices(devices.listed(db, caller.org))

        return self._written(caller, now, done)

    def found(self, caller: Signer, asked: Founding, now: datetime) -> Enrolled:
        """Take the first keys of the caller's organisation."""
        _check_admin(caller)

        def done(db: Db) -> Enrolled:
            keyrings.found(db, caller.org, caller.device, asked)
            return self._standing(db, caller)

        return self._written(caller, now, done)

    def rotate(self, caller: Signer, asked: Rotation, now: datetime) -> OrgDevices:
        """Take a new sealing key of the caller's organisation."""
        _check_admin(caller)

        def done(db: Db) -> OrgDevices:
            keyrings.rotate(db, caller.org, asked)
            return OrgDevices(devices.listed(db, caller.org))

        return self._written(caller, now, done)

    def _standing(self, db: Db, caller: Caller) -> Enrolled:
        found, hub = devices.standing(db, caller.device), self._hub
        place = (found.status, hub.id, hub.world, found.org, found.role, hub.key.public)
        keys, epoch, after = found.org_keys, restores.epoch(db), 0
        if found.role == devices.ADMIN and found.status == devices.ENROLLED:
            after = keyrings.renewed_after(db, found.org, keys)
        return Enrolled(*place, found.cert, keys, epoch, after)

    def _written(self, caller: Signer, now: datetime, work: Callable[[Db], T]) -> T:
        with self._hub.store.writing() as db:
            once(db, caller, now)
            return work(db)


def _check_admin(caller: Caller) -> None:
    if caller.role != devices.ADMIN:
        raise Refused(403, "role")
