"""The end of what was told: it is destroyed, and a line without a word of it says why."""

from collections import Counter
from datetime import datetime

from desktop.domain.ids import YouthId
from desktop.domain.inbox import Gone
from desktop.vault import inbox_late
from desktop.vault.columns import stamp
from desktop.vault.database import Db
from desktop.vault.subjects import GONE, as_it_stands
from sync.protocol.messages import Kind

_TOLD = (
    ("told", "DELETE FROM received_note WHERE received = ? RETURNING id"),
    ("packet", "DELETE FROM received_packet WHERE received = ? RETURNING received"),
)
_DOUBTS = "DELETE FROM doubt WHERE ref = ? RETURNING seq || '/' || epoch"
_LETTERS = "DELETE FROM outbox WHERE ref = ? RETURNING id"
# What has not been sent yet still goes: it says why, and only who asks can read it.
_WORDS = f"DELETE FROM outbox WHERE ref = ? AND kind = '{Kind.TASK_NOTE.value}' AND state NOT IN "  # noqa: S608  (codes of ours)
_SENT_WORDS = _WORDS + "('waiting') RETURNING id"
# That words were not taken is for somebody to see, also where a colleague sends the case back.
_SETTLED_WORDS = _WORDS + "('waiting', 'refused') RETURNING id"
_OF = {Gone.WITHDRAWN: _LETTERS, Gone.DECLINED: _SETTLED_WORDS}


def destroy(db: Db, ref: str, why: Gone, now: datetime) -> Counter[str]:
    """Destroy all that was told about a case, either way; return how many records of each kind.

    After a withdrawal nothing that was about to be sent goes any more, either.
    """
    letters = _OF.get(why, _SENT_WORDS)
    counts: Counter[str] = Counter()
    for subject, delete in (*_TOLD, ("outbox", letters), ("doubt", _DOUBTS)):
        for (record,) in db.execute(delete, (ref,)).fetchall():
            counts[subject] += 1
            db.wrote(f"{subject}.purged", record, 0, GONE, now)
    if why is not Gone.DECLINED:
        inbox_late.chosen(db, ref, now)  # nothing is left to choose
    # Once it was withdrawn it stays so, whatever else ends it.
    db.execute(
        "UPDATE received SET gone = ?1, gone_at = ?2 WHERE id = ?3 AND gone <> 'withdrawn'",
        (why.value, stamp(now), ref),
    )
    as_it_stands(db, f"received.{why.value}", ref, 1, now)
    return counts


def kept_as(db: Db, youth: YouthId) -> tuple[str, ...]:
    """Return the cases from which this young person was kept as somebody of our own."""
    rows = db.execute("SELECT received FROM received_packet WHERE youth = ?", (str(youth),))
    return tuple(ref for (ref,) in rows.fetchall())
