"""Why somebody just met may be somebody met before. It is only ever shown: a person decides."""

from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.youths import Age, Gender, Youth


class Sign(StrEnum):
    """One reason to think so."""

    ALIAS = "same-alias"
    SLIP = "one-letter-off"
    AGE = "age-fits"
    PLACE = "same-place"
    ABOUT = "same-description"
    """Gender, or a language few speak here."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of somebody just met."""

    alias: str
    age: Age = field(default_factory=Age.unknown)
    place: str = ""
    gender: Gender = Gender.UNSAID
    language: str = "ko"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody met before, and why it may be them."""

    youth: Youth
    signs: tuple[Sign, ...]

    @property
    def is_strong(self) -> bool:
        """Say whether it is worth asking before somebody new is kept."""
        called = {Sign.ALIAS, Sign.SLIP} & set(self.signs)
        return Sign.ALIAS in called or (bool(called) and len(self.signs) > 2)


def likeness(sought: Sought, known: Youth, places: tuple[str, ...]) -> Likeness:
    """Compare; `places` are where the one known was met."""
    signs = {
        Sign.ALIAS: _plain(sought.alias) == _plain(known.alias),
        Sign.AGE: ages_meet(sought.age, known.age),
        Sign.PLACE: bool(sought.place.strip())
        and any(_plain(sought.place) == _plain(place) for place in places),
        Sign.ABOUT: _is_alike(sought, known),
    }
    return Likeness(known, tuple(sign for sign, is_there in signs.items() if is_there))


def ages_meet(one: Age, other: Age) -> bool:
    """Say whether two ages may be one; where one is not known there is nothing to say."""
    if not (one.lowest and other.lowest):
        return False
    (low, high), (least, most) = one.span(), other.span()
    return low <= most and least <= high


def _is_alike(sought: Sought, known: Youth) -> bool:
    is_said = sought.gender is not Gender.UNSAID and sought.gender is known.gender
    return is_said or (sought.language != "ko" and sought.language == known.language)


def _plain(words: str) -> str:
    return "".join(words.split()).casefold()
