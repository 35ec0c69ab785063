"""Whether every row is the one that was journalled last: older pages put back show here (R-17)."""

from collections.abc import Iterable, Iterator

from desktop.errors import Odd
from desktop.vault import journal, salts
from desktop.vault.columns import content
from desktop.vault.journal import Op
from desktop.vault.keys import VaultKeys
from desktop.vault.subjects import GONE, Reads, every, subject_of, subjects_in

Latest = dict[tuple[str, str], Op]
"""The last entry about each record, by subject and record."""

CHANGED, MISSING, UNKNOWN = "changed", "missing", "unknown"
BORN = {("mailbox", "1"): content("", 0)}
"""Rows that the schema itself makes: no entry stands for them until they change."""


def latest(ops: Iterable[Op | None]) -> Latest | None:
    """Return the last entry about each record; None when the chain is broken."""
    last: Latest = {}
    for op in ops:
        if op is None:
            return None
        last[subject_of(op.kind), op.record] = op
    return last


def odd(db: Reads, keys: VaultKeys, last: Latest) -> Iterator[Odd]:
    """Yield what is not as it was journalled last: id and time, never words."""
    known = salts.every(db)
    subjects = subjects_in(db)
    for subject in subjects:
        found = dict(_found(db, keys, subject, known))
        told = {record: op for (about, record), op in last.items() if about == subject}
        yield from _compared(keys, subject, found, told)
    for (subject, record), op in last.items():
        if subject not in subjects:
            yield Odd(subject, record, op.at, UNKNOWN)


def _found(
    db: Reads, keys: VaultKeys, subject: str, known: dict[tuple[str, str], bytes]
) -> Iterator[tuple[str, bytes]]:
    for record, is_now in every(db, subject):
        yield record, journal.digest(keys, known.get((subject, record), b"") + is_now)


def _compared(
    keys: VaultKeys, subject: str, found: dict[str, bytes], told: dict[str, Op]
) -> Iterator[Odd]:
    gone = journal.digest(keys, GONE)
    for record, op in told.items():
        is_now = found.get(record, gone)
        if is_now != op.digest:
            yield Odd(subject, record, op.at, CHANGED if record in found else MISSING)
    for record in found.keys() - told.keys():
        born = BORN.get((subject, record))
        if born is None or found[record] != journal.digest(keys, born):
            yield Odd(subject, record, "", UNKNOWN)
