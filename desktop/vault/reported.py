"""How far each report that needs no consent has come, and of which something is still expected."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from desktop.domain.disclosures import SETTLING, UNHELPED, Disclosure, Ground, Stage
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.domain.referrals import Reply
from desktop.vault.columns import Row, listed, stamp, time, uuid
from desktop.vault.database import Db
from sync.protocol.states import Delivery, TaskStatus
from sync.protocol.words import asker_words


def _among(steps: frozenset[str]) -> str:
    return ", ".join(f"'{step}'" for step in sorted(steps))


# What lost its signature before it left is held in the outbox, and is a problem, too.
_SELECT = """
SELECT id, youth, basis, agency, agency_name, asked_at, state, delivery, status, reason,
 CASE WHEN problem = '' AND delivery = 'queued' AND EXISTS (
  SELECT 1 FROM outbox o WHERE o.ref = disclosure.id AND o.kind = 'referral.request'
   AND +o.state IN ('waiting', 'left') AND o.last_problem = 'cosign-lapsed')
 THEN 'cosign-lapsed' ELSE problem END, device,
 state = 'asked' AND EXISTS (
  SELECT 1 FROM outbox o WHERE o.ref = disclosure.id AND o.kind = 'cosign.request'
   AND +o.state = 'waiting')
FROM disclosure
"""
_NEWEST_FIRST = "ORDER BY asked_at DESC, rowid DESC"
_TAKEN = "SELECT 1 FROM disclosure_step s WHERE s.disclosure = d.id AND s.step IN"
# Told by steps alone: a report's own row is long, and the years pile them up.
_UNSETTLED = f"""
WHERE youth IN (SELECT youth FROM disclosure WHERE id IN (
 SELECT d.id FROM disclosure d WHERE EXISTS ({_TAKEN} ({_among(UNHELPED)}))
  OR NOT EXISTS ({_TAKEN} ({_among(SETTLING)}))))
{_NEWEST_FIRST}
"""  # noqa: S608  (words of ours)
_STEPS = (
    "SELECT disclosure, step, at FROM disclosure_step"
    " WHERE disclosure IN (SELECT value FROM json_each(?))"
)
_REPLIES = (
    "SELECT disclosure, text, at FROM disclosure_reply"
    " WHERE disclosure IN (SELECT value FROM json_each(?)) ORDER BY at"
)


def has_outlived(db: Db, ref: ReferralId, now: datetime) -> bool:
    """Say whether it was signed, and may no more leave on that by any clock that is right."""
    row = db.execute(
        "SELECT 1 FROM disclosure WHERE id = ? AND valid_until BETWEEN '0' AND ?",
        (str(ref), stamp(now)),
    ).fetchone()
    return row is not None


def of_youth(db: Db, youth: YouthId) -> tuple[Disclosure, ...]:
    """Return the reports about one young person, the newest first."""
    rows = db.execute(f"{_SELECT}WHERE youth = ? {_NEWEST_FIRST}", (str(youth),))
    return _read(db, rows.fetchall())


def unsettled(db: Db) -> tuple[Disclosure, ...]:
    """Return the reports of which something is still expected, or that need a person.

    With each come all about the same young person: a newer one may settle it.
    """
    rows = db.execute(_SELECT + _UNSETTLED)
    return _read(db, rows.fetchall())


def one(db: Db, ref: ReferralId) -> Disclosure | None:
    """Return one report; None when it is not ours."""
    rows = db.execute(_SELECT + "WHERE id = ?", (str(ref),))
    return next(iter(_read(db, rows.fetchall())), None)


def _read(db: Db, rows: Sequence[Row]) -> tuple[Disclosure, ...]:
    """Return these, in so many statements however many there are."""
    keys = (listed(row[0] for row in rows),)
    steps: dict[str, dict[str, datetime]] = defaultdict(dict)
    for key, step, at in db.execute(_STEPS, keys).fetchall():
        steps[key][step] = time(at)
    replies: dict[str, list[Reply]] = defaultdict(list)
    for key, text, at in db.execute(_REPLIES, keys).fetchall():
        replies[key].append(Reply(text, time(at)))
    return tuple(_disclosure(row, steps[row[0]], tuple(replies[row[0]])) for row in rows)


def _disclosure(row: Row, steps: dict[str, datetime], replies: tuple[Reply, ...]) -> Disclosure:
    key, youth, basis, agency, name, asked_at, state, delivery, status, reason, problem = row[:11]
    own, is_unasked = row[11:]
    return Disclosure(
        ReferralId(uuid(key)), YouthId(uuid(youth)), Ground(basis), AgencyId(agency), name,
        time(asked_at), Stage(state), Delivery(delivery), TaskStatus(status), reason, problem,
        steps, replies, asker_words(own), bool(is_unasked),
    )  # fmt: skip
