"""Copies of a hub: a backup that is whole or not there, and a hub made from one."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from sync.protocol.codec import Unreadable, canonical, read_json
from sync.server import folders, office, tables
from sync.server.founding import (
    DATABASE,
    KEY,
    PUBLIC,
    Hub,
    NoHub,
    WrongKey,
    hub_in,
    is_there,
)
from sync.server.lost_hub import Unread, lent
from sync.server.receipts import hub_key
from sync.server.remembering import Carried, carry_over
from sync.server.store import Store
from sync.server.sweeping import let_go_again, sweep

MANIFEST = "manifest.json"
FORMAT = 1
_UNREADABLE = "The database cannot be read: look at the disk, and keep every older copy."
_NOT_YOURS = (
    "This user may not read the copy ({file}). Give it to the hub's own user (sudo chown -R USER"
    " COPY), and ask again as that user."
)
_TWO_HUBS = "The key and the database are of two hubs."


class CopyRefused(Exception):
    """Nothing was copied; the words say why."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a copy."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a copy holds, and of which hub."""

    format: int
    made: datetime
    hub: str
    world: str
    epoch: str
    has_database: bool
    """False where the database is PostgreSQL's, which has its own backups."""
    files: dict[str, Part]


@dataclass(frozen=True, slots=True)
class Restored:
    """A hub made from a copy."""

    epoch: str
    carried: Carried | None
    backups: int = 0
    """Sealed backups that the lost hub had destroyed, and that are destroyed again."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a restore may find beside the copy."""

    address: str = ""
    """The PostgreSQL database that was restored by its own means."""
    lost: Path | None = None
    """The folder of the hub that was lost, if it can still be read."""


def backup(home: Path, target: Path, now: datetime, address: str = "") -> Manifest:
    """Copy the hub in this folder, which may be serving, into a folder that is not there yet."""
    if not is_there(home, address):
        raise NoHub
    if os.name == "posix" and (home / KEY).stat().st_uid != os.geteuid():
        # Reading SQLite makes files, which the hub could not open if they were another's.
        raise CopyRefused("Run this as the user whose hub it is.")
    if target.exists():
        raise CopyRefused("There is something at that place already.")
    with folders.whole(target) as half:
        folders.copy(home / KEY, half / KEY)
        if not address:
            _copy_database(home / DATABASE, half / DATABASE)
        known = _meta(home if address else half, address)
        if "hub" not in known:  # a founding that was cut off before it said who it is
            raise NoHub
        if known.get(PUBLIC, "") not in {"", hub_key(half / KEY).public.hex()}:
            raise CopyRefused(_TWO_HUBS)
        (half / "turn").unlink(missing_ok=True)
        names = (KEY,) if address else (KEY, DATABASE)
        parts = {name: _part(half / name) for name in names}
        place = (known["hub"], known["world"], known["epoch"], not address)
        manifest = Manifest(FORMAT, now, *place, parts)
        folders.write(half / MANIFEST, canonical(manifest))
    return manifest


def restore(
    source: Path, home: Path, chance: Callable[[int], bytes], now: datetime, around: Around
) -> Restored:
    """Make a hub from a copy, in a folder where none is. It has a new epoch."""
    manifest = checked(source)
    if home.exists() and any(home.iterdir()):
        raise CopyRefused("There is a hub in this folder. Move it aside first.")
    if manifest.has_database == bool(around.address):
        raise CopyRefused("This copy and this --database do not belong together.")
    with folders.whole(home) as half:
        for name in manifest.files:
            folders.copy(source / name, half / name)
        if around.address and _meta(half, around.address).get("hub") != manifest.hub:
            raise CopyRefused("That database is of another hub.")
        hub = _opened(half, manifest.world, around.address)
        try:
            carried, gone = _carried(hub, around.lost, half, now) if around.lost else (None, 0)
            while sweep(hub.store, now):
                pass  # what may be asked for no more is not served either
            epoch = office.restored(hub, chance, now)
        finally:
            hub.store.close()
    return Restored(epoch, carried, gone)


def checked(source: Path) -> Manifest:
    """Return what a copy holds; raise `CopyRefused` unless it is all there and unharmed."""
    try:
        manifest = read_json(Manifest, (source / MANIFEST).read_bytes())
        found = {name: _part(source / name) for name in manifest.files}
    except PermissionError as error:
        raise CopyRefused(_NOT_YOURS.format(file=error.filename)) from error
    except (OSError, Unreadable) as error:
        raise CopyRefused("This is not a whole copy of a hub.") from error
    is_ours = manifest.format == FORMAT and set(found) <= {KEY, DATABASE} and KEY in found
    if not is_ours or found != manifest.files or manifest.has_database != (DATABASE in found):
        raise CopyRefused("This copy was changed, or is damaged.")
    return manifest


def _opened(folder: Path, world: str, address: str) -> Hub:
    try:
        return hub_in(folder, world, address)
    except WrongKey as error:
        raise CopyRefused(_TWO_HUBS) from error


def _carried(hub: Hub, folder: Path, half: Path, now: datetime) -> tuple[Carried, int]:
    if not (folder / DATABASE).exists():
        raise CopyRefused("There is no hub at --lost.")
    try:
        with lent(folder, half / "lost") as old, hub.store.writing() as new:
            known = old.one(tables.meta, key="hub")
            if known is None or known["value"] != hub.id:
                raise CopyRefused("The hub at --lost is another one.")
            return carry_over(old, new, hub, now), let_go_again(old, new)
    except Unread as error:
        raise CopyRefused("The hub at --lost cannot be read; try without --lost.") from error


def _meta(folder: Path, address: str) -> dict[str, str]:
    store = Store(folder, address)
    try:
        with store.reading() as db:
            return {row["key"]: row["value"] for row in db.all(tables.meta)}
    finally:
        store.close()


def _copy_database(file: Path, copy: Path) -> None:
    # SQLite's own way: one moment of the database, also while others write.
    folders.write(copy, b"")
    try:
        with (
            closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(copy)) as new,
        ):
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
            (found,) = new.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        is_full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        why = "The disk is full: make room, or name another place." if is_full else _UNREADABLE
        raise CopyRefused(f"Nothing was copied. {why}") from error
    if found != "ok":
        raise CopyRefused("The database is damaged.")
    folders.flush(copy)


def _part(file: Path) -> Part:
    with file.open("rb") as content:
        return Part(file.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest())
