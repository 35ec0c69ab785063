"""The directory is read once a version, and says what HSDS says, in the names of today."""

import json
from datetime import UTC, date, datetime

import msgspec
import pytest

from desktop.domain.finding_help import Need, fits, opening_of
from desktop.domain.opening import Opening
from desktop.services import agencies, regions, youths
from desktop.services.listed import agency_of
from desktop.vault import directory as row
from sync.hsds.records import Organization

NIGHT = datetime(2026, 11, 27, 12, 40, tzinfo=UTC)  # Friday, 21:40 in Korea
ADDRESS = {
    "id": "a", "address_1": "중앙로 1", "city": "춘천시", "state_province": "강원도",
    "postal_code": "24200", "country": "KR", "address_type": "physical",
}  # fmt: skip
SERVICE = {
    "id": "s", "name": "긴급 보호", "status": "active", "minimum_age": 9, "maximum_age": 24,
    "assured_date": "2026-10-01", "last_modified": "2026-11-02T10:00:00Z",
    "languages": [{"id": "l", "name": "Vietnamese", "code": "vi"}],
    "capacities": [{"id": "c", "available": 2, "maximum": 8, "updated": "2026-11-27"}],
    "service_areas": [{"id": "w", "name": "강원특별자치도"}],
    "attributes": [
        {"id": "t", "taxonomy_term": {"id": "f", "name": "girls", "code": "female",
                                      "taxonomy": "kr-sex"}}
    ],
    "schedules": [{"id": "h", "freq": "WEEKLY", "byday": "FR", "opens_at": "20:00",
                   "closes_at": "04:00", "dtstart": "2026-01-01"}],
}  # fmt: skip
RECORD = {
    "id": "o", "name": "쉼터", "description": "", "services": [SERVICE],
    "locations": [{"id": "p", "location_type": "physical", "addresses": [ADDRESS]}],
}  # fmt: skip


def a_shelter(**changes):
    record = {**RECORD, "services": [{**SERVICE, **changes}]}
    found = msgspec.json.decode(json.dumps(record).encode(), type=Organization)
    return agency_of("org", found, regions.districts(NIGHT), NIGHT.date())


def test_what_hsds_says_is_what_a_search_asks():
    agency = a_shelter()

    (service,) = agency.services
    assert agency.district == "강원특별자치도 춘천시"
    assert (service.free, service.sex, service.languages) == (2, "female", {"vi"})
    assert agency.assured() == date(2026, 10, 1)
    now = agencies.Now(NIGHT, lambda _: False)
    assert opening_of(agency, now) is Opening.OPEN
    assert fits(agency, Need(district="강원특별자치도 원주시", is_open=True, has_room=True), now)


@pytest.mark.parametrize(
    ("said", "assured"),
    [
        ({"assured_date": "2026-11-28"}, date(2026, 11, 2)),
        ({"assured_date": "2027-01-01", "last_modified": "9999-12-31"}, None),
        ({"assured_date": "2026-02-31", "last_modified": None}, None),
    ],
)
def test_nobody_made_sure_after_the_directory_was_signed(said, assured):
    assert a_shelter(**said).assured() == assured


@pytest.mark.parametrize(
    "odd",
    [
        {"freq": "MONTHLY", "byday": "1MO", "opens_at": "09:00", "closes_at": "18:00"},
        {"byday": "월", "opens_at": "09:00", "closes_at": "18:00"},
        {"freq": "WEEKLY", "byday": "MO"},
    ],
)
def test_hours_that_we_do_not_understand_are_said_by_nobody(odd):
    agency = a_shelter(schedules=[{"id": "h", **odd}, SERVICE["schedules"][0]])

    assert opening_of(agency, agencies.Now(NIGHT, lambda _: False)) is Opening.UNSAID


def publish(vault, name, **more):
    """Keep a directory in which every agency has this name, and says more."""
    with vault.transaction() as db:
        book = agencies.book(db)
        said = msgspec.Raw(json.dumps({**RECORD, "name": name, **more}).encode())
        listings = tuple(msgspec.structs.replace(each, hsds=said) for each in book.listings)
        row.keep(db, msgspec.structs.replace(book, listings=listings), row.files(db))


def test_the_directory_is_read_once_until_there_is_a_new_one(town, vault):
    town.round()
    publish(vault, "쉼터")
    first, second = agencies.all(vault), agencies.all(vault)
    publish(vault, "새 쉼터")
    third = agencies.all(vault)

    assert {agency.name for agency in first} == {"쉼터"}
    assert all(a is b for a, b in zip(first, second, strict=True))
    assert {agency.name for agency in third} == {"새 쉼터"}


def test_holidays_of_the_day_and_the_day_before_come_with_the_directory(vault):
    shown = agencies.directory(vault, datetime(2026, 12, 25, 3, tzinfo=UTC))

    assert shown.agencies == ()
    assert shown.now.is_holiday(date(2026, 12, 25))
    assert not shown.now.is_holiday(date(2026, 12, 24))


def test_a_page_knows_whom_to_call_once_somebody_was_referred(town, vault):
    publish(vault, "쉼터", phones=[{"id": "n", "number": "02-872-1318"}])
    youth = town.meet()
    assert youths.open_file(vault, youth, None, town.moment()).phones == {}

    town.agree(youth)
    agency = town.release(youth).referral.agency

    assert youths.open_file(vault, youth, None, town.moment()).phones[agency] == "02-872-1318"
