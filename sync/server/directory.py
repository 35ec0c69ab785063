"""The directory as the network's root signed it. The hub never has the root key."""

from datetime import datetime

from sync.protocol.codec import canonical, read_json
from sync.protocol.directory import DirectoryBook, Listing, SignedDirectory
from sync.server import mailbox, tables
from sync.server.refusals import Rejected
from sync.server.stamps import stamp
from sync.server.store import Db

ACTIVE, INACTIVE = "active", "inactive"


def list_org(db: Db, listing: Listing, now: datetime) -> None:
    """Know an organisation and its keys; a new one gets a mailbox."""
    keys = {
        "sign_pub": listing.sign_pub,
        "epochs": canonical([key.epoch for key in listing.sealing_keys]).decode(),
        "status": ACTIVE,
    }
    if not db.change(tables.org, {"id": listing.org}, **keys):
        db.add(tables.org, {"id": listing.org, "created_at": stamp(now), **keys})
        mailbox.open_box(db, mailbox.box(listing.org))


def publish(db: Db, signed: SignedDirectory, world: str, now: datetime) -> int:
    """Serve this directory from now on; organisations missing from it become inactive."""
    book = read_json(DirectoryBook, signed.book)
    if book.world != world or book.version <= version(db):
        raise Rejected("directory-refused")
    listed = {listing.org for listing in book.listings}
    for org in db.all(tables.org, status=ACTIVE):
        if org["id"] not in listed:
            db.change(tables.org, {"id": org["id"]}, status=INACTIVE)
    for listing in book.listings:
        list_org(db, listing, now)
    published = {"version": book.version, "published_at": stamp(now)}
    db.add(tables.directory, {**published, "book": signed.book, "sig": signed.sig})
    return book.version


def current(db: Db) -> SignedDirectory | None:
    """Return the newest directory."""
    newest = db.newest(tables.directory)
    return SignedDirectory(newest["book"], newest["sig"]) if newest else None


def version(db: Db) -> int:
    """Return the newest directory's version, 0 if there is none."""
    return db.highest(tables.directory)


def check_recipients(db: Db, to_org: str, from_org: str, keys: dict[str, int]) -> None:
    """Raise `Rejected` unless exactly the two parties can open this, by keys in use.

    `keys` maps each organisation the content key is sealed to, to the key's epoch.
    """
    if set(keys) - {to_org, from_org}:
        raise Rejected("recipient-not-consented")
    listed = db.remembered(tables.org, to_org)
    if listed is None or listed["status"] != ACTIVE:
        raise Rejected("org-inactive")
    if keys.get(to_org) not in read_json(tuple[int, ...], listed["epochs"].encode()):
        raise Rejected("key-epoch-retired")


def hsds_page(db: Db, page: int, size: int) -> bytes:
    """Return one page of organisations as Open Referral HSDS 3.1 describes it."""
    signed = current(db)
    listings = read_json(DirectoryBook, signed.book).listings if signed else ()
    shown = listings[(page - 1) * size : page * size]
    pages = max(1, -(-len(listings) // size))
    return canonical(
        {
            "total_items": len(listings),
            "total_pages": pages,
            "page_number": page,
            "size": len(shown),
            "first_page": page == 1,
            "last_page": page >= pages,
            "empty": not shown,
            "contents": [listing.hsds for listing in shown],
        }
    )
