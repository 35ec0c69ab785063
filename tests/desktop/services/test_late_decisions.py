"""Two desks decide about one case: both decisions are kept, and a person chooses."""

from types import SimpleNamespace

import pytest
from desk_for_tests import WORDS, AgencyDesk, rows_with, tomorrow
from vaults_for_tests import a_vault

from desktop.domain import late_decisions
from desktop.domain.inbox import Declined, Deed, Gone, Unfinished
from desktop.domain.referrals import CAME_TOO_LATE
from desktop.services import exchange, inbox, untaken, withdrawals
from sync.protocol.messages import Kind
from sync.protocol.states import TaskStatus


@pytest.fixture
def sent(town):
    """A consent, and the referral that left under it."""
    consent, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    return consent, tracking


@pytest.fixture
def desks(town, sent, tmp_path):
    """Two desks of one agency that both know of the referral; the first has lost its line."""
    desk = AgencyDesk(town, a_vault(tmp_path / "desk"))
    other = AgencyDesk(town, a_vault(tmp_path / "other"), town.hub.let_in(town.shelter))
    for each in (desk, other):
        each.round()
    yield desk, other
    desk.vault.close()
    other.vault.close()


def late_here(desk, other, *deeds, first=((Deed.ACCEPT, ""),)):
    """Decide at the second desk, then at the first without a line, and let it have one again."""
    desk.line.is_cut = True
    for deed, reason in first:
        other.do(deed, reason)
    other.round()
    for deed, reason in deeds:
        desk.do(deed, reason)
    desk.line.is_cut = False
    desk.round()
    return desk.peek()


def test_a_no_that_came_after_a_colleagues_yes_is_kept_beside_it(town, desks):
    desk, other = desks
    case = late_here(desk, other, (Deed.DECLINE, Declined.FULL.value))

    ours = late_decisions.contested(case)
    assert (ours.status, ours.reason) == (TaskStatus.REJECTED, Declined.FULL.value)
    assert (case.status, case.gone) == (TaskStatus.ACCEPTED, Gone.HERE)
    assert late_decisions.stands_since(case) < ours.at <= town.now
    assert TaskStatus.REJECTED.value not in dict(case.steps)
    assert late_decisions.after_all(case) is None
    assert late_decisions.instead(case) is Deed.FAIL
    assert Kind.TASK_STATUS not in {each.kind for each in exchange.outbox(desk.vault)}
    desk.vault.verify()


def test_what_a_no_destroyed_too_soon_comes_again(desks):
    desk, other = desks
    late_here(desk, other, (Deed.DECLINE, Declined.FULL.value))
    assert not rows_with(desk.vault)

    desk.round()

    assert desk.case().words == WORDS
    assert desk.waiting() == [Kind.DELIVERY_RECEIPT]
    desk.vault.verify()


def test_instead_of_a_late_no_it_can_end_without_help(town, sent, desks):
    desk, other = desks
    late_here(desk, other, (Deed.DECLINE, Declined.FULL.value))

    desk.do(Deed.FAIL, Unfinished.OTHER.value)
    desk.round()
    town.round()

    assert desk.peek().late is None
    assert town.tracking(sent[1].referral.id).status is TaskStatus.FAILED
    desk.vault.verify()


def test_left_as_it_stands_ours_is_let_go_and_the_case_goes_on(town, sent, desks):
    desk, other = desks
    case = late_here(desk, other, (Deed.DECLINE, Declined.FULL.value))

    inbox.leave(desk.vault, case.id, desk.moment())
    desk.round()
    town.round()

    left = desk.peek()
    assert (left.late, left.elsewhere, left.status) == (None, None, TaskStatus.ACCEPTED)
    assert town.tracking(case.id).status is TaskStatus.ACCEPTED
    assert Deed.START in left.may()
    desk.vault.verify()


def test_a_yes_that_came_after_a_colleagues_no_is_told_with_its_reason(desks):
    desk, other = desks
    refused = ((Deed.DECLINE, Declined.NOT_OURS.value),)
    case = late_here(desk, other, (Deed.ACCEPT, ""), (Deed.START, ""), first=refused)

    ours = late_decisions.contested(case)
    assert ours.status is TaskStatus.IN_PROGRESS
    assert (case.status, case.reason) == (TaskStatus.REJECTED, Declined.NOT_OURS.value)
    assert (case.gone, late_decisions.stands_since(case) is None) == (Gone.DECLINED, False)
    assert (late_decisions.after_all(case), late_decisions.instead(case)) == (None, None)
    assert not rows_with(desk.vault)
    desk.vault.verify()


