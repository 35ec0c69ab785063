"""What an agency is known to have is held for no age, when a hub comes back from a backup."""

from datetime import timedelta

import pytest
from desk_for_tests import WORDS
from restored_for_tests import back_up, restore
from street_for_tests import Street

from desktop.domain.consents import Item
from desktop.domain.following import Next
from desktop.domain.following_reports import followed
from desktop.domain.inbox import Deed
from desktop.domain.referrals import Erasure
from desktop.services import exchange, following, inbox, referrals
from desktop.vault import outbox, sending
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus
from sync.server import tables

FEW = {item: words for item, words in WORDS.items() if item is not Item.SITUATION}


def long_after(hub, parties, days):
    """Let everybody have read all of it so long ago that the hub has destroyed its receipts."""
    for each in (*parties, *parties):
        each.round()
    hub.desk.purge(hub.clock.now)
    hub.clock.turn(days=days)
    hub.desk.purge(hub.clock.now)


def helped_for_long(town, desk):
    """Let the agency help until the consent is over, and say how it is."""
    desk.do(Deed.START)
    long_after(town.hub, (desk, town), days=95)
    desk.say("잘 지냅니다")
    desk.round()
    town.round()


def put_back(hub, parties):
    """Put the hub back to what it just was: nothing is lost, and all is offered again."""
    restore(hub, back_up(hub))
    for each in (*parties, *parties, *parties):
        each.round()


@pytest.fixture
def street(tmp_path):
    street = Street(tmp_path / "street")
    yield street
    street.close()


def test_a_report_that_the_authority_took_on_is_no_matter_of_an_old_signature(street):
    police, place = street.place("police", street.police_desk), street.counselor
    ref = street.reported()
    police.round()
    case = inbox.open_case(police.vault, ref, police.moment())
    doing = inbox.Doing(Deed.ACCEPT)
    inbox.do(police.vault, case.id, doing, police.moment(), street.hub.chance)
    long_after(street.hub, (police, place, street.supervisor), days=40)

    put_back(street.hub, (place, police))

    report = street.report(ref)
    assert (report.delivery, report.status) == (Delivery.OPENED, TaskStatus.ACCEPTED)
    assert (report.problem, exchange.line(place.vault).held) == ("", 0)
    assert not followed(report, place.now).needs_a_person
    assert exchange.outbox(place.vault) == ()
    place.vault.verify()


def test_a_report_that_was_sent_and_is_silent_is_called_about_and_not_written_again(street):
    place = street.counselor
    ref = street.reported()
    street.hub.clock.turn(days=8)

    put_back(street.hub, (place,))

    report = street.report(ref)
    assert (report.delivery, report.problem) == (Delivery.SENT, "")
    assert followed(report, place.now).next is Next.CALL


def under_way(town, desk, words):
    _, tracking = town.agreed_and_released(words=words)
    town.round()
    desk.accepts()
    town.round()
    return tracking.referral.id


def stands(town, ref):
    """Return what is the matter with a referral, and how much stays here or needs somebody."""
    held, late = exchange.line(town.vault).held, following.late(town.vault, town.now)
    return town.tracking(ref).problem, held, late


def test_a_referral_that_outlived_its_consent_at_the_agency_asks_for_nobody(town, desk):
    ref = under_way(town, desk, WORDS)
    helped_for_long(town, desk)

    put_back(town.hub, (town, desk))

    assert stands(town, ref) == ("", 0, 0)
    assert exchange.outbox(town.vault) == ()
    town.vault.verify()


def test_what_the_hub_has_really_lost_is_told_again_only_under_a_consent(town, desk):
    before = back_up(town.hub)
    ref = under_way(town, desk, WORDS)
    long_after(town.hub, (desk, town), days=95)

    restore(town.hub, before)
    for each in (town, desk) * 3:
        each.round()

    with town.hub.hub.store.reading() as db:
        assert not db.all(tables.referral)
        assert not db.all(tables.packet, kind=Kind.REFERRAL_REQUEST.value)
    assert stands(town, ref) == ("", 0, 1)  # nothing is held; that it is silent is seen


def test_what_was_told_in_addition_and_has_arrived_asks_for_nobody_either(town, desk):
    ref = under_way(town, desk, FEW)
    desk.say("어떤 상황인가요?", asks=(Item.SITUATION,))
    desk.round()
    town.round()
    draft = referrals.begin_answer(town.vault, ref, town.moment())
    town.hub.clock.turn(minutes=5)
    told = town.release(
        draft.youth, answers=draft.answers, words=draft.words | {Item.SITUATION: "집을 나왔다"}
    )
    town.round()
    desk.round()
    helped_for_long(town, desk)

    put_back(town.hub, (town, desk))

    assert told.packet_version == 2
    assert stands(town, ref) == ("", 0, 0)
    assert exchange.outbox(town.vault) == ()
    town.vault.verify()


def test_what_only_a_wrong_clock_calls_too_old_is_offered_once_it_is_right(town, desk):
    kept = back_up(town.hub)
    ref = under_way(town, desk, WORDS)
    restore(town.hub, kept)
    ahead = town.now + timedelta(days=400)
    for _ in range(2):
        exchange.exchange(town.vault, town.line, ahead)
    while_ahead = stands(town, ref)

    desk.do(Deed.START)
    for each in (town, desk, town, desk, town):
        town.hub.clock.turn(hours=1)
        each.round()

    assert while_ahead[:2] == ("", 0)
    assert town.tracking(ref).status is TaskStatus.IN_PROGRESS


def test_what_stays_there_is_named_when_a_colleague_ends_its_consent(town):
    office = town.hub.let_in(town.centre, "supervisor")
    consent, first = town.agreed_and_released()
    town.round()
    kept = back_up(town.hub)
    second = town.release(first.referral.youth).referral.id
    town.round()
    requests = [e.message for e in town.arrived() if e.kind is Kind.REFERRAL_REQUEST]
    town.answer(town.shelter.receipt(requests[-1]))
    town.round()
    town.hub.clock.turn(days=95)
    restore(town.hub, kept)
    town.round()
    town.round()
    before = stands(town, second)
    assert town.hub.outcomes(office, office.withdrawal(str(consent.id))) == ["accepted"]

    for _ in range(4):
        town.round()

    events = town.hub.exchange(town.shelter, after=0).events
    assert (before[0], town.tracking(second).erasure) == ("", Erasure.OWED)
    assert (Kind.CONSENT_WITHDRAWN, str(second)) in [(e.kind, e.ref) for e in events]


def test_what_would_be_said_again_is_not_sought_among_all_that_was_proven(town):
    again = sending._GOES_AGAIN + sending._MAY_LEAVE
    with town.vault.reading() as db:
        for query, given in ((again, ("",)), (outbox._WAITING, ())):
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", given)]
            assert any("outbox_again" in step for step in plan)
