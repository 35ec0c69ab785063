"""Rows of young people."""

from desktop.domain.hangul import initials, is_initials
from desktop.domain.ids import YouthId
from desktop.domain.youths import Age, AgeBasis, Gender, Youth
from desktop.vault.columns import Row, content, stamp, time, uuid
from desktop.vault.database import Db

_SELECT = (
    "SELECT id, alias, age_basis, age_lowest, age_highest, gender, language, keep_from_guardian,"
    " met_first FROM youth "
)


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


def one(db: Db, youth: YouthId) -> Youth:
    """Return one young person; an id from nowhere is a bug."""
    row = db.execute(_SELECT + "WHERE id = ?", (str(youth),)).fetchone()
    if row is None:
        raise LookupError
    return read(row)


def named(db: Db, query: str, limit: int) -> tuple[Youth, ...]:
    """Return those whose alias holds `query`, typed whole or as initial consonants (ㅎㄴ)."""
    rows = db.execute(
        _SELECT + "WHERE instr(initials, ?) ORDER BY alias, met_first", (_folded(query),)
    )
    found = (read(row) for row in rows if _holds(row[1], query))
    return tuple(youth for youth, _ in zip(found, range(limit), strict=False))


def _folded(text: str) -> str:
    return initials(text).casefold()


def _holds(alias: str, query: str) -> bool:
    return any(
        all(_fits(a, q) for a, q in zip(alias[at:], query, strict=False))
        for at in range(len(alias) - len(query) + 1)
    )


def _fits(letter: str, typed: str) -> bool:
    # A half-typed syllable (하ㄴ) is what the input method has shown so far.
    same = letter.casefold() == typed.casefold()
    return same or (is_initials(typed) and initials(letter) == typed)
