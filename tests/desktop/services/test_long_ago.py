"""A vault that comes back from a backup older than what the hub keeps of sealed things.

What ended or answered something is heard again, however long ago it was.
"""

import pytest
from desk_for_tests import WORDS, rows_with
from put_back_vaults_for_tests import keep, put_back

from desktop.domain.inbox import Deed, Gone
from desktop.services import enrolment, exchange, withdrawals
from desktop.services.inbox_letters import Writer
from desktop.vault import inbox
from sync.protocol.bodies import Stage
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


def test_a_desk_put_back_says_anew_what_it_had_said_and_nothing_is_called_not_taken(
    town, desk, tmp_path
):
    kept = keep(desk, tmp_path / "stick")
    consent, _ = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    days_pass(town, desk, 1)

    put_back(desk, kept, tmp_path / "back")
    desk.round()

    assert desk.peek().gone is Gone.WITHDRAWN
    assert exchange.line(desk.vault).refused == 0
    assert not desk.peek().refused


def test_what_has_the_id_of_something_else_is_called_so_by_a_desk_that_never_was(town, desk):
    town.agreed_and_released(words=WORDS)
    town.round()
    desk.round()
    desk.round()
    case, later = desk.peek(), desk.moment().now
    with desk.vault.transaction() as db:
        db.execute("DELETE FROM outbox")
        writer = Writer(enrolment.current(db), str(case.id), case.asker, later)
        writer.receipt(db, Stage.DELIVERED, inbox.digest(db, str(case.id)))

    desk.round()

    assert [each.problem for each in desk.peek().refused] == ["id-reused"]
