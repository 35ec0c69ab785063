"""Who can help: the agencies in the signed directory."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from desktop import days_off
from desktop.domain import finding_help
from desktop.domain.agencies import Agency
from desktop.domain.finding_help import Now
from desktop.domain.ids import AgencyId
from desktop.domain.outreach import KOREA
from desktop.domain.regions import Regions
from desktop.errors import NotEnrolled
from desktop.services import enrolment, regions
from desktop.services.listed import agency_of
from desktop.vault import directory as row
from desktop.vault.database import Db, Vault
from sync.client.directory import organization_of
from sync.hsds.places import BadRow
from sync.protocol.codec import read_json
from sync.protocol.directory import DirectoryBook, Listing


@dataclass(frozen=True, slots=True)
class Directory:
    """Who can help, and what it takes to say whether they can help now."""

    agencies: tuple[Agency, ...]
    now: Now


def directory(vault: Vault, at: datetime) -> Directory:
    """Return every agency, to be narrowed by `finding_help` without asking again."""
    today = at.astimezone(KOREA).date()
    # Whose day began before midnight may still be open; asked here, off the painting thread.
    off = frozenset(day for day in (today, today - timedelta(days=1)) if days_off.is_off(day))
    return Directory(all(vault), Now(at, off.__contains__))


def all(vault: Vault) -> tuple[Agency, ...]:
    """Return every agency in the directory, by name; none before the first enrolment."""
    with vault.reading() as db:
        return every(db)


def every(db: Db) -> tuple[Agency, ...]:
    """Return every agency but our own, by name; none before the first enrolment."""
    try:
        own = enrolment.current(db).org
    except NotEnrolled:
        return ()
    return tuple(agency for agency in row.agencies(db, _read) if agency.id != own)


def called(db: Db, query: str, most: int) -> tuple[Agency, ...]:
    """Return some of them whose name or service holds the query, or that have such initials."""
    # Who we are is read only when somebody is meant: not at every letter of a search.
    if next(finding_help.called(row.agencies(db, _read), query), None) is None:
        return ()
    return tuple(islice(finding_help.called(every(db), query), most))


def listed(db: Db, agency: AgencyId) -> Agency | None:
    """Return one agency as the directory describes it, our own too; None where it is not there."""
    return next((each for each in row.agencies(db, _read) if each.id == agency), None)


def phones(db: Db) -> dict[AgencyId, str]:
    """Return the telephone number of every agency that says one; none before enrolment."""
    return {agency.id: agency.phone for agency in row.agencies(db, _read) if agency.phone}


def book(db: Db) -> DirectoryBook:
    """Return the directory, verified when it was kept; NotEnrolled when there is none."""
    kept = row.kept(db)
    if kept is None:
        raise NotEnrolled
    return read_json(DirectoryBook, kept)


def name_in(listing: Listing) -> str:
    """Return what a listing calls itself; its id when it does not say."""
    try:
        return organization_of(listing).name
    except BadRow:
        return listing.org


def _read(kept: bytes) -> tuple[Agency, ...]:
    book = read_json(DirectoryBook, kept)
    today, issued = regions.districts(book.issued), book.issued.astimezone(KOREA).date()
    found = (_agency(listing, today, issued) for listing in book.listings)
    return tuple(sorted((a for a in found if a is not None), key=lambda a: (a.name, a.id)))


def _agency(listing: Listing, today: Regions, issued: date) -> Agency | None:
    # One agency's bad record must not hide the other agencies.
    try:
        return agency_of(listing.org, organization_of(listing), today, issued)
    except BadRow:
        return None
