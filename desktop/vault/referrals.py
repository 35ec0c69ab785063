"""Rows of referrals: what was released, and every proven step since."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.ids import AgencyId, ConsentId, OutreachId, ReferralId, YouthId
from desktop.domain.referrals import (
    Erasure,
    Referral,
    ReleasedReferral,
    Reply,
    Tracking,
    Urgency,
    Word,
)
from desktop.vault import amendments, answers, ends, noes
from desktop.vault.amendments import Amendment
from desktop.vault.columns import Row, listed, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands
from sync.protocol.bodies import Packet
from sync.protocol.codec import read_json
from sync.protocol.states import Delivery, TaskStatus, has_ended

# What may not leave any more before it has is held in the outbox, and is a problem, too.
_HELD = (
    "o.kind IN ('referral.request', 'referral.amend')"
    " AND o.last_problem IN ('consent-lapsed', 'guardian-unsaid')"
)
# The plus: one referral's are looked for by its id, not among all that waits.
_PROBLEM = f"""
coalesce((SELECT o.last_problem FROM outbox o WHERE problem IN ('', 'conflict-left')
 AND o.ref = referral.id AND {_HELD} AND +o.state = 'waiting'
 AND (delivery = 'queued' OR o.id = (SELECT m.id FROM amendment m
  WHERE m.referral = referral.id ORDER BY m.version DESC LIMIT 1)) LIMIT 1), problem)
"""  # noqa: S608  (words of ours)
_SELECT = f"""
SELECT id, youth, consent, agency, agency_name, packet, delivery, status, status_reason, erasure,
 {_PROBLEM}
FROM referral
"""  # noqa: S608  (words of ours)
# The years pile up those that could not be helped: of an old one nothing is expected.
_LATELY_REFUSED = (
    "(status IN ('rejected', 'failed') AND NOT EXISTS (SELECT 1 FROM referral_step s"
    " WHERE s.referral = referral.id AND s.step = referral.status AND s.at <= ?2))"
)
_UNSETTLED = f"""
WHERE status IN (SELECT value FROM json_each(?1)) OR erasure = 'owed'
 OR youth IN (SELECT youth FROM referral WHERE problem <> '')
 OR youth IN (SELECT h.youth FROM outbox o JOIN referral h ON h.id = o.ref
  WHERE {_HELD} AND o.state = 'waiting')
 OR youth IN (SELECT youth FROM referral WHERE {_LATELY_REFUSED})
"""  # noqa: S608  (words of ours)
_SETTLED = f"""
rowid IN (SELECT rowid FROM referral WHERE status NOT IN (SELECT value FROM json_each(?1))
 AND erasure <> 'owed' AND NOT {_LATELY_REFUSED} ORDER BY released_at DESC LIMIT ?3 + 0)
