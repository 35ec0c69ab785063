"""Verifying the repository: TUF's own client workflow, over any line, in a folder of a moment.

The line is a function, so that there is one door to the network; the files come from the vault
and go back there, so that nothing of the directory lies about on the disk.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from tuf.api import exceptions
from tuf.api.metadata import Metadata
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from sync.protocol.codec import Unreadable, canonical, read_json
from sync.protocol.digests import sha256
from sync.protocol.directory import DirectoryBook, Listing
from sync.trust.layout import (
    LISTING_BYTES,
    NETWORK,
    ORGS,
    ORGS_AT_MOST,
    ROOT_BYTES,
    ROOTS,
    TARGETS_BYTES,
    TIMESTAMP_BYTES,
    Files,
    Network,
    NotTrusted,
    Role,
    newest,
)

Fetch = Callable[[str, int], bytes | None]
"""Path and most bytes to what is there, or None; raises for a line that fails."""

_PINNED = "pinned.json"
_METADATA, _HISTORY, _TARGETS = "meta/", "meta/root_history", "targets/"
_BASE = "tuf:/"
_CONFIG = UpdaterConfig(
    max_root_rotations=64,
    max_delegations=0,
    root_max_length=ROOT_BYTES,
    timestamp_max_length=TIMESTAMP_BYTES,
    snapshot_max_length=TIMESTAMP_BYTES,
    targets_max_length=TARGETS_BYTES,
)


@dataclass(frozen=True, slots=True)
class Verified:
    """The directory, proven, and the files to keep for the next time."""

    book: DirectoryBook
    files: Files


def verified(kept: Files, root: bytes, fetch: Fetch, now: datetime) -> Verified:
    """Bring the kept files up to date, or raise `NotTrusted`; then nothing is to be kept.

    `root` is the pinned fingerprint, which counts only the first time.
    """
    pinned = kept.get(_PINNED) or _first_root(root, fetch)
    with TemporaryDirectory(prefix="bammajung-directory-") as made:
        folder = Path(made)
        _lay_out(folder, kept)
        try:
            return _read_in(folder, kept, pinned, fetch, now)
        except exceptions.RepositoryError as error:
            raise NotTrusted(_why(error)) from error
        except exceptions.DownloadLengthMismatchError as error:
            raise NotTrusted("forged") from error
        except exceptions.DownloadError as error:
            raise NotTrusted("incomplete") from error
        except Unreadable as error:
            raise NotTrusted("unreadable") from error


def stamped_by(files: Files) -> tuple[str, ...]:
    """Return by which key, named by its id, the newest root of kept files lets a hub stamp."""
    roots = {name.removeprefix(f"{_HISTORY}/"): raw for name, raw in files.items()}
    try:
        root = Metadata.from_bytes(newest(roots, Role.ROOT)[1]).signed
    except exceptions.RepositoryError as error:
        raise NotTrusted("unreadable") from error
    return tuple(root.roles[Role.TIMESTAMP.value].keyids)


def _first_root(root: bytes, fetch: Fetch) -> bytes:
    raw = fetch(f"{ROOTS}{root.hex()}.json", ROOT_BYTES)
    if raw is None or sha256(raw) != root:
        raise NotTrusted("another root")
    return raw


def _lay_out(folder: Path, kept: Files) -> None:
    (folder / _HISTORY).mkdir(parents=True)
    for name, content in kept.items():
        if name.startswith(_METADATA):
            (folder / name).write_bytes(content)


def _read_in(folder: Path, kept: Files, pinned: bytes, fetch: Fetch, now: datetime) -> Verified:
    updater = Updater(
        str(folder / _METADATA), _BASE, fetcher=_Line(fetch), config=_CONFIG, bootstrap=pinned
    )
    # The library has no argument for the time, and would read the clock itself (D-019).
    updater._trusted_set.reference_time = now
    updater.refresh()
    names = tuple(_signed(folder, Role.TARGETS).targets)
    if len(names) > ORGS_AT_MOST:
        raise NotTrusted("too much")
    # The listings are many and small: they are proven in memory and never touch the disk.
    targets = {name: _target(updater, name, kept, fetch) for name in names}
    book = _book(folder, targets, now)
    listed = {f"{_TARGETS}{name}": content for name, content in targets.items()}
    return Verified(book, {_PINNED: pinned, **_gathered(folder), **listed})


def _target(updater: Updater, name: str, kept: Files, fetch: Fetch) -> bytes:
    known = updater.get_targetinfo(name)
    digest = known.hashes.get("sha256") if known else None
    if known is None or digest is None or known.length > LISTING_BYTES:
        raise NotTrusted("too much")
    with suppress(exceptions.LengthOrHashMismatchError, KeyError):
        known.verify_length_and_hashes(kept[f"{_TARGETS}{name}"])
        return kept[f"{_TARGETS}{name}"]
    folder, slash, last = name.rpartition("/")
    content = fetch(f"{folder}{slash}{digest}.{last}", known.length)
    if content is None:
        raise NotTrusted("incomplete")
    known.verify_length_and_hashes(content)
    return content


def _book(folder: Path, targets: Files, now: datetime) -> DirectoryBook:
    network = read_json(Network, targets.get(NETWORK, b""))
    listings = []
    for path, raw in sorted(targets.items()):
        if path == NETWORK:
            continue
        listing = read_json(Listing, raw)
        # What one organisation's file says counts for that organisation only.
        if path != f"{ORGS}{listing.org}.json" or canonical(listing) != raw:
            raise NotTrusted("another organisation")
        listings.append(listing)
    ends = min(_signed(folder, role).expires for role in Role)
    version = _signed(folder, Role.SNAPSHOT).version
    return DirectoryBook(network.name, network.world, version, now, ends, tuple(listings))


def _signed(folder: Path, role: Role) -> Any:
    return Metadata.from_file(str(folder / "meta" / f"{role}.json")).signed


def _gathered(folder: Path) -> Files:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}


def _why(error: exceptions.RepositoryError) -> str:
    match error:
        case exceptions.ExpiredMetadataError():
            return "expired"
        case exceptions.BadVersionNumberError():
            return "older"
        case _:
            return "forged"


class _Line(FetcherInterface):
    """What TUF asks for, asked through our own door. A line that fails is not TUF's to explain."""

    def __init__(self, fetch: Fetch) -> None:
        self._ask = fetch

    @contextmanager
    def download_file(self, url: str, max_length: int) -> Iterator[IO[bytes]]:
        """Lend what is at the address."""
        yield BytesIO(self.download_bytes(url, max_length))

    def download_bytes(self, url: str, max_length: int) -> bytes:
        """Return what is at the address."""
        found = self._ask(url.removeprefix(_BASE), max_length)
        if found is None:
            raise exceptions.DownloadHTTPError("not there", 404)
        if len(found) > max_length:
            raise exceptions.DownloadLengthMismatchError("too long")
        return found

    def _fetch(self, url: str) -> Iterator[bytes]:
        yield self.download_bytes(url, LISTING_BYTES)
