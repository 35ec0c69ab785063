"""One person's rows pointed at another, told piece by piece in the journal, and pointed back."""

from datetime import datetime

import msgspec

from desktop.domain.ids import YouthId
from desktop.domain.merging import Merged
from desktop.domain.retention import Target, Thing
from desktop.people_errors import CannotMerge, CannotPart
from desktop.vault import foretold, jottings, obstacles, parting
from desktop.vault.columns import Row, listed, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import GONE, SUBJECTS, as_it_stands

MANY = (
    "meeting", "note", "risk", "consent", "referral", "disclosure", "packet", "plan", "promise",
    "supervision", "answered", "kept_from", "request",
)  # fmt: skip
"""Subjects of which a person may have many."""
ONCE = ("unfinished", "draft")
"""Subjects of which each person has one, called by the person's id."""
LEFT = {
    "look": "a look stays as it was; `looks.of_youth` asks for both",
    "wish": "somebody who asked to be forgotten is not merged",
    "jotting": "whoever keeps has an alias; the other's days begin anew if they are parted",
    "named": "whom a guardian is of is asked anew; it is destroyed first",
    "merged": "says who was put to whom",
}
"""Subjects about a person that are not moved, and why not. A test compares the schema."""
_UNDER = (
    "WITH RECURSIVE under (youth) AS (SELECT youth FROM merged_youth WHERE kept = ?1"
    " UNION SELECT m.youth FROM merged_youth m JOIN under u ON m.kept = u.youth)"
    " SELECT youth FROM under"
)
_TANGLED = (
    "SELECT 1 FROM referral r JOIN consent c ON c.id = r.consent"
    " WHERE r.youth <> c.youth AND r.youth IN (?1, ?2)"
    " UNION ALL SELECT 1 FROM amendment a JOIN consent c ON c.id = a.consent"
    " JOIN referral r ON r.id = a.referral WHERE r.youth <> c.youth AND r.youth IN (?1, ?2)"
)
_OWN = (
    "alias, initials, age_basis, age_lowest, age_highest, gender, language, keep_from_guardian,"
    " met_first"
)
_Moved = dict[str, list[str]]
_Were = list[list[str | int]]
"""The rows of both, which decisions about a guardian there were of whoever keeps, and since when
the other had no alias: nothing where they had one. Merges of before know the rows alone."""


def merge(db: Db, other: YouthId, kept: YouthId, at: datetime) -> None:
    """Point everything about `other` at `kept`, and remember both as they were.

    Raises `CannotMerge` before anything is moved.
    """
    why = obstacles.between(db, other, kept)
    if why is not None:
        raise CannotMerge(why=why.value)
    nameless = [stamp(jotting.since)] if (jotting := jottings.of(db, other)) else []
    jottings.grown(db, other, at)
    foretold.forget(db, *(Target(thing, other) for thing in (Thing.YOUTH, Thing.DRAFT)))
    moved = {subject: _ids(db, subject, other) for subject in (*MANY, *ONCE)}
    own, keeps = _own(db, other), _own(db, kept)
    before = msgspec.json.encode([own, keeps, _ids(db, "kept_from", kept), nameless]).decode()
    _remember(db, (other, kept), before, moved, at)
    # Both were met since then; and what one of them needs kept from a guardian still is.
    db.execute(
        "UPDATE youth SET (met_first, keep_from_guardian) = (SELECT min(met_first),"
        " max(keep_from_guardian) FROM youth WHERE id IN (?1, ?2)) WHERE id = ?2",
        (str(other), str(kept)),
    )
    db.execute(
        "UPDATE youth SET (age_basis, age_lowest, age_highest) = (?, ?, ?) WHERE id = ?",
        (*parting.age_of_both(own, keeps), str(kept)),
    )
    as_it_stands(db, "youth.joined", kept, 2, at)
    for subject, ids in moved.items():
        _point(db, subject, ids, (other, kept), at)
    db.execute("DELETE FROM youth WHERE id = ?", (str(other),))
    db.wrote("youth.merged", other, 2, GONE, at)


def part(db: Db, other: YouthId, at: datetime) -> YouthId:
    """Undo the newest merge into whoever keeps `other`, and return who that is.

    What was written since stays, but a note goes with its meeting. That a guardian is not to be
    told, or an age that may be under 14, stands for both if it was said since. Raises `CannotPart`
    where a newer merge, a destruction or a referral on the other's consent stands in the way.
    """
    row = db.execute(
        "SELECT kept, row, moved FROM merged_youth m WHERE youth = ?1 AND moved <> ''"
        " AND EXISTS (SELECT 1 FROM youth y WHERE y.id = m.kept)"
        " AND NOT EXISTS (SELECT 1 FROM merged_youth l WHERE l.kept = m.kept AND l.n > m.n)",
        (str(other),),
    ).fetchone()
    if row is None:
        raise CannotPart
    kept = YouthId(uuid(row[0]))
    moved = msgspec.json.decode(row[2], type=_Moved)
    _as_they_were(db, (other, kept), _remembered(row[1]), moved, at)
    moved["note"] = _notes_about(db, moved["meeting"])
    for subject, ids in moved.items():
        _point(db, subject, ids, (kept, other), at)
    if db.execute(_TANGLED, (str(other), str(kept))).fetchone():
        raise CannotPart
    _drop(db, str(other), "merged.undone", at)
    return kept


