"""Sealed backups over the line: pieces to the hub and back, each held to its digest."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from sync.client.errors import Lying, Tampered
from sync.protocol.backups import (
    PIECES_AT_ONCE,
    BackupRule,
    BackupSet,
    BackupSets,
    Dropping,
    Handful,
    Keeping,
    KeptSet,
    LeftBehind,
    Piece,
    Pieces,
    PiecesWanted,
    SetWanted,
)
from sync.protocol.digests import sha256
from sync.protocol.messages import is_likely

T = TypeVar("T")


class Line(Protocol):
    """The hub, to a device that it knows."""

    def ask(self, path: str, kind: type[T], now: datetime, asked: object = None) -> T:
        """Ask one thing."""
        ...


def rule(hub: Line, now: datetime) -> bool:
    """Ask whether our organisation leaves backups at the hub."""
    return hub.ask("/v1/backups/rule", BackupRule, now).is_on


def decide(hub: Line, now: datetime, *, is_on: bool) -> bool:
    """Say so; for admins. Off destroys all that was left."""
    return hub.ask("/v1/orgs/backups", BackupRule, now, BackupRule(is_on)).is_on


def kept(hub: Line, now: datetime) -> tuple[KeptSet, ...]:
    """List the sets that this device may fetch."""
    return _likely(hub.ask("/v1/backups", BackupSets, now))


def missing(hub: Line, digests: Sequence[bytes], now: datetime) -> frozenset[bytes]:
    """Ask which of these pieces the hub does not have; however many they are."""
    found: set[bytes] = set()
    for some in _parts(digests, PIECES_AT_ONCE):
        found.update(hub.ask("/v1/backups/missing", Pieces, now, Pieces(tuple(some))).digests)
    return frozenset(found) & frozenset(digests)


def bring(hub: Line, pieces: Sequence[Piece], now: datetime) -> None:
    """Bring a handful; bringing one again changes nothing."""
    there = hub.ask("/v1/backups/pieces", Pieces, now, Handful(tuple(pieces))).digests
    if not {piece.digest for piece in pieces} <= set(there):
        raise Lying("pieces")


def keep(hub: Line, made: BackupSet, now: datetime, *, replaces_all: bool) -> tuple[KeptSet, ...]:
    """Have a set kept all of whose pieces are there; returns our sets that are there now."""
    told = _likely(hub.ask("/v1/backups/keep", BackupSets, now, Keeping(made, replaces_all)))
    if made.name not in {each.name for each in told}:
        raise Lying("kept")
    return told


def drop(hub: Line, names: Sequence[str], now: datetime) -> tuple[KeptSet, ...]:
    """Have sets of this device destroyed; returns those that are left."""
    told = _likely(hub.ask("/v1/backups/drop", BackupSets, now, Dropping(tuple(names))))
    if set(names) & {each.name for each in told}:
        raise Lying("dropped")
    return told


def drop_lost(hub: Line, device: str, now: datetime) -> tuple[KeptSet, ...]:
    """Have all destroyed that a shut out laptop left; for admins. Returns what is still there."""
    told = _likely(hub.ask("/v1/orgs/backups/drop", BackupSets, now, LeftBehind(device)))
    if device in {each.device for each in told}:
        raise Lying("dropped")
    return told


def made_of(hub: Line, which: KeptSet, now: datetime) -> BackupSet:
    """Ask what a set is made of. Nothing of it is proven by that."""
    made = hub.ask("/v1/backups/set", BackupSet, now, SetWanted(which.device, which.name))
    if (made.device, made.name) != (which.device, which.name):
        raise Lying("set")
    return made


def fetched(hub: Line, device: str, digests: Sequence[bytes], now: datetime) -> tuple[bytes, ...]:
    """Fetch at most a handful of pieces, in order; `Tampered` where one is another."""
    told = hub.ask("/v1/backups/fetch", Handful, now, PiecesWanted(device, tuple(digests))).pieces
    if len(told) != len(digests):
        raise Lying("pieces")
    if any(sha256(piece.content) != digest for piece, digest in zip(told, digests, strict=True)):
        raise Tampered("piece")
    return tuple(piece.content for piece in told)


def _likely(told: BackupSets) -> tuple[KeptSet, ...]:
    if any(not is_likely(each.at) or each.bytes < 0 for each in told.sets):
        raise Lying("sets")
    return told.sets


def _parts(digests: Sequence[bytes], most: int) -> Iterator[Sequence[bytes]]:
    return (digests[at : at + most] for at in range(0, len(digests), most))
