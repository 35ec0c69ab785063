"""Reading what an office was given: JSON files and folders of tables, whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

from sync.hsds.csv_tables import load_csv
from sync.hsds.json_files import load_json
from sync.hsds.places import BadRow, BadRows
from sync.hsds.records import Organization


def load(paths: tuple[Path, ...]) -> tuple[Organization, ...]:
    """Load every file and folder, or raise `BadRows` with every row that is wrong in any."""
    found: dict[str, Organization] = {}
    bad: list[BadRow] = []
    for path in paths:
        try:
            for record in load_csv(path) if path.is_dir() else load_json(path):
                if record.id in found:
                    bad.append(BadRow(path.name, 1, "id", "this organisation is there twice"))
                found[record.id] = record
                bad.extend(_backwards(path, record))
        except BadRows as wrong:
            bad.extend(wrong.rows)
    if bad:
        raise BadRows(tuple(bad))
    return tuple(found.values())


def _backwards(path: Path, record: Organization) -> Iterator[BadRow]:
    """Name each service that is for ages from more to fewer: it would be for nobody."""
    for service in record.services:
        lowest, highest = service.minimum_age, service.maximum_age
        if lowest is not None and highest is not None and lowest > highest:
            file = path / "services.csv" if path.is_dir() else path
            above = file.read_bytes().partition(service.id.encode())[0]
            line = above.count(b"\n") + 1
            yield BadRow(file.name, line, "maximum_age", "is below minimum_age")
