"""One round with the hub. Being offline is a state here, not an error."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.errors import NotEnrolled
from desktop.services import enrolment
from desktop.services.directories import CLOCK_MAY_DIFFER
from desktop.services.rounds import VaultQueue
from desktop.services.waiting import Waiting as Waiting
from desktop.services.waiting import outbox as outbox
from desktop.vault import mailbox, rejoining, sending, witness
from desktop.vault import outbox as box
from desktop.vault.database import Vault
from desktop.vault.mailbox import Place
from sync.client import errors
from sync.client.engine import sync_once
from sync.protocol.messages import Kind

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened, not with the window
    from sync.client.transport import HttpHub

_FRESH = timedelta(minutes=5)
"""The line is believed to be there for so long after the hub was last heard."""


class HubState(StrEnum):
    """How the round went."""

    REACHED = "reached"
    AWAY = "away"
    SLOW = "slow"
    LYING = "lying"
    """It answered something that does not verify; that part was not applied."""
    ANOTHER_HUB = "another-hub"
    REFUSED = "refused"
    NOT_ENROLLED = "not-enrolled"
    ROLLED_BACK = "rolled-back"
    """The hub has seen more of this vault than it holds: see `services.witness`."""
    WOULD_REMOVE = "would-remove"
    """What came would take much away at once: it waits until a person agrees."""
    CLOCK = "clock"
    """This computer's clock is off; the difference is kept and the next round allows for it."""


_UNANSWERED = frozenset({HubState.SLOW, HubState.LYING, HubState.REFUSED})
"""The hub took the batch and did not answer for it: next time half of it is tried."""


