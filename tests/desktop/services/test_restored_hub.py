"""A hub that comes back from an old backup forgets nobody: what it lost is offered again (I9)."""

import msgspec
import pytest
from desk_for_tests import WORDS
from network_of_one import answered
from office_for_tests import Mate
from restored_for_tests import back_up, restore

from desktop.domain.inbox import Deed, Gone
from desktop.domain.kept_laws import KeptLaw
from desktop.domain.referrals import ENDED_ELSEWHERE, Erasure
from desktop.services import elsewhere, exchange, inbox_kept, withdrawals
from sync.protocol.answers import Outcome
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus
from sync.server import erasure, tables


@pytest.fixture
def delivered(town):
    """Let an agency have a referral; then the hub loses everything since before it."""
    kept = back_up(town.hub)
    consent, tracking = town.agreed_and_released()
    town.round()
    request = next(e for e in town.arrived() if e.kind is Kind.REFERRAL_REQUEST).message
    town.answer(town.shelter.receipt(request))
    town.round()
    assert town.tracking(tracking.referral.id).delivery is Delivery.DELIVERED
    restore(town.hub, kept)
    town.round()  # another epoch is met
    town.round()
    return consent, tracking.referral.id


def test_a_withdrawal_still_reaches_the_agency_that_has_the_referral(town, delivered):
    consent, ref = delivered

    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()

    events = town.hub.exchange(town.shelter, after=0).events
    assert (Kind.CONSENT_WITHDRAWN, str(ref)) in [(e.kind, e.ref) for e in events]


def test_the_agency_can_still_answer(town, delivered):
    _, ref = delivered

    town.answer(town.shelter.moves(str(ref), "accepted"))
    town.round()

    assert town.tracking(ref).status is TaskStatus.ACCEPTED
    assert town.tracking(ref).delivery is Delivery.DELIVERED


def test_what_an_agency_has_is_owed_though_the_restored_hub_refused_it(town):
    kept = back_up(town.hub)
    consent, tracking = town.agreed_and_released()
    town.round()
    request = next(e for e in town.arrived() if e.kind is Kind.REFERRAL_REQUEST).message
    town.answer(town.shelter.receipt(request))
    town.round()
    restore(town.hub, kept)
    town.round()

    def refuse(answer):
        results = tuple(
            msgspec.structs.replace(
                each, outcome=Outcome.REJECTED, reason="org-inactive", receipt=None
            )
            for each in answer.results
        )
        return answered(results=results)(answer)

    town.line.twist = refuse
    town.round()
    ended = withdrawals.withdraw(town.vault, consent.id, town.moment())

    assert (ended.vanished, ended.recalled) == (0, 1)
    assert town.tracking(tracking.referral.id).erasure is Erasure.OWED


@pytest.mark.parametrize("has_spoken", [True, False])
@pytest.mark.parametrize("hears_it_first", [True, False])
def test_what_was_withdrawn_before_any_receipt_is_named_to_the_restored_hub(
    town, hears_it_first, has_spoken
):
    if has_spoken:
        town.round()
    kept = back_up(town.hub)
    consent, tracking = town.agreed_and_released()
    ref = tracking.referral.id
    town.line.loses_answers = True
    town.round()
    assert any(e.kind is Kind.REFERRAL_REQUEST for e in town.arrived())
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.line.loses_answers = False
    if hears_it_first:
        town.round()
    restore(town.hub, kept)

    for _ in range(3):
        town.round()

    events = town.hub.exchange(town.shelter, after=0).events
    assert (Kind.CONSENT_WITHDRAWN, str(ref)) in [(e.kind, e.ref) for e in events]
    assert town.tracking(ref).erasure is Erasure.OWED
    restore(town.hub, back_up(town.hub))
    town.round()
    town.round()
    assert town.tracking(ref).erasure is Erasure.OWED


def test_what_a_colleague_ended_is_named_to_a_hub_that_lost_it(town):
    office = town.hub.let_in(town.centre, "supervisor")
    kept = back_up(town.hub)
    consent, tracking = town.agreed_and_released()
    town.round()
    ref = tracking.referral.id
    assert town.hub.outcomes(office, office.withdrawal(str(consent.id))) == ["accepted"]
    town.round()
    assert town.tracking(ref).erasure is Erasure.OWED
    restore(town.hub, kept)  # before the agency has heard of it

    for _ in range(3):
        town.round()

    events = town.hub.exchange(town.shelter, after=0).events
    assert (Kind.CONSENT_WITHDRAWN, str(ref)) in [(e.kind, e.ref) for e in events]


@pytest.mark.parametrize("status", ["accepted", "rejected"])
def test_what_only_the_lost_hub_had_is_named_when_a_colleague_ends_the_consent(town, status):
    # Found by schedule 1315 of exchange-machine: the restored hub named the other referral alone.
    office = town.hub.let_in(town.centre, "supervisor")
    consent, first = town.agreed_and_released()
    town.round()
    kept = back_up(town.hub)
    second = town.release(first.referral.youth).referral.id
    town.round()
    town.answer(town.shelter.moves(str(second), status))
    town.round()
    restore(town.hub, kept)
    assert town.hub.outcomes(office, office.withdrawal(str(consent.id))) == ["accepted"]

    for _ in range(4):
        town.round()

    events = town.hub.exchange(town.shelter, after=0).events
    ended = {e.ref for e in events if e.kind is Kind.CONSENT_WITHDRAWN}
    assert ended == {str(first.referral.id), str(second)}
    assert town.tracking(second).erasure is Erasure.OWED


