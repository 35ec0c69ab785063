"""Reading HSDS as a folder of CSV tables: every row checked, then put where it belongs."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import msgspec

from sync.hsds.places import BadRow, BadRows, Found, field_in, problem_in, text_in
from sync.hsds.records import (
    Address,
    Attribute,
    Language,
    Location,
    Organization,
    Phone,
    Row,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    TaxonomyTerm,
)

Cells = dict[str, object]
_NOT_CSV = 'not CSV in UTF-8: in a spreadsheet, save it as "CSV UTF-8"'
_OWNER_MISSING = {
    "organizations": "no such organisation",
    "services": "no such service",
    "locations": "no such location",
    "service_at_location": "no such service at a location",
    "taxonomy_terms": "no such term",
}


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What one file holds, by id, and on which line each row ends."""

    rows: dict[str, Cells]
    lines: dict[str, int]
    is_whole: bool
    """Whether the file is there, with no row that is wrong: only then is something missing."""


@dataclass(frozen=True, slots=True)
class _Table:
    """One file: what its rows are, and under which owner's list they belong, by which column."""

    name: str
    kind: type[Row]
    owners: tuple[tuple[str, str], ...] = ()
    list_name: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    """What else a row names, by which column: it belongs to none of them."""
    unread_owners: tuple[str, ...] = ()
    """Columns by which a row may belong to what is not read here."""
    may_hang_loose: bool = False
    """The published examples have rows here whose owner is in no table."""


_ORGANIZATION = ("organization_id", "organizations")
_SERVICE = ("service_id", "services")
_LOCATION = ("location_id", "locations")
_PLACE = ("service_at_location_id", "service_at_location")
# Owners after what they own: a row is complete before it is put into its owner.
_TABLES = (
    _Table("taxonomy_terms", TaxonomyTerm),
    _Table(
        "phones",
        Phone,
        (_ORGANIZATION, _SERVICE, _LOCATION, _PLACE),
        "phones",
        unread_owners=("contact_id",),
    ),
    _Table("addresses", Address, (_LOCATION,), "addresses"),
    _Table("schedules", Schedule, (_SERVICE, _LOCATION, _PLACE), "schedules"),
    _Table("languages", Language, (_SERVICE, _LOCATION), "languages", unread_owners=("phone_id",)),
    _Table("service_areas", ServiceArea, (_SERVICE,), "service_areas"),
    _Table("service_capacity", ServiceCapacity, (_SERVICE,), "capacities"),
    _Table(
        "attributes",
        Attribute,
        (("link_id", "organizations"), ("link_id", "services")),
        "attributes",
        (("taxonomy_term_id", "taxonomy_terms"),),
        may_hang_loose=True,
    ),
    _Table("locations", Location, (_ORGANIZATION,), "locations", may_hang_loose=True),
    _Table(
        "service_at_location",
        ServiceAtLocation,
        (_SERVICE,),
        "service_at_locations",
        (_LOCATION,),
    ),
    _Table("services", Service, (_ORGANIZATION,), "services"),
    _Table("organizations", Organization),
)


def load_csv(folder: Path) -> tuple[Found, ...]:
    """Load a folder, or raise `BadRows`; a row whose owner's whole table is not there is left out.

    Where that table is there and the owner is not in it, or a row names no owner at all,
    somebody has mistyped: a bad row.
    """
    bad: list[BadRow] = []
    loaded = {table.name: _rows(folder / f"{table.name}.csv", table, bad) for table in _TABLES}
    for table in _TABLES:
        bad.extend(_orphans(table, loaded))
        bad.extend(_ownerless(table, loaded[table.name]))
    tables = {name: each.rows for name, each in loaded.items()}
    if bad:
        raise BadRows(tuple(bad))
    for cells in tables["attributes"].values():
        cells["taxonomy_term"] = tables["taxonomy_terms"].get(str(cells.get("taxonomy_term_id")))
    for cells in tables["service_at_location"].values():
        cells["location"] = tables["locations"].get(str(cells.get("location_id")))
    for table in _TABLES:
        for cells in tables[table.name].values():
            _put(cells, table, tables)

    def where(table: str, row: str) -> tuple[str, int]:
        return f"{table}.csv", loaded[table].lines[row]

    return tuple(
        Found(msgspec.convert(cells, Organization, strict=False), True, where)
        for cells in tables["organizations"].values()
    )


