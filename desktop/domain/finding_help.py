"""Which agencies can help: by need, age, sex, district, language, a free place, and now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.agencies import Agency, Category, Service
from desktop.domain.hangul import initials, is_initials
from desktop.domain.opening import IsHoliday, Opening, opening
from desktop.domain.youths import Gender


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked for; what is not said asks for nothing."""

    category: Category | None = None
    age: int | None = None
    sex: Gender | None = None
    district: str = ""
    language: str = ""
    is_open: bool = False
    has_room: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """When it is asked, and which days are public holidays."""

    at: datetime
    is_holiday: IsHoliday


def fits(agency: Agency, need: Need, now: Now) -> bool:
    """Say whether one service of the agency meets all of the need.

    What the directory does not say excludes nobody, save a language: a wrong "closed" or "full"
    would hide help, and a phone call finds out.
    """
    if not agency.services:
        return need == Need()
    return any(_meets(agency, service, need, now) for service in agency.services)


def called(agencies: Iterable[Agency], query: str) -> Iterator[Agency]:
    """Yield those whose name or service holds the query, or whose name has such initials."""
    wanted = query.casefold()
    for agency in agencies:
        names = (agency.name, *(service.name for service in agency.services))
        is_meant = any(wanted in name.casefold() for name in names)
        if wanted and (is_meant or (is_initials(wanted) and wanted in initials(agency.name))):
            yield agency


def opening_of(agency: Agency, now: Now) -> Opening:
    """Say whether anybody is there now: the agency itself, or any service with its own hours."""
    own = tuple(each for service in agency.services for each in service.hours)
    return opening(agency.opening + own, now.at, now.is_holiday)


def _meets(agency: Agency, service: Service, need: Need, now: Now) -> bool:
    return (
        need.category in (None, service.category)
        and _takes_age(service, need.age)
        and (need.sex is None or service.sex in (None, need.sex))
        and _serves(agency, service, need.district)
        and (not need.language or need.language in service.languages)
        and (not need.is_open or not _is_closed(agency, service, now))
        and (not need.has_room or service.free != 0)
    )


def _takes_age(service: Service, age: int | None) -> bool:
    if age is None:
        return True
    is_old_enough = service.min_age is None or age >= service.min_age
    return is_old_enough and (service.max_age is None or age <= service.max_age)


def _serves(agency: Agency, service: Service, district: str) -> bool:
    if not district or not (agency.district or service.areas):
        return True
    # A service for the whole province is one for each of its districts.
    return district == agency.district or any(
        area and (area in district or district in area) for area in service.areas
    )


def _is_closed(agency: Agency, service: Service, now: Now) -> bool:
    hours = service.hours or agency.opening
    return opening(hours, now.at, now.is_holiday) is Opening.CLOSED
