"""Agencies and services as Open Referral HSDS 3.1 describes them (D-011): what we read of it."""

from typing import Annotated, Literal

import msgspec

KIND_TAXONOMY = "kr-linked-body"
"""Terms of an organisation: the decree's thirteen linked bodies, article 4(1)."""
CATEGORY_TAXONOMY = "kr-service-category"
"""Terms of a service: what kind of help it is."""
SEX_TAXONOMY = "kr-sex"
"""Terms of a service that is for one sex only, `female` or `male`: HSDS has no field for it."""

Required = Annotated[str, msgspec.Meta(min_length=1)]
Age = Annotated[float, msgspec.Meta(ge=0, le=150)]
Count = Annotated[float, msgspec.Meta(ge=0)]
_CLOCK = r"^([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?$"
Clock = Annotated[str, msgspec.Meta(pattern=_CLOCK)]
_DAY = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
Day = Annotated[str, msgspec.Meta(pattern=_DAY)]
"""A date; a time of day behind it is passed over."""


class Row(msgspec.Struct, frozen=True):
    """One HSDS record. Fields that we do not read are passed over, as the standard asks."""

    id: Required


class Taxonomy(Row, frozen=True):
    """A list of terms."""

    name: str = ""


class TaxonomyTerm(Row, frozen=True):
    """One term of a taxonomy."""

    name: Required
    code: str = ""
    taxonomy: str = ""
    taxonomy_detail: Taxonomy | None = None


class Attribute(Row, frozen=True):
    """A term said of a record."""

    value: str | None = None
    taxonomy_term: TaxonomyTerm | None = None


class Phone(Row, frozen=True):
    """A telephone number."""

    number: Required
    extension: float | None = None
    type: str | None = None
    description: str | None = None


class Address(Row, frozen=True):
    """Where a location is."""

    address_1: str
    city: str
    state_province: str
    postal_code: str
    country: str
    address_type: Literal["physical", "postal", "virtual"]
    address_2: str | None = None
    region: str | None = None


class Schedule(Row, frozen=True):
    """When a service or a location is open."""

    freq: str | None = None
    interval: float | None = None
    byday: str | None = None
    opens_at: Clock | None = None
    closes_at: Clock | None = None
    dtstart: Day | None = None
    until: Day | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    description: str | None = None


class Language(Row, frozen=True):
    """A language that is spoken, by its code as `vi` or `zh-Hans`."""

    name: str | None = None
    code: str | None = None


class ServiceArea(Row, frozen=True):
    """Whom a service is for, by where they are."""

    name: str | None = None
    description: str | None = None


class ServiceCapacity(Row, frozen=True):
    """How many places there are, and how many are free."""

    available: Count
    maximum: Count | None = None
    updated: Day | None = None


class Location(Row, frozen=True):
    """A place where help is given."""

    location_type: Literal["physical", "postal", "virtual"]
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    addresses: tuple[Address, ...] = ()
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    languages: tuple[Language, ...] = ()


class ServiceAtLocation(Row, frozen=True):
    """A service, given at a location."""

    location: Location | None = None
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()


class Service(Row, frozen=True):
    """One thing an agency does."""

    name: Required
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    description: str | None = None
    eligibility_description: str | None = None
    application_process: str | None = None
    minimum_age: Age | None = None
    maximum_age: Age | None = None
    assured_date: Day | None = None
    last_modified: Day | None = None
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    languages: tuple[Language, ...] = ()
    service_areas: tuple[ServiceArea, ...] = ()
    capacities: tuple[ServiceCapacity, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    service_at_locations: tuple[ServiceAtLocation, ...] = ()

    @property
    def category(self) -> str:
        """Return the code of the kind of help, empty if none is said."""
        return _code(self.attributes, CATEGORY_TAXONOMY)

    @property
    def sex(self) -> str:
        """Return `female` or `male` if it is for one sex only, else nothing."""
        return _code(self.attributes, SEX_TAXONOMY)

    def all_schedules(self) -> tuple[Schedule, ...]:
        """Return its own, then those of where it is given."""
        given = (place.schedules for place in self.service_at_locations)
        return self.schedules + tuple(each for found in given for each in found)


class Organization(Row, frozen=True):
    """One agency, with its services."""

    name: Required
    description: str
    alternate_name: str | None = None
    email: str | None = None
    website: str | None = None
    phones: tuple[Phone, ...] = ()
    locations: tuple[Location, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    services: tuple[Service, ...] = ()

    @property
    def kind(self) -> str:
        """Return the code of the linked body, empty if none is said."""
        return _code(self.attributes, KIND_TAXONOMY)

    @property
    def phone(self) -> str:
        """Return the first number there is, the organisation's own first."""
        found = [
            *self.phones,
            *(phone for place in self.all_locations() for phone in place.phones),
            *(phone for service in self.services for phone in service.phones),
        ]
        return found[0].number.strip('" ') if found else ""

    @property
    def address(self) -> str:
        """Return the first address, in the order Korea writes it."""
        addresses = [found for near in self.all_locations() for found in near.addresses]
        if not addresses:
            return ""
        first = addresses[0]
        parts = (first.state_province, first.city, first.address_1, first.address_2)
        return " ".join(part for part in parts if part)

    @property
    def hours(self) -> str:
        """Return when it is open, in the directory's own words."""
        found = [
            *(schedule for place in self.all_locations() for schedule in place.schedules),
            *(schedule for service in self.services for schedule in service.schedules),
        ]
        return next((schedule.description for schedule in found if schedule.description), "")

    def all_locations(self) -> tuple[Location, ...]:
        """Return its own locations, then those of its services."""
        of_services = [
            place.location
            for service in self.services
            for place in service.service_at_locations
            if place.location is not None
        ]
        return self.locations + tuple(of_services)


def _code(attributes: tuple[Attribute, ...], taxonomy: str) -> str:
    for attribute in attributes:
        term = attribute.taxonomy_term
        if term is not None and taxonomy in (term.taxonomy, _detail(term)):
            return term.code
    return ""


def _detail(term: TaxonomyTerm) -> str:
    return term.taxonomy_detail.name if term.taxonomy_detail else ""