"""  # noqa: S608  (words of ours)
_NEWEST_FIRST = "ORDER BY released_at DESC, rowid DESC"
_OPEN = tuple(status.value for status in TaskStatus if not has_ended(status))


@dataclass(frozen=True, slots=True)
class Sealing:
    """What releasing made: the bytes that were shown, who they went to, and their digest."""

    packet: bytes
    agency_name: str
    digest: str


def add(db: Db, released: ReleasedReferral, sealing: Sealing) -> None:
    """Keep a released referral."""
    referral = released.referral
    row = (
        str(referral.id), str(referral.youth), str(released.consent), referral.agency,
        sealing.agency_name, sealing.packet, stamp(referral.written_at),
        stamp(released.released_at), sealing.digest, Delivery.QUEUED.value,
        TaskStatus.REQUESTED.value,
    )  # fmt: skip
    db.execute(
        "INSERT INTO referral (id, youth, consent, agency, agency_name, packet, written_at,"
        " released_at, digest, delivery, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    as_it_stands(db, "referral.released", referral.id, 1, released.released_at)


def one(db: Db, referral: ReferralId) -> Tracking | None:
    """Return one referral, or None when it is not ours."""
    rows = db.execute(_SELECT + "WHERE id = ?", (str(referral),))
    found = _read(db, rows.fetchall())
    return found[0] if found else None


def every(db: Db) -> tuple[Tracking, ...]:
    """Return every referral, newest first."""
    rows = db.execute(_SELECT + _NEWEST_FIRST)
    return _read(db, rows.fetchall())


def unsettled(db: Db, refused_since: datetime) -> tuple[Tracking, ...]:
    """Return the referrals of which something is still expected, or that need a person.

    Those that could not be helped are among them when that was said after `refused_since`. With
    one of these or one that was refused come all of the same young person: a newer one may
    settle it.
    """
    query = _SELECT + _UNSETTLED
    return _read(db, db.execute(query, (listed(_OPEN), stamp(refused_since))).fetchall())


def newest(db: Db, settled: int, refused_since: datetime) -> tuple[Tracking, ...]:
    """Return `unsettled` with so many of those that are settled, newest first."""
    query = f"{_SELECT}{_UNSETTLED} OR {_SETTLED}{_NEWEST_FIRST}"
    row = (listed(_OPEN), stamp(refused_since), settled)
    return _read(db, db.execute(query, row).fetchall())


def of_youth(db: Db, youth: YouthId) -> tuple[Tracking, ...]:
    """Return the referrals of one young person, newest first."""
    rows = db.execute(
        _SELECT + "WHERE youth = ? " + _NEWEST_FIRST,
        (str(youth),),
    )
    return _read(db, rows.fetchall())


def under(db: Db, consent: ConsentId) -> tuple[ReferralId, ...]:
    """Return the referrals that stand on one consent."""
    rows = db.execute(
        "SELECT id FROM referral WHERE consent = ?1"
        " UNION SELECT referral FROM amendment WHERE consent = ?1",
        (str(consent),),
    )
    return tuple(ReferralId(uuid(key)) for (key,) in rows.fetchall())


def erasures(db: Db, consent: ConsentId, limit: int) -> tuple[tuple[str, Erasure], ...]:
    """Return who was asked under a consent, and whether they have erased it; newest first."""
    rows = db.execute(
        "SELECT agency_name, erasure FROM referral WHERE id IN (SELECT id FROM referral"
        " WHERE consent = ?1 UNION SELECT referral FROM amendment WHERE consent = ?1)"
        " ORDER BY released_at DESC, rowid DESC LIMIT ?2 + 0",
        (str(consent), limit),
    )
    return tuple((name, Erasure(how)) for name, how in rows.fetchall())


def owed(db: Db) -> tuple[ReferralId, ...]:
    """Return what was withdrawn after it may have left, and nobody has said is destroyed."""
    rows = db.execute("SELECT id FROM referral WHERE erasure = 'owed'")
    return tuple(ReferralId(uuid(key)) for (key,) in rows.fetchall())


def digest_of(db: Db, referral: ReferralId) -> str:
    """Return the digest of the sealed request."""
    row = db.execute("SELECT digest FROM referral WHERE id = ?", (str(referral),)).fetchone()
    return str(row[0])


def latest_on(db: Db, outreach: OutreachId) -> dict[YouthId, tuple[Delivery, TaskStatus]]:
    """Return how far the latest referral has come, for everyone met on a night who has one."""
    rows = db.execute(
        "SELECT r.youth, r.delivery, r.status FROM referral r"
        " WHERE r.youth IN (SELECT m.youth FROM meeting m WHERE m.outreach = ?)"
        " ORDER BY r.released_at, r.rowid",
        (str(outreach),),
    )
    return {YouthId(uuid(key)): (Delivery(far), TaskStatus(status)) for key, far, status in rows}


def _read(db: Db, rows: Sequence[Row]) -> tuple[Tracking, ...]:
    """Return these, in so many statements however many there are."""
    keys = listed(row[0] for row in rows)
    amended, steps, replies = amendments.newest(db, keys), _steps(db, keys), _replies(db, keys)
    refused, words = noes.newest(db, keys), ends.of_referrals(db, keys)
    calls = ends.calls(db, keys)
    return tuple(
        replace(
            _tracking(row, amended.get(row[0]), steps[row[0]]),
            replies=tuple(replies[row[0]]),
            said_no=refused.get(row[0]),
            word=words.get(row[0], Word.UNSAID),
            calling_off=calls.get(row[0], Word.UNSAID),
        )
        for row in rows
    )


def _tracking(row: Row, amended: Amendment | None, steps: dict[str, datetime]) -> Tracking:
    return Tracking(
        referral=_referral(row[1], amended.packet if amended and amended.packet else row[5]),
        consent=ConsentId(uuid(row[2])),
        agency_name=row[4],
        delivery=Delivery(row[6]),
        status=TaskStatus(row[7]),
        steps=steps,
        status_reason=row[8],
        erasure=Erasure(row[9]),
        problem=row[10],
        amended_at=amended.told_at if amended else None,
        packet_version=amended.version if amended else 1,
    )


def _steps(db: Db, keys: str) -> dict[str, dict[str, datetime]]:
    query = (
        "SELECT referral, step, at FROM referral_step"
        " WHERE referral IN (SELECT value FROM json_each(?))"
    )
    found: dict[str, dict[str, datetime]] = defaultdict(dict)
    for referral, step, at in db.execute(query, (keys,)).fetchall():
        found[referral][step] = time(at)
    return found


def _replies(db: Db, keys: str) -> dict[str, list[Reply]]:
    appointed, asked = answers.appointments(db, keys), answers.asks(db, keys)
    query = (
        "SELECT referral, id, text, at FROM reply"
        " WHERE referral IN (SELECT value FROM json_each(?)) ORDER BY at, rowid"
    )
    found: dict[str, list[Reply]] = defaultdict(list)
    for referral, key, text, at in db.execute(query, (keys,)).fetchall():
        reply = Reply(text, time(at), appointed.get(key), asked.get(key, frozenset()))
        found[referral].append(reply)
    return found


def _referral(youth: str, raw: bytes) -> Referral:
    packet = read_json(Packet, raw)
    return Referral(
        id=ReferralId(UUID(packet.ref)),
        youth=YouthId(uuid(youth)),
        agency=AgencyId(packet.agency),
        categories=frozenset(map(Category, packet.categories)),
        words={Item(item): text for item, text in packet.words.items()},
        written_at=packet.written_at,
        urgency=Urgency(packet.urgency),
        keep_from_guardian=packet.keep_from_guardian,
        keep_reason=packet.keep_reason or "",
    )
