"""JSON with the line of every value, for whoever must mend the file."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from typing import TypeAlias

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
_HALF_LETTER = re.compile("[\ud800-\udfff]")
_WORDS = {"true": True, "false": False, "null": None}
_DEEPEST = 12
_TEXT = JSONDecoder()

Value: TypeAlias = "dict[str, Node] | list[Node] | str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Node:
    """One value and the line it begins on, from 1. `twice`: names an object has two times."""

    value: Value
    line: int
    twice: tuple[str, ...] = ()


class NotJson(Exception):
    """This is no JSON; `line` says from where on."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def read(text: str) -> Node:
    """Read one JSON value; raises `NotJson`."""
    reader = _Reader(text)
    node = reader.node(0)
    reader.skip()
    if reader.at != len(text):
        raise NotJson(reader.line())
    return node


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self.at = text, 0
        self._lines = [n for n, letter in enumerate(text) if letter == "\n"]

    def line(self) -> int:
        return bisect_right(self._lines, self.at - 1) + 1

    def skip(self) -> None:
        found = _SPACE.match(self._text, self.at)
        self.at = found.end() if found else self.at

    def node(self, depth: int) -> Node:
        self.skip()
        line, letter = self.line(), self._text[self.at : self.at + 1]
        if depth > _DEEPEST:
            raise NotJson(line)
        if letter == "{":
            return self._object(line, depth)
        if letter == "[":
            return Node(self._list(depth), line)
        return Node(self._string() if letter == '"' else self._plain(), line)

    def _object(self, line: int, depth: int) -> Node:
        found: dict[str, Node] = {}
        twice: list[str] = []
        self.at += 1
        while not self._ends("}", is_first=not found and not twice):
            self.skip()
            name = self._string()
            self._expect(":")
            if name in found:
                twice.append(name)
            found[name] = self.node(depth + 1)
        return Node(found, line, tuple(twice))

    def _list(self, depth: int) -> "list[Node]":
        found: list[Node] = []
        self.at += 1
        while not self._ends("]", is_first=not found):
            found.append(self.node(depth + 1))
        return found

    def _ends(self, end: str, *, is_first: bool) -> bool:
        self.skip()
        if self._text[self.at : self.at + 1] == end:
            self.at += 1
            return True
        if not is_first:
            self._expect(",")
        return False

    def _expect(self, letter: str) -> None:
        self.skip()
        if self._text[self.at : self.at + 1] != letter:
            raise NotJson(self.line())
        self.at += 1

    def _string(self) -> str:
        if self._text[self.at : self.at + 1] != '"':
            raise NotJson(self.line())
        try:
            found, self.at = _TEXT.raw_decode(self._text, self.at)
        except JSONDecodeError as error:
            raise NotJson(self.line()) from error
        if _HALF_LETTER.search(str(found)):  # an escape that is no letter: nothing could keep it
            raise NotJson(self.line())
        return str(found)

    def _plain(self) -> "int | float | bool | None":
        for word, value in _WORDS.items():
            if self._text.startswith(word, self.at):
                self.at += len(word)
                return value
        found = _NUMBER.match(self._text, self.at)
        if found is None or len(found.group()) > 20:
            raise NotJson(self.line())
        self.at = found.end()
        written = found.group()
        return int(written) if written.lstrip("-").isdigit() else float(written)
