"""Reading what an office was given: JSON files and folders of tables, whole or not at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec

from sync.hsds.csv_tables import load_csv
from sync.hsds.json_files import load_json
from sync.hsds.places import BadRow, BadRows, Found
from sync.hsds.records import Organization, Service
from sync.protocol.codec import canonical
from sync.protocol.messages import is_uuid

MOST_BYTES = 96 << 10
"""Of one organisation: with its keys it has to fit into the directory."""
_ZONES = timedelta(days=1)
"""It may be tomorrow where the file was written."""


def load(paths: tuple[Path, ...], today: date) -> tuple[Organization, ...]:
    """Load every file and folder, or raise `BadRows` with every row that is wrong in any.

    A row that says it was assured or changed after `today` is wrong; so is an organisation whose
    id is no UUID, as HSDS has them, and a file or folder in which no organisation is.
    """
    found: dict[str, Found] = {}
    bad: list[BadRow] = []
    for path in paths:
        try:
            for each in _read(path):
                bad.extend(_odd(each, today + _ZONES))
                name = each.record.id
                found[name] = _joined(found[name], each) if name in found else each
        except BadRows as wrong:
            bad.extend(wrong.rows)
    bad.extend(row for each in found.values() for row in _too_long(each))
    if bad:
        raise BadRows(tuple(bad))
    return tuple(each.record for each in found.values())


def _read(path: Path) -> tuple[Found, ...]:
    try:
        found = load_csv(path) if path.is_dir() else load_json(path)
    except OSError as error:
        raise BadRows((BadRow(path.name, 1, "", f"cannot be read: {error.strerror}"),)) from error
    if not found:
        file = "organizations.csv" if path.is_dir() else path.name
        raise BadRows((BadRow(file, 1, "", "no organisation is in it"),))
    return found


def _joined(known: Found, more: Found) -> Found:
    """Return both as one: an organisation may stand beside each service that it has."""
    at, its_own = more.where("organizations", more.record.id), more.record.services
    if known.is_whole and more.is_whole:
        raise BadRows((BadRow(*at, "id", "this organisation is there twice"),))
    if known.record.name != more.record.name:
        raise BadRows((BadRow(*at, "name", "this organisation has another name elsewhere"),))
    services = {service.id: service for service in known.record.services}
    twice = tuple(
        BadRow(*more.where("services", service.id), "id", "this service is there twice")
        for service in its_own
        if services.get(service.id, service) != service
    )
    if twice:
        raise BadRows(twice)
    first = more if more.is_whole else known
    services |= {service.id: service for service in its_own}
    record = msgspec.structs.replace(first.record, services=tuple(services.values()))
    return Found(record, first.is_whole, first.where)


def _odd(found: Found, latest: date) -> Iterator[BadRow]:
    """Name what cannot be: an id that is none, and each service that says what cannot be."""
    record = found.record
    if not is_uuid(record.id):
        at = found.where("organizations", record.id)
        yield BadRow(*at, "id", "is not a UUID in small letters")
    for service in record.services:
        for field, problem in _problems(service, latest):
            yield BadRow(*found.where("services", service.id), field, problem)


def _too_long(found: Found) -> Iterator[BadRow]:
    size = len(canonical(found.record))
    if size > MOST_BYTES:
        at = found.where("organizations", found.record.id)
        said = f"takes {size >> 10} KiB with its services, of {MOST_BYTES >> 10} at most"
        yield BadRow(*at, "", said)


def _problems(service: Service, latest: date) -> Iterator[tuple[str, str]]:
    lowest, highest = service.minimum_age, service.maximum_age
    if lowest is not None and highest is not None and lowest > highest:
        yield "maximum_age", "is below minimum_age"  # it would be for nobody
    said = {"assured_date": service.assured_date, "last_modified": service.last_modified}
    yield from (
        (name, "is in the future") for name, day in said.items() if day and day[:10] > str(latest)
    )
