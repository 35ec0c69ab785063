"""What a lost laptop left, handed out by the hub's office where no admin is left to fetch it."""

import hashlib
from pathlib import Path

from sync.protocol.backups import HANDFUL, STANDS_AS, BackupFile, BackupSet
from sync.protocol.codec import unpacked
from sync.server import devices, folders, tables
from sync.server.founding import Hub
from sync.server.refusals import Refused
from sync.server.store import Db


def owners(hub: Hub, org: str) -> tuple[str, ...]:
    """Return which devices of an organisation have left something, who left last first."""
    with hub.store.reading() as db:
        rows = db.all(tables.blob_set, org_id=org)
    newest = {row["device_id"]: row["at"] for row in sorted(rows, key=lambda row: row["at"])}
    return tuple(sorted(newest, key=lambda device: newest[device], reverse=True))


def hand_out(hub: Hub, org: str, device: str, to: Path) -> Path:
    """Put the newest set of a device into a folder, whole or not at all; return where it stands.

    Nothing of it can be opened here: only its owner's recovery code does. Raises `Refused`:
    `role` where an admin is left who could fetch it, `not-found`, and `piece-wrong`.
    """
    with hub.store.reading() as db:
        if devices.is_led(db, org):
            raise Refused(403, "role")
        sets = db.all(tables.blob_set, org_id=org, device_id=device)
        if not sets:
            raise Refused(404, "not-found")
        name = max(sets, key=lambda row: (row["at"], row["name"]))["name"]
        row = db.one(tables.blob_manifest, device_id=device, name=name)
        made = unpacked(BackupSet, row["manifest"] if row else b"")
        with folders.whole(to / made.name) as half:
            for file in made.files:
                for stands_as in STANDS_AS.get(file.name, (file.name,)):
                    _write(db, device, file, half / stands_as)
    return to / made.name


def _write(db: Db, device: str, file: BackupFile, path: Path) -> None:
    folders.write(path, b"")  # for nobody else to read
    with path.open("ab") as opened:
        for at in range(0, len(file.digests), HANDFUL):
            some = [digest.hex() for digest in file.digests[at : at + HANDFUL]]
            rows = db.all(tables.blob_content, device_id=device, sha256=tuple(set(some)))
            found = {row["sha256"]: bytes(row["content"]) for row in rows}
            for name in some:
                if hashlib.sha256(found.get(name, b"")).hexdigest() != name:
                    raise Refused(400, "piece-wrong")
                opened.write(found[name])
    folders.flush(path)
