"""Rows of why a guardian is not to be told, and the mark that says so on the person."""

from datetime import datetime
from uuid import UUID

from desktop.domain.guardians import Kept
from desktop.domain.ids import YouthId
from desktop.domain.who_answers import KeepReason
from desktop.vault.columns import stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands


def keep(db: Db, kept: Kept) -> None:
    """Mark somebody, and keep the reason."""
    _add(db, kept.id, kept.youth, kept.reason.value, (kept.words, kept.at))
    _mark(db, kept.youth, is_kept=True, at=kept.at)


def tell_again(db: Db, key: UUID, youth: YouthId, at: datetime) -> None:
    """Take the mark away; that it was there stays."""
    _add(db, key, youth, "", ("", at))
    _mark(db, youth, is_kept=False, at=at)


def latest(db: Db, youth: YouthId) -> Kept | None:
    """Return the newest reason while the mark stands; None for a mark without one, or no mark."""
    row = db.execute(
        "SELECT k.id, k.reason, k.words, k.at FROM guardian_kept k JOIN youth y ON y.id = k.youth"
        " WHERE k.youth = ? AND y.keep_from_guardian = 1 AND k.reason <> ''"
        " ORDER BY k.at DESC, k.rowid DESC LIMIT 1",
        (str(youth),),
    ).fetchone()
    if row is None:
        return None
    key, reason, words, at = row
    return Kept(uuid(key), youth, KeepReason(reason), words, time(at))


def _add(db: Db, key: UUID, youth: YouthId, reason: str, told: tuple[str, datetime]) -> None:
    words, at = told
    db.execute(
        "INSERT INTO guardian_kept (id, youth, reason, words, at) VALUES (?, ?, ?, ?, ?)",
        (str(key), str(youth), reason, words, stamp(at)),
    )
    as_it_stands(db, "kept_from.decided", key, 1, at)


def _mark(db: Db, youth: YouthId, *, is_kept: bool, at: datetime) -> None:
    db.execute("UPDATE youth SET keep_from_guardian = ? WHERE id = ?", (int(is_kept), str(youth)))
    as_it_stands(db, "youth.guardian", youth, 2, at)
