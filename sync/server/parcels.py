"""Rounds that a colleague brings for laptops without a line. Each is answered by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.carrying import (
    CARRY_PARCELS,
    NEWEST_PARCEL,
    OLDEST_PARCEL,
    Carried,
    CarriedAll,
    Carry,
    Parcel,
    Refusal,
)
from sync.protocol.codec import Unreadable, packed
from sync.protocol.messages import BATCH_ITEMS, Message, is_likely, is_uuid
from sync.server import tables
from sync.server.batch import Caller
from sync.server.desk import Desk
from sync.server.devices import PENDING, REVOKED
from sync.server.reading import read_round
from sync.server.refusals import Refused
from sync.server.signatures import is_parcel_signed


@dataclass(eq=False)
class NotTaken(Exception):
    """This parcel is refused; the others are not."""

    why: Refusal


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the parcels of one request."""

    answer: CarriedAll
    rounds: tuple[tuple[tuple[Message, ...], Exchanged], ...]
    """What was brought, and what was answered."""
    news: frozenset[str]
    """The organisations to wake."""


class Parcels:
    """Answers for the laptops that could not come themselves."""

    def __init__(self, desk: Desk) -> None:
        """Let each of their rounds be one at this desk."""
        self._desk = desk

    def take(self, carrier: Caller, asked: Carry, now: datetime) -> Delivery:
        """Take every parcel that may be taken, in order."""
        if len(asked.parcels) > CARRY_PARCELS:
            raise Refused(413, "too-large")
        return self._taken(carrier, asked.parcels, now)

    def _taken(self, carrier: Caller, parcels: Iterable[Parcel], now: datetime) -> Delivery:
        hub, news = self._desk.hub, set[str]()
        carried: list[Carried] = []
        rounds: list[tuple[tuple[Message, ...], Exchanged]] = []
        for parcel in parcels:
            try:
                caller, round_ = self._proven(carrier, parcel, now)
            except NotTaken as refused:
                carried.append(Carried(refused=refused.why))
                continue
            done = self._desk.exchange(caller, round_, now)
            carried.append(hub.key.carried(parcel, packed(done.answer)))
            rounds.append((round_.items, done.answer))
            news |= done.news
        answer = CarriedAll(hub.id, hub.world, tuple(carried))
        return Delivery(answer, tuple(rounds), frozenset(news))

    def _proven(self, carrier: Caller, parcel: Parcel, now: datetime) -> tuple[Caller, Exchange]:
        if not is_uuid(parcel.device):
            raise NotTaken(Refusal.UNKNOWN_DEVICE)
        with self._desk.hub.store.reading() as db:
            row = db.one(tables.device, id=parcel.device)
        if row is None or row["status"] == PENDING:
            raise NotTaken(Refusal.UNKNOWN_DEVICE)
        if row["org_id"] != carrier.org:
            raise NotTaken(Refusal.NOT_YOURS)
        if row["status"] == REVOKED:
            raise NotTaken(Refusal.DEVICE_REVOKED)
        if not is_parcel_signed(parcel, row["sign_pub"]):
            raise NotTaken(Refusal.BAD_SIGNATURE)
        if not is_likely(parcel.at) or not -NEWEST_PARCEL <= now - parcel.at <= OLDEST_PARCEL:
            raise NotTaken(Refusal.TOO_OLD)
        return Caller(row["id"], row["org_id"], row["role"]), _round(parcel)


def _round(parcel: Parcel) -> Exchange:
    try:
        asked = read_round(parcel.exchange)
    except Unreadable as error:
        raise NotTaken(Refusal.MALFORMED) from error
    if len(asked.items) > BATCH_ITEMS:
        raise NotTaken(Refusal.MALFORMED)
    return asked