def test_more_than_one_message_names_is_named_in_several(town, monkeypatch):
    # A message names a hundred: two referrals stand for more than that here.
    monkeypatch.setattr("desktop.services.letters.RECALLED", 1)
    monkeypatch.setattr("sync.server.recalls.RECALLED", 1)
    kept = back_up(town.hub)
    consent, first = town.agreed_and_released()
    second = town.release(first.referral.youth)
    town.round()
    restore(town.hub, kept)
    town.line.is_cut = True

    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.line.is_cut = False
    for _ in range(3):
        town.round()

    events = town.hub.exchange(town.shelter, after=0).events
    ended = {e.ref for e in events if e.kind is Kind.CONSENT_WITHDRAWN}
    assert ended == {str(each.referral.id) for each in (first, second)}


def test_what_a_colleague_ended_first_at_the_restored_hub_is_said_to_be_out_there(town, delivered):
    consent, ref = delivered[0], delivered[1]
    kept = back_up(town.hub)

    def refuse(answer):
        results = tuple(
            msgspec.structs.replace(
                each, outcome=Outcome.REJECTED, reason="consent-withdrawn", receipt=None
            )
            for each in answer.results
        )
        return answered(results=results)(answer)

    town.line.twist = refuse
    restore(town.hub, kept)
    town.round()
    town.round()

    assert town.tracking(ref).problem == ENDED_ELSEWHERE
    assert withdrawals.withdraw(town.vault, consent.id, town.moment()).recalled == 1


def test_what_was_ended_by_the_number_of_a_slip_is_named_to_the_restored_hub(town, tmp_path):
    colleague = Mate(town, tmp_path / "colleague")
    kept = back_up(town.hub)
    consent, tracking = town.agreed_and_released()
    town.round()
    colleague.round()
    elsewhere.withdraw(colleague.vault, consent.id, town.moment())
    colleague.round()
    restore(town.hub, kept)  # before the agency has heard of either; the street laptop is away

    colleague.round()  # another epoch is met
    colleague.round()

    withdrawn = [event for event in town.arrived() if event.kind is Kind.CONSENT_WITHDRAWN]
    assert [event.ref for event in withdrawn] == [str(tracking.referral.id)]
    colleague.vault.close()


def test_answers_that_come_after_its_patience_are_shown_and_both_sides_are_reminded(town, desk):
    # Found by the exchange machine: for 30 days nobody spoke to the restored hub, and then its
    # agency was first.
    kept = back_up(town.hub)
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.round()
    desk.case()
    desk.do(Deed.ACCEPT)
    restore(town.hub, kept)
    town.hub.clock.turn(days=30, hours=1)

    for _ in range(3):
        desk.round()
    for _ in range(3):
        town.round()
        desk.round()

    refused = [each for each in exchange.outbox(desk.vault) if each.is_refused]
    assert (Kind.TASK_STATUS, "not-your-task") in {(each.kind, each.problem) for each in refused}
    shown = town.tracking(tracking.referral.id)
    assert (shown.delivery, shown.status, shown.problem) == (
        Delivery.SENT, TaskStatus.REQUESTED, "",
    )  # fmt: skip
    town.hub.clock.turn(hours=25)
    town.hub.desk.look_after(town.now)
    assert Kind.REMINDER in {event.kind for event in town.arrived()}
    assert Kind.REMINDER in set(town.round().kinds)


@pytest.fixture
def destroyed(town, desk):
    """Let an agency destroy what was withdrawn, and say so; return what its hub was before."""
    kept = back_up(town.hub)
    consent, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    town.round()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    talk(town, desk, desk, town)
    return kept, tracking.referral.id


def talk(*who):
    for each in who:
        each.round()


def duties(town):
    with town.hub.hub.store.reading() as db:
        return [duty["outcome"] for duty in db.all(tables.erasure_duty)]


@pytest.mark.parametrize("law", [None, KeptLaw.MEDICAL])
def test_a_destruction_that_it_heard_of_too_early_is_said_once_more_when_it_asks(
    town, desk, destroyed, law
):
    # Found by the exchange machine: for 30 days nobody told the restored hub of the withdrawal.
    kept, ref = destroyed
    if law is not None:
        inbox_kept.say(desk.vault, ref, law, desk.moment())
        talk(desk, town)
    restore(town.hub, kept)
    town.hub.clock.turn(days=30, hours=1)
    talk(*[desk] * 3, *[town, desk] * 3)
    before = duties(town)

    for _ in range(2):
        town.hub.clock.turn(days=6)
        town.hub.desk.look_after(town.now)
        talk(desk, desk)

    assert (before, desk.peek().gone) == ([erasure.OPEN], Gone.WITHDRAWN)
    outcome = Erasure.RETAINED if law else Erasure.DESTROYED
    assert duties(town) == [outcome.value]
    assert town.tracking(ref).erasure is outcome
    assert not exchange.outbox(desk.vault)
