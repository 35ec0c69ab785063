"""What came of a consent's end: who has what was sent, and whether the hub has the word."""

from collections.abc import Iterable

from desktop.domain.ids import ConsentId, ReferralId
from desktop.domain.referrals import Erasure, Word
from desktop.vault.columns import listed, uuid
from desktop.vault.database import Db

_SAID = """
SELECT ref, state FROM outbox WHERE kind = 'consent.withdrawn'
 AND ref IN (SELECT value FROM json_each(?)) ORDER BY n
"""
# A referral also stands on the consent to what was told in addition.
_SAID_OF = """
SELECT r.id, o.ref, o.state FROM referral r
JOIN outbox o ON o.kind = 'consent.withdrawn' AND o.ref IN
 (SELECT r.consent UNION SELECT m.consent FROM amendment m WHERE m.referral = r.id)
WHERE r.id IN (SELECT value FROM json_each(?)) AND r.erasure = 'owed' ORDER BY o.n
"""
# Of what waits and was never offered nothing is out there. What may be is called off by a word.
_TOLD = """
SELECT r.agency_name, r.erasure FROM referral r
WHERE r.id IN (SELECT id FROM referral WHERE consent = ?1
  UNION SELECT referral FROM amendment WHERE consent = ?1)
 AND (r.delivery <> 'queued' OR EXISTS (SELECT 1 FROM outbox o WHERE o.ref = r.id
  AND (o.kind = 'referral.cancel'
   OR o.kind = 'referral.request' AND o.state = 'waiting' AND o.attempts > 0)))
ORDER BY r.released_at DESC, r.rowid DESC LIMIT ?2 + 0
"""
_CALLS = """
SELECT ref, state FROM outbox WHERE kind = 'referral.cancel'
 AND ref IN (SELECT value FROM json_each(?)) ORDER BY n
"""
_WORDS = {"waiting": Word.WAITS, "refused": Word.REFUSED}
_FARTHEST_FIRST = (Word.PROVEN, Word.REFUSED, Word.WAITS)


def words(db: Db, consents: Iterable[ConsentId]) -> dict[str, Word]:
    """Return how the newest word of each is; one that was never said is not among them."""
    rows = db.execute(_SAID, (listed(map(str, consents)),))
    return {consent: _word(state) for consent, state in rows.fetchall()}


def told(db: Db, consent: ConsentId, limit: int) -> tuple[tuple[str, Erasure], ...]:
    """Return who has, or may have, what was sent under it, and whether that is erased."""
    rows = db.execute(_TOLD, (str(consent), limit)).fetchall()
    return tuple((name, Erasure(how)) for name, how in rows)


def of_referrals(db: Db, keys: str) -> dict[str, Word]:
    """Return how the word is for each of these `listed` referrals whose erasure is owed.

    Where several consents have ended, what the hub has taken of one is asked of the agency.
    """
    newest: dict[str, dict[str, Word]] = {}
    for referral, consent, state in db.execute(_SAID_OF, (keys,)).fetchall():
        newest.setdefault(referral, {})[consent] = _word(state)
    return {
        referral: min(said.values(), key=_FARTHEST_FIRST.index)
        for referral, said in newest.items()
    }


def calls(db: Db, keys: str) -> dict[str, Word]:
    """Return how the newest word is that one of these `listed` referrals is called off."""
    rows = db.execute(_CALLS, (keys,))
    return {referral: _word(state) for referral, state in rows.fetchall()}


def called(db: Db) -> tuple[ReferralId, ...]:
    """Return every referral of ours of which it was said that it is called off."""
    rows = db.execute("SELECT ref FROM outbox WHERE kind = 'referral.cancel' GROUP BY ref")
    return tuple(ReferralId(uuid(ref)) for (ref,) in rows.fetchall())


def _word(state: str) -> Word:
    return _WORDS.get(state, Word.PROVEN)
