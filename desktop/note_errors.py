"""Failures about what is written. `ui.messages` words them as it does all others."""

from dataclasses import dataclass

from desktop.errors import AppError


class NoteSigned(AppError):
    """A signed note stays as it is: later words are added to it."""


class SummaryTooLong(AppError):
    """More was chosen than anybody reads on paper. Nothing was printed."""


@dataclass(eq=False, repr=False)
class TemplateBroken(AppError):
    """A line of the organisation's heads or phrases is wrong. Nothing of it was taken."""

    part: str
    line: int
    why: str
