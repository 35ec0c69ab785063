"""Destroying what others told us: at once, or when its time is over (PIPA 21, 37)."""

from datetime import timedelta

from desktop.consent_errors import ConsentOver
from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Deed, Gone, Received, ends_at
from desktop.domain.moment import Moment
from desktop.domain.retention import Ground
from desktop.services import inbox_own, looks
from desktop.vault import (
    carrying,
    destruction,
    inbox,
    inbox_end,
    inbox_reading,
    mailbox,
    retention,
    sending,
    sweep,
)
from desktop.vault import inbox_own as own_rows
from desktop.vault.database import Db, Vault
from desktop.vault.destruction import Entry
from sync.protocol.messages import Header, Kind
from sync.protocol.states import has_ended

UNKNOWN, USED = "not-your-task", "id-reused"
"""Why the hub refuses what is said about a referral that it does not know, and what has the id of
something else."""
_SAID_ONCE = frozenset({Kind.DELIVERY_RECEIPT, Kind.ERASURE_ATTEST})


def destroy(db: Db, ref: str, why: Gone, who: str, moment: Moment) -> None:
    """Destroy all that was told about a case and log how many; a sweep has to follow.

    So is a record that was made of it, if nothing of our own stands on that.
    """
    ours = own_rows.of_case(db, ref)
    counts = inbox_end.destroy(db, ref, why, moment.now)
    if ours is not None:
        counts += inbox_own.ends(db, ref, ours, moment)
    if counts:
        ground = Ground.WITHDRAWN if why is Gone.WITHDRAWN else Ground.EXPIRED
        number = moment.id(f"destruction {ref}")
        destruction.add(db, Entry(number, moment.now, who, ground, counts))
        sweep.owe(db, moment.now)


def check_consent(db: Db, case: Received | None, deed: Deed, moment: Moment) -> None:
    """Refuse to take on what nobody may be told any more; raises `ConsentOver` (PIPA 17).

    It is destroyed only once both clocks agree; until then, without a line, it is still here.
    """
    if case is None or deed is not Deed.ACCEPT or deed not in case.may():
        return
    if case.valid_until and case.valid_until <= mailbox.earlier_time(db, moment.now):
        raise ConsentOver(case.asker_name)


def held(vault: Vault) -> int:
    """Return of how many cases what was told is here, for whoever shows them."""
    with vault.reading() as db:
        return inbox.held(db)


def expire(vault: Vault, moment: Moment) -> int:
    """Destroy what was told about every case whose time is over; return how many they are."""
    with vault.reading() as db:
        due = _due(db, moment)
    if not due:
        return 0
    with vault.transaction() as db:
        who = looks.reader(db, vault).who
        for ref in _due(db, moment):
            destroy(db, str(ref), Gone.ENDED, who, moment)
    return len(due)


def is_no_news(db: Db, refused: Header, reason: str) -> bool:
    """Say whether a refusal tells nobody anything: it was said before, or is over."""
    if reason == USED:
        # By the id of before, and at another moment: a desk that was put back says it anew.
        return refused.kind in _SAID_ONCE and carrying.restored(db) is not None
    return is_over(db, refused, reason)


def is_over(db: Db, refused: Header, reason: str) -> bool:
    """Say whether a refusal is no news: said to the hub's life before, of a case that ended here.

    Whoever asked has ended it as well, so nobody brings the restored hub that referral again.
    """
    is_receipt = refused.kind is Kind.DELIVERY_RECEIPT  # nobody waits for one of what has ended
    if reason != UNKNOWN or not (is_receipt or sending.is_said_again(db, refused.id)):
        return False
    known = inbox.case(db, refused.ref)
    return known is not None and (known.gone is not Gone.HERE or has_ended(known.status))


def _due(db: Db, moment: Moment) -> tuple[ReferralId, ...]:
    now = mailbox.proven_time(db, moment.now)
    if now is None:
        return ()
    kept = timedelta(days=retention.policy(db).contact)
    ends = ((case.id, ends_at(case, kept)) for case in inbox_reading.every(db))
    return tuple(ref for ref, at in ends if at is not None and at <= now)
