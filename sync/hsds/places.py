"""Where in a directory file a bad row is: its line and field, for the person who must mend it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from sync.hsds.records import Organization


@dataclass(eq=False)
class BadRow(Exception):
    """A row of a directory file is not as HSDS has it. Never holds what the row says."""

    file: str
    line: int
    field: str
    problem: str


@dataclass(eq=False)
class BadRows(Exception):
    """Everything that is wrong with what was to be loaded, of which nothing is."""

    rows: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation as it was read, and where."""

    record: Organization
    is_whole: bool
    """False where only a service's own record names it: others may add more services."""
    where: Callable[[str, str], tuple[str, int]]
    """Says in which file and line the row of this table with this id is."""


_PATH = re.compile(r" - at `\$([^`]*)`")
_MISSING = re.compile(r"missing required field `(\w+)`")
_MALFORMED_AT = re.compile(r"\(byte (\d+)\)")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_BLANK = re.compile(r"[\s,:]*")


def problem_in(complaint: str) -> str:
    """Return what msgspec says is wrong, without the place."""
    return _PATH.sub("", complaint)


def field_in(complaint: str) -> str:
    """Return the name of the field a complaint is about, empty when it is the whole row."""
    missing, path = _MISSING.search(complaint), _PATH.search(complaint)
    if missing:
        return missing[1]
    names = [step[1] for step in _STEP.finditer(path[1]) if step[1]] if path else []
    return names[-1] if names else ""


def text_in(raw: bytes, name: str, wrong: str) -> str:
    """Return what a file says; raises `BadRow`, as `wrong` says, where it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadRow(name, line, "", wrong) from error


def place_of(complaint: str, raw: bytes, row: str = "$") -> tuple[int, str]:
    """Return line and field of what msgspec complains about in this JSON.

    `row` is where the row is that the complaint is about, as `$.services[0]`.
    """
    malformed = _MALFORMED_AT.search(complaint)
    if malformed:
        return raw[: int(malformed[1])].count(b"\n") + 1, ""
    path = _PATH.search(complaint)
    steps = _STEP.finditer(row[1:] + (path[1] if path else ""))
    try:
        line = line_at(raw, [step[1] or int(step[2]) for step in steps])
    except ValueError:
        line = 1
    return line, field_in(complaint)


def line_at(raw: bytes, steps: list[str | int]) -> int:
    """Return the line of what is in this JSON under these names and places."""
    text = raw.decode()
    return text.count("\n", 0, _position(text, steps)) + 1


def _position(text: str, steps: list[str | int]) -> int:
    position = _after_blank(text, 0)
    for step in steps:
        position = _inside(text, position, step)
    return position


def _inside(text: str, position: int, step: str | int) -> int:
    decoder = json.JSONDecoder()
    is_object = text[position] == "{"
    position, count = _after_blank(text, position + 1), 0
    while True:
        key: object = count
        if is_object:
            key, position = decoder.raw_decode(text, position)
            position = _after_blank(text, position)
        if key == step:
            return position
        _, position = decoder.raw_decode(text, position)
        position, count = _after_blank(text, position), count + 1


def _after_blank(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found else position
