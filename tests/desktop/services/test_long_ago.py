"""A vault that comes back from a backup older than what the hub keeps of sealed things.

What ended or answered something is heard again, however long ago it was.
"""

import pytest
from desk_for_tests import WORDS, rows_with
from put_back_vaults_for_tests import keep, put_back

from desktop.domain.inbox import Deed, Gone
from desktop.services import withdrawals
from sync.protocol.states import TaskStatus


def days_pass(town, desk, days):
    """Both sides read on, and the hub destroys what it has kept long enough."""
    for _ in range(2):
        town.round()
        desk.round()
    town.hub.desk.purge(town.now)
    town.hub.clock.turn(days=days)
    town.hub.desk.purge(town.now)


@pytest.mark.parametrize("days", [1, 40])
def test_an_agency_put_back_long_after_a_withdrawal_destroys_the_words_again(
    town, desk, tmp_path, days
):
    consent, _ = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    town.round()
    kept = keep(desk, tmp_path / "stick")
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    days_pass(town, desk, days)

    put_back(desk, kept, tmp_path / "back")

    assert desk.peek().gone is Gone.WITHDRAWN
    assert not rows_with(desk.vault)


@pytest.mark.parametrize("days", [1, 40])
def test_a_laptop_put_back_long_after_an_answer_knows_it_again(town, desk, tmp_path, days):
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    kept = keep(town, tmp_path / "stick")
    desk.accepts()
    desk.do(Deed.COMPLETE)
    desk.round()
    days_pass(town, desk, days)

    put_back(town, kept, tmp_path / "back")

    assert town.tracking(tracking.referral.id).status is TaskStatus.COMPLETED
