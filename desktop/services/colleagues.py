"""What other devices of our own organisation did with a referral that this one sent."""

from collections.abc import Callable
from uuid import UUID

from desktop.domain.ids import ConsentId
from desktop.domain.moment import Moment
from desktop.domain.referrals import CAME_TOO_LATE
from desktop.services import called_off, withdrawals
from desktop.services.inbox_ends import USED
from desktop.services.proofs import Proven
from desktop.vault import referrals, steps
from desktop.vault.columns import uuid
from desktop.vault.database import Db
from sync.client.sealing import header_of
from sync.protocol.bodies import ConsentWithdrawn, ReferralCancel
from sync.protocol.messages import Kind
from sync.protocol.states import Party, TaskStatus, may_move


def apply(db: Db, proven: Proven) -> None:
    """Follow what a colleague did; most of what our own organisation says changes nothing here."""
    effect = _EFFECTS.get(proven.event.kind)
    if effect is not None:
        effect(db, proven)


def _withdrawn(db: Db, proven: Proven) -> None:
    """End the consent here too: a call to the centre is enough to take it back (PIPA 38(4))."""
    proven.body(ConsentWithdrawn)
    ended = header_of(proven.message).ref
    if proven.referral in referrals.under(db, ConsentId(uuid(ended))):
        moment = Moment(proven.event.at, UUID(proven.id))
        withdrawals.ended_by_colleague(db, ConsentId(uuid(ended)), proven.referral, moment)


def _cancelled(db: Db, proven: Proven) -> None:
    reason = proven.body(ReferralCancel).reason
    to = TaskStatus.CANCELLED
    if may_move(proven.tracking.status, to, Party.REQUESTER) and steps.is_new(db, proven.id):
        steps.moved(db, proven.referral, to, reason, proven.step(to.value))
        if called_off.left_untold(db, proven.tracking):
            steps.has_problem(db, proven.referral, CAME_TOO_LATE)
        elif proven.tracking.problem == USED:
            # A vault put back offered its request once more, behind the word that overtook it.
            steps.has_problem(db, proven.referral, "")
    called_off.is_known_again(db, proven.message, proven.event.at)


_EFFECTS: dict[Kind, Callable[[Db, Proven], None]] = {
    Kind.CONSENT_WITHDRAWN: _withdrawn,
    Kind.REFERRAL_CANCEL: _cancelled,
}
