"""Rows of looks: written with what is shown, never changed, kept two years."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from desktop.domain.ids import YouthId
from desktop.domain.looks import KEPT, ONE_LOOK, ORGANISATION, Act, Kind, Look, Reader, Sight, Why
from desktop.errors import ReasonNeeded
from desktop.vault import escrow, merging, meta
from desktop.vault.columns import Row, content, listed, stamp, time
from desktop.vault.database import Db, Vault
from desktop.vault.subjects import GONE

_WHY = "why_opened"
_SELECT = "SELECT at, who, place, act, kind, record, youth, why FROM look "
_KNOWN = (
    "SELECT act, kind, record, at FROM look WHERE record IN (SELECT value FROM json_each(?))"
    " AND at > ? AND at <= ? AND (who, place, why) = (?, ?, ?)"
)


def looked(db: Db, reader: Reader, sight: Sight, at: datetime) -> None:
    """Write one look down: see `all_looked`."""
    all_looked(db, reader, (sight,), at)


def all_looked(db: Db, reader: Reader, sights: Iterable[Sight], at: datetime) -> None:
    """Write looks down, in the transaction that reads what is shown. Within ten minutes: once.

    But each printing is one of its own: there is one more sheet of paper.
    """
    asked = [Look(at, reader, sight) for sight in sights]
    if len(asked) == 1 and _is_remembered(db, asked[0]):
        return
    known = _known(db, asked)
    for look in asked:
        same = _same(look.sight)
        if look.sight.act is Act.PRINTED or same not in known:
            known[same] = stamp(at)
            _add(db, look)
        elif len(asked) == 1:
            _remember(db, replace(look, at=time(known[same])))


def _known(db: Db, asked: list[Look]) -> dict[tuple[str, str, str], str]:
    if not asked:
        return {}
    at, reader = asked[0].at, asked[0].reader
    records = listed(dict.fromkeys(look.sight.record for look in asked))
    words = (stamp(at - ONE_LOOK), stamp(at), reader.who, reader.place, reader.why.value)
    return {tuple(same): found for *same, found in db.execute(_KNOWN, (records, *words))}


def _same(sight: Sight) -> tuple[str, str, str]:
    return sight.act.value, sight.kind.value, sight.record


def _is_remembered(db: Db, look: Look) -> bool:
    # A search looks at each letter: what was found last is remembered until there is another look.
    state, (seen, known) = db.seen("look"), db.session.look or (None, look)
    if state is None or seen != state or (known.reader, known.sight) != (look.reader, look.sight):
        return False
    return look.at - ONE_LOOK < known.at <= look.at


def _remember(db: Db, look: Look) -> None:
    if (state := db.seen("look")) is not None:
        db.session.look = (state, look)


def _add(db: Db, look: Look) -> None:
    at, reader, sight = look.at, look.reader, look.sight
    row = (
        stamp(at), reader.who, reader.place, sight.act.value, sight.kind.value, sight.record,
        str(sight.youth) if sight.youth else "", reader.why.value,
    )  # fmt: skip
    n = db.execute(
        "INSERT INTO look (at, who, place, act, kind, record, youth, why)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING n",
        row,
    ).fetchone()[0]
    db.wrote("look.taken", n, 1, content(*row), at)


def owed(vault: Vault) -> list[Look]:
    """Return the looks that the disk has not taken yet. They live as long as the vault is open."""
    return vault.session.owed_looks


def of_youth(db: Db, youth: YouthId) -> tuple[Look, ...]:
    """Return every look at anything about one young person, newest first."""
    also = listed(map(str, (youth, *merging.under(db, youth))))
    ask = "WHERE youth IN (SELECT value FROM json_each(?)) ORDER BY at DESC, n DESC"
    return _read(db.execute(_SELECT + ask, (also,)))


def between(db: Db, start: datetime, end: datetime) -> tuple[Look, ...]:
    """Return every look from `start` until before `end`, oldest first."""
    span = (stamp(start), stamp(end))
    return _read(db.execute(_SELECT + "WHERE at >= ? AND at < ? ORDER BY at, n", span))


def newest(db: Db, start: datetime, end: datetime, most: int) -> tuple[Look, ...]:
    """Return the newest looks from `start` until before `end`, newest first."""
    ask = "WHERE at >= ? AND at < ? ORDER BY at DESC, n DESC LIMIT ? + 0"
    return _read(db.execute(_SELECT + ask, (stamp(start), stamp(end), most)))


def count(db: Db, start: datetime, end: datetime) -> int:
    """Count the looks from `start` until before `end`."""
    span = (stamp(start), stamp(end))
    [found] = db.execute("SELECT count(*) FROM look WHERE at >= ? AND at < ?", span).fetchone()
    return int(found)


def forget_old(db: Db, proven: datetime, now: datetime) -> int:
    """Delete the looks that are too old at the `proven` time; return how many.

    What was written after a look that is not too old is not either, whatever its own clock said.
    """
    span = (stamp(proven - KEPT), stamp(proven))
    old = db.execute(
        "SELECT n FROM look WHERE at < ?1 AND n < ifnull("
        " (SELECT min(n) FROM look WHERE at BETWEEN ?1 AND ?2), n + 1) ORDER BY n",
        span,
    ).fetchall()
    db.executemany("DELETE FROM look WHERE n = ?", old)
    for (n,) in old:
        db.wrote("look.purged", n, 0, GONE, now)
    return len(old)


def opened_because(db: Db, why: Why, at: datetime) -> None:
    """Remember why the organisation opened this vault; every look from now on says so."""
    meta.keep(db, _WHY, f"{stamp(at)} {why.value}", at)


def reader(db: Db, own: str, place: str) -> Reader:
    """Return who looks: the member called `own`, or the organisation, which must have said why.

    It is the member again once they have chosen a passphrase that those two do not know. Raises
    `ReasonNeeded` until the reason for the last opening with two keys was given.
    """
    used_at = escrow.used_at(db)
    if used_at is None:
        return Reader(own, place)
    given_at, _, why = (meta.kept(db, _WHY) or "").partition(" ")
    if not why or time(given_at) < used_at:
        raise ReasonNeeded
    if escrow.back_at(db) is not None:
        return Reader(own, place)
    return Reader(ORGANISATION, place, Why(why))


def aliases(db: Db, youths: Iterable[YouthId]) -> dict[YouthId, str]:
    """Return what these are called, as far as they are still kept."""
    asked = listed(map(str, youths))
    rows = db.execute(
        "SELECT id, alias FROM youth WHERE id IN (SELECT value FROM json_each(?))", (asked,)
    )
    return {YouthId(UUID(key)): alias for key, alias in rows}


def _read(rows: Iterable[Row]) -> tuple[Look, ...]:
    return tuple(
        Look(
            time(at),
            Reader(who, place, Why(why)),
            Sight(Kind(kind), record, YouthId(UUID(youth)) if youth else None, Act(act)),
        )
        for at, who, place, act, kind, record, youth, why in rows
    )
