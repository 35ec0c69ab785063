"""One round of sync: one request. Safe to stop at any line and start again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec

from sync.client.errors import Lying
from sync.client.sealing import header_of
from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.codec import packed
from sync.protocol.messages import BATCH_BYTES, BATCH_ITEMS, Message
from sync.protocol.receipts import unfolded
from sync.protocol.witness import Stand


@dataclass(frozen=True, slots=True)
class Place:
    """How far the mailbox has been read, and in which life of the hub. Empty epoch: never."""

    epoch: str = ""
    seq: int = 0
    stand: Stand | None = None
    """Where the journal behind the queue stands, if it has one."""


class Queue(Protocol):
    """What this computer wants to say, and how far it has listened."""

    def place(self) -> Place:
        """Return how far the mailbox has been read."""
        ...

    def waiting(self, limit: int) -> tuple[Message, ...]:
        """Return what may leave now, most pressing first."""
        ...

    def take(self, sent: tuple[Message, ...], answer: Exchanged) -> None:
        """Settle each result, apply each event and move the cursor: one transaction."""
        ...

    def rejoin(self, epoch: str) -> None:
        """The hub was restored from a backup: offer again what nobody proved to have, read anew.

        One transaction; afterwards `place()` is the new epoch from its beginning.
        """
        ...


class Hub(Protocol):
    """The other end."""

    def exchange(self, asked: Exchange, now: datetime) -> Exchanged:
        """Make the round's one request."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one round did."""

    sent: int
    came: int
    has_more: bool
    """Another round at once would move something."""
    directory: int
    """Version of the directory the hub serves."""
    hub_time: datetime


def sync_once(
    queue: Queue, hub: Hub, now: datetime, *, limit: int = BATCH_ITEMS, wait: int = 0
) -> Outcome:
    """Send one batch of what is waiting and take in one page of what has come.

    Neither is longer than `limit`.
    """
    items = within_bytes(queue.waiting(limit))
    # After that: whoever is put back to before this round has to be seen to be.
    place = queue.place()
    wait = 0 if items else wait
    asked = Exchange(items, place.seq, limit, wait, place.stand, place.epoch)
    return taken_in(queue, place, asked, hub.exchange(asked, now))


def taken_in(queue: Queue, place: Place, asked: Exchange, answer: Exchanged) -> Outcome:
    """Take in what the hub answered to what was asked at this place; raises `Lying`."""
    is_shorter = 0 <= answer.head < asked.after
    if place.epoch and (answer.epoch != place.epoch or is_shorter):
        # A mailbox shorter than what was read of it was put back without a new life, or told of
        # something that was never in it.
        queue.rejoin(answer.epoch)
        return Outcome(0, 0, True, answer.directory, answer.time)
    check(asked, answer)
    queue.take(asked.items, unfolded(answer))
    read = asked.after + len(answer.events)
    # Only after progress: a hub that promises and never gives must not keep us busy.
    has_more = bool(answer.events) and answer.head > read
    has_more = has_more or (bool(asked.items) and bool(queue.waiting(1)))
    return Outcome(len(asked.items), len(answer.events), has_more, answer.directory, answer.time)


def caught_up(place: Place, asked: Exchange, answer: Exchanged) -> tuple[Exchange, Exchanged]:
    """Return an old question and its answer as far as they are news at this place.

    An answer that was carried may come when more has been read, or less. What would leave a gap
    is left for another answer. Raises `Lying`.
    """
    check(asked, answer)
    news = answer.events if asked.after <= place.seq else ()
    events = tuple(event for event in news if event.seq > place.seq)
    head = max(answer.head, place.seq)
    return (
        msgspec.structs.replace(asked, after=place.seq),
        msgspec.structs.replace(answer, events=events, head=head),
    )


def within_bytes(items: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return the first items that fit one request, and always at least one."""
    size = 0
    for count, item in enumerate(items):
        size += len(packed(item))
        if count and size > BATCH_BYTES:
            return items[:count]
    return items


def check(asked: Exchange, answer: Exchanged) -> None:
    """Raise `Lying` where results or events are not what was asked for, in order, without gaps."""
    if [result.id for result in answer.results] != [_id_of(item) for item in asked.items]:
        raise Lying("results")
    expected = range(asked.after + 1, asked.after + 1 + len(answer.events))
    if [event.seq for event in answer.events] != list(expected):
        raise Lying("sequence")
    if answer.head < asked.after + len(answer.events):
        raise Lying("head")
    if asked.stand and answer.witnessed is None:
        raise Lying("witness")


def _id_of(item: Message) -> str:
    return header_of(item).id
