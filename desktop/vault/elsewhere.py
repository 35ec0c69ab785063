"""Rows of what other laptops of ours sent, until its consent ends: ids, and no word of anybody."""

from datetime import datetime
from itertools import groupby

from desktop.domain.elsewhere import Elsewhere, Sent
from desktop.domain.ids import AgencyId, ConsentId, ReferralId
from desktop.domain.referrals import Erasure
from desktop.vault.columns import Row, stamp, time, time_or_none, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import BETWEEN, GONE, as_it_stands

_SELECT = "SELECT consent, referral, agency, at, until, ended_at, erasure FROM elsewhere "
_IN_ORDER = " ORDER BY consent, at, referral"
# One whose word still waits here stays until it has gone.
_OVER = (
    "DELETE FROM elsewhere WHERE until <= ? AND NOT EXISTS (SELECT 1 FROM outbox o"
    " WHERE o.ref = elsewhere.consent AND o.kind = 'consent.withdrawn'"
    " AND o.state = 'waiting') RETURNING consent, referral"
)
_OVERDUE = "WHERE erasure = 'owed' AND ended_at <= ?"
_LETTERS = (
    "DELETE FROM outbox WHERE ref = ? AND kind = 'consent.withdrawn' AND consent IS NULL"
    " RETURNING id"
)


def keep(db: Db, consent: ConsentId, sent: Sent, until: datetime) -> None:
    """Know of a referral, once. One under a consent that was ended here has ended with it."""
    known = one(db, consent)
    ended_at = known.ended_at if known else None
    erasure = Erasure.OWED if ended_at else Erasure.NONE
    row = (
        str(consent), str(sent.referral), sent.agency, stamp(sent.at), stamp(until),
        stamp(ended_at) if ended_at else None, erasure.value,
    )  # fmt: skip
    added = db.execute(
        "INSERT INTO elsewhere (consent, referral, agency, at, until, ended_at, erasure)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        row,
    ).rowcount
    if added:
        _journal(db, "elsewhere.kept", [row])


def one(db: Db, consent: ConsentId) -> Elsewhere | None:
    """Return what is known of one consent; None where nothing is."""
    rows = db.execute(_SELECT + "WHERE consent = ?" + _IN_ORDER, (str(consent),)).fetchall()
    return next(iter(_read(rows)), None)


def numbered(db: Db, number: str) -> tuple[Elsewhere, ...]:
    """Return every consent whose id ends in these twelve digits: hardly ever several."""
    rows = db.execute(_SELECT + "WHERE substr(consent, 25) = ?" + _IN_ORDER, (number,))
    return _read(rows.fetchall())


def end(db: Db, consent: ConsentId, at: datetime) -> None:
    """Write down that it was ended here: everybody who was told owes its erasure."""
    rows = db.execute(
        "UPDATE elsewhere SET ended_at = ?, erasure = 'owed' WHERE consent = ?"
        " AND ended_at IS NULL RETURNING consent, referral",
        (stamp(at), str(consent)),
    )
    _journal(db, "elsewhere.ended", rows.fetchall())


def owes(db: Db, sent: tuple[ReferralId, AgencyId]) -> bool:
    """Say whether an agency has yet to say what it did with one that was ended here."""
    row = db.execute(
        "SELECT 1 FROM elsewhere WHERE referral = ? AND agency = ? AND erasure = 'owed'",
        (str(sent[0]), sent[1]),
    ).fetchone()
    return row is not None


def erased(db: Db, sent: tuple[ReferralId, AgencyId], outcome: Erasure) -> None:
    """Write down what an agency did with a referral that was ended here."""
    rows = db.execute(
        "UPDATE elsewhere SET erasure = ? WHERE referral = ? AND agency = ? AND erasure = 'owed'"
        " RETURNING consent, referral",
        (outcome.value, str(sent[0]), sent[1]),
    )
    _journal(db, "elsewhere.erased", rows.fetchall())


def overdue(db: Db, ended_by: datetime, limit: int) -> tuple[Elsewhere, ...]:
    """Return what was ended by then and has still not been erased: of each, who owes that."""
    rows = db.execute(_SELECT + _OVERDUE + _IN_ORDER + " LIMIT ? + 0", (stamp(ended_by), limit))
    return _read(rows.fetchall())


def overdue_count(db: Db, ended_by: datetime) -> int:
    """Count who owes that."""
    row = db.execute(f"SELECT count(*) FROM elsewhere {_OVERDUE}", (stamp(ended_by),))  # noqa: S608  (words of ours)
    return int(row.fetchone()[0])


def forget(db: Db, consent: ConsentId) -> None:
    """Let go of one that was ended on another laptop."""
    rows = db.execute(
        "DELETE FROM elsewhere WHERE consent = ? AND ended_at IS NULL RETURNING consent, referral",
        (str(consent),),
    )
    _gone(db, rows.fetchall())


def are_over(db: Db, now: datetime) -> bool:
    """Say whether a consent's own time is over of which something is kept."""
    row = db.execute("SELECT 1 FROM elsewhere WHERE until <= ? LIMIT 1", (stamp(now),)).fetchone()
    return row is not None


def expire(db: Db, now: datetime) -> None:
    """Let go of every consent whose time is over, and of the word that it was ended."""
    rows = db.execute(_OVER, (stamp(now),)).fetchall()
    _gone(db, rows)
    for consent in {consent for consent, _ in rows}:
        for (letter,) in db.execute(_LETTERS, (consent,)).fetchall():
            db.wrote("outbox.ended", letter, 1, GONE)


def _gone(db: Db, rows: list[Row]) -> None:
    for consent, referral in rows:
        db.wrote("elsewhere.gone", f"{consent}{BETWEEN}{referral}", 0, GONE)


def _journal(db: Db, kind: str, rows: list[Row]) -> None:
    for consent, referral, *_ in rows:
        as_it_stands(db, kind, f"{consent}{BETWEEN}{referral}")


def _read(rows: list[Row]) -> tuple[Elsewhere, ...]:
    found = []
    for consent, under in groupby(rows, key=lambda row: str(row[0])):
        of_one = list(under)
        sent = tuple(
            Sent(ReferralId(uuid(row[1])), AgencyId(row[2]), time(row[3]), Erasure(row[6]))
            for row in of_one
        )
        until, ended_at = of_one[0][4:6]
        found.append(
            Elsewhere(ConsentId(uuid(consent)), time(until), sent, time_or_none(ended_at))
        )
    return tuple(found)
