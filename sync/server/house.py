"""What every endpoint works with, made once when the hub opens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sync.server.bells import Bells
from sync.server.desk import Desk
from sync.server.metrics import Metrics
from sync.server.rates import Gates
from sync.server.shelf import Shelf

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class House:
    """What every endpoint works with."""

    desk: Desk
    bells: Bells
    clock: Clock
    gates: Gates
    metrics: Metrics
    shelf: Shelf
    public_url: str = ""
    """What clients call the proxy in front, if there is one."""
