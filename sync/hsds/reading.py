"""Reading what an office was given: JSON files and folders of tables, whole or not at all."""

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
        except BadRows as wrong:
            bad.extend(wrong.rows)
    if bad:
        raise BadRows(tuple(bad))
    return tuple(found.values())
