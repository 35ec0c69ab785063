"""What a law makes an agency keep after a withdrawal: that the young person was told so."""

from desktop.domain.ids import ReferralId
from desktop.domain.kept_laws import KEPT_TOLD
from desktop.domain.moment import Moment
from desktop.domain.referrals import Erasure, Tracking
from desktop.vault import referrals, steps
from desktop.vault.database import Vault
from desktop.vault.steps import Step


def told(vault: Vault, referral: ReferralId, moment: Moment) -> Tracking:
    """Write down that the young person was told; the first time counts."""
    with vault.transaction() as db:
        tracking = referrals.one(db, referral)
        if tracking is not None and tracking.erasure is Erasure.RETAINED:
            steps.taken(db, referral, Step(KEPT_TOLD, moment.now, str(moment.id(KEPT_TOLD))))
            tracking = referrals.one(db, referral)
    if tracking is None:
        raise LookupError
    return tracking
