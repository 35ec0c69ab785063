"""What an agency's desk sends, in the outbox: on no consent of ours, and never twice."""

from desktop.vault.columns import stamp
from desktop.vault.database import Db
from desktop.vault.outbox import REFUSED, ROUTINE, URGENT, WAITING, journal, remove
from desktop.vault.subjects import as_it_stands
from sync.protocol.bodies import DeliveryReceipt, TaskMoved
from sync.protocol.codec import packed, read_json, unpacked
from sync.protocol.messages import Header, Kind, Message
from sync.protocol.states import Party, TaskStatus, may_move

_HASTE = frozenset({Kind.TASK_STATUS, Kind.TASK_NOTE, Kind.ERASURE_ATTEST})
"""What somebody waits for goes before receipts."""


def add(db: Db, header: Header, message: Message) -> None:
    """Queue one; the same id a second time changes nothing."""
    priority = URGENT if header.kind in _HASTE else ROUTINE
    added = db.execute(
        "INSERT INTO outbox (id, priority, kind, ref, consent, to_org, items, bytes, queued_at,"
        " state) VALUES (?, ?, ?, ?, NULL, ?, '[]', ?, ?, 'waiting') ON CONFLICT DO NOTHING",
        (
            header.id, priority, header.kind.value, header.ref, header.to_org, packed(message),
            stamp(header.created),
        ),
    ).rowcount  # fmt: skip
    if added:
        as_it_stands(db, "outbox.queued", header.id, 1, header.created)


def hold_words(db: Db, ref: str, problem: str) -> None:
    """Keep back what was to be said about a case and was not: a person has to look."""
    rows = db.execute(
        "UPDATE outbox SET state = 'refused', last_problem = ? WHERE ref = ? AND kind = ?"
        " AND state = 'waiting' RETURNING id",
        (problem, ref, Kind.TASK_NOTE.value),
    )
    journal(db, "outbox.refused", rows.fetchall())


def waits(db: Db, ref: str, kind: Kind) -> bool:
    """Say whether something of this kind about a case has still to be heard."""
    row = db.execute(
        "SELECT 1 FROM outbox WHERE ref = ? AND kind = ? AND state = 'waiting'", (ref, kind.value)
    ).fetchone()
    return row is not None


def confirmed(db: Db, ref: str) -> frozenset[str]:
    """Return the digests of which it was said that they are kept here, or will be."""
    return frozenset(digest for _, _, digest in _receipts(db, ref))


def take_back_receipts(db: Db, ref: str, digests: frozenset[str]) -> None:
    """Say no more that this is kept here: the hub has not taken it, and nobody has those bytes."""
    for message, state, digest in _receipts(db, ref):
        if digest in digests and state in (WAITING, REFUSED):
            remove(db, message)


def as_it_will_be(db: Db, ref: str, told: TaskStatus) -> TaskStatus:
    """Return what `told` becomes once everything that waits here has been heard."""
    stands = told
    rows = db.execute(
        "SELECT bytes FROM outbox WHERE ref = ? AND kind = ? AND state = 'waiting'"
        " ORDER BY priority, n",
        (ref, Kind.TASK_STATUS.value),
    )
    for (raw,) in rows.fetchall():
        to = TaskStatus(read_json(TaskMoved, unpacked(Message, raw).body).to)
        stands = to if may_move(stands, to, Party.TARGET) else stands
    return stands


def _receipts(db: Db, ref: str) -> list[tuple[str, str, str]]:
    rows = db.execute(
        "SELECT id, state, bytes FROM outbox WHERE ref = ? AND kind = ?",
        (ref, Kind.DELIVERY_RECEIPT.value),
    )
    return [
        (key, state, read_json(DeliveryReceipt, unpacked(Message, raw).body).digest)
        for key, state, raw in rows.fetchall()
    ]
