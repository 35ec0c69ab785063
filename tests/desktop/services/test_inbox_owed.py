"""Help that was asked of us is owed a last word: no record takes it away without one."""

import pytest
from desk_for_tests import WORDS, rows_with

from desktop.domain.inbox import Deed, Gone
from desktop.domain.retention import Debt, Ground, Owed, Target, Thing
from desktop.errors import StillOwed
from desktop.services import expiring, inbox, retention
from desktop.vault import holdings
from desktop.vault.purge import Purging
from sync.protocol.states import TaskStatus


def ours(desk):
    """Hand the newest case over, and return the record of our own."""
    return inbox.keep_as_ours(desk.vault, desk.peek().id, desk.moment())


@pytest.fixture
def accepted(town, desk):
    """A case that was taken on."""
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    yield tracking
    desk.vault.verify()


def asker(desk):
    return desk.peek().asker_name


def test_a_case_under_way_is_owed_so_that_our_own_record_does_not_go_by_itself(
    town, desk, accepted
):
    own, name = ours(desk), asker(desk)
    for days in (360, 10, 10):
        town.hub.clock.turn(days=days)
        desk.round()
        assert expiring.expire(desk.vault, desk.moment()) == 0

    with desk.vault.reading() as db:
        assert holdings.owed(db, own) == (Owed(Debt.ASKED, name),)
    with pytest.raises(StillOwed):
        retention.purge(desk.vault, [Target(Thing.YOUTH, own)], Ground.MISTAKE, desk.moment())
    assert desk.peek().gone is Gone.HERE


def test_it_goes_in_its_time_once_the_case_has_ended(town, desk, accepted):
    own = ours(desk)
    desk.do(Deed.COMPLETE)
    desk.round()

    with desk.vault.reading() as db:
        assert holdings.owed(db, own) == ()
    retention.purge(desk.vault, [Target(Thing.YOUTH, own)], Ground.MISTAKE, desk.moment())
    assert (desk.peek().gone, desk.peek().status) == (Gone.ERASED, TaskStatus.COMPLETED)


def test_the_word_that_help_is_not_wanted_waits_to_go_before_all_of_it_is_destroyed(
    town, desk, accepted
):
    own, name = ours(desk), asker(desk)
    desk.do(Deed.START)
    foreseen = retention.foreseen(desk.vault, own, desk.moment().now)

    done = retention.erase(desk.vault, own, desk.moment())

    assert (foreseen.told, foreseen.owed, done.told, done.owed) == ((name,), (), (name,), ())
    assert not rows_with(desk.vault)
    assert (desk.peek().gone, desk.peek().status) == (Gone.ERASED, TaskStatus.FAILED)
    desk.round()
    town.round()
    heard = town.tracking(accepted.referral.id)
    assert (heard.status, heard.status_reason) == (TaskStatus.FAILED, "not-wanted-any-more")
    with town.vault.reading() as db:
        assert Debt.HELP not in {each.debt for each in holdings.owed(db, accepted.referral.youth)}


def test_what_was_told_goes_at_once_also_where_another_agency_still_has_to_erase(desk, accepted):
    own = ours(desk)
    desk.do(Deed.COMPLETE)

    with desk.vault.transaction() as db:
        Purging(db, desk.moment().now).all_but_what_is_owed(own)

    assert desk.peek().gone is Gone.ERASED
    assert rows_with(desk.vault) == {"하늘"}  # the alias says whose erasure is waited for
