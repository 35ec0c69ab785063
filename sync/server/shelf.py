"""The directory's files as static bytes, read from the database once a version."""

import hashlib
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sync.protocol.codec import canonical, packed, read_json
from sync.protocol.digests import sha256
from sync.protocol.directory import Listing
from sync.server import directory
from sync.server.founding import Hub
from sync.trust.layout import ORGS, ROOTS, TIMESTAMP, WHOLE, Files, Role, newest

LOOK_AGAIN = timedelta(seconds=60)
"""Another process may have stamped: a stamp is believed for so long."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One file, and the tag by which a caller says that they have it."""

    content: bytes
    etag: str
    is_fixed: bool
    """Named by its own version or digest: it never changes."""


class Shelf:
    """What `GET /v1/tuf/…` hands out. Any thread may take from it."""

    def __init__(self, hub: Hub) -> None:
        """Read nothing yet."""
        self._hub = hub
        self._lock = threading.Lock()
        self._version, self._until = -1, datetime.min.replace(tzinfo=UTC)
        self._leaves: dict[str, Leaf] = {}
        self._listings: tuple[bytes, ...] = ()
        self._ends: datetime | None = None

    def leaf(self, path: str, now: datetime) -> Leaf | None:
        """Return what is at the path, or None."""
        with self._lock:
            self._look(now)
            return self._leaves.get(path)

    def seconds_left(self, now: datetime) -> float:
        """Return for how long laptops will believe the directory unless keepers sign it anew."""
        with self._lock:
            self._look(now)
            return (self._ends - now).total_seconds() if self._ends else 0.0

    def hsds_page(self, page: int, size: int, now: datetime) -> bytes:
        """Return one page of organisations as Open Referral HSDS 3.1 describes it."""
        with self._lock:
            self._look(now)
            listings = self._listings
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
                "contents": [read_json(Listing, raw).hsds for raw in shown],
            }
        )

    def restamp(self, now: datetime) -> None:
        """Say once a day that the newest directory still is."""
        with self._hub.store.writing() as db:
            is_new = directory.restamp(db, self._hub.key.timestamp_seed, now)
        if is_new:
            with self._lock:
                self._version = -1

    def _look(self, now: datetime) -> None:
        with self._hub.store.reading() as db:
            version = directory.version(db)
            if version == self._version and self._until - LOOK_AGAIN <= now < self._until:
                return
            files = directory.repository(db)
            newest_only = directory.newest_files(db)
        self._version, self._until = version, now + LOOK_AGAIN
        self._leaves = {
            path: _leaf(path, raw) for path, raw in _served(files, newest_only).items()
        }
        self._listings = tuple(raw for path, raw in _orgs(newest_only))
        self._ends = directory.ends_at(newest_only)


def _served(files: Files, newest_only: Files) -> Files:
    if not files:
        return {}
    roots = {name: raw for name, raw in files.items() if name.endswith(".root.json")}
    by_digest = {f"{ROOTS}{sha256(raw).hex()}.json": raw for raw in roots.values()}
    whole = packed({path: raw for path, raw in newest_only.items() if not _is_metadata(path)})
    last = newest(files, Role.ROOT)[1]
    return {**files, **by_digest, "root.json": last, WHOLE: whole}


def _orgs(files: Files) -> list[tuple[str, bytes]]:
    found = [(path.partition(".")[2], raw) for path, raw in files.items() if path.startswith(ORGS)]
    return sorted(found)


def _is_metadata(path: str) -> bool:
    return path == TIMESTAMP or any(path.endswith(f".{role}.json") for role in Role)


def _leaf(path: str, raw: bytes) -> Leaf:
    is_fixed = path not in (TIMESTAMP, "root.json", WHOLE)
    return Leaf(raw, f'"{hashlib.sha256(raw).hexdigest()}"', is_fixed)
