"""How often one device, or one address, may ask: counted in memory, by each process for itself.

Counts are kept for a bounded number of askers; when there are more, the oldest counts go first.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse_many
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from sync.server.refusals import Refused

MOST_COUNTS = 100_000
_OFFICE = 64
"""An office, or a home, is given a whole /64 of IPv6 addresses."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What is allowed, as `limits` writes it; "0" allows everything."""

    device: str = "600/minute;7200/hour"
    """Requests of one known device: two a second for an hour, and faster on an office day."""
    load: str = "300/minute"
    """Requests of one known device that carry pieces of backups, a megabyte each at most: they
    take none of what its letters may."""
    stranger: str = "600/minute"
    """Unsigned requests from one address: a whole centre may stand behind it."""
    unproven: str = "600/minute"
    """Signatures from one address that did not hold; it is not heard for a while after."""
    code: str = "20/minute;120/hour"
    """One-time codes from one address that the hub did not know."""


USUAL = Rates()


class WrongRate(ValueError):
    """This is not how a rate is written."""


class Gates:
    """Counts who asks, and refuses who asks too often."""

    def __init__(self, rates: Rates, clock: Callable[[], datetime]) -> None:
        """Start with nobody counted."""
        self._counts = _Counts(clock)
        self._limiter = FixedWindowRateLimiter(self._counts)
        self._items = {
            each.name: tuple(_named(each.name, item) for item in _read(getattr(rates, each.name)))
            for each in fields(rates)
        }

    def pass_device(self, device: str) -> None:
        """Count one request of a device that has shown who it is."""
        self._pass("device", device)

    def pass_load(self, device: str) -> None:
        """Count one request of such a device that carries pieces of backups."""
        self._pass("load", device)

    def pass_stranger(self, address: str) -> None:
        """Count one request of somebody who need not show who they are."""
        self._pass("stranger", _neighbourhood(address))

    def check(self, gate: str, address: str) -> None:
        """Refuse an address of which too much was noted at this gate."""
        who = _neighbourhood(address)
        for item in self._items[gate]:
            if not self._limiter.test(item, who):
                raise self._refusal(item, who)

    def note(self, gate: str, address: str) -> None:
        """Note at this gate what did not hold."""
        for item in self._items[gate]:
            self._limiter.hit(item, _neighbourhood(address))

    def _pass(self, gate: str, who: str) -> None:
        for item in self._items[gate]:
            if not self._limiter.hit(item, who):
                raise self._refusal(item, who)

    def _refusal(self, item: RateLimitItem, who: str) -> Refused:
        return Refused(429, "too-often", self._counts.rest(item.key_for(who)))


@dataclass(slots=True)
class _Count:
    """How often somebody asked, and from when to when that counts."""

    number: int
    since: float
    until: float

    def is_current(self, now: float) -> bool:
        """Say whether it counts still; one from a future that never came does not."""
        return self.since <= now < self.until


class _Counts(Storage):
    """Counts that end by the hub's own clock, and that no crowd can fill the memory with."""

    STORAGE_SCHEME = None

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._counted: dict[str, _Count] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        return ArithmeticError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = self._clock().timestamp()
        with self._lock:
            count = self._counted.get(key)
            if count is None or not count.is_current(now):
                self._counted.pop(key, None)
                self._make_room(now)
                count = self._counted[key] = _Count(0, now, now + expiry)
            count.number += amount
            return count.number

    def get(self, key: str) -> int:
        count = self._counted.get(key)
        return count.number if count and count.is_current(self._clock().timestamp()) else 0

    def get_expiry(self, key: str) -> float:
        count = self._counted.get(key)
        return count.until if count else 0.0

    def rest(self, key: str) -> int:
        """Return in how many seconds this count ends."""
        return max(1, round(self.get_expiry(key) - self._clock().timestamp()))

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._lock:
            count = len(self._counted)
            self._counted.clear()
            return count

    def clear(self, key: str) -> None:
        with self._lock:
            self._counted.pop(key, None)

    def _make_room(self, now: float) -> None:
        if len(self._counted) < MOST_COUNTS:
            return
        current = [each for each in self._counted.items() if each[1].is_current(now)]
        # A dictionary keeps its order: what was counted first goes first.
        self._counted = dict(current[-(MOST_COUNTS * 9 // 10) :])


def _read(rate: str) -> list[RateLimitItem]:
    try:
        return [] if rate.strip() == "0" else parse_many(rate)
    except ValueError as error:
        raise WrongRate(rate) from error


def _named(gate: str, item: RateLimitItem) -> RateLimitItem:
    return type(item)(item.amount, item.multiples, namespace=gate)


def _neighbourhood(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(int(found) >> (128 - _OFFICE))
    return str(found)
