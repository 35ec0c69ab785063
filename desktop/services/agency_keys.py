"""When an agency has a new sealing key: it is shown, and compared, before the first letter."""

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.ids import AgencyId
from desktop.domain.moment import Moment
from desktop.services import agencies, enrolment
from desktop.trust_errors import AgencyKeyChanged
from desktop.vault import agency_keys as rows
from desktop.vault.agency_keys import KnownKey
from desktop.vault.database import Db, Vault
from sync.client.directory import listing_of, sealing_key_of
from sync.protocol.digests import sha256
from sync.protocol.directory import DirectoryBook, SealingKey
from sync.protocol.words import SixWords, key_words


@dataclass(frozen=True, slots=True)
class KeyChange:
    """An agency's letters are opened with another key than the last one we used."""

    agency: AgencyId
    agency_name: str
    epoch: int
    since: datetime
    """When this laptop first knew of it."""
    words: SixWords
    """The agency reads the same six on its own screen."""


def change(vault: Vault, agency: AgencyId) -> KeyChange | None:
    """Return what has to be shown before a letter to this agency, or None."""
    with vault.reading() as db:
        return _change(db, agencies.book(db), agency)


def confirm(vault: Vault, shown: KeyChange, moment: Moment) -> None:
    """Use the key that was shown from now on. A person has compared its words, and says so."""
    with vault.transaction() as db:
        book = agencies.book(db)
        key, now = sealing_key_of(book, shown.agency), _change(db, book, shown.agency)
        # The words themselves: under one number two keys may have been listed (D-201).
        is_other = now is not None and now.words != shown.words
        if key is None or key.epoch != shown.epoch or is_other:
            raise AgencyKeyChanged(agency=shown.agency_name)
        _used(db, shown.agency, key, moment.now)


def own_words(vault: Vault) -> SixWords | None:
    """Return the words of our own organisation's newest key, for who asks by telephone."""
    with vault.reading() as db:
        book, own = agencies.book(db), enrolment.current(db).org
        key, listing = sealing_key_of(book, own), listing_of(book, own)
    return key_words(listing.sign_pub, key.epoch, key.public) if key and listing else None


def sealing(db: Db, book: DirectoryBook, agency: AgencyId, now: datetime) -> None:
    """Note, with a letter that is being sealed, which key it is sealed to.

    Raises `AgencyKeyChanged` for a key that nobody was shown.
    """
    if _change(db, book, agency) is not None:
        listing = listing_of(book, agency)
        raise AgencyKeyChanged(agency=agencies.name_in(listing) if listing else agency)
    key = sealing_key_of(book, agency)
    if key is not None:
        _used(db, agency, key, now)


def noted(db: Db, book: DirectoryBook, now: datetime) -> None:
    """Remember since when each agency has another key than before."""
    for listing in book.listings:
        key = sealing_key_of(book, listing.org)
        known = rows.of(db, listing.org)
        if key is None or known is None or known.newest == key.epoch:
            continue
        rows.keep(db, listing.org, replace(known, newest=key.epoch, seen_at=now))


def _change(db: Db, book: DirectoryBook, agency: AgencyId) -> KeyChange | None:
    listing, key = listing_of(book, agency), sealing_key_of(book, agency)
    known = rows.of(db, agency)
    if listing is None or key is None or known is None or _is_same(known, key):
        return None
    return KeyChange(
        agency,
        agencies.name_in(listing),
        key.epoch,
        known.seen_at if known.newest == key.epoch else book.issued,
        key_words(listing.sign_pub, key.epoch, key.public),
    )


def _is_same(known: KnownKey, key: SealingKey) -> bool:
    return (known.epoch, known.digest) == (key.epoch, sha256(key.public))


def _used(db: Db, agency: AgencyId, key: SealingKey, now: datetime) -> None:
    known = rows.of(db, agency)
    if known is not None and _is_same(known, key):
        return
    seen_at = known.seen_at if known and known.newest == key.epoch else now
    rows.keep(db, agency, KnownKey(key.epoch, sha256(key.public), key.epoch, seen_at))
