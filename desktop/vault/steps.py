"""What moves a referral: each step names the message or receipt that proves it."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import ReferralId
from desktop.domain.referrals import Erasure
from desktop.domain.settling import NEVER_LEFT as NEVER_LEFT
from desktop.vault.columns import content, stamp
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands
from sync.protocol.states import Delivery, TaskStatus

_FAR = tuple(Delivery)
HUB_RESTORED = "hub-restored"


@dataclass(frozen=True, slots=True)
class Step:
    """One step, when it happened, and the id of what proves it."""

    name: str
    at: datetime
    proof: str


def delivered(db: Db, referral: ReferralId, to: Delivery, at: datetime, proof: str) -> None:
    """Move the packet on. A later proof that overtook an earlier one is not undone by it."""
    db.executemany(
        "UPDATE referral SET delivery = ? WHERE id = ? AND delivery = ?",
        [(to.value, str(referral), before.value) for before in _FAR[: _FAR.index(to)]],
    )
    taken(db, referral, Step(to.value, at, proof))


def moved(db: Db, referral: ReferralId, to: TaskStatus, reason: str, step: Step) -> None:
    """Write down a new task status."""
    db.execute(
        "UPDATE referral SET status = ?, status_reason = ?, status_version = status_version + 1"
        " WHERE id = ?",
        (to.value, reason, str(referral)),
    )
    taken(db, referral, step)


def is_new(db: Db, message: str) -> bool:
    """Say whether this message moves a referral for the first time, and remember it."""
    row = (message,)
    added = db.execute("INSERT OR IGNORE INTO heard (message) VALUES (?)", row).rowcount
    if added:
        db.wrote("heard.first", message, 1, content(message))
    return int(added) == 1


def owed(db: Db, referral: ReferralId, erasure: Erasure, step: Step) -> None:
    """Write down what the agency owes, or has done, after a withdrawal."""
    db.execute("UPDATE referral SET erasure = ? WHERE id = ?", (erasure.value, str(referral)))
    taken(db, referral, step)


def has_problem(db: Db, referral: ReferralId, code: str) -> None:
    """Write down why a person has to look."""
    db.execute("UPDATE referral SET problem = ? WHERE id = ?", (code, str(referral)))
    as_it_stands(db, "referral.problem", referral)


def replied(db: Db, referral: ReferralId, message: str, text: str, at: datetime) -> None:
    """Keep the agency's words, once."""
    added = db.execute(
        "INSERT INTO reply (id, referral, at, text) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (message, str(referral), stamp(at), text),
    ).rowcount
    if added:
        as_it_stands(db, "referral.replied", referral, 1, at)


def taken(db: Db, referral: ReferralId, step: Step) -> None:
    """Write a step down, once."""
    db.execute(
        "INSERT INTO referral_step (referral, step, at, proof) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (str(referral), step.name, stamp(step.at), step.proof),
    )
    # Also when the step is known: whoever moves the referral has just changed its row.
    as_it_stands(db, f"referral.{step.name}", referral, 1, step.at)
