"""A report by law is among the ways, counted and led to, until somebody has it in hand."""

from datetime import timedelta

import pytest
from street_for_tests import POLICE_PHONE, Street

from desktop.domain.following import Next
from desktop.domain.looks import Kind
from desktop.domain.retention import Debt
from desktop.services import (
    cosigning,
    disclosures,
    exchange,
    following,
    inbox,
    ledger,
    looks,
    retention,
)
from desktop.vault import reported
from sync.protocol.states import Delivery
from sync.server import tables


@pytest.fixture
def street(tmp_path):
    street = Street(tmp_path / "street")
    yield street
    street.close()


def stands(street):
    """Return what is to be done of each, and how many need somebody."""
    place = street.counselor
    shown = following.ways(place.vault, place.moment()).shown
    return [way.following.next for way in shown], following.late(place.vault, place.now)


def later(street, **time):
    street.hub.clock.turn(**time)
    return stands(street)


def brought(street, asked, answer):
    """Bring a question to the supervisor, who answers it."""
    street.counselor.round()
    street.supervisor.round()
    answer(street.supervisor.vault, asked.id, street.supervisor.moment())
    street.supervisor.round()
    street.counselor.round()


def test_an_authority_that_is_silent_is_called_and_counted_until_somebody_has_seen_to_it(street):
    ref = street.reported()
    assert stands(street) == ([Next.WAIT], 0)

    assert later(street, days=3) == ([Next.CALL], 1)

    place = street.counselor
    (way,) = following.ways(place.vault, place.moment()).shown
    assert (way.id, way.alias, way.report.phone) == (ref, "하늘", POLICE_PHONE)
    assert following.ways(place.vault, place.moment()).late == 1
    assert following.ways(place.vault, place.moment(), frozenset({ref})).shown == ()
    disclosures.seen_to(place.vault, ref, place.moment())
    assert stands(street) == ([], 0)
    place.vault.verify()


def test_who_sees_the_way_has_looked_at_the_report(street):
    ref = street.reported()
    place = street.counselor

    following.ways(place.vault, place.moment())

    looked = looks.between(place.vault, place.now, place.now + timedelta(seconds=1))
    assert (Kind.REFERRAL, str(ref)) in {(each.sight.kind, each.sight.record) for each in looked}


def test_a_question_nobody_answers_is_called_about_and_then_asked_anew(street):
    asked = street.ask()
    street.counselor.round()
    street.supervisor.round()
    assert stands(street) == ([Next.WAIT], 0)
    assert later(street, hours=1) == ([Next.CALL], 1)

    assert later(street, days=7) == ([Next.LOOK], 1)

    street.supervisor.round()
    assert cosigning.waiting(street.supervisor.vault, street.supervisor.moment()) == ()
    street.ask(youth=asked.youth)
    assert stands(street) == ([Next.REACH_HUB], 0)


def test_a_question_that_found_no_line_waits_for_one_and_not_for_a_supervisor(street):
    street.ask()
    assert stands(street) == ([Next.REACH_HUB], 0)
    assert later(street, hours=1) == ([Next.FIND_LINE], 1)

    street.counselor.round()

    assert stands(street) == ([Next.CALL], 1)


def test_a_no_of_the_supervisor_is_looked_at(street):
    asked = street.ask()
    brought(street, asked, lambda *a: cosigning.refuse(a[0], a[1], cosigning.CALL_FIRST, a[2]))

    assert stands(street) == ([Next.LOOK], 1)


def test_a_no_of_the_hub_is_looked_at(street):
    brought(street, street.ask(), cosigning.sign)
    with street.hub.hub.store.writing() as db:
        db.change(tables.device, {"id": street.supervisor.writer.keys.device}, status="revoked")

    street.counselor.round()

    assert stands(street) == ([Next.LOOK], 1)


def test_what_found_no_line_while_its_signature_lived_is_looked_at(street):
    asked = street.ask()
    brought(street, asked, cosigning.sign)
    assert stands(street) == ([Next.REACH_HUB], 0)
    assert later(street, hours=1) == ([Next.FIND_LINE], 1)
    street.hub.clock.turn(days=7)

    street.counselor.round()

    assert stands(street) == ([Next.LOOK], 1)
    assert street.report(asked.id).problem == "cosign-lapsed"


