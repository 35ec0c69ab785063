"""Rows of silences: what the hub told the coordinator, until somebody has seen to it."""

from desktop.domain.ids import AgencyId
from desktop.domain.silences import Silence
from desktop.vault.columns import stamp, time
from desktop.vault.database import Db
from desktop.vault.subjects import BETWEEN, GONE, as_it_stands


def told(db: Db, silence: Silence) -> None:
    """Keep what the hub told, once; not what somebody has seen to, when the hub says it again."""
    added = db.execute(
        "INSERT INTO silence (referral, reason, from_org, to_org, at) SELECT ?1, ?2, ?3, ?4, ?5"
        " WHERE NOT EXISTS (SELECT 1 FROM silence_settled s WHERE s.referral = ?1"
        " AND s.reason = ?2 AND s.at >= ?5) ON CONFLICT DO NOTHING",
        (
            silence.referral, silence.reason, silence.from_org, silence.to_org,
            stamp(silence.at),
        ),
    ).rowcount  # fmt: skip
    if added:
        as_it_stands(db, "silence.told", f"{silence.referral}{BETWEEN}{silence.reason}")


def oldest(db: Db, most: int) -> tuple[Silence, ...]:
    """Return what nobody has seen to yet, the oldest first."""
    rows = db.execute(
        "SELECT referral, reason, from_org, to_org, at FROM silence ORDER BY at LIMIT ? + 0",
        (most,),
    )
    return tuple(
        Silence(ref, reason, AgencyId(asked), AgencyId(whom), time(at))
        for ref, reason, asked, whom, at in rows.fetchall()
    )


def count(db: Db) -> int:
    """Return how many nobody has seen to yet."""
    [found] = db.execute("SELECT count(*) FROM silence").fetchone()
    return int(found)


def settled(db: Db, referral: str) -> None:
    """Let go of what somebody has seen to; until when it had been told stays known."""
    gone = db.execute(
        "DELETE FROM silence WHERE referral = ? RETURNING reason, at", (referral,)
    ).fetchall()
    for reason, at in gone:
        record = f"{referral}{BETWEEN}{reason}"
        db.wrote("silence.settled", record, 1, GONE)
        db.execute(
            "INSERT OR REPLACE INTO silence_settled (referral, reason, at) VALUES (?, ?, ?)",
            (referral, reason, at),
        )
        as_it_stands(db, "quiet.settled", record)