def into(db: Db, kept: YouthId) -> tuple[Merged, ...]:
    """Return who was put to this person and may be parted again, the newest first."""
    rows = db.execute(
        "SELECT youth, kept, row, at FROM merged_youth WHERE kept = ? AND moved <> ''"
        " ORDER BY n DESC",
        (str(kept),),
    )
    return tuple(_read(row) for row in rows)


def under(db: Db, kept: YouthId) -> tuple[YouthId, ...]:
    """Return everybody who is kept as this person now, those put to them before, too."""
    return tuple(YouthId(uuid(key)) for (key,) in db.execute(_UNDER, (str(kept),)).fetchall())


def settle(db: Db, kept: YouthId, at: datetime) -> None:
    """Let no merge into this person be undone any more: something about them is destroyed now."""
    for other in under(db, kept):
        changed = db.execute(
            "UPDATE merged_youth SET row = '', moved = '' WHERE youth = ? AND moved <> ''",
            (str(other),),
        ).rowcount
        if changed:
            as_it_stands(db, "merged.settled", other, 2, at)


def forget(db: Db, kept: YouthId, at: datetime) -> None:
    """Destroy what says who was put to this person."""
    for other in under(db, kept):
        _drop(db, str(other), "merged.purged", at)


def _drop(db: Db, other: str, kind: str, at: datetime) -> None:
    db.execute("DELETE FROM merged_youth WHERE youth = ?", (other,))
    db.wrote(kind, other, 0, GONE, at)


def _as_they_were(
    db: Db, pair: tuple[YouthId, YouthId], were: _Were, moved: _Moved, at: datetime
) -> None:
    (other, kept), (own, keeps, decided, nameless) = pair, were
    before = [*moved.get("kept_from", []), *map(str, decided)]
    own, keeps = parting.protect(db, kept, _own(db, kept), (own, keeps), before)
    _come_back(db, other, own, at)
    if nameless:  # from now on: what they agreed to they agreed to as somebody else
        jottings.add(db, other, "", at)
    db.execute(
        "UPDATE youth SET (age_basis, age_lowest, age_highest, keep_from_guardian, met_first)"
        " = (?, ?, ?, ?, ?) WHERE id = ?",
        (*keeps[2:5], *keeps[-2:], str(kept)),
    )
    as_it_stands(db, "youth.parted", kept, 3, at)


def _ids(db: Db, subject: str, youth: YouthId) -> list[str]:
    rows = SUBJECTS[subject]
    found = db.execute(
        f"SELECT {rows.key[0]} FROM {rows.table} WHERE youth = ? ORDER BY 1",  # noqa: S608  (names of ours)
        (str(youth),),
    )
    return [key for (key,) in found.fetchall()]


def _notes_about(db: Db, meetings: list[str]) -> list[str]:
    found = db.execute(
        "SELECT id FROM note WHERE meeting IN (SELECT value FROM json_each(?)) ORDER BY id",
        (listed(meetings),),
    )
    return [key for (key,) in found.fetchall()]


def _point(
    db: Db, subject: str, ids: list[str], way: tuple[YouthId, YouthId], at: datetime
) -> None:
    rows, (source, target) = SUBJECTS[subject], way
    is_one = subject in ONCE
    named = [str(source)] if is_one and ids else ids
    changed = db.execute(
        f"UPDATE {rows.table} SET youth = ?1 WHERE youth = ?2"  # noqa: S608  (names of ours)
        f" AND {rows.key[0]} IN (SELECT value FROM json_each(?3)) RETURNING {rows.key[0]}",
        (str(target), str(source), listed(named)),
    ).fetchall()
    for (key,) in changed:
        if is_one:
            db.wrote(f"{subject}.left", source, 2, GONE, at)
        as_it_stands(db, f"{subject}.moved", key, 2, at)


def _own(db: Db, youth: YouthId) -> list[str | int]:
    row = db.execute(f"SELECT {_OWN} FROM youth WHERE id = ?", (str(youth),)).fetchone()  # noqa: S608  (names of ours)
    if row is None:
        raise LookupError
    return list(row)


def _come_back(db: Db, other: YouthId, own: list[str | int], at: datetime) -> None:
    holes = ", ".join("?" * (len(own) + 1))
    db.execute(f"INSERT INTO youth (id, {_OWN}) VALUES ({holes})", (str(other), *own))  # noqa: S608  (names of ours)
    as_it_stands(db, "youth.back", other, 3, at)


def _remember(
    db: Db, way: tuple[YouthId, YouthId], before: str, moved: _Moved, at: datetime
) -> None:
    values = (str(way[0]), str(way[1]), stamp(at), before, msgspec.json.encode(moved).decode())
    db.execute(
        "INSERT INTO merged_youth (youth, kept, at, row, moved) VALUES (?, ?, ?, ?, ?)", values
    )
    as_it_stands(db, "merged.kept", way[0], 1, at)


def _remembered(before: str) -> _Were:
    found: _Were = msgspec.json.decode(before, type=_Were)
    return [*found, [], []][:4]


def _read(row: Row) -> Merged:
    youth, kept, before, at = row
    own, _, _, nameless = _remembered(before)
    pair = YouthId(uuid(youth)), YouthId(uuid(kept))
    return Merged(*pair, str(own[0]), time(at), is_nameless=bool(nameless))
