"""Several desks of one agency follow a case: it stands everywhere where the hub has it."""

import uuid

import pytest
from desk_for_tests import WORDS, AgencyDesk, tomorrow
from restored_for_tests import back_up, restore
from vaults_for_tests import a_vault

from desktop.domain.inbox import Deed
from desktop.services import inbox
from desktop.services.exchange import HubState
from sync.protocol.states import TaskStatus
from sync.server import devices, tables


@pytest.fixture
def desk(town, tmp_path):
    """The shelter's first desk."""
    made = AgencyDesk(town, a_vault(tmp_path / "desk"))
    yield made
    made.vault.close()


@pytest.fixture
def other(town, tmp_path):
    """A colleague's desk of the shelter."""
    made = AgencyDesk(town, a_vault(tmp_path / "other"), town.hub.let_in(town.shelter))
    yield made
    made.vault.close()


@pytest.fixture
def ended_alone(town, desk, other):
    """A case put on hold at the colleague's desk, which was then shut out, and completed here."""
    town.agreed_and_released(words=WORDS)
    town.round()
    other.round()
    other.case()
    other.do(Deed.ACCEPT)
    other.do(Deed.HOLD)
    other.round()
    desk.round()
    with town.hub.hub.store.writing() as db:
        devices.revoke(db, town.shelter.org, other.writer.keys.device, town.now)
    case = desk.case()
    desk.do(Deed.COMPLETE)
    desk.round()
    return case.id


def stands(desk, ref):
    return next(case for case in desk.cases() if case.id == ref)


def test_a_mailbox_read_once_more_sends_an_ended_case_back_nowhere(town, desk, ended_alone):
    consent = str(uuid.uuid4())
    unreadable = town.centre.referral(consent, town.shelter)
    town.hub.outcomes(town.centre, town.centre.consent(consent, town.shelter), unreadable)
    assert desk.round().state is HubState.LYING
    town.publish(3)

    came = [desk.round().came for _ in range(2)]

    assert came[1] > 0
    case = stands(desk, ended_alone)
    assert (case.status, case.may()) == (TaskStatus.COMPLETED, ())
    desk.vault.verify()


def test_nor_does_a_hub_that_was_put_back_and_has_lost_nothing(town, desk, ended_alone):
    restore(town.hub, back_up(town.hub))

    for _ in range(2):
        desk.round()
        town.round()

    assert stands(desk, ended_alone).status is TaskStatus.COMPLETED
    assert town.tracking(ended_alone).status is TaskStatus.COMPLETED
    desk.vault.verify()


def test_what_one_desk_took_up_again_after_another_put_it_on_hold_is_not_on_hold(
    town, desk, other
):
    town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    other.round()
    other.do(Deed.HOLD)
    other.round()
    desk.do(Deed.START)

    for each in (desk, other):
        each.round()

    assert {each.peek().status for each in (desk, other)} == {TaskStatus.IN_PROGRESS}
    desk.do(Deed.HOLD)
    other.do(Deed.FAIL)
    for each in (desk, other, desk):
        each.round()
    assert {each.peek().status for each in (desk, other)} == {TaskStatus.FAILED}
    desk.vault.verify()


def test_where_a_hub_put_back_lost_both_the_yes_and_the_end_the_end_waits_for_the_yes(
    town, desk, other
):
    town.agreed_and_released(words=WORDS)
    town.round()
    other.round()
    kept = back_up(town.hub)
    desk.accepts()
    other.round()
    ref = other.case().id
    other.do(Deed.COMPLETE)
    for each in (other, desk, town):
        each.round()
    restore(town.hub, kept)

    for _ in range(2):
        other.round()

    case = stands(other, ref)
    assert (case.status, case.late) == (TaskStatus.COMPLETED, None)
    for _ in range(2):
        desk.round()
        town.hub.clock.turn(seconds=60)
        other.round()
    desk.round()
    assert {stands(each, ref).status for each in (desk, other)} == {TaskStatus.COMPLETED}
    for _ in range(2):
        town.round()
    assert town.tracking(ref).status is TaskStatus.COMPLETED
    with town.hub.hub.store.reading() as db:
        assert db.one(tables.referral, id=str(ref))["status"] == "completed"


def test_a_desk_let_in_after_the_only_one_was_lost_has_its_cases(town, desk, tmp_path):
    town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    desk.do(Deed.HOLD)
    for _ in range(2):
        desk.round()
        town.round()
    for days in (0, 60):  # longer than what was read is kept otherwise
        town.hub.clock.turn(days=days)
        town.hub.desk.purge(town.hub.clock())

    later = AgencyDesk(town, a_vault(tmp_path / "later"), town.hub.let_in(town.shelter))
    later.round()

    case = later.peek()
    assert desk.case().words
    assert (case.status, later.case().words) == (TaskStatus.ON_HOLD, desk.case().words)
    later.vault.close()


def test_a_desk_let_in_later_knows_what_the_only_one_did(town, desk, tmp_path):
    town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    desk.say("내일 뵐게요", tomorrow(town.now))
    desk.do(Deed.HOLD)
    desk.do(Deed.RESUME)
    desk.round()
    town.hub.clock.turn(hours=30)

    later = AgencyDesk(town, a_vault(tmp_path / "later"), town.hub.let_in(town.shelter))
    later.round()
    desk.round()

    for each in (desk, later):
        case = each.peek()
        assert (case.status, case.is_overdue(town.now)) == (TaskStatus.IN_PROGRESS, False)
        assert [(told.text, told.appointment.place) for told in case.told] == [
            ("내일 뵐게요", tomorrow(town.now).place)
        ]
        assert inbox.count(each.vault, town.now).unanswered == 0
        each.vault.verify()
    assert later.peek().opened_at is not None
    later.vault.close()
