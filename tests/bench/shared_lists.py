"""Every list that the window opens, by the question that fills it."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from builders import a_moment

from desktop.domain.ids import NoteId, YouthId
from desktop.domain.moment import Moment
from desktop.services import (
    agencies,
    endings,
    following,
    living,
    looks,
    nights,
    promises,
    questionnaires,
    retention,
    safety,
    search,
    silences,
    standing,
    supervision,
    timeline,
    versions,
    youths,
)
from desktop.services.timeline import Reading
from desktop.vault.columns import time
from desktop.vault.database import Db, Vault


@dataclass(frozen=True)
class Asker:
    """Whose vault is asked, about whom, and when."""

    vault: Vault
    youth: YouthId
    alias: str
    note: NoteId
    now: datetime

    @property
    def moment(self) -> Moment:
        """Return the moment, with ids of its own."""
        return a_moment(self.now)


LISTS = {
    "tonight": lambda a: standing.standing(a.vault, a.moment),
    "person": lambda a: youths.open_file(a.vault, a.youth, None, a.moment),
    "versions": lambda a: versions.of(a.vault, a.note, a.moment),
    "timeline": lambda a: timeline.page(a.vault, a.youth, None, Reading(), a.moment),
    "month": lambda a: nights.month(a.vault, nights.this_month(a.now), a.now),
    "promises": lambda a: promises.lists(a.vault, "ko", a.moment),
    "consents-of-one": lambda a: living.standing(a.vault, a.youth, a.now),
    "promises-of-one": lambda a: promises.of_youth(a.vault, a.youth, "ko", a.now),
    "supervisor": lambda a: supervision.waiting(a.vault, a.moment),
    "ways": lambda a: following.ways(a.vault, a.moment),
    "silences": lambda a: silences.open_ones(a.vault),
    "looks-of-one": lambda a: looks.of(a.vault, a.youth),
    "looks-of-a-week": lambda a: looks.between(a.vault, a.now - timedelta(days=7), a.now),
    "ends-soon": lambda a: endings.page(a.vault, a.now, endings.SHOWN),
    "destroyed": lambda a: retention.log(a.vault),
    "directory": lambda a: agencies.directory(a.vault, a.now),
    "palette": lambda a: search.everything(a.vault, a.alias, a.moment),
    "alike": lambda a: search.people(a.vault, a.alias),
    "safety-plans": lambda a: safety.plans(a.vault, a.youth, a.moment),
    "questionnaires": lambda a: questionnaires.of_youth(a.vault, a.youth, a.moment),
}
"""The name of each list, and what is asked when it opens."""


def asker(vault: Vault) -> Asker:
    """Ask about whoever has the most notes, an hour after the last meeting."""
    with vault.reading() as db:
        youth, note = db.execute(
            "SELECT m.youth, min(n.id) FROM note n JOIN meeting m ON m.id = n.meeting"
            " GROUP BY m.youth ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()
        [last] = db.execute("SELECT max(met_at) FROM meeting").fetchone()
        [alias] = db.execute("SELECT alias FROM youth WHERE id = ?", (youth,)).fetchone()
    return Asker(
        vault, YouthId(UUID(youth)), alias, NoteId(UUID(note)), time(last) + timedelta(hours=1)
    )


@contextmanager
def questions():
    """Give the set of questions, with how many words each takes, that are asked meanwhile."""
    asked, execute = {}, Db.execute

    def noted(self, sql, params=()):
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            asked[sql] = tuple(params)
        return execute(self, sql, params)

    Db.execute = noted
    try:
        yield asked
    finally:
        Db.execute = execute
