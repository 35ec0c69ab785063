"""The directory renewed: who can help, proven; and our own keys, when the organisation has new."""

from datetime import datetime
from typing import Protocol

import msgspec

from desktop.services import agency_keys, enrolment
from desktop.vault import directory as row
from desktop.vault.database import Db, Vault
from sync.client import directory
from sync.client import enrolment as joining
from sync.client.directory import Publisher
from sync.client.enrolment import Enrolment
from sync.client.errors import DirectoryRefused, EnrolmentRefused, Untrusted
from sync.protocol.codec import read_json
from sync.protocol.directory import DirectoryBook, Enrolled
from sync.protocol.messages import Time


class Source(Publisher, Protocol):
    """The hub, or what a colleague sent along of it."""

    def standing(self, now: datetime) -> Enrolled:
        """Say how this device stands, with the keys that it may open."""
        ...


class _Ends(msgspec.Struct, frozen=True):
    expires: Time


def is_due(db: Db, served: int, now: datetime) -> bool:
    """Say whether to ask for the directory: the hub has a newer one, or ours has run out."""
    kept = row.kept(db)
    if kept is None or served > row.version(db):
        return True
    return now >= read_json(_Ends, kept).expires and bool(row.files(db))


def renew(vault: Vault, hub: Source, own: Enrolment, now: datetime) -> None:
    """Fetch what changed, prove it, keep it. Raises `Untrusted`, and then keeps what there was."""
    if not own.root:
        raise DirectoryRefused("joined before there was a root")
    with vault.reading() as db:
        kept = row.files(db)
    found = directory.renewed(kept, own.root, hub, now, own.world)
    with vault.transaction() as db:
        agency_keys.noted(db, found.book, now)
        row.keep(db, found.book, found.files)
    _renew_own_keys(vault, hub, own, found.book, now)


def _renew_own_keys(
    vault: Vault, hub: Source, own: Enrolment, book: DirectoryBook, now: datetime
) -> None:
    listing = directory.listing_of(book, own.org)
    listed = {key.epoch for key in listing.sealing_keys} if listing else set()
    if listed <= own.org_keys.keys():
        return
    try:
        fresh = joining.renewed(own, hub.standing(now), book)
    except EnrolmentRefused as error:
        raise Untrusted from error
    with vault.transaction() as db:
        enrolment.keep(db, fresh)
