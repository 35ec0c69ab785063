"""Practice or real work: two folders that never meet. Loads no Qt: starting reads this first."""

from dataclasses import dataclass
from pathlib import Path

PRACTICE, REAL = "practice", "real"
HIDDEN = "--hidden"
"""Begin with a neutral window: what was hidden when it locked comes back hidden."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the command line said."""

    home: Path | None = None
    world: str = REAL
    pace: float = 2.0
    """Seconds a practice desk takes for its next step."""
    is_hidden: bool = False
