"""Rows of risk judgements."""

from collections.abc import Iterable

from desktop.domain.ids import JudgementId, OutreachId, YouthId
from desktop.domain.screening import Judgement, NextStep, Risk, Unfinished
from desktop.vault.columns import Row, content, listed, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import GONE

_SELECT = "SELECT id, youth, risk, grounds, next_step, judged_at FROM judgement "


def add(db: Db, judgement: Judgement) -> None:
    """Keep a judgement."""
    step = judgement.next_step.value if judgement.next_step else None
    row = (
        str(judgement.id), str(judgement.youth), judgement.risk.value, judgement.grounds, step,
        stamp(judgement.judged_at),
    )  # fmt: skip
    db.execute(
        "INSERT INTO judgement (id, youth, risk, grounds, next_step, judged_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        row,
    )
    db.wrote("risk.judged", judgement.id, 1, content(*row), judgement.judged_at)


def latest(db: Db, youth: YouthId) -> Judgement | None:
    """Return the judgement that counts: what was kept last, whatever the clock said (D-104)."""
    query = _SELECT + "WHERE youth = ? ORDER BY rowid DESC LIMIT 1"
    row = db.execute(query, (str(youth),)).fetchone()
    return _read(row) if row else None


def one(db: Db, judgement: JudgementId) -> Judgement:
    """Return one judgement; an id from nowhere is a bug."""
    row = db.execute(_SELECT + "WHERE id = ?", (str(judgement),)).fetchone()
    if row is None:
        raise LookupError
    return _read(row)


def some(db: Db, judgements: Iterable[JudgementId]) -> dict[JudgementId, Judgement]:
    """Return these judgements by their ids."""
    these = "WHERE id IN (SELECT value FROM json_each(?))"
    rows = db.execute(_SELECT + these, (listed(map(str, judgements)),))
    return {each.id: each for each in map(_read, rows)}


def _read(row: Row) -> Judgement:
    key, youth, risk, grounds, step, judged_at = row
    return Judgement(
        id=JudgementId(uuid(key)),
        youth=YouthId(uuid(youth)),
        risk=Risk(risk),
        grounds=grounds,
        judged_at=time(judged_at),
        next_step=NextStep(step) if step else None,
    )


def set_aside(db: Db, unfinished: Unfinished) -> None:
    """Keep grounds that were being written, in place of those before."""
    step = unfinished.next_step.value if unfinished.next_step else None
    row = (str(unfinished.youth), unfinished.risk.value, unfinished.grounds, step)
    db.execute(
        "INSERT OR REPLACE INTO unfinished_judgement (youth, risk, grounds, next_step)"
        " VALUES (?, ?, ?, ?)",
        row,
    )
    db.wrote("unfinished.kept", unfinished.youth, 1, content(*row))


def unfinished(db: Db, youth: YouthId) -> Unfinished | None:
    """Return grounds that were being written."""
    row = db.execute(
        "SELECT risk, grounds, next_step FROM unfinished_judgement WHERE youth = ?", (str(youth),)
    ).fetchone()
    if row is None:
        return None
    risk, grounds, step = row
    return Unfinished(youth, Risk(risk), grounds, NextStep(step) if step else None)


def drop_unfinished(db: Db, youth: YouthId) -> None:
    """Throw them away: they were kept as a judgement, or not wanted."""
    key = (str(youth),)
    if db.execute("DELETE FROM unfinished_judgement WHERE youth = ?", key).rowcount:
        db.wrote("unfinished.dropped", youth, 2, GONE)


def risks_on(db: Db, outreach: OutreachId) -> dict[YouthId, Risk]:
    """Return the risk that counts for everyone met on a night and judged at some time."""
    rows = db.execute(
        "SELECT j.youth, j.risk FROM judgement j"
        " WHERE j.youth IN (SELECT m.youth FROM meeting m WHERE m.outreach = ?)"
        " ORDER BY j.rowid",
        (str(outreach),),
    )
    return {YouthId(uuid(youth)): Risk(risk) for youth, risk in rows}
