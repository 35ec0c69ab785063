"""What is said where two people's records cannot be put together, or parted."""

from typing import Final

from desktop import people_errors
from desktop.domain.merging import Obstacle
from desktop.errors import AppError
from i18n import later, tr

MERGED: Final[dict[type[AppError], tuple[str, str]]] = {
    people_errors.CannotMerge: (
        later("These two cannot be put together as they are. Nothing was changed."),
        later("Finish or throw away what both have half done, then try again."),
    ),
    people_errors.CannotPart: (
        later("These two cannot be parted any more: something was destroyed or sent since."),
        later("Go on with the one record. A new contact can begin at any time."),
    ),
    people_errors.BirthDateUnreadable: (
        later("This birth date cannot be read."),
        later("Write it like 2010-03-05, or leave it empty."),
    ),
    people_errors.BirthDateAhead: (
        later("This birth date has not come yet."),
        later("Look at the year again, or leave it empty."),
    ),
}
_WHY: Final = {
    Obstacle.SAME: later("This is the same record. Choose another one."),
    Obstacle.NAMELESS: later("Whoever keeps the record needs an alias. Give them one first."),
    Obstacle.DRAFT: later(
        "Both have an unsent referral. Send one or throw it away, then try again."
    ),
    Obstacle.JUDGEMENT: later(
        "Both have a half-written judgment. Keep one of them, then try again."
    ),
    Obstacle.LONGER: later("This record is kept longer for a reason. Put the other one to it."),
    Obstacle.WISH: later("One of them asked to be forgotten. That is done first."),
}


def why_words(error: people_errors.CannotMerge) -> str:
    """Say what stands in the way, and what to do about it."""
    return tr(_WHY[Obstacle(error.why)])
