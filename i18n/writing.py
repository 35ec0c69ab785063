"""How a language writes dates, numbers and lists: one small file each, made by `i18n.catalog`."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Writing:
    """What is needed of Unicode's CLDR. A week begins with Monday, as in Python."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    minus: str
    thousands: str
    """What stands between groups of three digits."""
    pair: str
    """A list of two, with {0} and {1}; the next three build a longer one from left to right."""
    list_start: str
    list_middle: str
    list_end: str


def place_of(language: str) -> Path:
    """Return where the file of `language` stands."""
    return _HERE / language / "writing.json"


@cache
def writing_of(language: str) -> Writing:
    """Return how `language` writes; its file is read once, when it is first needed."""
    told = json.loads(place_of(language).read_text("utf-8"))
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return Writing(**{**told, **lists})
