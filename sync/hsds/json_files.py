"""Reading HSDS JSON: an organisation, a service, or a list of either; a bad row is named."""

from collections.abc import Iterator, Set
from pathlib import Path
from typing import TypeVar

import msgspec

from sync.hsds.checking import complaints
from sync.hsds.places import BadRow, BadRows, Found, line_at, place_of, problem_in, text_in
from sync.hsds.records import Organization, Service


class _WithOrganization(Service, frozen=True, kw_only=True):
    organization: Organization


class _Page(msgspec.Struct, frozen=True):
    contents: tuple[msgspec.Raw, ...] | msgspec.UnsetType = msgspec.UNSET


_SERVICE = frozenset({"status", "organization"})
_OTHER = frozenset({"version", "location_type", "organization_id", "taxonomy", "taxonomy_detail"})
"""Of a taxonomy, a location, a program, a term: none of which HSDS lets an organisation have."""
_OWN = frozenset(
    {
        "email",
        "website",
        "tax_status",
        "tax_id",
        "year_incorporated",
        "legal_status",
        "logo",
        "parent_organization_id",
        "funding",
        "programs",
        "organization_identifiers",
        "locations",
        "services",
    }
)
"""What only an organisation has, among those."""
_NOT_JSON = "not JSON in UTF-8: save it anew in that encoding"
T = TypeVar("T")


def load_json(path: Path) -> tuple[Found, ...]:
    """Load a file of one record, of a list, or of an API page's `contents`; raises `BadRows`."""
    found: list[Found] = []
    bad: list[BadRow] = []
    try:
        raw = text_in(path.read_bytes(), path.name, _NOT_JSON).encode()
        for record, above in _records(raw, path.name):
            try:
                found.append(_record(record, path.name, above))
            except BadRows as wrong:
                bad.extend(wrong.rows)
    except BadRow as error:
        bad.append(error)
    if bad:
        raise BadRows(tuple(bad))
    return tuple(found)


def organization(raw: bytes, name: str) -> Organization:
    """Read one organisation; raises `BadRow`, the first that is wrong."""
    return _decoded(raw, Organization, name)


def _records(raw: bytes, name: str) -> Iterator[tuple[bytes, int]]:
    """Yield each record and how many lines of the file are above it."""
    if raw.lstrip().startswith(b"["):
        records: tuple[msgspec.Raw, ...] = _decoded(raw, tuple[msgspec.Raw, ...], name)
    else:
        contents = _decoded(raw, _Page, name).contents
        records = (msgspec.Raw(raw),) if contents is msgspec.UNSET else contents
    start = above = 0
    for record in map(bytes, records):
        found = raw.index(record, start)
        above += raw.count(b"\n", start, found)
        yield record, above
        start = found + len(record)
        above += record.count(b"\n")


def _record(raw: bytes, name: str, above: int) -> Found:
    try:
        fields = _decoded(raw, dict[str, msgspec.Raw], name, above).keys()
        _check_kind(fields, name, above)
        if not fields & _SERVICE:
            return _of_organization(_whole(raw, Organization, name, above), raw, name, above)
        return _of_service(_whole(raw, _WithOrganization, name, above), raw, name, above)
    except BadRow as error:
        raise BadRows((error,)) from error


def _check_kind(fields: Set[str], name: str, above: int) -> None:
    if fields & _OTHER and not fields & (_OWN | _SERVICE):
        raise BadRow(name, above + 1, "", "this is no organisation and no service")


def _of_organization(record: Organization, raw: bytes, name: str, above: int) -> Found:
    places: dict[str, int] = {}
    for place, service in enumerate(record.services):
        if places.setdefault(service.id, place) != place:
            line = above + line_at(raw, ["services", place, "id"])
            raise BadRow(name, line, "id", "another service has this id")

    def where(table: str, row: str) -> tuple[str, int]:
        steps: list[str | int] = ["services", places[row], "id"] if table == "services" else ["id"]
        return name, above + line_at(raw, steps)

    return Found(record, True, where)


def _of_service(service: _WithOrganization, raw: bytes, name: str, above: int) -> Found:
    alone = Service(**{field: getattr(service, field) for field in Service.__struct_fields__})

    def where(table: str, _row: str) -> tuple[str, int]:
        return name, above + line_at(
            raw, ["id"] if table == "services" else ["organization", "id"]
        )

    return Found(msgspec.structs.replace(service.organization, services=(alone,)), False, where)


def _whole(raw: bytes, kind: type[T], name: str, above: int) -> T:
    """Read a record with all that is in it; every row that is wrong is named at once."""
    try:
        return _decoded(raw, kind, name, above)
    except BadRow as first:
        rows = tuple(_bad_rows(raw, kind, name, above))
        raise BadRows(rows or (first,)) from first


def _bad_rows(raw: bytes, kind: type, name: str, above: int) -> Iterator[BadRow]:
    for row, complaint in complaints(msgspec.json.decode(raw), kind):
        line, field = place_of(complaint, raw, row)
        yield BadRow(name, above + line, field, problem_in(complaint))


def _decoded(raw: bytes, kind: type[T], name: str, above: int = 0) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        line, field = place_of(str(error), raw)
        raise BadRow(name, above + line, field, problem_in(str(error))) from error
