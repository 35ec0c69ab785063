"""Long polls: whoever waits for a mailbox wakes when something arrives there."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager


class Bells:
    """One bell a mailbox. Everything here happens on the event loop's thread."""

    def __init__(self) -> None:
        """Hang no bell yet."""
        self._hung: dict[str, asyncio.Event] = {}
        self._rings = 0
        self._last: dict[str, int] = {}
        self._heads: dict[str, list[int]] = defaultdict(list)
        self._is_closed = False

    def rings(self) -> int:
        """Return how often a bell has rung so far; ask before looking into a mailbox."""
        return self._rings

    def bell(self, org: str, rings: int) -> asyncio.Event:
        """Return the bell that rings next after so many; it may have rung since."""
        if self._is_closed or self._last.get(org, 0) > rings:
            rung = asyncio.Event()
            rung.set()
            return rung
        return self._hung.setdefault(org, asyncio.Event())

    def waiting(self) -> frozenset[str]:
        """Name the organisations with a bell that may ring."""
        return frozenset(self._hung)

    @contextmanager
    def attended(self, org: str, head: int) -> Iterator[None]:
        """Say that somebody waits here, who has seen the mailbox filled up to `head`."""
        self._heads[org].append(head)
        try:
            yield
        finally:
            self._heads[org].remove(head)
            if not self._heads[org]:
                del self._heads[org]

    def seen(self) -> Mapping[str, int]:
        """Return the organisations that somebody waits for, and how far all of them have seen."""
        return {org: min(heads) for org, heads in self._heads.items()}

    def ring(self, orgs: Iterable[str]) -> None:
        """Wake everyone who waits for these organisations' mailboxes."""
        for org in orgs:
            self._rings += 1
            self._last[org] = self._rings
            if bell := self._hung.pop(org, None):
                bell.set()

    def close(self) -> None:
        """Wake everyone for good: the hub is stopping."""
        self._is_closed = True
        self.ring(tuple(self._hung))


async def rang(bell: asyncio.Event, seconds: float) -> bool:
    """Wait for the bell, but no longer than this."""
    try:
        await asyncio.wait_for(bell.wait(), seconds)
    except TimeoutError:
        return False
    return True
