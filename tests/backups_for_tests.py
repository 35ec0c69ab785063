"""What laptops say to a hub about their sealed backups."""

import hashlib

from sync.client import backups
from sync.protocol.backups import (
    HANDFUL,
    PIECE_BYTES,
    BackupFile,
    BackupSet,
    BackupSets,
    Handful,
    Keeping,
    Piece,
    PiecesWanted,
)
from sync.protocol.codec import packed
from sync.server import backup_sets, blobs, tables
from sync.server.store import written


def digest(content):
    return hashlib.sha256(content).digest()


def say(house, party, path, value):
    return house.ask(party.signed("POST", path, packed(value)))


def bring(house, party, *contents):
    pieces = tuple(Piece(digest(content), content) for content in contents)
    return say(house, party, "/v1/backups/pieces", Handful(pieces))


def made(party, name, *contents, device=""):
    file = BackupFile("notes.db", tuple(map(digest, contents)))
    return BackupSet(device or party.keys.device, name, (file,))


def keep(house, party, name, *contents, device="", replaces_all=False):
    asked = Keeping(made(party, name, *contents, device=device), replaces_all)
    return say(house, party, "/v1/backups/keep", asked)


def left(house, party, name, *contents, replaces_all=False):
    """Bring and keep; the names of what is there now."""
    bring(house, party, *contents)
    kept = keep(house, party, name, *contents, replaces_all=replaces_all)
    return [each.name for each in kept.value(BackupSets).sets]


def leave_folder(store, caller, folder, now):
    """Leave the files of a folder at the hub with this store, without a line; return how much."""
    contents = {file.name: _cut(file.read_bytes()) for file in sorted(folder.iterdir())}
    whole = [piece for pieces in contents.values() for piece in pieces]
    for at in range(0, len(whole), HANDFUL):
        brought = Handful(tuple(Piece(digest(one), one) for one in whole[at : at + HANDFUL]))
        blobs.check(brought)
        written(store, lambda db, some=brought: blobs.put(db, caller, some, now))
    files = tuple(BackupFile(name, tuple(map(digest, ps))) for name, ps in contents.items())
    asked = Keeping(BackupSet(caller.device, folder.name, files), False)
    return written(store, lambda db: backup_sets.keep(db, caller, asked, now)).sets[-1].bytes


def leave_over(line, device, folder, now):
    """Leave the files of a folder at the hub at the end of this line; return how much."""
    contents = {file.name: _cut(file.read_bytes()) for file in sorted(folder.iterdir())}
    whole = [Piece(digest(piece), piece) for pieces in contents.values() for piece in pieces]
    for at in range(0, len(whole), HANDFUL):
        backups.bring(line, whole[at : at + HANDFUL], now)
    files = tuple(BackupFile(name, tuple(map(digest, ps))) for name, ps in contents.items())
    made = BackupSet(device, folder.name, files)
    return backups.keep(line, made, now, replaces_all=False)[-1].bytes


def _cut(content):
    return [content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES)]


def names(house, party):
    told = house.ask(party.signed("GET", "/v1/backups")).value(BackupSets)
    return [each.name for each in told.sets]


def fetch(house, party, owner, *contents):
    wanted = PiecesWanted(owner.keys.device, tuple(map(digest, contents)))
    return say(house, party, "/v1/backups/fetch", wanted)


def held(house):
    """Return every piece that the hub holds, once it is sure that all it counts is true."""
    with house.hub.store.reading() as db:
        sizes, contents = db.all(tables.blob), db.all(tables.blob_content)
        rooms = db.all(tables.backup_room)
    assert [_key(row) for row in sizes] == [_key(row) for row in contents]
    for row, content in zip(sizes, contents, strict=True):
        assert row["size"] == len(content["content"])
    counted = {room["device_id"]: room["held"] for room in rooms if room["held"]}
    by_device = {}
    for row in sizes:
        by_device[row["device_id"]] = by_device.get(row["device_id"], 0) + row["size"]
    assert counted == by_device
    return {bytes(row["content"]) for row in contents}


def _key(row):
    return row["device_id"], row["sha256"]
