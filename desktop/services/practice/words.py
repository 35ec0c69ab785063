"""The invented words of the practice week: nobody real, nothing lurid."""

from functools import cache
from importlib import resources

import msgspec


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the week is told with. Korean in every language: young people in Korea are met."""

    firsts: tuple[str, ...]
    seconds: tuple[str, ...]
    """Aliases are one of each, in this order."""
    marks: tuple[str, ...]
    """What somebody without an alias is remembered by."""
    team: tuple[str, ...]
    partners: tuple[str, ...]
    nights: tuple[tuple[str, str], ...]
    """Place and route."""
    places: tuple[str, ...]
    met: tuple[str, ...]
    said: tuple[str, ...]
    saw: tuple[str, ...]
    agreed: tuple[str, ...]
    short: tuple[str, ...]
    added: tuple[str, ...]
    low: tuple[str, ...]
    medium: tuple[str, ...]
    high: tuple[str, ...]
    promises: tuple[str, ...]
    plan: dict[str, str]
    given: tuple[str, ...]
    guardian: tuple[str, str, str]
    needs: dict[str, str]
    """What is asked for, by kind of help."""
    reach: tuple[str, ...]
    purpose: str
    retention: str
    answers: dict[str, str]
    """What agencies wrote back, by what became of it."""


@cache
def words() -> Words:
    """Return them; read once."""
    raw = (resources.files(__package__) / "words.json").read_bytes()
    return msgspec.json.decode(raw, type=Words)
