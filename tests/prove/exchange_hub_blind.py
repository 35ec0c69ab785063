"""Nothing of a stolen hub opens anything without an agency's key (I8).

Each evening is served by a real hub process, half of them from a PostgreSQL of its own. Planted
words and everybody's private keys are looked for in all that a thief finds (see `robbed`), before
a consent is withdrawn and afterwards, the laptop's sealed backup among it; and every value of a
key's length that the hub holds is tried as a key on every packet. Controls, on both engines: words
planted in each of those places, which are found there, and the agencies' own folder, where the
keys are found, and where they open the packets.
"""

import base64
import binascii
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from backups_for_tests import leave_over
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from postgres_for_tests import a_postgres
from prove.network import World, template
from prove.planted import Planted
from prove.proof import Proof, scratch, spread
from prove.robbed import PLACES, VALUES, Machine, values
from prove.sieve import hits
from vaults_for_tests import by_key

from desktop.services import backups, enrolment
from desktop.vault import pieces
from desktop.vault.shelf import Shelf
from sync.client import copies
from sync.client.backups import decide
from sync.client.errors import KeyUnusable, Untrusted
from sync.client.hybrid import SECRET_BYTES
from sync.client.sealing import _KEY_CONTEXT, header_of
from sync.client.signing import DeviceKeys
from sync.client.transport import HttpHub
from sync.practice.desks import WORLD
from sync.practice.network import network_in
from sync.protocol.codec import unpacked
from sync.protocol.digests import sha256
from sync.protocol.messages import SEALED_KINDS, Message
from sync.server import tables
from sync.server.founding import open_hub

NAME = "exchange-hub-blind"
FULL, LEAST = 20, 2
ENGINES = ("postgresql", "sqlite")
"""In turn; where one evening has to do, it is the one with more to search."""
_PART_OF_LOG = re.compile(r" in (hub\.db-wal|[0-9A-F]{24})$")
"""A file of the write-ahead log."""
_CONTENT_KEY = 32
_LEAST = 100_000
"""Bytes of any vault's backup."""


def run(count: int) -> Proof:
    """Live that many evenings."""
    broken = spread(evenings, count, 1, NAME)
    is_caught = all(_is_caught(engine) for engine in ENGINES[:count])
    return Proof(count, len(broken), is_caught)


def evenings(seed: str, count: int) -> list[str]:
    """Live evenings; return what the hub gives away."""
    found = []
    for number in range(count):
        engine = ENGINES[(int(seed.split()[-1]) + number) % len(ENGINES)]
        with lived(f"{seed}/{number}", engine) as evening:
            opened = _opened(evening.packets, _keys_in(evening.held))
            found += [*evening.given_away(), *["a packet was opened"] * opened]
    return found


def _is_caught(engine: str) -> bool:
    """Live one evening with words planted in each place, and look into the agencies' folder."""
    decoys = {name: f"decoy-{secrets.token_hex(16)}" for name in PLACES}
    with lived("control", engine, decoys) as evening:
        is_found = all(map(_is_found, evening.seen)) and any(map(_is_in_log, evening.seen))
        searched = evening.world.place / "agencies"
        given_away = list(hits([searched], evening.needles | evening.keys))
        opened = _opened(evening.packets, _candidates(searched))
    return is_found and bool(given_away) and bool(opened)


def _is_found(seen: dict[str, list[str]]) -> bool:
    """Say whether each place gave away what was planted there, a file on the disk among them."""
    found = {name: [hit for hit in seen[name] if f"decoy in {name} as" in hit] for name in PLACES}
    on_disk = [hit for hit in found["database"] if not hit.endswith(f"in {VALUES}")]
    return all(found.values()) and bool(on_disk)


def _is_in_log(seen: dict[str, list[str]]) -> bool:
    return any(_PART_OF_LOG.search(hit) for hit in seen["database"])


