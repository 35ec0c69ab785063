"""What everybody is called, to be found as it is typed: in part, by first consonants, mistyped.

20,000 aliases are some 200 KB of text. Looking through it takes less than asking the database
for one row of an index, and leaves nothing on the disk that a purge would have to reach.
"""

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain, islice
from operator import add
from uuid import UUID

from desktop.domain.hangul import initials, is_initials, letters

_END = "\n"
_KEY = 16
_GROUPED = 3
"""Letters by whose first and last names are kept, to be looked up."""
_LEAST = 4
"""Letters of a name that may be mistyped: fewer are too like everything."""


class Names:
    """Aliases, newest first, and whose they are. Nothing in it changes."""

    def __init__(self, called: Iterable[tuple[str, str]]) -> None:
        """Take ids and aliases, in the order in which they shall be found."""
        keys, aliases = [], []
        for key, alias in called:
            keys.append(key)
            aliases.append(_line(alias))
        self._keys = bytes.fromhex("".join(keys).replace("-", ""))
        beginnings = _beginnings(self._keys)
        self._by_key = array("I", sorted(range(len(keys)), key=beginnings.__getitem__))
        self._beginnings = array("Q", sorted(beginnings))
        # One long text each, every alias between two line ends: searched by C, not by Python.
        self._called = _joined(aliases)
        folded = _folded_case(self._called)
        self._shown = self._called if folded == self._called else folded
        self._firsts = initials(self._shown)
        self._spelt = letters(self._shown)
        self._starts = _starts(self._shown)
        self._spelt_starts = _starts(self._spelt)
        lines = self._spelt.split(_END)[1:-1]
        self._ends = array("I", map(add, self._spelt_starts, map(len, lines)))
        self._by_first = _grouped(line[:_GROUPED] for line in lines)
        self._by_last = _grouped(line[-_GROUPED:] for line in lines)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._starts)

    def alias(self, key: str) -> str | None:
        """Return what whoever has this id is called, or None when nobody here has it."""
        wanted = bytes.fromhex(key.replace("-", ""))
        beginning = int.from_bytes(wanted[:8])
        at = bisect_left(self._beginnings, beginning)
        while at < len(self) and self._beginnings[at] == beginning:
            place = self._by_key[at]
            if self._key(place) == wanted:
                start = self._starts[place]
                return self._called[start : self._called.index(_END, start)]
            at += 1
        return None

    def holding(self, query: str, limit: int) -> tuple[UUID, ...]:
        """Return those called exactly this, then those whose alias holds it, in their order.

        `query` may be first consonants (ㅎㄴ), or hold a half-typed syllable (하ㄴ).
        """
        whole = _folded_case(_line(query))
        if not whole or not (whole in self._shown or _has_initials(whole)):
            return ()
        exact = islice(_places(self._shown, _END + whole + _END, self._starts), limit)
        found = dict.fromkeys(exact)
        for place in self._holding(whole):
            if len(found) >= limit:
                break
            found.setdefault(place)
        return tuple(UUID(bytes=self._key(place)) for place in found)

    def alike(self, query: str, limit: int) -> tuple[UUID, ...]:
        """Return those who would be called this but for one letter (jamo): 하늘 for 하눌, 하느."""
        spelt = letters(_folded_case(_line(query)))
        if len(spelt) < _LEAST:
            return ()
        # One slip leaves the first half or the second half of what was meant as it is.
        half = len(spelt) // 2
        first, last, whole = spelt[:half], spelt[half:], self._spelt
        near = {
            place
            for place in _group(self._by_first, first[:_GROUPED], str.startswith)
            if whole.startswith(first, self._spelt_starts[place])
            and self._is_one_off(place, spelt)
        } | {
            place
            for place in _group(self._by_last, last[-_GROUPED:], str.endswith)
            if whole.startswith(last, self._ends[place] - len(last))
            and self._is_one_off(place, spelt)
        }
        return tuple(UUID(bytes=self._key(place)) for place in sorted(near)[:limit])

    def _is_one_off(self, place: int, spelt: str) -> bool:
        start, end = self._spelt_starts[place], self._ends[place]
        return abs(end - start - len(spelt)) <= 1 and _is_one_off(self._spelt[start:end], spelt)

    def _holding(self, whole: str) -> Iterator[int]:
        if not _has_initials(whole):
            yield from _places(self._shown, whole, self._starts)
            return
        is_only = is_initials(whole)
        for place in _places(self._firsts, initials(whole), self._starts):
            if is_only or _holds(self._alias(place), whole):
                yield place

    def _alias(self, place: int) -> str:
        start = self._starts[place]
        return self._shown[start : self._shown.index(_END, start)]

    def _key(self, place: int) -> bytes:
        return self._keys[_KEY * place : _KEY * (place + 1)]


def _has_initials(text: str) -> bool:
    return any(is_initials(letter) for letter in text)


def _beginnings(keys: bytes) -> "array[int]":
    halves = array("Q", keys)
    if sys.byteorder == "little":
        halves.byteswap()
    return halves[::2]


def _line(text: str) -> str:
    return " ".join(text.split())


def _grouped(parts: Iterable[str]) -> dict[str, "array[int]"]:
    groups: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for place, part in enumerate(parts):
        groups[part].append(place)
    return dict(groups)


def _group(
    groups: dict[str, "array[int]"], key: str, fits: Callable[[str, str], bool]
) -> Iterable[int]:
    if len(key) == _GROUPED:
        return groups.get(key, ())
    return chain.from_iterable(group for each, group in groups.items() if fits(each, key))


def _joined(lines: Iterable[str]) -> str:
    return _END + "".join(line + _END for line in lines)


def _starts(text: str) -> list[int]:
    ends = accumulate((len(line) + 1 for line in text[1:-1].split(_END)), initial=1)
    return list(ends)[:-1] if len(text) > 1 else []


def _places(text: str, part: str, starts: list[int]) -> Iterator[int]:
    """Yield in which lines `part` stands, each once."""
    at = text.find(part)
    while at >= 0:
        inside = at + 1 if part.startswith(_END) else at
        place = bisect_right(starts, inside) - 1
        yield place
        following = starts[place + 1] - 1 if place + 1 < len(starts) else len(text)
        at = text.find(part, following)


def _folded_case(text: str) -> str:
    # Letter by letter: a folded text has as many letters as the text.
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(f if len(f := letter.casefold()) == 1 else letter for letter in text)


def _holds(alias: str, query: str) -> bool:
    return any(
        all(_fits(a, q) for a, q in zip(alias[at:], query, strict=False))
        for at in range(len(alias) - len(query) + 1)
    )


def _fits(letter: str, typed: str) -> bool:
    # A half-typed syllable (하ㄴ) is what the input method has shown so far.
    return letter == typed or (is_initials(typed) and initials(letter) == typed)


def _is_one_off(meant: str, typed: str) -> bool:
    """Whether one letter was missed, added, changed, or two neighbours swapped."""
    if len(meant) != len(typed):
        longer, shorter = (meant, typed) if len(meant) > len(typed) else (typed, meant)
        return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
    slips = [n for n, (m, t) in enumerate(zip(meant, typed, strict=True)) if m != t]
    if len(slips) == 2:
        first, second = slips
        swapped = (typed[second], typed[first])
        return second == first + 1 and (meant[first], meant[second]) == swapped
    return len(slips) == 1
