"""What a lost hub knew and its backup does not: who was shut out, what was destroyed."""

from dataclasses import dataclass

from sync.server import consents, erasure, referrals, tables
from sync.server.devices import REVOKED
from sync.server.stamps import moment
from sync.server.store import Db, Row


@dataclass(frozen=True, slots=True)
class Carried:
    """How much was carried over."""

    withdrawn: int
    destroyed: int
    shut_out: int


def carry_over(lost: Db, restored: Db) -> Carried:
    """Do again in the restored hub what must never be undone, as far as the lost one still tells.

    Withdrawals, packets that were destroyed, devices that were shut out, codes that were used.
    """
    gone = 0
    withdrawn = [row for row in lost.all(tables.consent, state=consents.WITHDRAWN) if row]
    new = [row for row in withdrawn if not _is_withdrawn(restored, row)]
    for row in new:
        org, consent = row["org_id"], row["id"]
        consents.withdraw(restored, org, consent, moment(row["state_at"]))
        tasks = referrals.under_consent(restored, org, consent)
        gone += erasure.destroy_sealed(restored, [task.ref for task in tasks])
    for row in restored.all(tables.referral):
        gone += _destroyed_again(lost, restored, row["id"])
    return Carried(len(new), gone, _shut_out_again(lost, restored))


def _is_withdrawn(db: Db, row: Row) -> bool:
    known = db.one(tables.consent, org_id=row["org_id"], id=row["id"])
    return known is not None and known["state"] == consents.WITHDRAWN


def _destroyed_again(lost: Db, restored: Db, ref: str) -> int:
    gone = 0
    for packet in restored.all(tables.packet, ref=ref):
        name = packet["message_id"]
        is_known = lost.one(tables.message, id=name) is not None
        if is_known and lost.one(tables.packet, message_id=name) is None:
            gone += restored.remove(tables.packet, message_id=name)
    restored.must_wipe = restored.must_wipe or gone > 0
    return gone


def _shut_out_again(lost: Db, restored: Db) -> int:
    shut_out = 0
    for row in lost.all(tables.device, status=REVOKED):
        was = {"id": row["id"], "org_id": row["org_id"]}
        shut_out += restored.change(
            tables.device, was, status=REVOKED, decided_at=row["decided_at"]
        )
    for row in lost.all(tables.enrol_code):
        if row["used_by"]:
            restored.change(tables.enrol_code, {"hash": row["hash"]}, used_by=row["used_by"])
    return shut_out
