"""Rows of young people."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from desktop.domain.hangul import initials
from desktop.domain.ids import YouthId
from desktop.domain.youths import About, Age, AgeBasis, Gender, Youth
from desktop.vault.columns import Row, content, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands

_SELECT = (
    "SELECT id, alias, age_basis, age_lowest, age_highest, gender, language, keep_from_guardian,"
    " met_first FROM youth "
)
_SOME = _SELECT + "WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608  (words of ours)


def read(row: Row) -> Youth:
    """Make a young person of its columns."""
    key, alias, basis, lowest, highest, gender, language, keep, met_first = row
    return Youth(
        id=YouthId(uuid(key)),
        alias=alias,
        age=Age(AgeBasis(basis), lowest, highest),
        met_first=time(met_first),
        gender=Gender(gender),
        language=language,
        keep_from_guardian=bool(keep),
    )


def add(db: Db, youth: Youth) -> None:
    """Keep a new young person."""
    row = (
        str(youth.id), youth.alias, _folded(youth.alias), youth.age.basis.value,
        youth.age.lowest, youth.age.highest, youth.gender.value, youth.language,
        int(youth.keep_from_guardian), stamp(youth.met_first),
    )  # fmt: skip
    db.execute(
        "INSERT INTO youth (id, alias, initials, age_basis, age_lowest, age_highest, gender,"
        " language, keep_from_guardian, met_first) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    db.wrote("youth.met", youth.id, 1, content(*row), youth.met_first)


def rename(db: Db, youth: YouthId, alias: str, at: datetime) -> None:
    """Call somebody something else."""
    db.execute(
        "UPDATE youth SET alias = ?, initials = ? WHERE id = ?",
        (alias, _folded(alias), str(youth)),
    )
    as_it_stands(db, "youth.named", youth, 2, at)


def tell(db: Db, youth: YouthId, about: About, at: datetime) -> None:
    """Keep what became known of somebody, or was put right, in place of what stood there."""
    age = about.age
    row = (age.basis.value, age.lowest, age.highest, about.gender.value, about.language)
    db.execute(
        "UPDATE youth SET (age_basis, age_lowest, age_highest, gender, language)"
        " = (?, ?, ?, ?, ?) WHERE id = ?",
        (*row, str(youth)),
    )
    as_it_stands(db, "youth.told", youth, 2, at)


def one(db: Db, youth: YouthId) -> Youth:
    """Return one young person; an id from nowhere is a bug."""
    row = db.execute(_SELECT + "WHERE id = ?", (str(youth),)).fetchone()
    if row is None:
        raise LookupError
    return read(row)


def some(db: Db, youths: Iterable[UUID]) -> tuple[Youth, ...]:
    """Return these young people, in this order, as far as they are kept."""
    keys = [str(youth) for youth in youths]
    if len(keys) == 1:
        return tuple(read(row) for row in db.execute(_SELECT + "WHERE id = ?", keys))
    rows = db.execute(_SOME, (json.dumps(keys),)) if keys else ()
    found = {row[0]: read(row) for row in rows}
    return tuple(found[key] for key in keys if key in found)


def named(db: Db, wanted: Iterable[YouthId]) -> dict[YouthId, Youth]:
    """Return these young people by their ids."""
    return {each.id: each for each in some(db, set(wanted))}


def _folded(text: str) -> str:
    return initials(text).casefold()
