"""When something is done, and the fresh ids it needs: time and chance, handed in from outside.

Ids begin with their time (RFC 9562, version 7): what is written together then lies together in
every index, here and at the hub, however much is there already. What an id tells of time stands
beside it in the clear wherever it goes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

CHANCE = 10
"""Bytes of chance that a fresh id needs."""
_TIMED = 7
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_TIME = 48
_VERSION, _VARIANT = 7 << 76, 2 << 62
_FREE = (1 << 80) - 1 - (0xF << 76) - (3 << 62)
"""The bits behind the time that are neither version nor variant."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One action's clock reading (UTC) and its one fresh UUID."""

    now: datetime
    fresh: UUID

    def id(self, name: str) -> UUID:
        """Return an id of its own for the thing called `name` that this action makes."""
        return beside(self.fresh, uuid5(self.fresh, name))


def fresh_id(now: datetime, chance: bytes) -> UUID:
    """Return an id that nobody has, of this time; `chance` is `CHANCE` random bytes."""
    time = (now - _EPOCH) // _MILLISECOND % (1 << _TIME)
    return _timed(time, int.from_bytes(chance, "big"))


def beside(lead: UUID, other: UUID) -> UUID:
    """Return `other` under the time that `lead` begins with; as it is where `lead` has none."""
    return _timed(lead.int >> 80, other.int) if lead.version == _TIMED else other


def _timed(time: int, rest: int) -> UUID:
    return UUID(int=time << 80 | _VERSION | _VARIANT | rest & _FREE)
