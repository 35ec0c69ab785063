"""What a lost hub knew and its backup does not: who was shut out, was listed, what has gone."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sync.server import consents, directory, erasure, referrals, tables
from sync.server.devices import REVOKED
from sync.server.founding import Hub
from sync.server.refusals import Rejected
from sync.server.stamps import moment
from sync.server.store import Db, Row


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

    Withdrawals, packets that were destroyed, devices that were shut out, codes that were used; and
    the newest directory, without which whoever was listed since would be refused (D-156).
    """
    gone, version = 0, _listed_again(lost, restored, hub, now)
    withdrawn = [row for row in lost.all(tables.consent, state=consents.WITHDRAWN) if row]
    new = [row for row in withdrawn if not _is_withdrawn(restored, row)]
    for row in new:
        org, consent = row["org_id"], row["id"]
        consents.withdraw(restored, org, consent, moment(row["state_at"]))
        tasks = referrals.under_consent(restored, org, consent)
        gone += erasure.destroy_sealed(restored, [task.ref for task in tasks])
    for row in restored.all(tables.referral):
        gone += _destroyed_again(lost, restored, row["id"])
    return Carried(len(new), gone, _shut_out_again(lost, restored), version)


def _listed_again(lost: Db, restored: Db, hub: Hub, now: datetime) -> int:
    files = directory.newest_files(lost)
    # What the keepers' signatures do not carry any more, they publish anew.
    with suppress(Rejected):
        directory.publish(restored, files, hub.world, hub.key.timestamp_seed, now)
    return directory.version(restored)


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
