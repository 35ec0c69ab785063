"""Backup generations: which are kept, when the next is due, and when to look through all of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from desktop.domain.outreach import DAY_ROLLS_AT, KOREA

RECENT, NIGHTS = 3, 7
OFTEN = timedelta(hours=1)
"""A backup is made by itself no more often than this."""
_NAME = re.compile(r"\A([0-9]{8}T[0-9]{6})Z-([0-9]{10,19})\Z")
_TIME = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Generation:
    """One backup: when it was made, in whole seconds, and how much had happened by then."""

    made_at: datetime
    seq: int

    @property
    def name(self) -> str:
        """Return the name of its folder, the same on every system."""
        return f"{self.made_at:{_TIME}}Z-{self.seq:010}"

    def night(self) -> date:
        """Return the evening it belongs to; the day rolls over at 06:00 in Korea."""
        return _night(self.made_at)


def generation(now: datetime, seq: int) -> Generation:
    """Return what a backup made now is called."""
    return Generation(now.astimezone(UTC).replace(microsecond=0), seq)


def named(name: str) -> Generation | None:
    """Read a folder's name; None when it is no generation's."""
    found = _NAME.match(name)
    if found is None:
        return None
    try:
        made_at = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Generation(made_at, int(found[2]))


def newest_first(known: Iterable[Generation]) -> tuple[Generation, ...]:
    """Sort by what had happened, which no wrong clock can change."""
    return tuple(sorted(known, key=lambda g: (g.seq, g.made_at), reverse=True))


def kept(known: Iterable[Generation], now: datetime) -> frozenset[Generation]:
    """Return those that stay: three recent ones, and the first of each of the last seven nights.

    The first of a night, because it is the one that was looked through (`needs_reading`).
    """
    ordered, tonight = newest_first(known), _night(now)
    first = {made.night(): made for made in ordered}
    nights = (tonight - timedelta(days=ago) for ago in range(NIGHTS))
    return frozenset(ordered[:RECENT]) | {first[night] for night in nights if night in first}


def is_due(known: Iterable[Generation], seq: int, now: datetime) -> bool:
    """Whether something happened since the newest, and that was an hour ago.

    A newest one from the future, after the clock was set right, does not count as fresh.
    """
    newest = next(iter(newest_first(known)), None)
    if newest is None:
        return True
    return newest.seq != seq and not timedelta() <= now - newest.made_at < OFTEN


def needs_reading(known: Iterable[Generation], now: datetime) -> bool:
    """Whether the next one is the first of its night: then all of it is looked through."""
    return all(made.night() != _night(now) for made in known)


def outlived(names: Iterable[str], here: tuple[Generation, ...], purged: int) -> tuple[str, ...]:
    """Return the names of those that know less than every generation here, newest first.

    Only of those made before `purged`, the place in the journal up to which something was
    destroyed: one that merely made room here stays elsewhere (D-192).
    """
    if not here:
        return ()
    least = min(here[-1].seq, purged)
    known = {name: named(name) for name in names}
    return tuple(name for name, made in known.items() if made is None or made.seq < least)


def of_another_life(
    names: Iterable[str], since: Generation, restored_at: datetime, purged: int
) -> tuple[str, ...]:
    """Return the names of those that a vault made after the backup `since`, which came back.

    What was forgotten after it came back, at `restored_at`, stands in them: only where `purged`,
    the place in the journal of the last destruction, is later than that backup.
    """
    if purged <= since.seq:
        return ()
    known = ((name, named(name)) for name in names)
    return tuple(
        name
        for name, made in known
        if made is not None and made.seq > since.seq and made.made_at < restored_at
    )


def _night(at: datetime) -> date:
    return (at.astimezone(KOREA) - DAY_ROLLS_AT).date()
