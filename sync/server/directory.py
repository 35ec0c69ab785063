"""The directory as the network's keepers signed it, stamped by the hub, which signs no more."""

from datetime import datetime, timedelta

from sync.protocol.codec import Unreadable, canonical, packed, read_json, unpacked
from sync.protocol.directory import DirectoryBook, Listing
from sync.server import mailbox, tables
from sync.server.refusals import Rejected, Unknown
from sync.server.stamps import stamp
from sync.server.store import Db, Row
from sync.trust.layout import LIFE, ROOTS, TIMESTAMP, Files, NotTrusted, Role, newest
from sync.trust.making import ends, fingerprint, holders, public_of, stamped
from sync.trust.reading import verified

ACTIVE, INACTIVE = "active", "inactive"
_STAMP_LEFT = timedelta(days=6)
"""A timestamp with less than this is made anew: once a day."""


def list_org(db: Db, listing: Listing, now: datetime) -> None:
    """Know an organisation and its keys; a new one gets a mailbox."""
    in_use = [key.epoch for key in listing.sealing_keys if not key.is_retired]
    keys = {
        "sign_pub": listing.sign_pub,
        "epochs": canonical(in_use).decode(),
        "status": ACTIVE,
    }
    if not db.change(tables.org, {"id": listing.org}, **keys):
        db.add(tables.org, {"id": listing.org, "created_at": stamp(now), **keys})
        mailbox.open_box(db, mailbox.box(listing.org))


def expect(db: Db, org: str, now: datetime) -> None:
    """Have a mailbox for an organisation that is not listed yet; one that is known stays as is."""
    if db.one(tables.org, id=org) is None:
        row: Row = {"id": org, "status": INACTIVE, "sign_pub": b"", "epochs": "[]"}
        db.add(tables.org, {**row, "created_at": stamp(now)})
        mailbox.open_box(db, mailbox.box(org))


def publish(db: Db, files: Files, world: str, seed: bytes, now: datetime) -> int:
    """Serve this repository from now on; organisations missing from it become inactive.

    Its roots must follow from those served now; `seed` is the hub's timestamp key.
    """
    before = repository(db)
    known = {name: raw for name, raw in before.items() if name == TIMESTAMP}
    book = _proven(before or files, {**files, **known}, seed, now)
    if book.world != world or (before and book.version <= version(db)):
        raise Rejected("directory-refused")
    listed = {listing.org for listing in book.listings}
    for org in db.all(tables.org, status=ACTIVE):
        if org["id"] not in listed:
            db.change(tables.org, {"id": org["id"]}, status=INACTIVE)
    for listing in book.listings:
        list_org(db, listing, now)
    # Those of the version before stay for whoever is half way through reading it.
    own = {name: raw for name, raw in files.items() if name != TIMESTAMP}
    for row in db.all(tables.directory):
        if not before or row["version"] != version(db):
            db.remove(tables.directory, version=row["version"])
    row = {"version": book.version, "published_at": stamp(now), "book": packed(own)}
    db.add(tables.directory, {**row, "sig": stamped({**own, **known}, seed, now)})
    return book.version


def restamp(db: Db, seed: bytes, now: datetime, *, is_restored: bool = False) -> bool:
    """Say anew that the newest directory is the newest, if it is about time; tell whether."""
    row = db.newest(tables.directory)
    own = _files(row)
    if row is None or not own:
        return False
    # More than a whole life is left where the clock was ahead when it was made.
    is_good = _STAMP_LEFT < ends(row["sig"]) - now <= LIFE[Role.TIMESTAMP]
    if is_good and not is_restored:
        return False
    files = {**own, TIMESTAMP: row["sig"]}
    db.change(tables.directory, {"version": row["version"]}, sig=stamped(files, seed, now))
    return True


def repository(db: Db) -> dict[str, bytes]:
    """Return every file that is served: the newest version's, and those of the one before."""
    rows = sorted(db.all(tables.directory), key=lambda row: int(row["version"]))
    files: dict[str, bytes] = {}
    for row in rows:
        own = _files(row)
        files |= {**own, TIMESTAMP: row["sig"]} if own else {}
    return files


def newest_files(db: Db) -> dict[str, bytes]:
    """Return the files of the newest version alone, without the timestamp."""
    return _files(db.newest(tables.directory))


def ends_at(files: Files) -> datetime | None:
    """Return when what the keepers signed stops to count, or None if there is nothing."""
    signed = [newest(files, role)[1] for role in Role if role is not Role.TIMESTAMP]
    return min(map(ends, signed)) if all(signed) else None


def listing(db: Db, org: str) -> Listing | None:
    """Return how an organisation is listed now."""
    tail = f".{org}.json"
    found = (raw for path, raw in newest_files(db).items() if path.endswith(tail))
    return next((read_json(Listing, raw) for raw in found), None)


def version(db: Db) -> int:
    """Return the newest directory's version, 0 if there is none."""
    return db.highest(tables.directory)


def is_known(db: Db, org: str) -> bool:
    """Say whether there is an organisation of this id, listed or not."""
    return db.one(tables.org, id=org) is not None


def is_active(db: Db, org: str) -> bool:
    """Say whether the organisation takes part."""
    listed = db.remembered(tables.org, org)
    return listed is not None and listed["status"] == ACTIVE


def check_recipients(db: Db, to_org: str, from_org: str, keys: dict[str, int]) -> None:
    """Raise `Rejected` unless exactly the two parties can open this, by keys in use.

    `keys` maps each organisation the content key is sealed to, to the key's epoch. `Unknown` is
    raised for what the keepers may have listed since the copy that this hub was made from (D-156).
    """
    if set(keys) - {to_org, from_org}:
        raise Rejected("recipient-not-consented")
    listed = db.remembered(tables.org, to_org)
    if listed is None or listed["status"] != ACTIVE:
        raise Unknown("org-inactive")
    epoch, in_use = keys.get(to_org, 0), read_json(tuple[int, ...], listed["epochs"].encode())
    if epoch > max(in_use, default=0):
        raise Unknown("key-epoch-retired")
    if epoch not in in_use:
        raise Rejected("key-epoch-retired")


def _files(row: Row | None) -> dict[str, bytes]:
    try:
        return unpacked(dict[str, bytes], row["book"]) if row else {}
    except Unreadable:
        return {}  # from before there were files: nobody can prove it any more


def _proven(trusted: Files, files: Files, seed: bytes, now: datetime) -> DirectoryBook:
    """Read the repository as a laptop would that trusts the newest root of `trusted`."""
    try:
        _check_stamps(files, seed)
        served = {**files, TIMESTAMP: stamped(files, seed, now)}
        first = newest(trusted, Role.ROOT)[1]

        def fetch(path: str, _most: int) -> bytes | None:
            return first if path.startswith(ROOTS) else served.get(path)

        return verified({}, fingerprint(trusted), fetch, now).book
    except (NotTrusted, Unreadable) as error:
        raise Rejected("directory-refused") from error


def _check_stamps(files: Files, seed: bytes) -> None:
    if holders(newest(files, Role.ROOT)[1]).timestamp != public_of(seed):
        raise NotTrusted("another hub")
