"""What the hub did not take or no consent covers, in a person's hands: said once more, or left."""

from datetime import datetime

from desktop.domain.half_said import REPLY
from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Gone
from desktop.domain.moment import Moment
from desktop.domain.referrals import LEFT_HERE, LEFT_UNTOLD
from desktop.services.waiting import waiting
from desktop.vault import inbox, inbox_reading, outbox, referrals, sending, steps, witness
from desktop.vault.columns import uuid
from desktop.vault.database import Db, Vault
from desktop.vault.outbox import Queued
from sync.protocol.messages import Kind


def leave(vault: Vault, message: str, now: datetime) -> None:
    """Settle what was not taken, or is held here and never left.

    Of a case whose words are gone not even the sealed ones stay. What may have left, or may leave
    now, stays as it is: nobody could say of it that it was left unsaid.
    """
    with vault.transaction() as db:
        row = outbox.one(db, message)
        if row is None or row.state not in (outbox.WAITING, outbox.REFUSED):
            return
        found = waiting(db, row)
        if not found.may_be_left:
            return
        if found.is_lapsed:
            _leave_here(db, row, now)
            return
        case = inbox.case(db, row.ref)
        if case is not None and case.gone is not Gone.HERE:
            outbox.remove(db, message)
        else:
            outbox.leave(db, (message,))


def _leave_here(db: Db, row: Queued, now: datetime) -> None:
    if witness.kept(db).is_stopped or not sending.is_kept_back(db, row.id, now):
        return  # an older copy of this vault cannot know what has left
    referral = ReferralId(uuid(row.ref))
    tracking = referrals.one(db, referral)
    outbox.leave(db, (row.id,))
    if tracking is not None and tracking.problem == outbox.LAPSED:
        is_all = row.kind is Kind.REFERRAL_REQUEST
        steps.has_problem(db, referral, LEFT_HERE if is_all else LEFT_UNTOLD)


def write_again(vault: Vault, message: str, moment: Moment) -> ReferralId | None:
    """Put the words that were not taken into the empty field of their case, and return the case.

    It stays not taken until the same words are said, or somebody leaves it.
    """
    with vault.transaction() as db:
        row = outbox.one(db, message)
        case = inbox_reading.one(db, ReferralId(uuid(row.ref))) if row else None
        if case is None:
            return None
        words = inbox.words_of(db, message)
        if words and case.is_accepted and not case.typed.get(REPLY, "").strip():
            inbox.keep_typed(db, str(case.id), {**case.typed, REPLY: words}, moment.now)
        return case.id
