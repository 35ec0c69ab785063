"""What a person ends that nobody answers: a referral, and an erasure that no agency confirms."""

from desktop.domain.following import Next, followed
from desktop.domain.ids import ReferralId
from desktop.domain.moment import Moment
from desktop.domain.referrals import Erasure, Tracking, Word
from desktop.domain.settling import ADDED_IN_VAIN, CALLING_OFF, How
from desktop.services import called_off, withdrawals
from desktop.vault import outbox, referrals, sending, steps, witness
from desktop.vault.database import Db, Vault
from desktop.vault.steps import NEVER_LEFT, Step
from sync.protocol.messages import Kind
from sync.protocol.states import CALLED_OFF, TaskStatus, has_ended

_NOT_TOLD = frozenset({outbox.WAITING, outbox.REFUSED})


def call_off(vault: Vault, referral: ReferralId, moment: Moment) -> None:
    """Call off a referral that this laptop wrote; the consent it stands on stays as it is.

    What never left ends at once. What has left, or may have, is called off once the hub has signed
    for the word; nothing of it is sent any more meanwhile. A second time changes nothing.
    """
    with vault.transaction() as db:
        tracking = referrals.one(db, referral)
        if tracking is None or has_ended(tracking.status) or tracking.calling_off is Word.WAITS:
            return
        if _never_left(db, referral):
            _keep_here(db, tracking, moment)
            return
        for row in outbox.packets_of(db, referral):
            if row.kind is Kind.REFERRAL_AMEND and row.state in _NOT_TOLD:
                steps.taken(db, referral, Step(ADDED_IN_VAIN, moment.now, row.id))
            outbox.remove(db, row.id)
        steps.taken(db, referral, Step(CALLING_OFF, moment.now, str(moment.id(CALLING_OFF))))
        called_off.say(db, tracking, moment)


def settle_erasure(vault: Vault, referral: ReferralId, how: How, moment: Moment) -> None:
    """Write down how it was settled that an agency has not confirmed in time what it destroyed.

    It is owed here no more; at the hub it stays, and what the agency says later still counts.
    """
    with vault.transaction() as db:
        tracking = referrals.one(db, referral)
        if tracking is not None and followed(tracking, moment.now).next is Next.ASK_ERASURE:
            step = Step(how.step, moment.now, str(moment.id(how.step)))
            steps.owed(db, referral, Erasure.SETTLED, step)


def _never_left(db: Db, referral: ReferralId) -> bool:
    # An older copy of this vault cannot know what has left.
    rows = (row for row in outbox.packets_of(db, referral) if row.kind is Kind.REFERRAL_REQUEST)
    is_here = [withdrawals.stayed_here(row) for row in rows] == [True]
    return is_here and not (withdrawals.has_been_out(db, referral) or witness.kept(db).is_stopped)


def _keep_here(db: Db, tracking: Tracking, moment: Moment) -> None:
    referral, proof = tracking.referral.id, str(moment.id(CALLED_OFF))
    for row in outbox.packets_of(db, referral):
        sending.settle(db, row.id, outbox.LEFT)
    steps.taken(db, referral, Step(NEVER_LEFT, moment.now, proof))
    to = TaskStatus.CANCELLED
    steps.moved(db, referral, to, CALLED_OFF, Step(to.value, moment.now, proof))
    if tracking.problem:
        steps.has_problem(db, referral, "")
