"""What the pages about keys need from outside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop.services.members import Making


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Means:
    """The open vault, chance, and what makes a key slot."""

    tasks: Tasks
    chance: Callable[[int], bytes]
    making: "Callable[[], Making]"
    """Asks the keyring: called on the vault's thread only."""
    be_alone: Callable[[], bool]
    """Close every other connection to the vault, for good; tell whether all are closed."""
