"""When something is done, and the fresh ids it needs: time and chance, handed in from outside."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5


@dataclass(frozen=True, slots=True)
class Moment:
    """One action's clock reading (UTC) and its one random UUID."""

    now: datetime
    fresh: UUID

    def id(self, name: str) -> UUID:
        """Return an id of its own for the thing called `name` that this action makes."""
        return uuid5(self.fresh, name)
