"""Reading a birth date as somebody types it. It says an age, and is kept nowhere (PIPA 3)."""

import re
from datetime import date

from desktop.domain.ages import Age
from desktop.people_errors import BirthDateAhead, BirthDateUnreadable

_PARTED = re.compile(r"(\d{4}|\d{2})\s*[-./년 ]\s*(\d{1,2})\s*[-./월 ]\s*(\d{1,2})\s*[.일]?")
_WHOLE = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")
_CENTURY = 100


def read(text: str, today: date) -> date:
    """Return the day that was typed: 2010-03-05, 2010.3.5, 2010년 3월 5일, 20100305, 100305.

    Two digits are the newest such year that has begun. Raises `BirthDateUnreadable`, for the
    beginning of a resident number with more behind it too, and `BirthDateAhead`.
    """
    found = _PARTED.fullmatch(text.strip()) or _WHOLE.fullmatch(text.strip())
    if found is None:
        raise BirthDateUnreadable
    year, month, day = map(int, found.groups())
    if len(found[1]) == 2:
        this_century = today.year - today.year % _CENTURY
        year += this_century if this_century + year <= today.year else this_century - _CENTURY
    try:
        born = date(year, month, day)
    except ValueError as error:
        raise BirthDateUnreadable from error
    if born > today:
        raise BirthDateAhead
    return born


def age_of(text: str, today: date) -> Age:
    """Return the age that a typed birth date makes today; `AgeUnlikely` for nobody young."""
    return Age.born(read(text, today), today)
