"""Reading HSDS JSON: an organisation, a service, or a list of either; a bad row is named."""

from pathlib import Path
from typing import TypeVar

import msgspec

from sync.client.hsds import Organization, Service
from sync.client.hsds_places import BadRow, place_of, problem_in


class _WithOrganization(Service, frozen=True, kw_only=True):
    organization: Organization


class _Shape(msgspec.Struct, frozen=True):
    status: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    organization: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    contents: tuple[msgspec.Raw, ...] | msgspec.UnsetType = msgspec.UNSET


T = TypeVar("T")


def load_json(path: Path) -> tuple[Organization, ...]:
    """Load a file of one record, of a list, or of an API page's `contents`."""
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    text = raw.lstrip()
    if text.startswith(b"["):
        records: tuple[msgspec.Raw, ...] = _decoded(raw, tuple[msgspec.Raw, ...], path.name)
    else:
        contents = _decoded(raw, _Shape, path.name).contents
        records = (msgspec.Raw(raw),) if contents is msgspec.UNSET else contents
    start, found = 0, []
    for record in records:
        start = raw.index(bytes(record), start)
        found.append(_record(bytes(record), path.name, raw[:start].count(b"\n")))
        start += len(bytes(record))
    return tuple(found)


def organization(raw: bytes, name: str) -> Organization:
    """Read one organisation."""
    return _decoded(raw, Organization, name)


def _record(raw: bytes, name: str, above: int) -> Organization:
    shape = _decoded(raw, _Shape, name, above)
    if shape.status is msgspec.UNSET and shape.organization is msgspec.UNSET:
        return _decoded(raw, Organization, name, above)
    service = _decoded(raw, _WithOrganization, name, above)
    alone = Service(**{field: getattr(service, field) for field in Service.__struct_fields__})
    return msgspec.structs.replace(service.organization, services=(alone,))


def _decoded(raw: bytes, kind: type[T], name: str, above: int = 0) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        line, field = place_of(str(error), raw)
        raise BadRow(name, above + line, field, problem_in(str(error))) from error