def _orphans(table: _Table, loaded: dict[str, _Loaded]) -> Iterator[BadRow]:
    """Name each row that names what is not in a table that is there."""
    for name, cells in loaded[table.name].rows.items():
        owners = tuple(each for each in table.owners if _is_said(table, cells, each[1]))
        for column, owner in (*owners, *table.terms):
            named, among = cells.get(column), loaded[owner]
            if named is not None and among.is_whole and named not in among.rows:
                line = loaded[table.name].lines[name]
                yield BadRow(f"{table.name}.csv", line, column, _OWNER_MISSING[owner])


def _ownerless(table: _Table, loaded: _Loaded) -> Iterator[BadRow]:
    """Name each row that says nowhere what it belongs to: left out, nobody would miss it."""
    columns = tuple(column for column, _ in table.owners)
    if not columns or table.may_hang_loose:
        return
    for name, cells in loaded.rows.items():
        if not any(cells.get(column) for column in (*columns, *table.unread_owners)):
            problem = f"says nowhere what it belongs to: {', '.join(columns)}"
            field = columns[0] if len(columns) == 1 else ""
            yield BadRow(f"{table.name}.csv", loaded.lines[name], field, problem)


def _is_said(table: _Table, cells: Cells, owner: str) -> bool:
    """Say whether a row claims an owner of this kind."""
    return not table.may_hang_loose or cells.get("link_entity") in (owner, owner[:-1])


def _put(cells: Cells, table: _Table, tables: dict[str, dict[str, Cells]]) -> None:
    for column, owner_table in table.owners:
        owner = tables[owner_table].get(str(cells.get(column)))
        if owner is not None:
            siblings = owner.setdefault(table.list_name, [])
            if isinstance(siblings, list):
                siblings.append(cells)


def _rows(file: Path, table: _Table, bad: list[BadRow]) -> _Loaded:
    rows: dict[str, Cells] = {}
    lines: dict[str, int] = {}
    before = len(bad)
    try:
        for line, columns, written in _lines(file):
            try:
                name = _add(_checked(columns, written, table.kind), rows)
                lines[name] = line
            except _Wrong as wrong:
                bad.append(BadRow(file.name, line, wrong.field, wrong.problem))
    except BadRow as error:
        bad.append(error)
    return _Loaded(rows, lines, file.exists() and len(bad) == before)


@dataclass(eq=False)
class _Wrong(Exception):
    field: str
    problem: str


def _add(cells: Cells, found: dict[str, Cells]) -> str:
    name = str(cells["id"])
    if name in found:
        raise _Wrong("id", "another row has this id")
    found[name] = cells
    return name


def _lines(file: Path) -> Iterator[tuple[int, list[str], list[str]]]:
    if not file.exists():
        return
    text = text_in(file.read_bytes(), file.name, _NOT_CSV)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        columns = next(reader, [])
        for written in reader:
            if written:
                yield reader.line_num, columns, written
    except csv.Error as error:
        raise BadRow(file.name, reader.line_num, "", _NOT_CSV) from error


def _checked(columns: list[str], written: list[str], kind: type[Row]) -> Cells:
    if len(written) != len(columns):
        raise _Wrong("", f"{len(columns)} cells expected, {len(written)} found")
    cells: Cells = {n: cell for n, cell in zip(columns, written, strict=True) if cell != ""}
    try:
        msgspec.convert(cells, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _Wrong(field_in(str(error)), problem_in(str(error))) from error
    return cells
