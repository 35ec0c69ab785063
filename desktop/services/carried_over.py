"""The parcels on the line of whoever carries them: brought to the hub, and the answers counted."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.carried_errors import CarrierAway, CarrierRefused
from desktop.errors import AnotherHub, AppError
from sync.client import errors
from sync.client.bundles import Returned
from sync.protocol.answers import Exchanged, Outcome
from sync.protocol.carrying import CARRY_PARCELS, Carry, Parcel
from sync.protocol.codec import unpacked
from sync.protocol.messages import BATCH_BYTES

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened, not with the window
    from sync.client.transport import HttpHub

_HELD = frozenset({Outcome.ACCEPTED, Outcome.DUPLICATE})


def brought_over(
    hub: "HttpHub", parcels: tuple[Parcel, ...], now: datetime
) -> tuple[Returned, ...]:
    """Bring the parcels, as many as the line lasts for.

    Where it lasted for none, raises `CarrierAway`, `AnotherHub`, `CarrierRefused`.
    """
    returned: list[Returned] = []
    try:
        with closing(hub):
            for group in _groups(parcels):
                carried = hub.carry(Carry(group), now).carried
                if len(carried) != len(group):
                    raise errors.Lying("carried")
                returned += map(Returned, group, carried)
    except errors.LineError as error:
        if not returned:
            raise _without_a_line(error) from error
    return tuple(returned)


def counted(returned: tuple[Returned, ...]) -> tuple[int, int, int]:
    """Return how many messages the hub holds, how many events it gave, and what it left."""
    answers = [unpacked(Exchanged, r.carried.answer) for r in returned if not r.carried.refused]
    said = [result.outcome for answer in answers for result in answer.results]
    held = sum(outcome in _HELD for outcome in said)
    return held, sum(len(a.events) for a in answers), len(said) - held


def _without_a_line(error: errors.LineError) -> AppError:
    if isinstance(error, errors.AnotherHub):
        return AnotherHub()
    return CarrierRefused() if isinstance(error, errors.Refused) else CarrierAway()


def _groups(parcels: tuple[Parcel, ...]) -> Iterator[tuple[Parcel, ...]]:
    group: list[Parcel] = []
    size = 0
    for parcel in parcels:
        size += len(parcel.exchange)
        if group and (size > BATCH_BYTES or len(group) == CARRY_PARCELS):
            yield tuple(group)
            group, size = [], len(parcel.exchange)
        group.append(parcel)
    if group:
        yield tuple(group)
