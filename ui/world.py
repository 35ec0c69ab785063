"""Practice or real work: two folders that never meet. Loads no Qt: starting reads this first."""

from dataclasses import dataclass
from pathlib import Path

PRACTICE, REAL = "practice", "real"
HIDDEN = "--hidden"
"""Begin with a neutral window: what was hidden when it locked comes back hidden."""
ANEW = "--anew"
"""Destroy everything of practice, and begin it as if for the first time."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the command line said."""

    home: Path | None = None
    world: str = REAL
    pace: float = 2.0
    """Seconds a practice desk takes for its next step."""
    is_hidden: bool = False
    has_week: bool = False
    """Practice lays out a week of invented work where nothing is yet; a tour wants none."""
    is_anew: bool = False
