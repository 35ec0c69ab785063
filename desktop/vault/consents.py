"""Rows of consents: what was asked, what was answered, and when it ended."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from desktop.domain.consents import Answer, Article, Consent, Guardian, Item, Notice, Verification
from desktop.domain.ids import AgencyId, ConsentId, YouthId
from desktop.vault import consent_records
from desktop.vault.columns import Row, content, listed, stamp, time, time_or_none, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands

_SELECT = (
    "SELECT id, youth, agency, agency_name, purpose, retention, form, language, notice_sha256,"
    " guardian, asked_at, valid_until, withdrawn_at FROM consent "
)
_THESE = "(SELECT value FROM json_each(?))"
_LAST_FIRST = (
    "ORDER BY coalesce((SELECT n FROM consent_record WHERE consent = id), 0) DESC,"
    " asked_at DESC, rowid DESC"
)

ASKED_ANEW = (
    "EXISTS (SELECT 1 FROM consent l WHERE l.youth = c.youth AND l.agency = c.agency"
    " AND l.asked_at < c.valid_until AND"
    " (coalesce((SELECT n FROM consent_record WHERE consent = l.id), 0), l.asked_at, l.rowid)"
    " > (coalesce((SELECT n FROM consent_record WHERE consent = c.id), 0), c.asked_at, c.rowid))"
)
"""Whether consent `c` was followed by another answer about its agency while it held."""
# Whoever answered anew is not asked once more.
_ENDING = (
    "SELECT c.id FROM consent c"  # noqa: S608  (words of ours)
    " WHERE c.valid_until > ?1 AND c.valid_until <= ?2 AND c.asked_at <= ?1"
    " AND c.withdrawn_at IS NULL AND (SELECT count(*) FROM consent_answer a"
    " WHERE a.consent = c.id AND a.article IN ('15', '17') AND a.answer = 'given') = 2"
    f" AND NOT {ASKED_ANEW} ORDER BY c.valid_until LIMIT ?3 + 0"
)


def record_of(consent: Consent) -> bytes:
    """Return the record as bytes that never change: what the hub is told the digest of."""
    answers = sorted((k.value, v.value) for k, v in consent.answers.items())
    items = sorted(item.value for item in consent.items)
    record = (consent_records.row_of(consent.record),) if consent.record else ()
    return content(*_row(consent), answers, items, *record)


def add(db: Db, consent: Consent) -> None:
    """Keep the answers of one asking."""
    key, allowed = str(consent.id), consent.allowed_items()
    db.execute(
        "INSERT INTO consent (id, youth, agency, agency_name, purpose, retention, form, language,"
        " notice_sha256, guardian, asked_at, valid_until)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _row(consent),
    )
    db.executemany(
        "INSERT INTO consent_answer (consent, article, answer) VALUES (?, ?, ?)",
        [(key, article.value, answer.value) for article, answer in consent.answers.items()],
    )
    db.executemany(
        "INSERT INTO consent_item (consent, item, allowed) VALUES (?, ?, ?)",
        [(key, item.value, int(item in allowed)) for item in consent.items],
    )
    if consent.record is not None:
        consent_records.add(db, consent.id, consent.record)
    as_it_stands(db, "consent.recorded", consent.id, 1, consent.asked_at)


def one(db: Db, consent: ConsentId) -> Consent:
    """Return one consent; an id from nowhere is a bug."""
    (found,) = some(db, (consent,))
    return found


def some(db: Db, consents: Iterable[ConsentId]) -> tuple[Consent, ...]:
    """Return these consents, in this order, as far as they are kept."""
    keys = [str(each) for each in consents]
    rows = db.execute(_SELECT + f"WHERE id IN {_THESE}", (listed(keys),)).fetchall()
    found = {str(each.id): each for each in _read(db, rows)}
    return tuple(found[key] for key in keys if key in found)


def of_youth(db: Db, youth: YouthId, limit: int = -1) -> tuple[Consent, ...]:
    """Return every asking of one young person, the one kept last first: a clock may be wrong."""
    rows = db.execute(
        _SELECT + "WHERE youth = ? " + _LAST_FIRST + " LIMIT ? + 0", (str(youth), limit)
    )
    return _read(db, rows.fetchall())


def ending(db: Db, now: datetime, until: datetime, limit: int) -> tuple[ConsentId, ...]:
    """Return what is in force and runs out by then, and was not asked about anew; next first."""
    rows = db.execute(_ENDING, (stamp(now), stamp(until), limit))
    return tuple(ConsentId(uuid(key)) for (key,) in rows.fetchall())


def numbered(db: Db, number: str) -> tuple[YouthId, ...]:
    """Return whose askings have an id that ends in these twelve digits: hardly ever several."""
    rows = db.execute(
        "SELECT DISTINCT youth FROM consent WHERE substr(id, 25) = ? LIMIT 4", (number,)
    )
    return tuple(YouthId(uuid(youth)) for (youth,) in rows.fetchall())


def end(db: Db, consent: ConsentId, at: datetime) -> None:
    """Write down that a consent was withdrawn."""
    db.execute("UPDATE consent SET withdrawn_at = ? WHERE id = ?", (stamp(at), str(consent)))
    as_it_stands(db, "consent.withdrawn", consent, 2, at)


def _row(consent: Consent) -> tuple[str | None, ...]:
    guardian = msgspec.json.encode(consent.guardian).decode() if consent.guardian else None
    return (
        str(consent.id), str(consent.youth), consent.agency, consent.agency_name, consent.purpose,
        consent.retention, consent.notice.form, consent.notice.language, consent.notice.sha256,
        guardian, stamp(consent.asked_at), stamp(consent.valid_until),
    )  # fmt: skip


def _read(db: Db, rows: Sequence[Row]) -> tuple[Consent, ...]:
    keys = [row[0] for row in rows]
    items, answers, records = _items(db, keys), _answers(db, keys), consent_records.some(db, keys)
    return tuple(
        Consent(
            id=ConsentId(uuid(row[0])),
            youth=YouthId(uuid(row[1])),
            agency=AgencyId(row[2]),
            agency_name=row[3],
            items=frozenset(items[row[0]]),
            purpose=row[4],
            retention=row[5],
            notice=Notice(form=row[6], language=row[7], sha256=row[8]),
            answers=answers[row[0]],
            asked_at=time(row[10]),
            valid_until=time(row[11]),
            guardian=_guardian(row[9]),
            withdrawn_at=time_or_none(row[12]),
            record=records.get(row[0]),
        )
        for row in rows
    )


def _items(db: Db, keys: list[str]) -> dict[str, set[Item]]:
    found: dict[str, set[Item]] = defaultdict(set)
    ask = f"SELECT consent, item FROM consent_item WHERE consent IN {_THESE}"  # noqa: S608  (words of ours)
    for consent, item in db.execute(ask, (listed(keys),)):
        found[consent].add(Item(item))
    return found


def _answers(db: Db, keys: list[str]) -> dict[str, dict[Article, Answer]]:
    found: dict[str, dict[Article, Answer]] = defaultdict(dict)
    ask = f"SELECT consent, article, answer FROM consent_answer WHERE consent IN {_THESE}"  # noqa: S608  (words of ours)
    for consent, article, answer in db.execute(ask, (listed(keys),)):
        found[consent][Article(article)] = Answer(answer)
    return found


def _guardian(text: str | None) -> Guardian | None:
    if text is None:
        return None
    kept = msgspec.json.decode(text, type=dict[str, str])
    return Guardian(
        name=kept["name"],
        relation=kept["relation"],
        contact=kept["contact"],
        verified_by=Verification(kept["verified_by"]),
    )
