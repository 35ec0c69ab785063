"""Rows of safety plans: every version stays until its young person goes."""

from datetime import datetime
from uuid import UUID

import msgspec

from desktop.domain.ids import PlanId, YouthId
from desktop.domain.safety import Plan, Step
from desktop.vault.columns import Row, content, stamp, time
from desktop.vault.database import Db

_SELECT = "SELECT id, youth, who, kept_at, words FROM safety_plan "


def newest(db: Db, youth: YouthId) -> Plan | None:
    """Return the plan that counts: what was kept last, whatever the clock said (D-104)."""
    query = _SELECT + "WHERE youth = ? ORDER BY rowid DESC LIMIT 1"
    row = db.execute(query, (str(youth),)).fetchone()
    return _read(row) if row else None


def every(db: Db, youth: YouthId, limit: int) -> tuple[Plan, ...]:
    """Return somebody's plans, newest first."""
    query = _SELECT + "WHERE youth = ? ORDER BY rowid DESC LIMIT ? + 0"
    return tuple(_read(row) for row in db.execute(query, (str(youth), limit)).fetchall())


def is_known(db: Db, youth: YouthId) -> bool:
    """Say whether anything is kept about somebody at all."""
    return db.execute("SELECT 1 FROM youth WHERE id = ?", (str(youth),)).fetchone() is not None


def keep(db: Db, plan: Plan, at: datetime) -> None:
    """Keep a version, in place of the one of the same id: it is still being written."""
    words = msgspec.json.encode({step.value: text for step, text in plan.words.items()}).decode()
    row = (str(plan.id), str(plan.youth), plan.who, stamp(plan.kept_at), words)
    db.execute(
        "INSERT INTO safety_plan (id, youth, who, kept_at, words) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET who = excluded.who, kept_at = excluded.kept_at,"
        " words = excluded.words",
        row,
    )
    db.wrote("plan.kept", plan.id, 1, content(*row), at)


def _read(row: Row) -> Plan:
    key, youth, who, kept_at, words = row
    said = msgspec.json.decode(words, type=dict[str, str])
    known = {step: said[step.value] for step in Step if step.value in said}
    return Plan(PlanId(UUID(key)), YouthId(UUID(youth)), who, time(kept_at), known)
