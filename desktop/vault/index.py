"""Whether the full-text index still holds the words of every note: an older page of it hides some.

Nothing can be read back out of the index note by note, so weights are compared: of every pair of
syllables in a note, added up when it enters, and of every pair the index holds now. Only pairs of
two whole syllables count: how FTS5 cuts other signs is its own affair.
"""

import re

from desktop.vault.subjects import Reads

_FACTOR = 31
_WHOLE = re.compile("(?<![^ ])[가-힣]{2}(?![^ ])")
HELD = (
    "SELECT coalesce(sum(cnt * (unicode(term) * 31 + unicode(substr(term, 2)))), 0)"
    " FROM indexed_word WHERE length(term) = 2 AND term BETWEEN '가' AND '힣힣'"
    " AND substr(term, 2) BETWEEN '가' AND '힣'"
)
MEANT = "SELECT coalesce(sum(weight), 0) FROM note WHERE is_indexed = 1"


def weight(pairs: str) -> int:
    """Return what these pairs weigh in the index."""
    whole = "".join(_WHOLE.findall(pairs))
    return sum(map(ord, whole[::2])) * _FACTOR + sum(map(ord, whole[1::2]))


def is_whole(db: Reads) -> bool:
    """Whether the index holds what the notes say it does. A team's vault has none."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'indexed_word'").fetchone():
        return True
    return bool(db.execute(HELD).fetchone() == db.execute(MEANT).fetchone())
