"""The word that a referral is called off: said, taken by the hub, or left unsaid (D-197)."""

from datetime import datetime
from uuid import uuid5

from desktop.domain.ids import ReferralId
from desktop.domain.moment import Moment
from desktop.domain.referrals import CAME_TOO_LATE, Tracking, Word
from desktop.domain.settling import ADDED_IN_VAIN, WORD_LEFT
from desktop.services import enrolment, letters
from desktop.vault import ends, outbox, referrals, sending, steps
from desktop.vault.columns import uuid
from desktop.vault.database import Db
from desktop.vault.outbox import Queued
from desktop.vault.steps import Step
from sync.client.enrolment import Enrolment
from sync.client.sealing import header_of
from sync.protocol.answers import ReceiptClaim
from sync.protocol.messages import Header, Kind, Message
from sync.protocol.states import CALLED_OFF, Party, TaskStatus, may_move


def say(db: Db, tracking: Tracking, moment: Moment) -> None:
    """Queue the word; the same moment says it once."""
    own, referral = enrolment.current(db), tracking.referral
    message = letters.called_off(own, referral, tracking.consent, moment)
    if not outbox.holds(db, header_of(message).id):
        outbox.add_fact(db, message, moment.now)


def tell_again(db: Db, own: Enrolment, now: datetime) -> None:
    """Say it once more as the device we are now, where nobody believes the one before (D-194).

    Its agency may not have heard of it yet; where it has, once more changes nothing.
    """
    for referral in ends.called(db):
        tracking = referrals.one(db, referral)
        if tracking is not None and _is_said(tracking):
            say(db, tracking, Moment(now, uuid5(referral, own.device)))


def _is_said(tracking: Tracking) -> bool:
    # Not what the hub refused: a person decides about that, or has.
    is_proven = tracking.calling_off is Word.PROVEN and tracking.status_reason == CALLED_OFF
    return is_proven or tracking.calling_off is Word.WAITS


def is_taken(db: Db, header: Header, claim: ReceiptClaim) -> None:
    """The hub signs that it has the word: now, and not before, it is called off."""
    _ends(db, ReferralId(uuid(header.ref)), CALLED_OFF, (claim.time, f"receipt {claim.seq}"))


def is_over(db: Db, header: Header) -> bool:
    """Let go of a word that met what had ended already, as its own event tells; say if so.

    To a hub that is put back it is not said again: whoever was first would be second there.
    """
    if header.kind is not Kind.REFERRAL_CANCEL:
        return False
    outbox.remove(db, header.id)
    return True


def is_known_again(db: Db, message: Message, at: datetime) -> None:
    """Keep a word that came back from the hub and that this vault, put back, has forgotten.

    A hub that is put back too then hears it once more, as of whoever never forgot it (I9).
    """
    name = header_of(message).id
    if not outbox.holds(db, name):
        outbox.add_fact(db, message, at)
        sending.settle(db, name, outbox.SENT)


def is_left(db: Db, row: Queued, now: datetime) -> None:
    """The hub did not take the word, and a person who has read why needs no more of it."""
    _ends(db, ReferralId(uuid(row.ref)), WORD_LEFT, (now, row.id))


def left_untold(db: Db, tracking: Tracking) -> bool:
    """Let go of our sealed copies of what has ended. Say whether a part of it was never told.

    That part is kept: a person chooses what becomes of it.
    """
    return outbox.ended(db, tracking.referral.id) or ADDED_IN_VAIN in tracking.steps


def _ends(db: Db, referral: ReferralId, reason: str, proof: tuple[datetime, str]) -> None:
    tracking, to = referrals.one(db, referral), TaskStatus.CANCELLED
    if tracking is not None and may_move(tracking.status, to, Party.REQUESTER):
        steps.moved(db, referral, to, reason, Step(to.value, *proof))
        if left_untold(db, tracking):
            steps.has_problem(db, referral, CAME_TOO_LATE)
