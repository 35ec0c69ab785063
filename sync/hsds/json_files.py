"""Reading HSDS JSON: an organisation, a service, or a list of either; a bad row is named."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from sync.hsds.checking import complaints
from sync.hsds.places import BadRow, BadRows, place_of, problem_in
from sync.hsds.records import Organization, Service


class _WithOrganization(Service, frozen=True, kw_only=True):
    organization: Organization


class _Shape(msgspec.Struct, frozen=True):
    status: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    organization: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    contents: tuple[msgspec.Raw, ...] | msgspec.UnsetType = msgspec.UNSET


T = TypeVar("T")


def load_json(path: Path) -> tuple[Organization, ...]:
    """Load a file of one record, of a list, or of an API page's `contents`; raises `BadRows`."""
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    found: list[Organization] = []
    bad: list[BadRow] = []
    try:
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
        contents = _decoded(raw, _Shape, name).contents
        records = (msgspec.Raw(raw),) if contents is msgspec.UNSET else contents
    start = 0
    for record in records:
        start = raw.index(bytes(record), start)
        yield bytes(record), raw[:start].count(b"\n")
        start += len(bytes(record))


def _record(raw: bytes, name: str, above: int) -> Organization:
    try:
        shape = _decoded(raw, _Shape, name, above)
        if shape.status is msgspec.UNSET and shape.organization is msgspec.UNSET:
            return _whole(raw, Organization, name, above)
        service = _whole(raw, _WithOrganization, name, above)
    except BadRow as error:
        raise BadRows((error,)) from error
    alone = Service(**{field: getattr(service, field) for field in Service.__struct_fields__})
    return msgspec.structs.replace(service.organization, services=(alone,))


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
