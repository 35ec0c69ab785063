"""A laptop that was put back to an earlier day learns what it sent and forgot.

Found by schedule 1266 of exchange-machine: the laptop took it for never left, and passed over the
agency's word that it was destroyed.
"""

from desktop.domain.referrals import Erasure
from desktop.services import withdrawals
from sync.protocol.states import TaskStatus


def test_what_the_hub_names_is_owed_though_this_laptop_never_tried_it(town):
    consent, named = town.agreed_and_released()
    youth = named.referral.youth
    other = town.release(youth).referral.id

    with town.vault.transaction() as db:
        withdrawals.ended_by_colleague(db, consent.id, named.referral.id, town.moment())

    assert town.tracking(named.referral.id).status is TaskStatus.CANCELLED
    assert town.tracking(named.referral.id).erasure is Erasure.OWED
    assert town.tracking(other).erasure is Erasure.NONE
    with town.vault.transaction() as db:
        withdrawals.ended_by_colleague(db, consent.id, other, town.moment())
    assert town.tracking(other).erasure is Erasure.OWED
