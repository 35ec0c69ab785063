"""One backup on its way to the hub: what it lacks is brought, and then the set is kept."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.backups import Generation, of_another_life, outlived
from desktop.services.backups import listing
from desktop.services.office_line import Handfuls, Progress, Watch, go_on, patiently
from desktop.trust_errors import HubRefused
from desktop.vault import carrying
from desktop.vault import office_backups as row
from desktop.vault import sweep as remains
from desktop.vault.database import Vault
from desktop.vault.office_backups import Known
from desktop.vault.pieces import Sealed
from sync.client import backups, errors
from sync.client.enrolment import Enrolment
from sync.protocol.backups import BackupFile, BackupSet, KeptSet, Piece

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened, not with the window
    from sync.client.transport import HttpHub

_UNKNOWN = "piece-unknown"
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Way:
    """Between a vault and its hub."""

    vault: Vault
    hub: "HttpHub"
    own: Enrolment
    watch: Watch


def left(way: Way, going: Sealed) -> int:
    """Bring what is lacking and have the set kept; return how many bytes were brought."""
    sent = 0
    for _ in range(_TRIES):
        sent += _brought(way, going)
        try:
            _kept(way, going)
        except errors.Refused as error:
            if error.code != _UNKNOWN:  # swept since it was asked for: bring it again
                raise
        else:
            return sent
    raise HubRefused


def _brought(way: Way, going: Sealed) -> int:
    """Bring what the hub lacks; return how many bytes."""
    hub, watch, sizes = way.hub, way.watch, going.sizes()
    lacking = patiently(watch, lambda: backups.missing(hub, tuple(sizes), watch.clock()))
    total, sent = sum(sizes.values()), 0
    there = total - sum(sizes[digest] for digest in lacking)
    watch.told(Progress(there, total))
    for some in Handfuls([digest for digest in sizes if digest in lacking]):
        go_on(watch)
        handful = tuple(Piece(*each) for each in going.pieces(frozenset(some)))
        patiently(watch, partial(backups.bring, hub, handful, watch.clock()))
        sent += sum(sizes[digest] for digest in some)
        watch.told(Progress(there + sent, total))
    return sent


def _kept(way: Way, going: Sealed) -> None:
    """Have the set kept, and remember that it is."""
    vault, own, now = way.vault, way.own, way.watch.clock()
    files = tuple(BackupFile(file.name, file.digests) for file in going.files)
    made = BackupSet(own.device, going.generation.name, files)
    header = going.header_digest.hex()
    there = own_sets(way.hub, own, now)
    with vault.transaction() as db:
        before = row.known(db, own.device)
        row.expects(db, own.device, made.name)
    # Older sets would keep what was purged, or open with a code that was taken away.
    replaces = before is None or before.header != header or bool(over(vault, there))
    keep = partial(backups.keep, way.hub, made, now, replaces_all=replaces)
    names = names_of(patiently(way.watch, keep), own)
    with vault.transaction() as db:
        row.keep(db, Known(own.device, True, made.name, header, now, names))


def own_sets(hub: "HttpHub", own: Enrolment, now: datetime) -> tuple[str, ...]:
    """Ask for the names of this laptop's sets."""
    return names_of(backups.kept(hub, now), own)


def over(vault: Vault, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of these sets hold what was destroyed here since."""
    with vault.reading() as db:
        purged, back = remains.destroyed_by(db), carrying.restored(db)
    here = listing(vault.folder)
    gone = set(outlived(names, here, purged))
    if here and back is not None:  # only once a backup here knows of it
        since = Generation(back.made_at, back.seq)
        gone |= set(of_another_life(names, since, back.at, purged))
    return tuple(name for name in names if name in gone)


def names_of(sets: tuple[KeptSet, ...], own: Enrolment) -> tuple[str, ...]:
    """Return the names of this laptop's among all that was told."""
    # An admin is told of every laptop's.
    return tuple(each.name for each in sets if each.device == own.device)
