"""Failures of putting two people's records together. Everything else is in `errors`."""

from dataclasses import dataclass

from desktop.errors import AppError


@dataclass(eq=False, repr=False)
class CannotMerge(AppError):
    """Two records cannot be put together as they are. `why` is an `Obstacle`."""

    why: str


class CannotPart(AppError):
    """What was put together cannot be parted: something of it was destroyed, or sent since."""


class BirthDateUnreadable(AppError):
    """What was typed is no date. It is not told again, and kept nowhere."""


class BirthDateAhead(AppError):
    """A birth date that has not come yet."""
