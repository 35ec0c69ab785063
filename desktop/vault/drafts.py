"""Rows of referrals being written, one for each young person."""

from dataclasses import replace
from datetime import datetime

import msgspec

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.domain.referrals import Draft, Urgency
from desktop.vault.columns import content, stamp, uuid
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
    db.execute("DELETE FROM draft_answer WHERE youth = ?", (str(draft.youth),))
    if draft.answers is not None:
        answer = (str(draft.youth), str(draft.answers))
        db.execute("INSERT INTO draft_answer (youth, referral) VALUES (?, ?)", answer)
    db.wrote("draft.kept", draft.youth, 1, content(*row), at)


def of_youth(db: Db, youth: YouthId) -> Draft | None:
    """Return what is being written for one young person."""
    row = db.execute(
        "SELECT d.agency, d.categories, d.words, d.urgency, a.referral FROM draft d"
        " LEFT JOIN draft_answer a ON a.youth = d.youth WHERE d.youth = ?",
        (str(youth),),
    ).fetchone()
    if row is None:
        return None
    agency, categories, words, urgency, answers = row
    return Draft(
        youth=youth,
        agency=AgencyId(agency) if agency else None,
        categories=frozenset(map(Category, msgspec.json.decode(categories, type=list[str]))),
        words={
            Item(item): text
            for item, text in msgspec.json.decode(words, type=dict[str, str]).items()
        },
        urgency=Urgency(urgency),
        answers=ReferralId(uuid(answers)) if answers else None,
    )


def drop_number(db: Db, youth: YouthId, at: datetime) -> None:
    """Take the number out of a draft: it may not be told, and nothing else needs it (PIPA 24)."""
    draft = of_youth(db, youth)
    if draft is not None and Item.IDENTIFIER in draft.words:
        rest = dict(draft.words)
        del rest[Item.IDENTIFIER]
        keep(db, replace(draft, words=rest), at)


def drop_numbers(db: Db, at: datetime) -> None:
    """Take it out of every draft."""
    rows = db.execute("SELECT youth FROM draft WHERE json_extract(words, '$.identifier') <> ''")
    for (youth,) in rows.fetchall():
        drop_number(db, YouthId(uuid(youth)), at)


def drop(db: Db, youth: YouthId) -> None:
    """Throw the draft away: it was released."""
    if db.execute("DELETE FROM draft WHERE youth = ?", (str(youth),)).rowcount:
        db.wrote("draft.dropped", youth, 2, GONE)