_STATES: dict[type[errors.LineError], HubState] = {
    errors.TooSlow: HubState.SLOW,
    errors.Busy: HubState.SLOW,
    errors.AnotherHub: HubState.ANOTHER_HUB,
    errors.PutBack: HubState.ROLLED_BACK,
}


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did."""

    state: HubState
    sent: int = 0
    """Messages the hub has now proven it holds."""
    came: int = 0
    """Events applied."""
    waiting: int = 0
    """Messages that still go with the next line."""
    problem: str = ""
    """A code for what needs a look; empty when nothing does."""
    kinds: tuple[Kind, ...] = ()
    """Of each event applied."""
    removed: int = 0
    """Where it stopped to ask: of how many cases the words have gone in this sync before."""
    untaken: int = 0
    """Messages the hub did not take: a person has to look."""
    put_off: int = 0
    """Messages that it will take another time."""
    is_unsigned: bool = False
    """Whether something waits until `rejoining.sign_anew` has signed it."""

    @property
    def has_moved(self) -> bool:
        """Say whether what is shown may stand otherwise: something went, came or was refused."""
        return bool(self.sent or self.came or self.untaken)


@dataclass(frozen=True, slots=True)
class LineState:
    """What the status strip shows without asking the hub."""

    waiting: int
    """Messages that go with the next line."""
    heard_at: datetime | None
    """When the hub last answered."""
    hub: str
    """Its address; empty before enrolment."""
    world: str
    refused: int = 0
    """Messages that were not taken and need a person."""
    held: int = 0
    """Messages that stay here: what they stand on no longer covers them."""


def exchange(
    vault: Vault,
    hub: "HttpHub",
    now: datetime,
    *,
    stays_open: bool = False,
    may_remove: int = 0,
) -> Round:
    """Send what may leave and take in what has come. Never raises for the line.

    The hub is let go after it, when `stays_open` only after a failure. `may_remove`: agreed to.
    """
    with vault.reading() as db:
        try:
            own = enrolment.current(db)
        except NotEnrolled:
            return Round(HubState.NOT_ENROLLED)
        if witness.kept(db).is_stopped:
            return Round(HubState.ROLLED_BACK, waiting=box.to_send(db))
        is_away = _is_away(mailbox.place(db), now)
    queue = VaultQueue(vault, hub, own, now, may_remove=may_remove)
    try:
        with ExitStack() as after:
            after.callback(hub.close)
            _speak(queue, hub, now, asks_first=is_away and has_waiting(vault))
            if stays_open and queue.broke is None:
                after.pop_all()
    except errors.LineError as error:
        return after_failure(vault, queue, error, now)
    return done(vault, queue)


def _speak(queue: VaultQueue, hub: "HttpHub", now: datetime, *, asks_first: bool) -> None:
    if asks_first:
        # Ask who is there: a message offered to a dead line counts as perhaps sent.
        hub.hello()
    sync_once(queue, hub, now, limit=hub.pace.limit)


def line(vault: Vault) -> LineState:
    """Return what is known about the line without using it."""
    with vault.reading() as db:
        try:
            hub = enrolment.current(db).url
        except NotEnrolled:
            hub = ""
        heard_at = mailbox.place(db).heard_at
        counts = (box.refused(db), box.held(db))
        return LineState(box.to_send(db), heard_at, hub, vault.world, *counts)


def unproven(vault: Vault, most: int = 20) -> tuple[int, tuple[tuple[Kind, datetime], ...]]:
    """Return how many things came that proved nothing, and the newest with when they came."""
    with vault.reading() as db:
        return mailbox.doubts(db), mailbox.doubted(db, most)


def _is_away(place: Place, now: datetime) -> bool:
    is_fresh = place.heard_at is not None and abs(now - place.heard_at) <= _FRESH
    return not (place.is_open and is_fresh)


def has_waiting(vault: Vault) -> bool:
    """Say whether anything waits here, also if it is held: a clock put right may let it go."""
    with vault.reading() as db:
        return box.waiting(db) > 0


def done(vault: Vault, queue: VaultQueue) -> Round:
    """Return how a round went whose answer was taken in."""
    if queue.broke is not None:
        with vault.transaction() as db:
            mailbox.lost(db)
    with vault.reading() as db:
        waiting, offset = box.to_send(db), mailbox.place(db).clock_offset
        is_held = rejoining.is_held(db)
    problem = "clock" if abs(offset) > CLOCK_MAY_DIFFER.total_seconds() else ""
    if queue.stop is not None:
        return Round(
            HubState.WOULD_REMOVE, queue.sent, 0, waiting, str(queue.stop.going),
            removed=queue.stop.before, untaken=queue.untaken, put_off=queue.put_off,
            is_unsigned=is_held,
        )  # fmt: skip
    state, problem = _how(queue, problem)
    moved = (queue.sent, queue.came, waiting)
    told = (problem, tuple(queue.kinds))
    return Round(
        state, *moved, *told, untaken=queue.untaken, put_off=queue.put_off, is_unsigned=is_held
    )


def _how(queue: VaultQueue, problem: str) -> tuple[HubState, str]:
    if queue.doubt:
        return HubState.LYING, queue.doubt
    if queue.broke is not None and queue.is_partial:
        return _meaning(queue.broke)
    return HubState.REACHED, problem


def after_failure(
    vault: Vault, queue: VaultQueue, error: errors.LineError, now: datetime
) -> Round:
    """Return how a round went that did not come about, and keep what is to be done otherwise."""
    state, problem = _meaning(error)
    with vault.transaction() as db:
        if queue.taken and state in _UNANSWERED:
            sending.stalled(db, queue.taken)
        mailbox.lost(db)
        if isinstance(error, errors.ClockSkew):
            ahead = error.hub_time - now
            mailbox.clock_differs(db, round(ahead.total_seconds()))
        waiting = box.to_send(db)
    return Round(state, waiting=waiting, problem=problem)


def _meaning(error: errors.LineError) -> tuple[HubState, str]:
    match error:
        case errors.Lying(what=what):
            return HubState.LYING, what
        case errors.Refused(code=code):
            return HubState.REFUSED, code
        case errors.ClockSkew():
            return HubState.CLOCK, "clock"
        case _:
            return _STATES.get(type(error), HubState.AWAY), ""
