"""Reading HSDS as a folder of CSV tables: every row checked, then put where it belongs."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sync.client.hsds import (
    Address,
    Attribute,
    Location,
    Organization,
    Phone,
    Row,
    Schedule,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)
from sync.client.hsds_places import BadRow, field_in, problem_in

Cells = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Table:
    """One file: what its rows are, and under which owner's list they belong, by which column."""

    name: str
    kind: type[Row]
    owners: tuple[tuple[str, str], ...] = ()
    list_name: str = ""


_ORGANIZATION = ("organization_id", "organizations")
_SERVICE = ("service_id", "services")
_LOCATION = ("location_id", "locations")
_PLACE = ("service_at_location_id", "service_at_location")
# Owners after what they own: a row is complete before it is put into its owner.
_TABLES = (
    _Table("taxonomy_terms", TaxonomyTerm),
    _Table("phones", Phone, (_ORGANIZATION, _SERVICE, _LOCATION, _PLACE), "phones"),
    _Table("addresses", Address, (_LOCATION,), "addresses"),
    _Table("schedules", Schedule, (_SERVICE, _LOCATION, _PLACE), "schedules"),
    _Table(
        "attributes",
        Attribute,
        (("link_id", "organizations"), ("link_id", "services")),
        "attributes",
    ),
    _Table("locations", Location, (_ORGANIZATION,), "locations"),
    _Table("service_at_location", ServiceAtLocation, (_SERVICE,), "service_at_locations"),
    _Table("services", Service, (_ORGANIZATION,), "services"),
    _Table("organizations", Organization),
)


def load_csv(folder: Path) -> tuple[Organization, ...]:
    """Load a folder; a row whose owner is not there belongs to nobody and is left out."""
    tables = {table.name: _rows(folder / f"{table.name}.csv", table) for table in _TABLES}
    for cells in tables["attributes"].values():
        cells["taxonomy_term"] = tables["taxonomy_terms"].get(str(cells.get("taxonomy_term_id")))
    for cells in tables["service_at_location"].values():
        cells["location"] = tables["locations"].get(str(cells.get("location_id")))
    for table in _TABLES:
        for cells in tables[table.name].values():
            _put(cells, table, tables)
    found = tables["organizations"].values()
    return tuple(msgspec.convert(cells, Organization, strict=False) for cells in found)


def _put(cells: Cells, table: _Table, tables: dict[str, dict[str, Cells]]) -> None:
    for column, owner_table in table.owners:
        owner = tables[owner_table].get(str(cells.get(column)))
        if owner is not None:
            siblings = owner.setdefault(table.list_name, [])
            if isinstance(siblings, list):
                siblings.append(cells)


def _rows(file: Path, table: _Table) -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    for line, cells in _lines(file):
        _check(cells, table.kind, file.name, line)
        name = str(cells["id"])
        if name in found:
            raise BadRow(file.name, line, "id", "another row has this id")
        found[name] = cells
    return found


def _lines(file: Path) -> Iterator[tuple[int, Cells]]:
    if not file.exists():
        return
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        try:
            columns = next(reader, [])
            for written in reader:
                if written:
                    yield reader.line_num, _cells(columns, written, file.name, reader.line_num)
        except (csv.Error, UnicodeDecodeError) as error:
            raise BadRow(file.name, reader.line_num, "", "not CSV in UTF-8") from error


def _cells(columns: list[str], written: list[str], file: str, line: int) -> Cells:
    if len(written) != len(columns):
        raise BadRow(file, line, "", f"{len(columns)} cells expected, {len(written)} found")
    return {name: cell for name, cell in zip(columns, written, strict=True) if cell != ""}


def _check(cells: Cells, kind: type[Row], file: str, line: int) -> None:
    try:
        msgspec.convert(cells, kind, strict=False)
    except msgspec.ValidationError as error:
        complaint = str(error)
        raise BadRow(file, line, field_in(complaint), problem_in(complaint)) from error
