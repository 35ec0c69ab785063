"""Finding young people by what they are called. The names are read once, and again after a change.

They are in memory only while the vault is open, as are those on the screen.
"""

from collections.abc import Callable

from desktop.domain.ids import YouthId
from desktop.domain.names import Names
from desktop.domain.youths import Youth
from desktop.vault import youths
from desktop.vault.columns import uuid
from desktop.vault.database import Db


def holding(db: Db, query: str, limit: int) -> tuple[Youth, ...]:
    """Return those called `query`, then those whose alias holds it, newest first (`Names`)."""
    return youths.some(db, _names(db).holding(query, limit))


def alike(db: Db, query: str, limit: int) -> tuple[Youth, ...]:
    """Return those who would be called `query` but for one letter, newest first."""
    return youths.some(db, _names(db).alike(query, limit))


def caller(db: Db) -> Callable[[str], str]:
    """Return what says how the young person of an id, as it stands in a row, is called."""
    alias = _names(db).alias
    # Who was met while this was asked may not be among the names yet.
    return lambda key: alias(key) or youths.one(db, YouthId(uuid(key))).alias


def _names(db: Db) -> Names:
    session, state = db.session, db.seen("youth")
    kept = session.names
    if kept is not None and kept[0] == state:
        return kept[1]
    names = Names(db.execute("SELECT id, alias FROM youth ORDER BY met_first DESC").fetchall())
    if state is not None:
        session.names = (state, names)
    return names
