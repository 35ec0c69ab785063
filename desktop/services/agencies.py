"""Who can help: the agencies in the signed directory."""

from desktop.domain.agencies import Agency, AgencyKind, Category, Service
from desktop.domain.ids import AgencyId
from desktop.errors import NotEnrolled
from desktop.services import enrolment
from desktop.vault import directory as row
from desktop.vault.database import Db, Vault
from sync.client.directory import organization_of
from sync.hsds import records
from sync.hsds.places import BadRow
from sync.protocol.codec import read_json
from sync.protocol.directory import DirectoryBook, Listing

_ACTIVE = "active"


def all(vault: Vault) -> tuple[Agency, ...]:
    """Return every agency in the directory, by name; none before the first enrolment."""
    with vault.reading() as db:
        try:
            own, listings = enrolment.current(db).org, book(db).listings
        except NotEnrolled:
            return ()
    found = (_agency(listing) for listing in listings if listing.org != own)
    return tuple(sorted((a for a in found if a is not None), key=lambda a: (a.name, a.id)))


def phones(db: Db) -> dict[AgencyId, str]:
    """Return the telephone number of every agency that says one; none before enrolment."""
    try:
        listings = book(db).listings
    except NotEnrolled:
        return {}
    found = (_agency(listing) for listing in listings)
    return {agency.id: agency.phone for agency in found if agency and agency.phone}


def book(db: Db) -> DirectoryBook:
    """Return the directory, verified when it was kept; NotEnrolled when there is none."""
    kept = row.kept(db)
    if kept is None:
        raise NotEnrolled
    return read_json(DirectoryBook, kept)


def name_in(listing: Listing) -> str:
    """Return what a listing calls itself; its id when it does not say."""
    agency = _agency(listing)
    return agency.name if agency else listing.org


def _agency(listing: Listing) -> Agency | None:
    # One agency's bad record must not hide the other agencies.
    try:
        found = organization_of(listing)
    except BadRow:
        return None
    return Agency(
        id=AgencyId(listing.org),
        name=found.name,
        kind=AgencyKind(found.kind) if found.kind in set(AgencyKind) else AgencyKind.OTHER,
        description=found.description,
        phone=found.phone,
        address=found.address,
        hours=found.hours,
        services=tuple(_service(s) for s in found.services if s.status == _ACTIVE),
    )


def _service(found: records.Service) -> Service:
    return Service(
        id=found.id,
        name=found.name,
        category=Category(found.category) if found.category in set(Category) else None,
        description=found.description or "",
        min_age=None if found.minimum_age is None else int(found.minimum_age),
        max_age=None if found.maximum_age is None else int(found.maximum_age),
    )