def test_what_the_authority_took_on_is_let_go_and_what_it_gives_up_comes_back(street):
    police = street.place("police", street.police_desk)
    ref = street.reported()
    street.hub.clock.turn(hours=2)

    def said(deed, reason=""):
        police.round()
        case = inbox.open_case(police.vault, ref, police.moment())
        doing = inbox.Doing(deed, reason)
        inbox.do(police.vault, case.id, doing, police.moment(), street.hub.chance)
        police.round()
        street.counselor.round()
        return stands(street)

    assert said(inbox.Deed.ACCEPT) == ([], 0)
    disclosures.seen_to(street.counselor.vault, ref, street.counselor.moment())
    street.hub.clock.turn(hours=1)
    assert said(inbox.Deed.FAIL, "contact-lost") == ([Next.LOOK], 1)


def test_many_reports_are_read_in_as_many_statements_as_one(street):
    vault = street.counselor.vault

    def statements():
        said = []
        with vault.reading() as db:
            db._connection.set_trace_callback(said.append)
            found = reported.unsettled(db)
            db._connection.set_trace_callback(None)
        return len(found), len(said)

    street.ask()
    one = statements()
    for _ in range(4):
        street.ask()

    assert one[0] == 1
    assert statements() == (5, one[1])


@pytest.fixture
def outlived(street):
    """A report that was offered once into a dead line, and then outlived its signature."""
    place, asked = street.counselor, street.ask()
    brought(street, asked, cosigning.sign)
    place.line.loses_questions = True
    place.round()
    place.line.loses_questions = False
    street.hub.clock.turn(days=8)
    place.round()
    return street.report(asked.id)


def test_what_may_have_left_and_somebody_has_seen_to_keeps_nobody_for_ever(street, outlived):
    place = street.counselor
    before = retention.foreseen(place.vault, outlived.youth, place.now)
    called_off = disclosures.call_off(place.vault, outlived.id, place.moment())
    disclosures.seen_to(place.vault, outlived.id, place.moment())

    done = retention.erase(place.vault, outlived.youth, place.moment())

    assert ([each.debt for each in before.owed], called_off) == ([Debt.HELP], False)
    assert done.is_complete
    assert street.report(outlived.id) is None
    place.vault.verify()


def test_what_outlived_its_signature_and_somebody_has_seen_to_waits_for_nobody(street, outlived):
    place = street.counselor
    before = exchange.outbox(place.vault)

    disclosures.seen_to(place.vault, outlived.id, place.moment())

    assert [each.problem for each in before] == ["cosign-lapsed"]
    assert street.report(outlived.id).problem == "cosign-lapsed"
    assert exchange.outbox(place.vault) == ()
    street.hub.clock.turn(hours=1)
    assert place.round().sent == 0
    place.vault.verify()


def test_a_question_that_nobody_answered_and_somebody_has_seen_to_keeps_nobody(street):
    place, asked = street.counselor, street.ask()
    place.round()
    street.hub.clock.turn(days=8)
    place.round()
    disclosures.seen_to(place.vault, asked.id, place.moment())

    assert retention.erase(place.vault, asked.youth, place.moment()).is_complete


def test_what_may_still_leave_is_awaited_also_after_somebody_has_seen_to_it(street):
    place, asked = street.counselor, street.ask()
    disclosures.seen_to(place.vault, asked.id, place.moment())
    brought(street, asked, cosigning.sign)

    owed = retention.foreseen(place.vault, asked.youth, place.now).owed
    place.round()

    assert [each.debt for each in owed] == [Debt.HELP]
    assert street.report(asked.id).delivery is Delivery.SENT


def test_what_the_authority_has_after_all_is_in_the_ledger_before_its_person_is_forgotten(street):
    police = street.place("police", street.police_desk)
    place, asked = street.counselor, street.ask()
    brought(street, asked, cosigning.sign)
    place.line.loses_answers = True
    place.round()
    place.line.loses_answers = False
    street.hub.clock.turn(days=8)
    place.round()
    disclosures.seen_to(place.vault, asked.id, place.moment())
    nothing = ledger.page(place.vault, 9)[1]
    police.round()
    police.round()
    place.round()

    told = street.report(asked.id)
    done = retention.erase(place.vault, asked.youth, place.moment())

    (entry,) = ledger.page(place.vault, 9)[1]
    assert (nothing, told.delivery, done.is_complete) == ((), Delivery.DELIVERED, True)
    assert (entry.recipient_name, entry.ground) == (told.agency_name, told.ground)
