"""The end of a night, and past ones: what is left to do, and the numbers a centre reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.ids import OutreachId
from desktop.domain.moment import Moment
from desktop.domain.nights import Counts, LooseEnd, Month, Night, Promised, Rows, counted, together
from desktop.domain.outreach import ITEMS, Outreach, Tally, night_of
from desktop.services import spreadsheets, whole_files
from desktop.vault import nights, outbox, outreach
from desktop.vault.database import Db, Vault

_MINUTE = 60
COLUMNS = (
    "night", "place", "began", "ended", "minutes", "counselors", "met", "counseled", "leaflets",
    *(item.value for item in ITEMS), "referrals", "partners",
)  # fmt: skip
"""Of a month's file."""


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody sees before they end a night, or when they look at one again."""

    night: Night
    loose_ends: tuple[LooseEnd, ...]
    """The most pressing first."""
    waiting: int
    """Messages that have not left this laptop, of this night or another."""
    promised: Promised


@dataclass(frozen=True, slots=True)
class MonthPage:
    """The nights of one month, newest first, and whether there are earlier or later ones."""

    month: Month
    nights: tuple[Night, ...]
    total: Counts
    has_earlier: bool
    has_later: bool


def review(vault: Vault, night: OutreachId, moment: Moment) -> Review:
    """Return how a night stands."""
    with vault.reading() as db:
        found = outreach.one(db, night)
        [reviewed] = _counted(db, (found,), moment.now)
        return Review(
            reviewed,
            nights.loose_ends(db, found),
            outbox.to_send(db),
            nights.promised(db, found, moment.now),
        )


def month(vault: Vault, month: Month, now: datetime) -> MonthPage:
    """Return one month's nights and what they come to."""
    start, end = month.span()
    with vault.reading() as db:
        found = _counted(db, nights.between(db, start, end), now)
        ends = nights.ends(db) or (now, now)
    last = max(ends[1], now)
    return MonthPage(month, found, together(found), ends[0] < start, last >= end)


def this_month(now: datetime) -> Month:
    """Return the month of the night that this moment belongs to."""
    return Month.of(night_of(now))


def save(file: Path, page: MonthPage, heads: tuple[str, ...]) -> None:
    """Write a month's numbers to a CSV file: one line a night, nobody's name, whole or not at all.

    `heads` are the words above the columns, in the order of `COLUMNS`. Raises `UnsafePlace` where
    a folder is copied elsewhere, `FileNotWritten`.
    """
    whole_files.write(file, as_csv(page, heads))


def as_csv(page: MonthPage, heads: tuple[str, ...] = COLUMNS) -> bytes:
    """Return a month's numbers, oldest night first. Bodies are named, people are not."""
    return spreadsheets.as_csv(heads, (_line(night) for night in reversed(page.nights)))


def _line(night: Night) -> Iterable[object]:
    held, counts = night.outreach, night.counts
    yield from (held.night().isoformat(), held.place)
    yield from (spreadsheets.clock(held.started_at), spreadsheets.clock(held.ended_at))
    yield from (int(counts.out.total_seconds()) // _MINUTE, counts.counselors, counts.met)
    yield from (counts.counseled, counts.leaflets, *counts.items, counts.referrals)
    yield "; ".join(counts.partners)


def _counted(db: Db, held: tuple[Outreach, ...], now: datetime) -> tuple[Night, ...]:
    keys = tuple(night.id for night in held)
    tallies, reckoned = outreach.tallies_of(db, keys), nights.reckoned(db, keys)
    return tuple(_night(night, tallies[night.id], reckoned[night.id], now) for night in held)


def _night(
    night: Outreach, tallies: Mapping[Tally, int], reckoned: tuple[Rows, bool], now: datetime
) -> Night:
    rows, was_forgotten = reckoned
    return Night(night, counted(night, tallies, rows, now), was_forgotten)
