"""What a lost hub knew and its backup does not: who was shut out, was listed, what has gone."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sync.server import consents, directory, erasure, referrals, reminders, tables
from sync.server.devices import ENROLLED, PENDING, REVOKED
from sync.server.founding import Hub
from sync.server.refusals import Rejected
from sync.server.stamps import moment
from sync.server.store import Db, Row

_ADMITTED = (ENROLLED, PENDING)
_AT_ONCE = 256
"""Packets that are looked at together: a hub may hold more than fits into memory."""


@dataclass(frozen=True, slots=True)
class Carried:
    """How much was carried over."""

    withdrawn: int
    destroyed: int
    shut_out: int
    directory: int
    """The version that is served."""


def carry_over(lost: Db, restored: Db, hub: Hub, now: datetime) -> Carried:
    """Do again in the restored hub what must never be undone, as far as the lost one still tells.

    Withdrawals, packets that were destroyed, devices that were shut out, codes that were used; who
    owes what, and what was provided without a consent; and the newest directory, without which
    whoever was listed since would be refused (D-156).
    """
    gone, version = 0, _listed_again(lost, restored, hub, now)
    withdrawn = [row for row in lost.all(tables.consent, state=consents.WITHDRAWN) if row]
    new = [row for row in withdrawn if not _is_withdrawn(restored, row)]
    for row in new:
        gone += _withdrawn_again(restored, row)
    _owed_again(lost, restored)
    _told_again(lost, restored)
    gone += _destroyed_again(lost, restored)
    return Carried(len(new), gone, _shut_out_again(lost, restored), version)


def _listed_again(lost: Db, restored: Db, hub: Hub, now: datetime) -> int:
    files = directory.newest_files(lost)
    # What the keepers' signatures do not carry any more, they publish anew.
    with suppress(Rejected):
        directory.publish(restored, files, hub.world, hub.key.timestamp_seed, now)
    return directory.version(restored)


def _withdrawn_again(restored: Db, row: Row) -> int:
    """End a consent, and what stands on it: else both sides are reminded of what is over."""
    org, consent, at = row["org_id"], row["id"], moment(row["state_at"])
    consents.withdraw(restored, org, consent, at)
    tasks = referrals.under_consent(restored, org, consent)
    for task in tasks:
        referrals.recall(restored, task, at)
        reminders.answered(restored, task.ref)
    return erasure.destroy_sealed(restored, [task.ref for task in tasks])


def _owed_again(lost: Db, restored: Db) -> None:
    for duty in lost.all(tables.erasure_duty):
        ref, key = duty["referral_id"], {name: duty[name] for name in ("referral_id", "org_id")}
        known = restored.one(tables.erasure_duty, **key)
        if known is None:
            restored.add(tables.erasure_duty, dict(duty))
        elif known["outcome"] == erasure.OPEN:
            said = {name: duty[name] for name in ("outcome", "article")}
            restored.change(tables.erasure_duty, key, **said)
        if duty["outcome"] != erasure.OPEN:
            reminders.erased(restored, ref)
        elif restored.one(tables.referral, id=ref):
            reminders.expect_erasure(restored, ref, moment(duty["opened_at"]))


def _told_again(lost: Db, restored: Db) -> None:
    for row in lost.all(tables.disclosure_ledger):
        if restored.one(tables.disclosure_ledger, id=row["id"]) is None:
            restored.add(tables.disclosure_ledger, dict(row))


def _is_withdrawn(db: Db, row: Row) -> bool:
    known = db.one(tables.consent, org_id=row["org_id"], id=row["id"])
    return known is not None and known["state"] == consents.WITHDRAWN


def _destroyed_again(lost: Db, restored: Db) -> int:
    """Destroy what the lost hub had taken and destroyed, also what belongs to no referral yet."""
    gone, after = 0, ""
    while names := restored.keys(tables.packet, after, _AT_ONCE):
        over = tuple(name for name in names if _is_destroyed(lost, name))
        gone += restored.remove(tables.packet, message_id=over) if over else 0
        after = names[-1]
    restored.must_wipe = restored.must_wipe or gone > 0
    return gone


def _is_destroyed(lost: Db, name: str) -> bool:
    is_known = lost.one(tables.message, id=name) is not None
    return is_known and lost.one(tables.packet, message_id=name) is None


def _shut_out_again(lost: Db, restored: Db) -> int:
    shut_out = 0
    for row in lost.all(tables.device, status=REVOKED):
        was = {"id": row["id"], "org_id": row["org_id"], "status": _ADMITTED}
        shut_out += restored.change(
            tables.device, was, status=REVOKED, decided_at=row["decided_at"]
        )
    for row in lost.all(tables.enrol_code):
        if row["used_by"]:
            restored.change(tables.enrol_code, {"hash": row["hash"]}, used_by=row["used_by"])
    return shut_out
