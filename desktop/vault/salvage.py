"""What of a damaged vault can be read, and exactly what cannot: told by its own journal (R-18)."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import VaultDamaged
from desktop.vault import journal, salts
from desktop.vault.anchor import Anchor
from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder
from desktop.vault.header import Header
from desktop.vault.journal import Op
from desktop.vault.keys import VaultKeys
from desktop.vault.resting import resting
from desktop.vault.rows import BORN
from desktop.vault.subjects import (
    BETWEEN,
    GONE,
    Rows,
    as_content,
    content_of,
    subject_of,
)
from desktop.vault.wreck import Found, Wreck

WHOLE, OLDER, UNPROVEN, MISSING = "whole", "older", "unproven", "missing"
_SCRATCH = ".looking-"
_UNMARKED = 64
"""Room for a last transaction that was committed and not yet marked by the anchor."""
Name = tuple[str, str]
"""Subject and record."""


@dataclass(frozen=True, slots=True)
class Read:
    """One record that could be read, with its rows by table."""

    subject: str
    record: str
    state: str
    """'whole': as journalled last; 'older': as journalled before; 'unproven': no entry says."""
    at: str
    rows: tuple[tuple[str, Found], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lost:
    """One record whose last state could not be read: id and time, never words."""

    subject: str
    record: str
    state: str
    """'missing': nothing of it; 'older' or 'unproven': something else of it was read."""
    at: str
    digest: bytes = field(repr=False)
    version: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Entries of the journal that could not be read: what they speak of is not known."""

    first: int
    last: int
    after: str
    """When the last entry before them was written; empty where that is not known."""

    @property
    def count(self) -> int:
        """Return how many they are."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Salvage:
    """Everything that was read, and everything that was not."""

    read: tuple[Read, ...]
    lost: tuple[Lost, ...]
    gaps: tuple[Gap, ...]
    last: int
    """The highest entry of the journal that was read."""
    is_end_known: bool
    """Whether the anchor could be read: without it nobody knows how much came after `last`."""


def look(copy: Folder, header: Header, vmk: bytes) -> Salvage:
    """Read damaged files without touching them: what is opened is a copy of the copy.

    Raises `DiskFull`, `DiskFailed`, and `VaultDamaged` when the header's own keys do not open.
    """
    keys = header.keys(vmk)
    try:
        with TemporaryDirectory(prefix=_SCRATCH, dir=copy.path.parent) as place:
            scratch = Folder(Path(place))
            for file in (copy.database, copy.wal, copy.anchor):
                if file.exists():
                    shutil.copyfile(file, scratch.path / file.name)
            end = _end(scratch, keys)
            wreck = Wreck(scratch, keys.database, header.policy.purpose)
            try:
                return salvaged(wreck, keys, end)
            finally:
                wreck.close()
    except OSError as error:
        raise from_disk(error) from error


def held(place: Folder, keys: VaultKeys, lost: Iterable[Lost]) -> frozenset[Name]:
    """Return which of the lost records a backup holds, each in exactly the state that was lost."""
    found = set()
    with suppress(VaultDamaged, sqlcipher.Error), resting(place.database, keys.database) as db:
        known = salts.every(db)
        for each in lost:
            name = (each.subject, each.record)
            content = content_of(db, *name)
            if content and journal.digest(keys, known.get(name, b"") + content) == each.digest:
                found.add(name)
    return frozenset(found)


def _end(scratch: Folder, keys: VaultKeys) -> int | None:
    with suppress(VaultDamaged), closing(Anchor(scratch.anchor, keys.anchor)) as anchor:
        return anchor.newest.seq if anchor.newest else None
    return None


def salvaged(wreck: Wreck, keys: VaultKeys, end: int | None) -> Salvage:
    """Read a wreck and compare it with its journal. `end` is the anchor's mark, or None."""
    most = None if end is None else end + _UNMARKED
    ops = {row["seq"]: _op(row) for row in wreck.table("op", most)}
    told: dict[Name, list[Op]] = {}
    for seq in sorted(ops):
        op = ops[seq]
        told.setdefault((subject_of(op.kind), op.record), []).append(op)
    salts = {(r["subject"], r["record"]): bytes(r["salt"]) for r in wreck.table("salt")}
    read = tuple(_read(wreck, keys, told, salts))
    states = {(each.subject, each.record): each.state for each in read}
    return Salvage(
        read,
        tuple(_lost(keys, told, states)),
        tuple(_gaps(ops, end)),
        max(ops, default=0),
        end is not None,
    )


def _op(row: Found) -> Op:
    return Op(row["kind"], row["record"], row["version"], bytes(row["digest"]), row["at"])


def _read(
    wreck: Wreck, keys: VaultKeys, told: dict[Name, list[Op]], salts: dict[Name, bytes]
) -> Iterator[Read]:
    gone = journal.digest(keys, GONE)
    for subject, rows in wreck.subjects.items():
        parts = [_by_owner(wreck.table(part.table), part.owner) for part in rows.parts]
        for row in wreck.table(rows.table):
            record = BETWEEN.join(str(row[column]) for column in rows.key)
            name = (subject, record)
            owned = [by_owner.get(record, []) for by_owner in parts]
            digest = journal.digest(keys, salts.get(name, b"") + _content(rows, row, owned))
            ops = told.get(name, [])
            if ops and ops[-1].digest == gone:
                continue  # an older page brings it back: what was destroyed stays destroyed
            if not ops and name in BORN:
                continue  # no record yet
            tables = zip((part.table for part in rows.parts), owned, strict=True)
            kept = (
                (rows.table, row),
                *((table, each) for table, group in tables for each in group),
            )
            yield Read(subject, record, _state(digest, ops), ops[-1].at if ops else "", kept)


def _content(rows: Rows, row: Found, owned: list[list[Found]]) -> bytes:
    values = [row[column] for column in rows.key + rows.columns]
    parts = [
        [[each[column] for column in part.columns] for each in group]
        for part, group in zip(rows.parts, owned, strict=True)
    ]
    return as_content(rows, values, parts)


def _by_owner(found: list[Found], owner: str) -> dict[str, list[Found]]:
    by_owner: dict[str, list[Found]] = {}
    for row in found:
        by_owner.setdefault(row[owner], []).append(row)
    return by_owner


def _state(digest: bytes, ops: list[Op]) -> str:
    if ops and ops[-1].digest == digest:
        return WHOLE
    return OLDER if any(op.digest == digest for op in ops) else UNPROVEN


def _lost(keys: VaultKeys, told: dict[Name, list[Op]], states: dict[Name, str]) -> Iterator[Lost]:
    gone = journal.digest(keys, GONE)
    for (subject, record), ops in told.items():
        state, last = states.get((subject, record), MISSING), ops[-1]
        if last.digest != gone and state != WHOLE:
            yield Lost(subject, record, state, last.at, last.digest, last.version)


def _gaps(ops: dict[int, Op], end: int | None) -> Iterator[Gap]:
    last = max((*ops, end or 0))
    for first, final in _runs(seq for seq in range(1, last + 1) if seq not in ops):
        before = ops.get(first - 1)
        yield Gap(first, final, before.at if before else "")


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]
