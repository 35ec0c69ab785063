"""An HSDS organisation as the program shows it; what is not understood is left out."""

from datetime import date, datetime

from desktop.domain.agencies import Agency, AgencyKind, Category, Service
from desktop.domain.ids import AgencyId
from desktop.domain.opening import WEEKDAYS, Hours
from desktop.domain.regions import Regions
from desktop.domain.youths import Gender
from sync.hsds import records

_ACTIVE = "active"
_WEEKLY, _DAILY = "WEEKLY", "DAILY"


def agency_of(org: str, found: records.Organization, regions: Regions, issued: date) -> Agency:
    """Return an agency; `regions` knows its district by the name of today.

    Nobody made sure of anything after the directory was `issued`: such a date is passed over.
    """
    places = found.all_locations()
    schedules = tuple(each for place in places for each in place.schedules)
    spoken = frozenset(one.code for place in places for one in place.languages if one.code)
    active = tuple(service for service in found.services if service.status == _ACTIVE)
    return Agency(
        id=AgencyId(org),
        name=found.name,
        kind=AgencyKind(found.kind) if found.kind in set(AgencyKind) else AgencyKind.OTHER,
        description=found.description,
        phone=found.phone,
        address=found.address,
        hours=found.hours,
        services=tuple(_service(service, spoken, issued) for service in active),
        opening=_hours(schedules),
        district=_district(found, regions),
    )


def _district(found: records.Organization, regions: Regions) -> str:
    known = regions.district_of(found.address)
    if known is not None:
        return known.full
    first = next((each for place in found.all_locations() for each in place.addresses), None)
    return f"{first.state_province} {first.city}".strip() if first else ""


def _service(found: records.Service, spoken: frozenset[str], issued: date) -> Service:
    own = frozenset(one.code for one in found.languages if one.code)
    return Service(
        id=found.id,
        name=found.name,
        category=Category(found.category) if found.category in set(Category) else None,
        description=found.description or "",
        min_age=None if found.minimum_age is None else int(found.minimum_age),
        max_age=None if found.maximum_age is None else int(found.maximum_age),
        sex=Gender(found.sex) if found.sex in (Gender.FEMALE, Gender.MALE) else None,
        languages=own | spoken,
        hours=_hours(found.all_schedules()),
        free=int(sum(each.available for each in found.capacities)) if found.capacities else None,
        areas=tuple(area.name for area in found.service_areas if area.name),
        assured=_by(issued, found.assured_date) or _by(issued, found.last_modified),
    )


def _hours(schedules: tuple[records.Schedule, ...]) -> tuple[Hours, ...]:
    """Return the schedules we understand; none if there is one that we do not: it may be open."""
    found = tuple(_one(schedule) for schedule in schedules)
    return tuple(each for each in found if each) if all(found) else ()


def _one(schedule: records.Schedule) -> Hours | None:
    days = _days(schedule)
    if not days or not schedule.opens_at or not schedule.closes_at:
        return None
    starts = [each for each in (_day(schedule.dtstart), _day(schedule.valid_from)) if each]
    ends = [each for each in (_day(schedule.until), _day(schedule.valid_to)) if each]
    return Hours(
        days,
        _minutes(schedule.opens_at),
        _minutes(schedule.closes_at),
        max(starts, default=None),
        min(ends, default=None),
        int(schedule.interval or 1),
    )


def _days(schedule: records.Schedule) -> frozenset[int]:
    written = [day.strip() for day in (schedule.byday or "").split(",") if day.strip()]
    if schedule.freq == _DAILY and not written and (schedule.interval or 1) == 1:
        return frozenset(range(len(WEEKDAYS)))
    is_understood = schedule.freq in (None, _WEEKLY) and set(written) <= set(WEEKDAYS)
    return frozenset(WEEKDAYS.index(day) for day in written) if is_understood else frozenset()


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")[:2]
    return int(hour) * 60 + int(minute[:2])


def _by(issued: date, written: str | None) -> date | None:
    day = _day(written)
    return day if day is not None and day <= issued else None


def _day(written: str | None) -> date | None:
    try:
        return datetime.fromisoformat(written).date() if written else None
    except ValueError:
        return None  # a 31st of February
