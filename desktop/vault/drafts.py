"""Rows of referrals being written, one for each young person."""

from datetime import datetime

import msgspec

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.ids import AgencyId, YouthId
from desktop.domain.referrals import Draft, Urgency
from desktop.vault.columns import content, stamp
from desktop.vault.database import Db
from desktop.vault.subjects import GONE


def keep(db: Db, draft: Draft, at: datetime) -> None:
    """Keep a draft in place of the one before."""
    categories = msgspec.json.encode(sorted(c.value for c in draft.categories)).decode()
    words = msgspec.json.encode({item.value: text for item, text in draft.words.items()}).decode()
    row = (str(draft.youth), draft.agency, categories, words, draft.urgency.value, stamp(at))
    db.execute(
        "INSERT INTO draft (youth, agency, categories, words, urgency, kept_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (youth) DO UPDATE SET agency = excluded.agency,"
        " categories = excluded.categories, words = excluded.words,"
        " urgency = excluded.urgency, kept_at = excluded.kept_at",
        row,
    )
    db.wrote("draft.kept", draft.youth, 1, content(*row), at)


def of_youth(db: Db, youth: YouthId) -> Draft | None:
    """Return what is being written for one young person."""
    row = db.execute(
        "SELECT agency, categories, words, urgency FROM draft WHERE youth = ?", (str(youth),)
    ).fetchone()
    if row is None:
        return None
    agency, categories, words, urgency = row
    return Draft(
        youth=youth,
        agency=AgencyId(agency) if agency else None,
        categories=frozenset(map(Category, msgspec.json.decode(categories, type=list[str]))),
        words={
            Item(item): text
            for item, text in msgspec.json.decode(words, type=dict[str, str]).items()
        },
        urgency=Urgency(urgency),
    )


def drop(db: Db, youth: YouthId) -> None:
    """Throw the draft away: it was released."""
    if db.execute("DELETE FROM draft WHERE youth = ?", (str(youth),)).rowcount:
        db.wrote("draft.dropped", youth, 2, GONE)
