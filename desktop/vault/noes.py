"""What a young person said no to, asked about an agency once more after a referral to it."""

from collections import defaultdict
from datetime import timedelta

from desktop.domain.consents import Article, ended_by
from desktop.domain.referrals import SaidNo
from desktop.vault import mailbox
from desktop.vault.columns import time
from desktop.vault.database import Db

_NOES = """
SELECT r.id, n.asked_at, a.article
FROM referral r
JOIN consent n ON n.id = (SELECT c.id FROM consent c
 WHERE c.youth = r.youth AND c.agency = r.agency AND c.asked_at > r.released_at
 ORDER BY c.asked_at DESC, c.rowid DESC LIMIT 1)
JOIN consent_answer a ON a.consent = n.id AND a.answer = 'refused'
WHERE r.id IN (SELECT value FROM json_each(?))
"""
_ASKED_SINCE = (
    "SELECT 1 FROM asked_in_turn c JOIN asked_in_turn n ON n.youth = c.youth"
    " AND n.agency = c.agency AND (n.n, n.asked_at, n.row) > (c.n, c.asked_at, c.row)"
    " WHERE c.id = ?"
)


def was_asked_since(db: Db, consent: str) -> bool:
    """Say whether its young person has answered about its agency once more, whatever they said."""
    return db.execute(_ASKED_SINCE, (consent,)).fetchone() is not None


def newest(db: Db, keys: str) -> dict[str, SaidNo]:
    """Return the no of each of these `listed` referrals whose newest asking since holds one.

    When it was said is told by the hub's clock, as replies are, as far as we know that clock.
    """
    ahead = timedelta(seconds=mailbox.place(db).clock_offset)
    asked_at: dict[str, str] = {}
    refused: dict[str, set[Article]] = defaultdict(set)
    for referral, at, article in db.execute(_NOES, (keys,)).fetchall():
        asked_at[referral] = at
        refused[referral].add(Article(article))
    return {
        referral: SaidNo(time(at) + ahead, ended_by(frozenset(refused[referral])))
        for referral, at in asked_at.items()
    }
