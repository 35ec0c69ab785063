"""Official divisions of Korea, found as they are typed: in part, by first consonants, in short."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from desktop.domain.hangul import initials, is_initials

_BEGUN = (2, 3)
"""Words of a province and a district: 서울 관악구, 경기 수원시 장안구."""


@dataclass(frozen=True, slots=True)
class Region:
    """A province, a district of one, or a town of a district."""

    code: str
    """Two digits, five, or eight; of a town only the district's five where its own are unknown."""
    name: str
    within: "Region | None" = None
    also: tuple[str, ...] = ()
    """In short, and what it was called before; the shortest name of a province first."""
    lay_in: tuple[str, ...] = ()
    """What it lay in before."""

    @property
    def full(self) -> str:
        """Return the official name: 서울특별시 관악구 신림동."""
        above = f"{self.within.full} " if self.within else ""
        return above + self.name

    @property
    def short(self) -> str:
        """Return the name as people write it: 서울 관악구 신림동."""
        if self.within is None:
            return self.also[0] if self.also else self.name
        return f"{self.within.short} {self.name}"

    @property
    def depth(self) -> int:
        """Return 0 for a province, then one more for each it lies in."""
        return self.within.depth + 1 if self.within else 0

    def spellings(self) -> tuple[str, ...]:
        """Return every name it may be called by, its own first."""
        return (self.name, *self.also)


class Regions:
    """All that are valid on one day, provinces first. Nothing in it changes."""

    def __init__(self, regions: Iterable[Region]) -> None:
        """Take them, each once."""
        self._all = tuple(sorted(regions, key=lambda region: region.depth))
        self._place = {id(region): place for place, region in enumerate(self._all)}
        self._own = _Spoken(region.spellings() for region in self._all)
        self._before = _Spoken(region.lay_in for region in self._all)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._all)

    def find(self, query: str, limit: int = 8) -> tuple[Region, ...]:
        """Return those that every word of `query` speaks of, and one word by their own name.

        Whose name begins with the last word comes first, then the larger.
        """
        words = query.split()
        if not words:
            return ()
        own = [self._own.holding(word) for word in words]
        spoken = [mine | self._before.holding(word) for mine, word in zip(own, words, strict=True)]
        found = [
            place
            for place in sorted(set().union(*own))
            if all(self._is_spoken_of(place, each) for each in spoken)
        ]
        ranked = sorted(found, key=lambda place: not self._own.begins(place, words[-1]))
        return tuple(self._all[place] for place in ranked[:limit])

    def district_of(self, address: str) -> Region | None:
        """Return the district that an address begins with, however its province is called."""
        words = address.split()
        begun = (" ".join(words[:count]) for count in _BEGUN)
        found = [self._districts[each] for each in begun if each in self._districts]
        return self._all[min(found)] if found else None

    @cached_property
    def _districts(self) -> dict[str, int]:
        """Every way in which an address may begin, and the place of the first that lies there."""
        begun: dict[str, int] = {}
        for region in self._all:
            if region.depth != 1:
                continue
            above = region.within.spellings() if region.within else ()
            for province, name in product(above + region.lay_in, region.spellings()):
                if name.count(" ") == region.name.count(" "):
                    begun.setdefault(f"{province} {name}", self._place[id(region)])
        return begun

    def _is_spoken_of(self, place: int, spoken: set[int]) -> bool:
        region: Region | None = self._all[place]
        while region is not None and self._place[id(region)] not in spoken:
            region = region.within
        return region is not None


class _Spoken:
    """What each region may be called, one text a region: searched by C, not by Python."""

    def __init__(self, names: Iterable[tuple[str, ...]]) -> None:
        self._texts = tuple("\n".join(each) for each in names)

    @cached_property
    def _firsts(self) -> tuple[str, ...]:
        return tuple(initials(text) for text in self._texts)

    def _like(self, word: str) -> tuple[str, ...]:
        return self._firsts if is_initials(word) else self._texts

    def holding(self, word: str) -> set[int]:
        return {place for place, text in enumerate(self._like(word)) if word in text}

    def begins(self, place: int, word: str) -> bool:
        return any(name.startswith(word) for name in self._like(word)[place].split())
