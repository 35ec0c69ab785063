"""Messages waiting to leave. What was sealed stays as it is until the referral has ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from desktop.domain.ids import ConsentId, OutreachId, ReferralId, YouthId
from desktop.domain.referrals import ReleasedReferral, Urgency
from desktop.vault.columns import Row, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import GONE, as_it_stands
from sync.protocol.codec import packed
from sync.protocol.messages import Header, Kind, Message

WITHDRAWAL, URGENT, ROUTINE = 0, 1, 2
WAITING, SENT, PROVEN, REFUSED = "waiting", "sent", "proven", "refused"
LEFT = "left"
"""Refused, or held and never offered; and somebody has seen it and needs it no more."""
LAPSED = "consent-lapsed"
"""Why something is held: its consent no longer covers it."""
_WAITING = (
    "SELECT (SELECT count(*) FROM outbox WHERE state = 'waiting')"
    " + (SELECT count(*) FROM outbox INDEXED BY outbox_again"
    " WHERE state = 'proven' AND last_problem = 'again')"
)
_HELD = "('consent-lapsed', 'cosign-lapsed', 'guardian-unsaid')"
_IS_HELD = f"state = 'waiting' AND last_problem IN {_HELD}"
_IS_TO_GO = f"state = 'waiting' AND last_problem NOT IN {_HELD}"


@dataclass(frozen=True, slots=True)
class Queued:
    """One row of the outbox, without its bytes."""

    id: str
    kind: Kind
    ref: str
    consent: str | None
    to_org: str
    queued_at: datetime
    state: str
    attempts: int
    problem: str


_SELECT = (
    "SELECT id, kind, ref, consent, to_org, queued_at, state, attempts, last_problem FROM outbox "
)
_WAITING_ON = f"""
SELECT DISTINCT c.youth FROM outbox o JOIN consent c ON c.id = o.consent
WHERE o.{_IS_TO_GO} AND c.youth IN (SELECT m.youth FROM meeting m WHERE m.outreach = ?)
"""  # noqa: S608  (codes of ours)


def add_referral(db: Db, released: ReleasedReferral, message: Message) -> None:
    """Queue a referral that may leave. There is no other way in for one (D-010)."""
    urgent = released.referral.urgency is Urgency.URGENT
    _add(db, message, URGENT if urgent else ROUTINE, released.released_at)


def add_amendment(db: Db, released: ReleasedReferral, message: Message) -> None:
    """Queue what is told in addition, behind the consent it stands on."""
    _add(db, message, URGENT, released.released_at)


def add_fact(db: Db, message: Message, at: datetime) -> None:
    """Queue a consent given or withdrawn.

    A withdrawal overtakes everything. A consent goes with the urgent, so that no referral can
    overtake the consent it stands on.
    """
    withdrawn = _header(message).kind is Kind.CONSENT_WITHDRAWN
    _add(db, message, WITHDRAWAL if withdrawn else URGENT, at)


def add_end_elsewhere(db: Db, message: Message, at: datetime) -> None:
    """Queue that a consent has ended which only another laptop of ours holds."""
    _add(db, message, WITHDRAWAL, at, is_here=False)


def holds(db: Db, message: str) -> bool:
    """Say whether this message was queued and is kept."""
    row = db.execute("SELECT 1 FROM outbox WHERE id = ?", (message,)).fetchone()
    return row is not None


def request_proven(db: Db, referral: ReferralId) -> None:
    """Write down that the agency holds its own copy. Ours stays until the referral has ended.

    Without the request a restored hub would pass on neither a withdrawal nor an answer (I9).
    """
    rows = db.execute(
        "UPDATE outbox SET state = 'proven', last_problem = '' WHERE ref = ?"
        " AND kind = 'referral.request' RETURNING id",
        (str(referral),),
    )
    journal(db, "outbox.proven", rows.fetchall())


def amendment_proven(db: Db, message: str) -> None:
    """Write it down of this amendment; another of the same referral may still have to leave."""
    rows = db.execute(
        "UPDATE outbox SET state = 'proven', last_problem = '' WHERE id = ?"
        " AND kind = 'referral.amend' RETURNING id",
        (message,),
    )
    journal(db, "outbox.proven", rows.fetchall())


def ended(db: Db, referral: ReferralId) -> bool:
    """Let go of our sealed copies: nothing more is expected. Say if one was never told."""
    rows = db.execute(
        "DELETE FROM outbox WHERE ref = ? AND kind IN ('referral.request', 'referral.amend')"
        " RETURNING id, kind = 'referral.amend' AND state IN ('waiting', 'refused')",
        (str(referral),),
    ).fetchall()
    journal(db, "outbox.ended", [(message,) for message, _ in rows])
    return any(is_untold for _, is_untold in rows)


def of_consent(db: Db, consent: ConsentId) -> tuple[Queued, ...]:
    """Return every message still here that stands on one consent."""
    rows = db.execute(_SELECT + "WHERE consent = ? ORDER BY n", (str(consent),))
    return tuple(_queued(row) for row in rows.fetchall())


def one(db: Db, message: str) -> Queued | None:
    """Return one message's row."""
    row = db.execute(_SELECT + "WHERE id = ?", (message,)).fetchone()
    return _queued(row) if row else None


