"""Reading what an office was given: JSON files and folders of tables, whole or not at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sync.hsds.csv_tables import load_csv
from sync.hsds.json_files import load_json
from sync.hsds.places import BadRow, BadRows
from sync.hsds.records import Organization, Service
from sync.protocol.messages import is_uuid

_ZONES = timedelta(days=1)
"""It may be tomorrow where the file was written."""


def load(paths: tuple[Path, ...], today: date) -> tuple[Organization, ...]:
    """Load every file and folder, or raise `BadRows` with every row that is wrong in any.

    A row that says it was assured or changed after `today` is wrong; so is an organisation whose
    id is no UUID, as HSDS has them, and a file or folder in which no organisation is.
    """
    found: dict[str, Organization] = {}
    bad: list[BadRow] = []
    for path in paths:
        try:
            records = load_csv(path) if path.is_dir() else load_json(path)
            if not records:
                file = "organizations.csv" if path.is_dir() else path.name
                bad.append(BadRow(file, 1, "", "no organisation is in it"))
            for record in records:
                if record.id in found:
                    bad.append(BadRow(path.name, 1, "id", "this organisation is there twice"))
                found[record.id] = record
                bad.extend(_odd(path, record, today + _ZONES))
        except BadRows as wrong:
            bad.extend(wrong.rows)
    if bad:
        raise BadRows(tuple(bad))
    return tuple(found.values())


def _odd(path: Path, record: Organization, latest: date) -> Iterator[BadRow]:
    """Name what cannot be: an id that is none, and each service that says what cannot be."""
    if not is_uuid(record.id):
        yield _at(path, "organizations", record.id, ("id", "is not a UUID in small letters"))
    for service in record.services:
        for field, problem in _problems(service, latest):
            yield _at(path, "services", service.id, (field, problem))


def _at(path: Path, table: str, name: str, wrong: tuple[str, str]) -> BadRow:
    """Name the row in which an id stands first."""
    file = path / f"{table}.csv" if path.is_dir() else path
    above = file.read_bytes().partition(name.encode())[0]
    return BadRow(file.name, above.count(b"\n") + 1, *wrong)


def _problems(service: Service, latest: date) -> Iterator[tuple[str, str]]:
    lowest, highest = service.minimum_age, service.maximum_age
    if lowest is not None and highest is not None and lowest > highest:
        yield "maximum_age", "is below minimum_age"  # it would be for nobody
    said = {"assured_date": service.assured_date, "last_modified": service.last_modified}
    yield from (
        (name, "is in the future") for name, day in said.items() if day and day[:10] > str(latest)
    )
