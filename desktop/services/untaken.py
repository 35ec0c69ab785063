"""What the hub did not take or no consent covers, in a person's hands: said once more, or left."""

from datetime import datetime

from desktop.domain.half_said import REPLY
from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Gone
from desktop.domain.moment import Moment
from desktop.domain.referrals import (
    ENDED_ELSEWHERE,
    GUARDIAN_UNSAID,
    LEFT_HERE,
    LEFT_UNTOLD,
    REFUSED_LEFT,
    UNSAID_LEFT,
    Referral,
)
from desktop.services import called_off, disclosure_arrivals, withdrawals
from desktop.services.waiting import waiting
from desktop.vault import inbox, inbox_reading, outbox, referrals, sending, steps, witness
from desktop.vault.columns import uuid
from desktop.vault.database import Db, Vault
from desktop.vault.outbox import Queued
from sync.client.sealing import header_of
from sync.protocol.messages import PACKET_KINDS, Kind, Message
from sync.protocol.states import CONSENT_WITHDRAWN

UNPROVEN = "bad-signature"
"""Why the hub refuses what it does not know as signed by the device that it names."""
_LEFT = {outbox.LAPSED: LEFT_HERE, GUARDIAN_UNSAID: UNSAID_LEFT}
"""Why a request was held, and what its referral says once that was left."""
_NEVER_SAID = (outbox.WAITING, GUARDIAN_UNSAID, 0)


def refused(db: Db, message: Message, reason: str) -> None:
    """Write down that the hub did not take this, where a person will look."""
    header = header_of(message)
    sending.settle(db, header.id, outbox.REFUSED, reason)
    disclosure_arrivals.refused(db, header, reason)
    if header.kind not in PACKET_KINDS:
        return
    referral = ReferralId(uuid(header.ref))
    if referrals.one(db, referral):
        # The agency may have it from the hub's first life, and this one has not told it.
        is_out_there = reason == CONSENT_WITHDRAWN and withdrawals.has_been_out(db, referral)
        steps.has_problem(db, referral, ENDED_ELSEWHERE if is_out_there else reason)


def leave(vault: Vault, message: str, now: datetime) -> None:
    """Settle what was not taken, or is held here and never left.

    What was refused of a referral asks for nobody then. Of a case whose words are gone not even
    the sealed ones stay. What may have left, or may leave now, stays as it is: nobody could say of
    it that it was left unsaid.
    """
    with vault.transaction() as db:
        row = outbox.one(db, message)
        if row is None or row.state not in (outbox.WAITING, outbox.REFUSED):
            return
        found = waiting(db, row)
        if not found.may_be_left:
            return
        if found.stays_here:
            _leave_here(db, row, now)
            return
        case = inbox.case(db, row.ref)
        if case is not None and case.gone is not Gone.HERE:
            outbox.remove(db, message)
        else:
            outbox.leave(db, (message,))
            if row.kind is Kind.REFERRAL_CANCEL:
                called_off.is_left(db, row, now)
            _let_rest(db, row)


def sent_anew(db: Db, released: Referral, now: datetime) -> None:
    """Leave what stays here for not saying of a guardian what `released` says in its place.

    What asks for more than that stays as it is, and so does what may have left. Of what the hub
    did not take in addition `released` is the next.
    """
    _refused_before(db, released.id)
    asked = (each.referral for each in referrals.of_youth(db, released.youth))
    for each in asked:
        if each.agency == released.agency and each.categories <= released.categories:
            for row in outbox.packets_of(db, each.id):
                if (row.state, row.problem, row.attempts) == _NEVER_SAID:
                    _leave_here(db, row, now)


def _refused_before(db: Db, referral: ReferralId) -> None:
    tracking = referrals.one(db, referral)
    rows = [
        row
        for row in outbox.untaken(db, str(referral))
        if row.kind is Kind.REFERRAL_AMEND and row.state == outbox.REFUSED
    ]
    outbox.leave(db, (row.id for row in rows))
    if tracking is not None and tracking.problem in {row.problem for row in rows}:
        steps.has_problem(db, referral, "")


def _leave_here(db: Db, row: Queued, now: datetime) -> None:
    if witness.kept(db).is_stopped or not sending.is_kept_back(db, row.id, now):
        return  # an older copy of this vault cannot know what has left
    referral = ReferralId(uuid(row.ref))
    tracking = referrals.one(db, referral)
    outbox.leave(db, (row.id,))
    if tracking is not None and tracking.problem in _LEFT:
        is_all = row.kind is Kind.REFERRAL_REQUEST
        steps.has_problem(db, referral, _LEFT[tracking.problem] if is_all else LEFT_UNTOLD)


def _let_rest(db: Db, row: Queued) -> None:
    if row.kind not in PACKET_KINDS:
        return
    referral = ReferralId(uuid(row.ref))
    tracking = referrals.one(db, referral)
    # Another problem is another matter; and of what came after the end its own page asks.
    if tracking is not None and tracking.problem == row.problem and not tracking.is_untold:
        is_all = row.kind is Kind.REFERRAL_REQUEST
        steps.has_problem(db, referral, REFUSED_LEFT if is_all else LEFT_UNTOLD)


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