def is_waiting(db: Db, message: str, raw: bytes) -> bool:
    """Say whether exactly this still waits."""
    row = db.execute(
        "SELECT 1 FROM outbox WHERE id = ? AND bytes = ? AND state = 'waiting'", (message, raw)
    ).fetchone()
    return row is not None


def packets_of(db: Db, referral: ReferralId) -> tuple[Queued, ...]:
    """Return every sealed packet of one referral that is still here."""
    rows = db.execute(
        _SELECT + "WHERE ref = ? AND kind IN ('referral.request', 'referral.amend') ORDER BY n",
        (str(referral),),
    )
    return tuple(_queued(row) for row in rows.fetchall())


def remove(db: Db, message: str) -> None:
    """Take a message out: its consent ended before it left."""
    db.execute("DELETE FROM outbox WHERE id = ?", (message,))
    db.wrote("outbox.vanished", message, 1, GONE)


def unsettled(db: Db) -> tuple[Queued, ...]:
    """Return what waits or was refused, in the order it goes."""
    rows = db.execute(_SELECT + "WHERE state IN ('waiting', 'refused') ORDER BY priority, n")
    return tuple(_queued(row) for row in rows.fetchall())


def refused(db: Db) -> int:
    """Return how many were not taken and wait for a person."""
    return int(db.execute("SELECT count(*) FROM outbox WHERE state = 'refused'").fetchone()[0])


def untaken(db: Db, ref: str) -> tuple[Queued, ...]:
    """Return what was said about a case and not taken, whether or not somebody left it."""
    rows = db.execute(
        _SELECT + "WHERE ref = ? AND state IN ('refused', 'left') ORDER BY n", (ref,)
    )
    return tuple(_queued(row) for row in rows.fetchall())


def leave(db: Db, messages: Iterable[str]) -> None:
    """Somebody has seen that these were not taken, or never left, and needs them no more."""
    for message in messages:
        rows = db.execute(
            "UPDATE outbox SET state = 'left' WHERE id = ? AND (state = 'refused' OR (state ="
            " 'waiting' AND last_problem IN ('consent-lapsed', 'guardian-unsaid')"
            " AND attempts = 0)) RETURNING id",
            (message,),
        )
        journal(db, "outbox.left", rows.fetchall())


def has_said(db: Db, consent: ConsentId) -> bool:
    """Say whether the hub has been, or will be, told of this consent."""
    row = db.execute(
        "SELECT 1 FROM outbox WHERE ref = ? AND kind = 'consent.given'"
        " AND state NOT IN ('refused', 'left')",
        (str(consent),),
    ).fetchone()
    return row is not None


def waiting(db: Db) -> int:
    """Return how many messages wait, those among them that are held or would be said again."""
    return int(db.execute(_WAITING).fetchone()[0])


def to_send(db: Db) -> int:
    """Return how many messages go with the next line."""
    return int(db.execute(f"SELECT count(*) FROM outbox WHERE {_IS_TO_GO}").fetchone()[0])  # noqa: S608  (codes of ours)


def held(db: Db) -> int:
    """Return how many stay here: what they stand on no longer covers them."""
    return int(db.execute(f"SELECT count(*) FROM outbox WHERE {_IS_HELD}").fetchone()[0])  # noqa: S608  (codes of ours)


def waiting_on(db: Db, outreach: OutreachId) -> frozenset[YouthId]:
    """Return those met on a night about whom something is to be sent."""
    rows = db.execute(_WAITING_ON, (str(outreach),))
    return frozenset(YouthId(uuid(key)) for (key,) in rows)


def _add(db: Db, message: Message, priority: int, at: datetime, *, is_here: bool = True) -> None:
    header = _header(message)
    consent = (header.consent_id or header.ref) if is_here else None
    items = msgspec.json.encode(header.item_codes).decode()
    db.execute(
        "INSERT INTO outbox (id, priority, kind, ref, consent, to_org, items, bytes, queued_at,"
        " state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')",
        (
            header.id, priority, header.kind.value, header.ref, consent, header.to_org, items,
            packed(message), stamp(at),
        ),
    )  # fmt: skip
    as_it_stands(db, "outbox.queued", header.id, 1, at)


def _header(message: Message) -> Header:
    return msgspec.json.decode(message.header, type=Header)


def journal(db: Db, kind: str, rows: Iterable[Row], at: datetime | None = None) -> None:
    """Write down what became of each of these messages."""
    for (key,) in rows:
        as_it_stands(db, kind, key, 1, at)


def _queued(row: Row) -> Queued:
    key, kind, ref, consent, to_org, queued_at, state, attempts, problem = row
    return Queued(key, Kind(kind), ref, consent, to_org, time(queued_at), state, attempts, problem)
