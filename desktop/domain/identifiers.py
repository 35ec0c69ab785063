"""A number that names one person among all (고유식별정보): passport, alien registration, licence.

Only an organisation that a law entrusts may ask for one, on its own (PIPA 24(1)). A resident
registration number is none of them: no consent makes it lawful (PIPA 24-2).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop.consent_errors import IdentifierUnreadable
from desktop.domain.text import LINE_LIMIT, Checked, checked, clean, masked

_SHOWN = 3
"""So many characters at its end are shown where a number is not needed whole."""
_WIDE = {0xFF10 + n: str(n) for n in range(10)} | {0xFF0D: "-"}


class IdentifierKind(StrEnum):
    """What the number stands on."""

    PASSPORT = "passport"
    ALIEN = "alien-registration"
    LICENCE = "driving-licence"


_SHAPES = {
    IdentifierKind.PASSPORT: re.compile(r"(?=[A-Z]*\d)[A-Z0-9]{6,12}"),
    # As a resident number is written; its seventh digit, 5 to 8, tells them apart.
    IdentifierKind.ALIEN: re.compile(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[5-8]\d{6}"),
    IdentifierKind.LICENCE: re.compile(r"(?:\d{2}|[가-힣]{2})-?\d{2}-?\d{6}-?\d{2}"),
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """One number. As a referral tells it: `passport M12345678`."""

    kind: IdentifierKind
    number: str

    def __post_init__(self) -> None:
        """Keep it as it is printed; raises `ResidentNumberFound`, `IdentifierUnreadable`."""
        number = _plain(self.number)
        if not _SHAPES[self.kind].fullmatch(number):
            checked(number, LINE_LIMIT)
            raise IdentifierUnreadable
        object.__setattr__(self, "number", number)

    def __str__(self) -> str:
        """Return it as a referral tells it."""
        return f"{self.kind} {self.number}"


def read(said: str) -> Identifier:
    """Read what a referral tells; raises `ResidentNumberFound`, `IdentifierUnreadable`."""
    kind, number = halves(said)
    if kind is None:
        checked(said, LINE_LIMIT)
        raise IdentifierUnreadable
    return Identifier(kind, number)


def halves(said: str) -> tuple[IdentifierKind | None, str]:
    """Return which kind was chosen, and what is typed of the number so far."""
    first, _, rest = said.partition(" ")
    try:
        return IdentifierKind(first), rest
    except ValueError:
        return None, said


def typed(said: str) -> Checked:
    """Return what a draft may keep, half a number too; raises `ResidentNumberFound`."""
    return Checked(clean(said)) if _is_one(said) else checked(said, LINE_LIMIT)


def spared(said: str) -> Checked:
    """Return it with every resident number blotted out: others wrote it, or it is locking."""
    return Checked(clean(said)) if _is_one(said) else masked(said[:LINE_LIMIT])


def covered(number: str) -> str:
    """Return a number with all but its end covered."""
    return "●" * max(0, len(number) - _SHOWN) + number[-_SHOWN:]


def _plain(number: str) -> str:
    return "".join(clean(number).translate(_WIDE).split()).upper()


def _is_one(said: str) -> bool:
    kind, number = halves(clean(said))
    return kind is not None and _SHAPES[kind].fullmatch(_plain(number)) is not None
