"""Korea's public holidays, substitute days included: the only door to the `holidays` package."""

from datetime import date
from functools import cache

_NAMES = {"ko": "ko", "en": "en_US"}


def is_off(day: date) -> bool:
    """Say whether a day is a public holiday."""
    return day in _known(day.year, _NAMES["ko"])


def name_of(day: date, language: str) -> str:
    """Return what a holiday is called ("ko" or "en"); empty for any other day."""
    return _known(day.year, _NAMES[language]).get(day, "")


@cache
def _known(year: int, language: str) -> dict[date, str]:
    # A quarter of a second: loaded by the first promise, on the vault's thread, never at a start.
    from holidays.countries.south_korea import SouthKorea

    made = SouthKorea(years=year, language=language)  # type: ignore[no-untyped-call]  # no types there
    return dict(made)
