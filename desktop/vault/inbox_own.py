"""Records of our own that were made of what another agency told us, and what stands on them."""

from datetime import datetime

from desktop.domain.forms import FormName
from desktop.domain.ids import YouthId
from desktop.domain.retention import Target, Thing
from desktop.domain.youths import About, Age, AgeBasis
from desktop.vault import forms, inbox_end, merging, retention, youths
from desktop.vault.columns import uuid
from desktop.vault.database import Db
from desktop.vault.subjects import SUBJECTS

NOBODY = "?"
"""The alias of whoever was told about without one, and of whom nothing may be known any more."""
_TOLD = frozenset({"kept_from", "packet"})
_OURS = (*(each for each in merging.MANY if each not in _TOLD), "unfinished", "named")
"""What may stand on a record beside its draft, which is made of what was told."""
_BEYOND_TABLES = (
    "SELECT 1 FROM guardian_kept WHERE youth = ?1 AND words <> ''"
    " UNION ALL SELECT 1 FROM merged_youth WHERE kept = ?1"
)
_ABOUT_NAMES = frozenset({FormName.ALIAS, FormName.ABOUT})


def of_case(db: Db, ref: str) -> YouthId | None:
    """Return who was kept as our own of a case whose words are here."""
    row = db.execute(
        "SELECT y.id FROM received_packet p JOIN youth y ON y.id = p.youth WHERE p.received = ?",
        (ref,),
    ).fetchone()
    return YouthId(uuid(row[0])) if row else None


def is_bare(db: Db, youth: YouthId) -> bool:
    """Say whether nothing stands on a record: neither anything of our own nor another case."""
    return not (has_ours(db, youth) or inbox_end.kept_as(db, youth))


def has_ours(db: Db, youth: YouthId) -> bool:
    """Say whether something of our own stands on a record, beside what others told."""
    tables = (SUBJECTS[each].table for each in _OURS)
    asked = (*(f"SELECT 1 FROM {each} WHERE youth = ?1" for each in tables), _BEYOND_TABLES)  # noqa: S608  (names of ours)
    stands = any(db.execute(sql, (str(youth),)).fetchone() for sql in asked)
    is_kept = Target(Thing.YOUTH, youth) in retention.kept_longer(db)
    return bool(stands or is_kept or forms.is_noted(db, youth, _ABOUT_NAMES))


def unname(db: Db, youth: YouthId, at: datetime) -> None:
    """Let a record say nothing about anybody; that a guardian is not told stays on it."""
    youths.rename(db, youth, NOBODY, at)
    youths.tell(db, youth, About(Age.unknown()), at)


def nobodies(db: Db) -> tuple[YouthId, ...]:
    """Return the records that say nothing about anybody, and on which nothing stands."""
    rows = db.execute(
        "SELECT id FROM youth WHERE alias = ? AND age_basis = ?",
        (NOBODY, AgeBasis.UNKNOWN.value),
    ).fetchall()
    found = (YouthId(uuid(key)) for (key,) in rows)
    return tuple(youth for youth in found if is_bare(db, youth))
