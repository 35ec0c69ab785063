"""Every bad row of one record: each row alone, so that one mistake hides no other."""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import msgspec

from sync.hsds.records import Row

Complaint = tuple[str, str]
"""Where the row is, as `$.services[0]`, and what msgspec says of it."""


def complaints(value: object, kind: type[Row], path: str = "$") -> Iterator[Complaint]:
    """Yield what is wrong with a decoded record and with each row inside it, outermost first."""
    if not isinstance(value, dict):
        yield from _of_one(value, kind, path)
        return
    inside = {name: inner for name, inner in _nested(kind) if isinstance(value.get(name), list)}
    single = {name: inner for name, inner in _nested(kind) if isinstance(value.get(name), dict)}
    alone = {name: cell for name, cell in value.items() if name not in inside | single}
    yield from _of_one(alone, kind, path)
    for name, inner in inside.items():
        for place, row in enumerate(value[name]):
            yield from complaints(row, inner, f"{path}.{name}[{place}]")
    for name, inner in single.items():
        yield from complaints(value[name], inner, f"{path}.{name}")


def _of_one(value: object, kind: type[Row], path: str) -> Iterator[Complaint]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        yield path, str(error)


def _nested(kind: type[Row]) -> Iterator[tuple[str, type[Row]]]:
    for name, hint in get_type_hints(kind).items():
        inner = next((one for one in _types_in(hint) if issubclass(one, Row)), None)
        if inner is not None:
            yield name, inner


def _types_in(hint: Any) -> Iterator[type[Any]]:
    if isinstance(hint, type):
        yield hint
    for part in get_args(hint):
        yield from _types_in(part)
