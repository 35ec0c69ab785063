"""What was decided here about a case and came too late: kept beside what stands."""

from datetime import datetime

from desktop.domain.inbox import Decided
from desktop.vault.columns import stamp
from desktop.vault.database import Db
from desktop.vault.subjects import GONE, as_it_stands


def keep(db: Db, ref: str, decided: Decided) -> None:
    """Keep what was decided here, in place of what was decided before it."""
    db.execute(
        "INSERT INTO received_late (received, status, reason, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (received) DO UPDATE SET status = excluded.status,"
        " reason = excluded.reason, at = excluded.at",
        (ref, decided.status.value, decided.reason, stamp(decided.at)),
    )
    as_it_stands(db, "late.kept", ref)


def never_was(db: Db, ref: str, message: str) -> None:
    """Take back the step that a decision of ours had written here: the case never took it."""
    taken = db.execute(
        "DELETE FROM received_step WHERE received = ? AND proof = ?", (ref, message)
    ).rowcount
    if taken:
        as_it_stands(db, "received.untaken", ref)


def reopen(db: Db, ref: str) -> None:
    """Follow a case again that was sent back here, and taken on elsewhere before that."""
    db.execute("UPDATE received SET gone = '', gone_at = '' WHERE id = ?", (ref,))
    as_it_stands(db, "received.reopened", ref)


def chosen(db: Db, ref: str, at: datetime) -> None:
    """Let go of ours: somebody has chosen, or the case is over."""
    gone = db.execute(
        "DELETE FROM received_late WHERE received = ? RETURNING received", (ref,)
    ).fetchall()
    if gone:
        db.wrote("late.chosen", ref, 0, GONE, at)
