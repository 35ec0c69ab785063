"""Rows of the whole record that belongs to a consent."""

from collections.abc import Iterable

import msgspec

from desktop.domain.agencies import Category
from desktop.domain.consent_records import (
    Answering,
    Manner,
    Paper,
    Point,
    Record,
    Responsible,
    Stroke,
)
from desktop.domain.ids import ConsentId
from desktop.vault.columns import listed, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands


class _Facts(msgspec.Struct, frozen=True, omit_defaults=True):
    asked_by: str
    present: tuple[str, ...]
    manner: str
    witness: str
    paper: tuple[str, str] | None
    responsible: tuple[str, str, str, str] | None
    is_for_children: bool
    refusal: str
    withdrawal: str
    storage: str
    jurisdiction: str
    schema: str
    verified_at: str = ""
    """Left out where there is none: the digest of a record from before must still hold."""
    entrusted: str = ""
    categories: tuple[str, ...] = ()


_facts = msgspec.json.Encoder(order="sorted")


def row_of(record: Record) -> tuple[str, str, str]:
    """Return a record as columns that never change: supersedes, facts, strokes."""
    answering, of = record.answering, record.responsible
    facts = _Facts(
        asked_by=record.asked_by,
        present=record.present,
        manner=answering.manner.value,
        witness=answering.witness,
        paper=(answering.paper.sha256, answering.paper.lies_at) if answering.paper else None,
        responsible=(of.id, of.name, of.contact, of.address) if of else None,
        is_for_children=record.is_for_children,
        refusal=record.refusal,
        withdrawal=record.withdrawal,
        storage=record.storage,
        jurisdiction=record.jurisdiction,
        schema=record.schema,
        verified_at=stamp(record.verified_at) if record.verified_at else "",
        entrusted=record.entrusted,
        categories=tuple(sorted(record.categories)),
    )
    strokes = [[(point.x, point.y, point.ms) for point in stroke] for stroke in answering.strokes]
    drawn = msgspec.json.encode(strokes).decode() if strokes else ""
    return str(record.supersedes or ""), _facts.encode(facts).decode(), drawn


def add(db: Db, consent: ConsentId, record: Record) -> None:
    """Keep the record of a consent, after all that were kept before."""
    db.execute(
        "INSERT INTO consent_record (n, consent, supersedes, facts, strokes)"
        " VALUES ((SELECT coalesce(max(n), 0) + 1 FROM consent_record), ?, ?, ?, ?)",
        (str(consent), *row_of(record)),
    )
    as_it_stands(db, "asking.recorded", consent)


def some(db: Db, consents: Iterable[str]) -> dict[str, Record]:
    """Return the records of these consents; one kept before there were any has none."""
    rows = db.execute(
        "SELECT consent, supersedes, facts, strokes FROM consent_record"
        " WHERE consent IN (SELECT value FROM json_each(?))",
        (listed(consents),),
    )
    return {consent: _read(*columns) for consent, *columns in rows}


def _read(supersedes: str, raw: str, drawn: str) -> Record:
    facts = msgspec.json.decode(raw, type=_Facts)
    return Record(
        asked_by=facts.asked_by,
        present=facts.present,
        answering=Answering(
            Manner(facts.manner),
            _strokes(drawn),
            facts.witness,
            Paper(*facts.paper) if facts.paper else None,
        ),
        responsible=Responsible(*facts.responsible) if facts.responsible else None,
        supersedes=ConsentId(uuid(supersedes)) if supersedes else None,
        is_for_children=facts.is_for_children,
        refusal=facts.refusal,
        withdrawal=facts.withdrawal,
        storage=facts.storage,
        jurisdiction=facts.jurisdiction,
        schema=facts.schema,
        verified_at=time(facts.verified_at) if facts.verified_at else None,
        entrusted=facts.entrusted,
        categories=frozenset(map(Category, facts.categories)),
    )


def _strokes(drawn: str) -> tuple[Stroke, ...]:
    if not drawn:
        return ()
    kept = msgspec.json.decode(drawn, type=tuple[tuple[tuple[int, int, int], ...], ...])
    return tuple(tuple(Point(*point) for point in stroke) for stroke in kept)
