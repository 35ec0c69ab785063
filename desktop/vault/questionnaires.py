"""Rows of questionnaires, every version that was loaded, and of what was answered."""

from datetime import datetime
from uuid import UUID

import msgspec

from desktop.domain.ids import YouthId
from desktop.domain.questionnaires import Answered, AnsweredId, Questionnaire
from desktop.vault.columns import content, stamp, time
from desktop.vault.database import Db
from desktop.vault.subjects import BETWEEN, as_it_stands
from sync.protocol.codec import canonical


def body_of(read: Questionnaire) -> bytes:
    """Return a questionnaire as it is kept: the same one is always the same bytes."""
    return canonical(msgspec.to_builtins(read))


def body(db: Db, ident: str, version: int) -> bytes | None:
    """Return what is kept under this name and version."""
    row = db.execute(
        "SELECT body FROM questionnaire WHERE id = ? AND version = ?", (ident, version)
    ).fetchone()
    return bytes(row[0]) if row else None


def add(db: Db, read: Questionnaire, title: str, at: datetime) -> None:
    """Keep a version."""
    row = (read.id, read.version, title, body_of(read), stamp(at), 1)
    db.execute(
        "INSERT INTO questionnaire (id, version, title, body, loaded_at, is_used)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        row,
    )
    db.wrote("questionnaire.loaded", f"{read.id}{BETWEEN}{read.version}", 1, content(*row), at)


def use(db: Db, ident: str, at: datetime, *, is_used: bool) -> None:
    """Take every version of a questionnaire into use, or put it away."""
    changed = db.execute(
        "UPDATE questionnaire SET is_used = ?1 WHERE id = ?2 AND is_used <> ?1 RETURNING version",
        (int(is_used), ident),
    ).fetchall()
    for (version,) in changed:
        as_it_stands(db, "questionnaire.used", f"{ident}{BETWEEN}{version}", 2, at)


def in_use(db: Db) -> tuple[Questionnaire, ...]:
    """Return the newest version of each that is in use."""
    rows = db.execute(
        "SELECT body, max(version) FROM questionnaire WHERE is_used = 1 GROUP BY id ORDER BY title"
    )
    return tuple(_read(row[0]) for row in rows)


def answer(db: Db, answered: Answered) -> None:
    """Keep what was answered."""
    asked = answered.questionnaire
    answers = canonical(answered.answers).decode()
    row = (
        str(answered.id), str(answered.youth), asked.id, asked.version, answers,
        stamp(answered.at),
    )  # fmt: skip
    db.execute(
        "INSERT INTO answered (id, youth, questionnaire, version, answers, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        row,
    )
    db.wrote("answered.kept", answered.id, 1, content(*row), answered.at)


def of_youth(db: Db, youth: YouthId, limit: int) -> tuple[Answered, ...]:
    """Return what was answered about somebody, newest first, each with the version asked."""
    rows = db.execute(
        "SELECT a.id, a.answers, a.at, q.body FROM answered a"
        " JOIN questionnaire q ON q.id = a.questionnaire AND q.version = a.version"
        " WHERE a.youth = ? ORDER BY a.at DESC LIMIT ? + 0",
        (str(youth), limit),
    )
    return tuple(
        Answered(
            AnsweredId(UUID(key)), youth, _read(asked),
            msgspec.json.decode(answers, type=dict[str, str]), time(at),
        )
        for key, answers, at, asked in rows
    )  # fmt: skip


def _read(kept: bytes) -> Questionnaire:
    return msgspec.json.decode(kept, type=Questionnaire)
