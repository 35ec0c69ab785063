"""What the people who run a hub do: organisations, first devices, codes, the directory."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sync.protocol.directory import Approval, Enrol, Listing, SignedDirectory
from sync.server import devices, directory, tables
from sync.server.founding import Hub


def add_org(hub: Hub, listing: Listing, now: datetime) -> None:
    """Let an organisation take part, or renew its keys."""
    with hub.store.writing() as db:
        directory.list_org(db, listing, now)


def publish(hub: Hub, signed: SignedDirectory, now: datetime) -> int:
    """Serve a new directory; its organisations take part, the others no longer do."""
    with hub.store.writing() as db:
        return directory.publish(db, signed, hub.world, now)


def new_code(hub: Hub, org: str, role: str, chance: Callable[[int], bytes], now: datetime) -> str:
    """Make a one-time code with which a device of this organisation may come to the door."""
    code = devices.code_from(chance(16))
    with hub.store.writing() as db:
        devices.keep_code(db, org, role, code, now)
    return code


def add_device(hub: Hub, asked: Enrol, approval: Approval, now: datetime) -> None:
    """Put an organisation's first device in, on its own certificate."""
    with hub.store.writing() as db:
        devices.add(db, asked, approval, now)


def revoke(hub: Hub, org: str, device: str, now: datetime) -> None:
    """Shut a device out."""
    with hub.store.writing() as db:
        devices.revoke(db, org, device, now)


def restored(hub: Hub, chance: Callable[[int], bytes]) -> str:
    """Give the hub a new epoch after a restore, so that clients send again what it has lost."""
    epoch = str(UUID(bytes=chance(16), version=4))
    with hub.store.writing() as db:
        db.change(tables.meta, {"key": "epoch"}, value=epoch)
    return epoch
