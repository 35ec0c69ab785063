"""Rows of what a supervisor has seen; what nobody has seen yet, the schema keeps itself."""

from desktop.domain.ids import JudgementId, YouthId
from desktop.domain.supervision import Seen
from desktop.vault.columns import content, stamp, time, uuid
from desktop.vault.database import Db


def add(db: Db, seen: Seen) -> None:
    """Keep that it was seen, once."""
    row = (
        str(seen.judgement), str(seen.youth), stamp(seen.judged_at), stamp(seen.seen_at),
        seen.seen_by, seen.words,
    )  # fmt: skip
    db.execute(
        "INSERT INTO supervision (judgement, youth, judged_at, seen_at, seen_by, words)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        row,
    )
    db.wrote("supervision.seen", seen.judgement, 1, content(*row), seen.seen_at)


def waiting(db: Db, limit: int) -> tuple[tuple[YouthId, JudgementId], ...]:
    """Return whose case nobody has seen, and the judgement, the oldest first."""
    rows = db.execute(
        "SELECT youth, judgement FROM unseen ORDER BY judged_at LIMIT ? + 0", (limit,)
    )
    return tuple((YouthId(uuid(youth)), JudgementId(uuid(key))) for youth, key in rows)


def count(db: Db) -> int:
    """Count the cases nobody has seen."""
    return int(db.execute("SELECT count(*) FROM unseen").fetchone()[0])


def is_waiting(db: Db, youth: YouthId) -> bool:
    """Say whether somebody's case has not been seen."""
    return bool(db.execute("SELECT 1 FROM unseen WHERE youth = ?", (str(youth),)).fetchone())


def latest(db: Db, youth: YouthId) -> Seen | None:
    """Return when somebody's case was seen last."""
    row = db.execute(
        "SELECT s.judgement, s.judged_at, s.seen_at, s.seen_by, s.words FROM supervision s"
        " JOIN judgement j ON j.id = s.judgement WHERE s.youth = ? ORDER BY j.rowid DESC LIMIT 1",
        (str(youth),),
    ).fetchone()
    if row is None:
        return None
    key, judged_at, seen_at, seen_by, words = row
    return Seen(JudgementId(uuid(key)), youth, time(judged_at), time(seen_at), seen_by, words)
