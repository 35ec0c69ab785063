"""The hub's database and folder open nothing without an agency's key (I8).

Planted words and everybody's private keys are looked for in whatever the hub wrote, the laptop's
sealed backup among it, and every value of a key's length that it holds is tried as a key on every
packet. Control: the agency's own
folder, where the keys are found, and where they open the packets.
"""

import base64
import binascii
import shutil
import sqlite3
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import msgspec
from backups_for_tests import leave_folder
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from prove.network import template
from prove.planted import Planted
from prove.proof import Proof, scratch, spread
from prove.sieve import hits

from desktop.services import backups
from desktop.vault import pieces
from desktop.vault.shelf import Shelf
from sync.client import copies
from sync.client.errors import KeyUnusable, Untrusted
from sync.client.hybrid import SECRET_BYTES
from sync.client.sealing import _KEY_CONTEXT, header_of
from sync.protocol.backups import BackupRule
from sync.protocol.codec import unpacked
from sync.protocol.digests import sha256
from sync.protocol.messages import SEALED_KINDS, Message
from sync.server import blobs
from sync.server.batch import Caller
from sync.server.store import written

NAME = "exchange-hub-blind"
FULL = 20
_CONTENT_KEY = 32
_LEAST = 100_000
"""Bytes of any vault's backup."""


def run(count: int) -> Proof:
    """Live that many evenings."""
    with scratch("blind") as place:
        kept = template(Path(place) / "kept")
        broken = spread(partial(evenings, kept), count, 1, NAME)
        is_caught = bool(evenings(kept, "control", 1, is_control=True))
    return Proof(count, len(broken), is_caught)


def evenings(kept: Path, seed: str, count: int, is_control: bool = False) -> list[str]:
    """Live evenings; return what the hub's folder (or, as a control, an agency's) gives away."""
    found = []
    for number in range(count):
        with scratch("blind") as place:
            evening = Planted(kept, Path(place), f"{seed}/{number}")
            evening.live()
            world = evening.world
            _leave_backup(world)
            world.close()
            keys = _keys(world)
            searched = world.place / ("agencies" if is_control else "hub")
            words = evening.needles
            given_away = list(hits([searched], words | keys))
            opened = _opened(world.place / "hub", _candidates(searched))
            found += [*given_away, *["a packet was opened"] * opened]
            if is_control and not (given_away and opened):
                return []
    return found


def _leave_backup(world) -> None:
    """Leave a backup of the laptop's vault at the hub, as its organisation may wish it."""
    now, vault, hub = world.clock(), world.vault, world.hub.store
    shelf, keys = Shelf(vault.folder / "backup"), vault.session.keys
    made = pieces.sealed(shelf, backups.make(vault, now), keys, lambda: True)
    folder = world.place / made.generation.name
    folder.mkdir()
    (folder / pieces.HEADER).write_bytes(made.header)
    shutil.copy(made.place.anchor, folder)
    shutil.copy(made.place.database, folder)
    admin = Caller("", world.laptop.org, "admin")
    written(hub, lambda db: blobs.decide(db, admin, BackupRule(True), now))
    if leave_folder(hub, world.laptop, folder, now) < _LEAST:
        raise AssertionError("no backup was left: nothing was searched")


def _keys(world) -> dict[str, bytes]:
    found = {}
    for member in world.network.members:
        own = member.identity
        found |= {
            f"sealing key of {own.org}": own.org_seal[:64],
            f"signing key of {own.org}": own.org_sign,
            f"desk's key at {own.org}": own.device_seal[:64],
        }
    keys = (world.place / "network").glob("*.key")
    return found | {f"keeper's {file.stem}": file.read_bytes() for file in keys}


def _candidates(folder: Path) -> set[bytes]:
    """Return every value in the folder's files that has the length of a key."""
    found = set()
    for file in [p for p in folder.rglob("*") if p.is_file()]:
        content = file.read_bytes()
        if file.suffix == ".json":
            found |= {v for v in _bytes_in(msgspec.json.decode(content))}
        elif content.startswith(b"SQLite format 3"):
            found |= _values(file)
        else:
            found.add(content)
    cut = {
        v[at : at + n]
        for v in found
        for n in (_CONTENT_KEY, SECRET_BYTES)
        for at in (0, len(v) - n)
        if len(v) >= n
    }
    return {v for v in cut if len(v) in (_CONTENT_KEY, SECRET_BYTES)}


def _bytes_in(values) -> set[bytes]:
    found = set()
    for value in values.values():
        with suppress(binascii.Error, ValueError, TypeError):
            found.add(base64.b64decode(value, validate=True))
    return found


def _values(file: Path) -> set[bytes]:
    found = set()
    with closing(sqlite3.connect(file)) as db:
        tables = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in db.execute(f"SELECT * FROM {table}"):
                found |= {v if isinstance(v, bytes) else str(v).encode() for v in row}
    return found


def _opened(hub: Path, candidates: set[bytes]) -> int:
    """Count the packets that one of the candidates opens."""
    with closing(sqlite3.connect(hub / "hub.db")) as db:
        packets = [unpacked(Message, wire) for (wire,) in db.execute("SELECT wire FROM packet")]
    sealed = [p for p in packets if header_of(p).kind in SEALED_KINDS]
    if not sealed:
        raise AssertionError("the hub holds no packet: nothing was tried")
    return sum(any(_opens(packet, key) for key in candidates) for packet in sealed)


def _opens(packet: Message, key: bytes) -> bool:
    content_keys = [key] if len(key) == _CONTENT_KEY else []
    writer, info = header_of(packet).from_org, _KEY_CONTEXT + sha256(packet.header)
    for sealed in packet.keys if len(key) == SECRET_BYTES else ():
        with suppress(KeyUnusable, Untrusted):
            between = (writer, sealed.org)
            content_keys.append(copies.opened((sealed,), between, {sealed.epoch: key}, info))
    for content_key in content_keys:
        with suppress(InvalidTag):
            ChaCha20Poly1305(content_key).decrypt(packet.ct[:12], packet.ct[12:], packet.header)
            return True
    return False
