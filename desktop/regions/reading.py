"""Reading the divisions that are valid on a day: the table, then every change until then."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files

from desktop.domain.regions import Region, Regions

_PROVINCE, _DISTRICT = 2, 5  # digits of a code
_NOTHING, _UNKNOWN_INSIDE = "-", "*"


@dataclass(slots=True)
class _Division:
    code: str
    name: str
    also: list[str] = field(default_factory=list)
    lay_in: list[str] = field(default_factory=list)
    inside: list["_Division"] = field(default_factory=list)

    def is_now(self, name: str) -> None:
        """Be called otherwise, and remember what it was called."""
        if name != self.name:
            self.also.append(self.name)
            self.name = name

    def leaves(self, above: "_Division") -> None:
        """Be no longer in another, and remember that it was."""
        above.inside.remove(self)
        self.lay_in += [above.name, *above.also]

    def takes(self, other: "_Division", *, renames: bool) -> None:
        """Take in all that lies in another, and what that was called."""
        self.also += [each for each in (other.name, *other.also) if each not in self.also]
        for one in tuple(other.inside):
            if renames:
                one.lay_in += [other.name, *other.also]
            self.inside.append(one)

    def is_recoded(self, code: str) -> None:
        """Have a new code, as has all inside whose code began with the old; "*": it has none."""
        old, self.code = self.code, code.rstrip(_UNKNOWN_INSIDE)
        for one in self.inside:
            if one.code.startswith(old):
                tail = "" if code.endswith(_UNKNOWN_INSIDE) else one.code[len(old) :]
                one.is_recoded(self.code + tail)


def regions_on(day: date, *, towns: bool = True) -> Regions:
    """Return the divisions that are valid on a day; without towns in a twentieth of the time."""
    table = _Table(_lines("regions.txt", towns=towns))
    for line in _lines("changes.txt"):
        since, old, _, code, name = line.split("\t")
        is_town = len(old) > _DISTRICT or (old == _NOTHING and code.endswith(_UNKNOWN_INSIDE))
        if date.fromisoformat(since) <= day and (towns or not is_town):
            table.change(old.replace(_NOTHING, ""), code.replace(_NOTHING, ""), name)
    return Regions(table.regions())


def _lines(name: str, *, towns: bool = True) -> Iterator[str]:
    text = (files("desktop.regions") / name).read_text("utf-8")
    left_out = ("#",) if towns else ("#", "  ")
    return (line for line in text.splitlines() if not line.startswith(left_out))


class _Table:
    """Provinces with their districts with their towns, as they stand after the changes so far."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._whole = _Division("", "")
        for line in lines:
            code, name, *also = line.strip(" ").split("\t")
            self._above(code).inside.append(_Division(code, name, also))

    def regions(self) -> Iterator[Region]:
        """Yield each after what it lies in."""
        for province in self._whole.inside:
            yield from _made(province, None)

    def change(self, old: str, code: str, name: str) -> None:
        """Let what had the old code have the new; without a code, let it be new, or end."""
        if not old:
            above = self._inside(code) if code.endswith(_UNKNOWN_INSIDE) else self._above(code)
            above.inside.append(_Division(code.rstrip(_UNKNOWN_INSIDE), name))
            return
        before = self._above(old)
        one = _one(before, old)
        if not code:
            before.inside.remove(one)
        elif len(old) > _DISTRICT:
            self._move(one, before, self._inside(code[:_DISTRICT]), code, name)
        else:
            self._change_whole(one, before, code, name)

    def _change_whole(self, one: _Division, before: _Division, code: str, name: str) -> None:
        after = self._above(code.rstrip(_UNKNOWN_INSIDE))
        into = next((each for each in after.inside if each.code == code.rstrip("*")), None)
        if into is None:
            self._move(one, before, after, code, name)
            return
        before.inside.remove(one)
        one.is_recoded(code)
        into.takes(one, renames=len(into.code) == _DISTRICT)

    def _move(
        self, one: _Division, before: _Division, after: _Division, code: str, name: str
    ) -> None:
        if before is after:
            before.inside.remove(one)
        else:
            one.leaves(before)
        one.is_now(name)
        one.is_recoded(code)
        after.inside.append(one)

    def _above(self, code: str) -> _Division:
        """Return what lies above a code."""
        if len(code) == _PROVINCE:
            return self._whole
        return self._inside(code[: _PROVINCE if len(code) == _DISTRICT else _DISTRICT])

    def _inside(self, code: str) -> _Division:
        """Return the province or district of a code."""
        province = _one(self._whole, code[:_PROVINCE])
        return province if len(code) == _PROVINCE else _one(province, code[:_DISTRICT])


def _one(above: _Division, code: str) -> _Division:
    return next(each for each in above.inside if each.code == code)


def _made(one: _Division, within: Region | None) -> Iterator[Region]:
    # The one district of a city that is a province has no name: its towns lie in the province.
    made = within
    if one.name:
        made = Region(one.code, one.name, within, tuple(one.also), tuple(one.lay_in))
        yield made
    for inner in one.inside:
        yield from _made(inner, made)
