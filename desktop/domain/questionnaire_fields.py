"""The fields of a questionnaire file: what is wrong is told by its place, and reading goes on."""

import re
from collections.abc import Iterator

from desktop.domain.located_json import Node
from desktop.domain.questionnaires import Words
from desktop.promise_errors import Problem

MOST_POINTS = 1_000
_MOST_SUM = 100_000
_LONGEST = 500
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


class Problems:
    """Every error so far, and the languages that each text must have: those of the title."""

    def __init__(self) -> None:
        """Know of none."""
        self.found: list[Problem] = []
        self.languages: frozenset[str] = frozenset()

    def add(self, line: int, path: str, why: str) -> None:
        """Tell one more."""
        self.found.append(Problem(line, path, why))

    def words(self, node: Node, path: str) -> Words:
        """Return words by language."""
        if not isinstance(node.value, dict) or not node.value:
            self.add(node.line, path, "not-words")
            return {}
        words: Words = {}
        for language, each in node.value.items():
            said = each.value.strip() if isinstance(each.value, str) else ""
            if not _LANGUAGE.fullmatch(language):
                self.add(each.line, f"{path}.{language}", "not-a-language")
            elif not said or len(said) > _LONGEST:
                self.add(each.line, f"{path}.{language}", "not-words")
            words[language] = said
        for missing in sorted(self.languages - words.keys()):
            self.add(node.line, f"{path}.{missing}", "language-missing")
        return words


class Fields:
    """The fields of one object. What is missing or wrong is told, and something is returned."""

    def __init__(self, problems: Problems, node: Node, path: str, known: str) -> None:
        """Take an object that may have the fields in `known` and no others."""
        self._problems, self.node = problems, node
        self.path = f"{path}." if path else ""
        self.nodes: dict[str, Node] = node.value if isinstance(node.value, dict) else {}
        if not isinstance(node.value, dict):
            problems.add(node.line, path, "not-an-object")
        for name in node.twice:
            self.wrong(name, "twice")
        for name in self.nodes.keys() - set(known.split()):
            self.wrong(name, "unknown-field")

    def wrong(self, name: str, why: str) -> None:
        """Tell that a field is wrong."""
        node = self.nodes.get(name, self.node)
        self._problems.add(node.line, f"{self.path}{name}", why)

    def text(self, name: str) -> str:
        """Return a text."""
        value = self._value(name)
        if value is not None and not isinstance(value, str):
            self.wrong(name, "not-text")
        return value if isinstance(value, str) else ""

    def ident(self, name: str) -> str:
        """Return an id."""
        value = self.text(name)
        if value and not _ID.fullmatch(value):
            self.wrong(name, "not-an-id")
        return value

    def words(self, name: str) -> Words:
        """Return words by language."""
        self._value(name)
        node = self.nodes.get(name)
        return self._problems.words(node, f"{self.path}{name}") if node else {}

    def number(self, name: str, lowest: int, highest: int) -> int:
        """Return a whole number in a range; where it is none, the lowest."""
        value = self._value(name)
        if value is None:
            return lowest
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(name, "not-a-number")
        elif not lowest <= value <= highest:
            self.wrong(name, "out-of-range")
        else:
            return value
        return lowest

    def points(self, name: str, *, is_needed: bool = False) -> int:
        """Return points; 0 where there are none."""
        if name not in self.nodes and not is_needed:
            return 0
        value = self.number(name, -MOST_POINTS, _MOST_SUM)
        return value if name in self.nodes else 0

    def flag(self, name: str) -> bool:
        """Return true or false; false where it is not there."""
        if name not in self.nodes:
            return False
        value = self.nodes[name].value
        if not isinstance(value, bool):
            self.wrong(name, "not-true-or-false")
        return value is True

    def each(self, name: str, most: int) -> Iterator[tuple[Node, str]]:
        """Yield each member of a list with its path."""
        value = self._value(name)
        nodes = value if isinstance(value, list) else []
        if name in self.nodes and not isinstance(value, list):
            self.wrong(name, "not-a-list")
        elif name in self.nodes and not 0 < len(nodes) <= most:
            self.wrong(name, "too-many" if nodes else "empty")
        for at, node in enumerate(nodes[:most]):
            yield node, f"{self.path}{name}[{at}]"

    def _value(self, name: str) -> object:
        if name not in self.nodes:
            self.wrong(name, "missing")
            return None
        return self.nodes[name].value
