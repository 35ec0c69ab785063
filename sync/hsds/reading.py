"""Reading what an office was given: JSON files and folders of tables, whole or not at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sync.hsds.csv_tables import load_csv
from sync.hsds.json_files import load_json
from sync.hsds.places import BadRow, BadRows
from sync.hsds.records import Organization, Service

_ZONES = timedelta(days=1)
"""It may be tomorrow where the file was written."""


def load(paths: tuple[Path, ...], today: date) -> tuple[Organization, ...]:
    """Load every file and folder, or raise `BadRows` with every row that is wrong in any.

    A row that says it was assured or changed after `today` is wrong.
    """
    found: dict[str, Organization] = {}
    bad: list[BadRow] = []
    for path in paths:
        try:
            for record in load_csv(path) if path.is_dir() else load_json(path):
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
    """Name each service that says what cannot be."""
    for service in record.services:
        for field, problem in _problems(service, latest):
            file = path / "services.csv" if path.is_dir() else path
            above = file.read_bytes().partition(service.id.encode())[0]
            yield BadRow(file.name, above.count(b"\n") + 1, field, problem)


def _problems(service: Service, latest: date) -> Iterator[tuple[str, str]]:
    lowest, highest = service.minimum_age, service.maximum_age
    if lowest is not None and highest is not None and lowest > highest:
        yield "maximum_age", "is below minimum_age"  # it would be for nobody
    said = {"assured_date": service.assured_date, "last_modified": service.last_modified}
    yield from (
        (name, "is in the future") for name, day in said.items() if day and day[:10] > str(latest)
    )
