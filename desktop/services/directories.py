"""The directory renewed: who can help, proven; and our own keys, when the organisation has new."""

from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from desktop.services import agencies, agency_keys, enrolment
from desktop.vault import directory as row
from desktop.vault.database import Db, Vault
from sync.client import directory
from sync.client import enrolment as joining
from sync.client.directory import Publisher, Renewed
from sync.client.enrolment import Enrolment
from sync.client.errors import DirectoryRefused, EnrolmentRefused, Untrusted
from sync.protocol.answers import Exchanged
from sync.protocol.codec import read_json
from sync.protocol.directory import DirectoryBook, Enrolled
from sync.protocol.messages import Message, Time

CLOCK_MAY_DIFFER = timedelta(minutes=5)
"""From the hub's; what differs by more is told to whoever sits at this computer."""


class Source(Publisher, Protocol):
    """The hub, or what a colleague sent along of it."""

    def standing(self, now: datetime) -> Enrolled:
        """Say how this device stands, with the keys that it may open."""
        ...


class _Ends(msgspec.Struct, frozen=True):
    expires: Time


def holds(db: Db, now: datetime) -> bool:
    """Say whether there is a directory that has not run out."""
    kept = row.kept(db)
    return kept is not None and now < read_json(_Ends, kept).expires


def learns(vault: Vault, hub: Source, own: Enrolment, answer: Exchanged, now: datetime) -> bool:
    """Fetch what it takes to read an answer; say whether more can be read now than before.

    Our own keys are asked for where a letter needs one, also if the directory is not newer: it
    may have come by hand, or the hub had them not yet. Raises `Untrusted`, but not for what has
    run out by our clock alone: then there is nothing to say of the hub.
    """
    with vault.reading() as db:
        needs_all = _is_due(db, answer.directory, now)
        needs_key = not needs_all and waits_for_key(db, own, answer)
    if not needs_all:
        return needs_key and _has_new_keys(vault, hub, own, now)
    try:
        renew(vault, hub, own, now)
    except DirectoryRefused as error:
        if error.why != "expired" or now - answer.time <= CLOCK_MAY_DIFFER:
            raise
        # Only if it holds by the hub's clock: what somebody keeps back has run out by both.
        _found(vault, hub, own, answer.time)
        return False
    return True


def renew(vault: Vault, hub: Source, own: Enrolment, now: datetime) -> None:
    """Fetch what changed, prove it, keep it. Raises `Untrusted`, and then keeps what there was."""
    found = _found(vault, hub, own, now)
    try:
        fresh = _with_new_keys(hub, own, found.book, now)
    except EnrolmentRefused as error:
        _keep(vault, found, None, now)  # it is proven, whatever is wrong with the keys
        raise Untrusted from error
    _keep(vault, found, fresh, now)


def lacks_key(own: Enrolment, book: DirectoryBook, message: Message) -> bool:
    """Say whether it is sealed to us, and to a listed key that this laptop was not given yet."""
    return bool(unopened(own, message) & _listed(own, book))


def unopened(own: Enrolment, message: Message) -> set[int]:
    """Return to which of our keys it is sealed, where none of them is here."""
    ours = {copy.epoch for copy in message.keys if copy.org == own.org}
    return set() if ours & own.org_keys.keys() else ours


def waits_for_key(db: Db, own: Enrolment, answer: Exchanged) -> bool:
    """Say whether any of it is sealed to a listed key of ours that this laptop was not given yet.

    Raises `NotEnrolled` where there is no directory.
    """
    messages = (event.message for event in answer.events if event.message)
    wanted = {epoch for message in messages for epoch in unopened(own, message)}
    # The directory is read only where something is to be looked up in it.
    return bool(wanted) and bool(wanted & _listed(own, agencies.book(db)))


def _is_due(db: Db, served: int, now: datetime) -> bool:
    """Say whether to ask for the directory: the hub has a newer one, or ours has run out."""
    if row.kept(db) is None or served > row.version(db):
        return True
    return not holds(db, now) and bool(row.files(db))


def _found(vault: Vault, hub: Source, own: Enrolment, now: datetime) -> Renewed:
    if not own.root:
        raise DirectoryRefused("joined before there was a root")
    with vault.reading() as db:
        kept = row.files(db)
    return directory.renewed(kept, own.root, hub, now, own.world)


def _keep(vault: Vault, found: Renewed, fresh: Enrolment | None, now: datetime) -> None:
    # At once: with the directory alone, after a cut, nothing would ask for the keys again.
    with vault.transaction() as db:
        agency_keys.noted(db, found.book, now)
        row.keep(db, found.book, found.files)
        if fresh is not None:
            enrolment.keep(db, fresh)


def _has_new_keys(vault: Vault, hub: Source, own: Enrolment, now: datetime) -> bool:
    with vault.reading() as db:
        book = agencies.book(db)
    try:
        fresh = _with_new_keys(hub, own, book, now)
    except EnrolmentRefused as error:
        raise Untrusted from error
    if fresh is None or fresh.org_keys == own.org_keys:
        return False
    with vault.transaction() as db:
        enrolment.keep(db, fresh)
    return True


def _with_new_keys(
    hub: Source, own: Enrolment, book: DirectoryBook, now: datetime
) -> Enrolment | None:
    """Return the enrolment with what the hub has for us; None where nothing is missing.

    Also where a key here is another than the listed one of its number (D-201).
    """
    listing = directory.listing_of(book, own.org)
    keys = listing.sealing_keys if listing else ()
    ours = own.org_keys
    if all(key.epoch in ours and joining.fits(ours[key.epoch], key) for key in keys):
        return None
    return joining.renewed(own, hub.standing(now), book)


def _listed(own: Enrolment, book: DirectoryBook) -> set[int]:
    listing = directory.listing_of(book, own.org)
    return {key.epoch for key in listing.sealing_keys} if listing else set()
