"""How the word is that a consent has ended: whether the hub has taken it."""

from collections.abc import Iterable

from desktop.domain.ids import ConsentId
from desktop.domain.referrals import Word
from desktop.vault.columns import listed
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
_WORDS = {"waiting": Word.WAITS, "refused": Word.REFUSED}
_FARTHEST_FIRST = (Word.PROVEN, Word.REFUSED, Word.WAITS)


def words(db: Db, consents: Iterable[ConsentId]) -> dict[str, Word]:
    """Return how the newest word of each is; one that was never said is not among them."""
    rows = db.execute(_SAID, (listed(map(str, consents)),))
    return {consent: _word(state) for consent, state in rows.fetchall()}


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


def _word(state: str) -> Word:
    return _WORDS.get(state, Word.PROVEN)