@contextmanager
def lived(seed: str, engine: str, decoys=None) -> Iterator["Robbed"]:
    """Live an evening at a hub of this engine; lend what a thief saw of it."""
    with scratch("blind") as place, _database(engine) as (server, address):
        home = template(Path(place) / "kept", address)
        machine = Machine(Path(place), Path(place) / "world" / "hub", server, address, decoys)
        evening = Robbed(home, Path(place), seed, machine=machine)
        try:
            evening.live()
            evening.leave_backup()
        finally:
            machine.stop()
        evening.look()
        evening.world.close()
        yield evening


@contextmanager
def _database(engine: str):
    if engine == "sqlite":
        yield None, ""
    else:
        with a_postgres() as server:
            yield server, server.new()


class Served(World):
    """A world whose hub is another process."""

    def __init__(self, place: Path, machine: Machine) -> None:
        """Let everybody speak to that process."""
        self._machine, self._clocked = machine, False
        with closing(by_key(place / "vault")) as vault, vault.reading() as db:
            own = enrolment.current(db)
        self.keys = {own.device: DeviceKeys.load(own.device, own.sign_key, own.seal_key)}
        members = network_in(place, secrets.token_bytes).members
        self.keys |= {m.identity.device: m.identity.keys for m in members}
        super().__init__(None, place, self.line_of)

    def line_of(self, hub, clock, caller) -> HttpHub:
        """Return the line of this device."""
        if not self._clocked:
            self.url, self._clocked = self._machine.start(clock()), True
        return HttpHub(self.url, self.keys[caller.device], WORLD, hub.id)

    def pass_time(self, seconds: float) -> None:
        super().pass_time(seconds)
        self._machine.turn(self.clock())

    def _opened_hub(self):
        hub = self.place / "hub"
        return open_hub(hub, WORLD, secrets.token_bytes, self._machine.database)


@dataclass
class Robbed(Planted):
    """An evening whose hub is robbed before a consent is withdrawn, and when it is over."""

    machine: Machine | None = None
    seen: list[dict[str, list[str]]] = field(default_factory=list)
    """What was found, by place, each time."""
    held: set[bytes] = field(default_factory=set)
    """Every value that the hub held at either time."""
    packets: list[Message] = field(default_factory=list)

    def look(self) -> None:
        """Take everything there is, and search it."""
        store = self.world.hub.store
        self.keys = _keys(self.world)
        decoys = {f"decoy in {name}": words for name, words in self.machine.decoys.items()}
        words = {name: text for name, text in (self.needles | self.keys | decoys).items() if text}
        self.seen.append(self.machine.looked(words, store))
        self.held |= values(store) | {(self.world.place / "hub" / "hub.key").read_bytes()}
        with store.reading() as db:
            self.packets += [unpacked(Message, row["wire"]) for row in db.all(tables.packet)]

    def given_away(self) -> list[str]:
        """Name everything that was found anywhere."""
        return [f"{place}: {hit}" for each in self.seen for place in each for hit in each[place]]

    def leave_backup(self) -> None:
        """Leave a backup of the laptop's vault at the hub, as its organisation may wish it."""
        world = self.world
        now, vault, centre = world.clock(), world.vault, world.network.centre.identity
        shelf, keys = Shelf(vault.folder / "backup"), vault.session.keys
        made = pieces.sealed(shelf, backups.make(vault, now), keys, lambda: True)
        folder = world.place / made.generation.name
        folder.mkdir()
        (folder / pieces.HEADER).write_bytes(made.header)
        shutil.copy(made.place.anchor, folder)
        shutil.copy(made.place.database, folder)
        with closing(HttpHub(world.url, world.keys[centre.device], WORLD, world.hub.id)) as admin:
            decide(admin, now, is_on=True)
        if leave_over(world.line, world.laptop.device, folder, now) < _LEAST:
            raise AssertionError("no backup was left: nothing was searched")

    def _a_world(self):
        return Served(self.place / "world", self.machine)

    def _take_back(self):
        self.machine.plant(self.world.hub.store)
        self.look()
        super()._take_back()


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
    return _keys_in(found)


def _keys_in(found: set[bytes]) -> set[bytes]:
    """Return what might be a key: the ends of every value, as long as a key is."""
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


def _opened(packets: list[Message], candidates: set[bytes]) -> int:
    """Count the packets that one of the candidates opens."""
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
