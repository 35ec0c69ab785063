"""Every journey there is, and what of the program to break so that one of them fails."""

from journeys import judged, noted, people, tonight  # noqa: F401
from journeys.table import SENTENCES, not_played
from desktop.services import counting

__all__ = ["FAULTS", "SENTENCES", "not_played"]


def _of(plays):
    return next(each for each in SENTENCES if each.plays is plays)


FAULTS = ()
