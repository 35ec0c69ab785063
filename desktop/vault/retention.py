"""Rows about keeping: the policy in force, what is kept longer, who asked to be forgotten."""

from datetime import datetime

import msgspec

from desktop.domain.ids import YouthId
from desktop.domain.retention import Policy, Reason, Target, Thing
from desktop.vault import foretold
from desktop.vault.columns import content, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import GONE


def policy(db: Db) -> Policy:
    """Return the organisation's policy, or what the program proposes."""
    row = db.execute("SELECT policy FROM retention").fetchone()
    return msgspec.json.decode(row[0], type=Policy) if row else Policy()


def keep_policy(db: Db, chosen: Policy, at: datetime) -> None:
    """Put a policy in force."""
    row = (msgspec.json.encode(chosen).decode(),)
    db.execute("INSERT OR REPLACE INTO retention (one, policy) VALUES (1, ?)", row)
    db.wrote("retention.chosen", 1, 1, content(*row), at)


def keep_longer(
    db: Db, target: Target, until: datetime, why: tuple[Reason, str], at: datetime
) -> None:
    """Keep one thing until then, for a reason and in these words."""
    reason, words = why
    row = (target.name, stamp(until), reason.value, words)
    db.execute(
        "INSERT OR REPLACE INTO kept_longer (record, until, reason, words) VALUES (?, ?, ?, ?)",
        row,
    )
    db.wrote("longer.kept", target.name, 1, content(*row), at)


def kept_longer(db: Db) -> dict[Target, tuple[datetime, Reason]]:
    """Return what is kept longer, until when, and why."""
    rows = db.execute("SELECT record, until, reason FROM kept_longer")
    return {_target(name): (time(until), Reason(reason)) for name, until, reason in rows}


def wish(db: Db, youth: YouthId, at: datetime) -> None:
    """Remember that somebody asked to be forgotten; the first time counts."""
    row = (str(youth), stamp(at))
    added = db.execute(
        "INSERT INTO erasure_wish (youth, asked_at) VALUES (?, ?) ON CONFLICT DO NOTHING", row
    ).rowcount
    if added:
        db.wrote("wish.asked", youth, 1, content(*row), at)


def wishes(db: Db) -> dict[YouthId, datetime]:
    """Return who asked to be forgotten and is not yet, and since when."""
    rows = db.execute("SELECT youth, asked_at FROM erasure_wish ORDER BY asked_at")
    return {YouthId(uuid(youth)): time(at) for youth, at in rows}


def forget(db: Db, target: Target) -> None:
    """Let go of what was decided about something that is being destroyed."""
    foretold.forget(db, target)
    if db.execute("DELETE FROM kept_longer WHERE record = ?", (target.name,)).rowcount:
        db.wrote("longer.purged", target.name, 0, GONE)
    if target.thing is Thing.YOUTH:
        row = (str(target.id),)
        if db.execute("DELETE FROM erasure_wish WHERE youth = ?", row).rowcount:
            db.wrote("wish.purged", target.id, 0, GONE)


def _target(name: str) -> Target:
    thing, _, key = name.partition(" ")
    return Target(Thing(thing), uuid(key))
