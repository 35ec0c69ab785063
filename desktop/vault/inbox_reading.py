"""Referrals that came to us, read: before one is accepted, without what nobody may see yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.domain.inbox import Decided, Glimpse, Gone, Received, Told
from desktop.domain.referrals import Appointment, Urgency
from desktop.domain.text import LINE_LIMIT
from desktop.domain.told_words import ages_in
from desktop.domain.untaken import Refused
from desktop.vault import inbox_news, outbox
from desktop.vault.columns import time, time_or_none, uuid
from desktop.vault.database import Db
from desktop.vault.inbox import AMENDED, OPENED
from desktop.vault.inbox_consents import ENDED
from sync.protocol.bodies import Meeting, Packet
from sync.protocol.codec import read_json
from sync.protocol.states import TaskStatus

_SELECT = (
    "SELECT r.id, r.from_org, r.from_name, r.priority, r.received_at, r.valid_until, r.status,"
    " r.reason, r.elsewhere, r.reminded, r.gone, r.gone_at, p.packet, p.youth, p.typed,"
    " l.status, l.reason, l.at,"
    " (SELECT count(*) FROM outbox o WHERE o.ref = r.id AND o.state = 'waiting')"
    " FROM received r LEFT JOIN received_packet p ON p.received = r.id"
    " LEFT JOIN received_late l ON l.received = r.id "
)
_CLOSED = frozenset({TaskStatus.REQUESTED, TaskStatus.REJECTED, TaskStatus.CANCELLED})
"""So long, and then, nobody here may see who it is about."""
Steps = tuple[tuple[str, datetime], ...]


class _Row(NamedTuple):
    id: str
    from_org: str
    from_name: str
    priority: str
    received_at: str
    valid_until: str
    status: str
    reason: str
    elsewhere: str
    reminded: str
    gone: str
    gone_at: str
    packet: bytes | None
    youth: str | None
    typed: str | None
    late: str | None
    late_reason: str | None
    late_at: str | None
    waiting: int


def one(db: Db, ref: ReferralId) -> Received | None:
    """Return one case as far as it may be shown now."""
    row = db.execute(_SELECT + "WHERE r.id = ?", (str(ref),)).fetchone()
    return _received(db, _Row(*row)) if row else None


def every(db: Db) -> tuple[Received, ...]:
    """Return every case, newest first."""
    rows = db.execute(_SELECT + "ORDER BY r.received_at DESC, r.rowid DESC").fetchall()
    return tuple(_received(db, _Row(*row)) for row in rows)


def unanswered(db: Db) -> tuple[tuple[datetime, Urgency], ...]:
    """Return when each came that waits for a yes or no, and how much haste it makes."""
    rows = db.execute(
        "SELECT received_at, priority FROM received WHERE gone = '' AND status = ?",
        (TaskStatus.REQUESTED.value,),
    )
    return tuple((time(at), _urgency(priority)) for at, priority in rows.fetchall())


def packet(db: Db, ref: ReferralId) -> Packet | None:
    """Return all that was told, whoever asks: only for what needs no eyes."""
    row = db.execute(
        "SELECT packet FROM received_packet WHERE received = ?", (str(ref),)
    ).fetchone()
    return read_json(Packet, row[0]) if row else None


def _received(db: Db, row: _Row) -> Received:
    status, steps = TaskStatus(row.status), _steps(db, row.id)
    told = read_json(Packet, row.packet) if row.packet else None
    return Received(
        id=ReferralId(uuid(row.id)),
        asker=AgencyId(row.from_org),
        asker_name=row.from_name,
        received_at=time(row.received_at),
        urgency=_urgency(row.priority),
        status=status,
        glimpse=_glimpse(told) if told else None,
        words=_words(told) if told and status not in _CLOSED else {},
        why=told.reason if told and status not in _CLOSED else "",
        valid_until=time_or_none(row.valid_until),
        opened_at=dict(reversed(steps)).get(OPENED),
        steps=steps,
        told=_told(db, row.id),
        gone=Gone(row.gone),
        gone_at=time_or_none(row.gone_at),
        elsewhere=TaskStatus(row.elsewhere) if row.elsewhere else None,
        reason=row.reason,
        late=_late(row),
        reminded=row.reminded,
        waiting=row.waiting,
        refused=_refused(db, row.id),
        amended_at=dict(steps).get(AMENDED),
        unseen_at=inbox_news.unseen_at(db, row.id),
        youth=YouthId(uuid(row.youth)) if row.youth else None,
        typed=msgspec.json.decode(row.typed, type=dict[str, str]) if row.typed else {},
    )


def _refused(db: Db, ref: str) -> tuple[Refused, ...]:
    return tuple(
        Refused(each.kind, each.queued_at, each.problem, each.state == outbox.LEFT)
        for each in outbox.untaken(db, ref)
    )


def _late(row: _Row) -> Decided | None:
    if row.late is None or row.late_at is None:
        return None
    return Decided(TaskStatus(row.late), row.late_reason or "", time(row.late_at))


def _glimpse(told: Packet) -> Glimpse:
    return Glimpse(
        categories=frozenset(Category(c) for c in told.categories if c in set(Category)),
        urgency=_urgency(told.urgency),
        ages=ages_in(told.words.get(Item.AGE, "")),
        language=told.words.get(Item.LANGUAGE, "")[:LINE_LIMIT],
        keep_from_guardian=told.keep_from_guardian,
        keep_reason=told.keep_reason or "",
        basis=told.basis,
    )


def _words(told: Packet) -> dict[Item, str]:
    return {item: told.words[item.value] for item in Item if item.value in told.words}


def _urgency(code: str) -> Urgency:
    return Urgency.URGENT if code == Urgency.URGENT else Urgency.ROUTINE


def _steps(db: Db, ref: str) -> Steps:
    rows = db.execute(
        "SELECT step, at FROM received_step WHERE received = ? AND step NOT GLOB ?"
        " AND step NOT GLOB ? ORDER BY at, proof",
        (ref, f"{ENDED}*", f"{inbox_news.SEEN}*"),
    )
    return tuple((step, time(at)) for step, at in rows)


def _told(db: Db, ref: str) -> tuple[Told, ...]:
    # By the hub's time, and behind it what it has not taken yet, in the order it was written.
    rows = db.execute(
        "SELECT n.text, n.at, n.meeting_at, n.place, n.meeting, n.asks FROM received_note n"
        " LEFT JOIN outbox o ON o.id = n.id AND o.state = 'waiting' WHERE n.received = ?"
        " ORDER BY o.id IS NOT NULL, iif(o.id IS NULL, n.at, ''), n.rowid",
        (ref,),
    )
    return tuple(_note(row) for row in rows.fetchall())


def _note(row: Sequence[str]) -> Told:
    text, at, meeting_at, place, meeting, asks = row
    said = Appointment(time(meeting_at), place, Meeting(meeting)) if meeting_at else None
    items = frozenset(map(Item, msgspec.json.decode(asks, type=list[str])))
    return Told(text, time(at), said, items)