def test_a_step_of_ours_that_a_colleague_took_as_well_is_no_matter(desks):
    desk, other = desks
    both = ((Deed.ACCEPT, ""), (Deed.START, ""))
    case = late_here(desk, other, *both, first=both)

    assert (case.status, case.late) == (TaskStatus.IN_PROGRESS, None)
    assert not late_decisions.contested(case)
    desk.vault.verify()


@pytest.mark.parametrize("deed", [Deed.ACCEPT, Deed.DECLINE])
def test_where_both_decided_the_same_there_is_nothing_to_choose(desks, deed):
    desk, other = desks
    reason = Declined.FULL.value if deed is Deed.DECLINE else ""
    case = late_here(desk, other, (deed, reason), first=((deed, reason),))

    assert late_decisions.contested(case) is None
    gone = Gone.DECLINED if deed is Deed.DECLINE else Gone.HERE
    assert case.gone is gone
    desk.vault.verify()


def test_when_theirs_is_heard_before_ours_is_offered_both_are_told(town, desks):
    desk, other = desks
    other.do(Deed.ACCEPT)
    other.round()
    desk.do(Deed.DECLINE, Declined.AREA.value)
    with desk.vault.transaction() as db:
        db.execute("UPDATE outbox SET next_at = '9999-01-01T00:00:00.000Z'")
    desk.round()
    assert desk.peek().gone is Gone.DECLINED
    with desk.vault.transaction() as db:
        db.execute("UPDATE outbox SET next_at = ''")

    desk.round()

    case = desk.peek()
    assert (case.status, late_decisions.stands_since(case) is None) == (TaskStatus.ACCEPTED, False)
    assert late_decisions.contested(case).reason == Declined.AREA.value


def test_a_withdrawal_leaves_nothing_to_choose(town, sent, desks):
    desk, other = desks
    late_here(desk, other, (Deed.DECLINE, Declined.FULL.value))
    withdrawals.withdraw(town.vault, sent[0].id, town.moment())
    town.round()

    desk.round()
    desk.round()

    case = desk.peek()
    assert (case.gone, case.late) == (Gone.WITHDRAWN, None)
    assert not rows_with(desk.vault)
    desk.vault.verify()


@pytest.mark.parametrize("first", [(Deed.DECLINE,), (Deed.ACCEPT, Deed.FAIL)])
@pytest.mark.parametrize("limit", [100, 1])
def test_words_on_a_yes_that_does_not_count_are_not_taken_for_one(town, sent, desks, first, limit):
    desk, other = desks
    desk.line.pace = SimpleNamespace(limit=limit)
    desk.line.is_cut = True
    for deed in first:
        other.do(deed)
    other.round()
    desk.do(Deed.ACCEPT)
    desk.say("내일 세 시에 오세요", tomorrow(town.now))
    desk.line.is_cut = False

    for _ in range(4):
        desk.round()
    town.round()

    told = town.tracking(sent[1].referral.id)
    assert (told.replies, told.appointment()) == ((), None)
    [unsaid] = desk.peek().refused
    assert (unsaid.kind, unsaid.problem) == (Kind.TASK_NOTE, CAME_TOO_LATE)
    assert exchange.line(desk.vault).refused == 1
    assert Kind.TASK_NOTE not in desk.waiting()
    [waiting] = [each.id for each in exchange.outbox(desk.vault) if each.is_refused]
    untaken.leave(desk.vault, waiting, desk.moment().now)
    desk.round()
    assert exchange.line(desk.vault).refused == 0
    desk.vault.verify()


def test_what_the_hub_has_said_of_such_words_holds_when_the_answer_was_lost(town, sent, desks):
    desk, other = desks
    other.do(Deed.DECLINE)
    other.round()
    desk.do(Deed.ACCEPT)
    desk.line.loses_answers = True
    desk.round()
    desk.say("내일 세 시에 오세요")
    desk.round()
    desk.line.loses_answers = False

    for _ in range(4):
        town.hub.clock.turn(minutes=2)
        desk.round()
    town.round()

    assert town.tracking(sent[1].referral.id).replies == ()
    assert [each.kind for each in desk.peek().refused] == [Kind.TASK_NOTE]


def test_words_about_what_a_colleague_completed_are_taken(town, sent, desks):
    desk, other = desks
    desk.do(Deed.ACCEPT)
    desk.round()
    other.round()
    desk.say("잘 도착했어요")
    other.do(Deed.COMPLETE)
    other.round()

    desk.round()
    town.round()

    assert [reply.text for reply in town.tracking(sent[1].referral.id).replies] == [
        "잘 도착했어요"
    ]
