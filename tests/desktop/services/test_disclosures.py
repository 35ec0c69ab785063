"""A report without a consent: under two names, to an authority the law names, and no further."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from builders import a_moment
from disclosures_for_tests import Reporter, cosigned
from network_of_one import enrolment_of
from street_for_tests import REASON, WORDS, Street

from desktop.basis_errors import BasisNotAllowed, CosignMissing
from desktop.domain.consents import Item
from desktop.domain.disclosures import ASKED_ALREADY, Ground, Stage
from desktop.domain.forms import FormName
from desktop.domain.ids import AgencyId
from desktop.domain.retention import Debt, Target, Thing
from desktop.domain.youths import Age
from desktop.errors import AgencyUnreachable, NothingWritten, PreviewChanged, ResidentNumberFound
from desktop.services import cosigning, disclosures, exchange, forms, inbox, ledger
from desktop.services.rounds import VaultQueue
from desktop.vault import holdings, purge, sweep
from desktop.vault.columns import stamp
from sync.protocol.bodies import Packet
from sync.protocol.codec import read_json
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus
from sync.server import tables


@pytest.fixture
def street(tmp_path):
    street = Street(tmp_path / "street")
    yield street
    street.close()


def outbox(place):
    return [each.kind for each in exchange.outbox(place.vault)]


def test_what_was_shown_signed_and_sealed_is_what_the_police_read(street):
    shown = street.preview()
    police = street.place("police", street.police_desk)
    place = street.counselor
    asked = disclosures.ask(place.vault, shown, place.moment(), street.hub.chance)

    street.sign(asked.id)
    street.counselor.round()
    done = police.round()

    assert done.problem == ""
    (case,) = inbox.listing(police.vault)
    with police.vault.reading() as db:
        (raw,) = db.execute("SELECT packet FROM received_packet").fetchone()
    assert raw == shown.packet
    packet = read_json(Packet, shown.packet)
    assert (case.id, packet.basis, packet.reason) == (asked.id, Ground.ABUSE.value, REASON)
    assert packet.keep_from_guardian
    assert len(packet.salt) == 32


def test_every_step_stands_on_a_proof(street):
    police = street.place("police", street.police_desk)
    ref = street.reported()
    assert street.report(ref).delivery is Delivery.SENT
    police.round()
    police.round()
    case = inbox.open_case(police.vault, ref, police.moment())
    inbox.do(
        police.vault, case.id, inbox.Doing(inbox.Deed.ACCEPT), police.moment(), street.hub.chance
    )
    said = inbox.Saying("현장에 갔고 아이는 안전합니다")
    inbox.say(police.vault, case.id, said, police.moment(), street.hub.chance)
    police.round()

    done = street.counselor.round()

    assert done.problem == ""
    report = street.report(ref)
    assert (report.stage, report.delivery) == (Stage.QUEUED, Delivery.OPENED)
    assert report.status is TaskStatus.ACCEPTED
    assert [reply.text for reply in report.replies] == ["현장에 갔고 아이는 안전합니다"]
    assert {"signed", "sent", "delivered", "opened", "accepted"} <= report.steps.keys()


def test_nothing_leaves_before_a_supervisor_has_signed(street):
    street.ask()
    street.counselor.round()
    street.counselor.round()

    assert street.hub.exchange(street.police_desk).head == 0
    assert ledger.page(street.counselor.vault, 9)[1] == ()


def test_the_supervisor_reads_all_of_it_and_keeps_none_of_it(street):
    asked = street.ask()
    street.counselor.round()
    street.supervisor.round()
    vault, moment = street.supervisor.vault, street.supervisor.moment

    (question,) = cosigning.waiting(vault, moment())
    assert (question.reason, question.words) == (REASON, WORDS)
    cosigning.sign(vault, asked.id, moment())

    assert cosigning.waiting(vault, moment()) == ()
    with vault.reading() as db:
        assert db.execute("SELECT packet FROM cosigning").fetchone() == (b"",)


def test_a_refusal_comes_back_and_nothing_is_sent(street):
    asked = street.ask()
    street.counselor.round()
    street.supervisor.round()
    vault, moment = street.supervisor.vault, street.supervisor.moment()
    cosigning.refuse(vault, asked.id, cosigning.CALL_FIRST, moment)
    street.supervisor.round()

    street.counselor.round()

    report = street.report(asked.id)
    assert (report.stage, report.reason) == (Stage.REFUSED, cosigning.CALL_FIRST)
    assert street.hub.exchange(street.police_desk).head == 0


def test_one_supervisor_is_enough_and_the_other_keeps_no_words(street):
    other = street.place("other", street.hub.let_in(street.hub.centre, "supervisor"))
    asked = street.ask()
    street.counselor.round()
    other.round()
    assert cosigning.count(other.vault, other.moment()) == 1

    street.sign(asked.id)
    other.round()

    assert cosigning.count(other.vault, other.moment()) == 0
    with other.vault.reading() as db:
        assert db.execute("SELECT state, packet FROM cosigning").fetchone() == ("given", b"")


def test_a_colleague_learns_nothing_and_cannot_sign(street):
    colleague = street.place("colleague", street.hub.let_in(street.hub.centre))
    asked = street.ask()
    street.counselor.round()
    colleague.round()
    street.sign(asked.id)
    street.counselor.round()

    done = colleague.round()

    assert done.problem == ""
    assert not cosigning.may_sign(colleague.vault)
    assert cosigning.may_sign(street.supervisor.vault)
    assert cosigning.waiting(colleague.vault, colleague.moment()) == ()
    with pytest.raises(CosignMissing):
        cosigning.sign(colleague.vault, asked.id, colleague.moment())
    assert ledger.page(colleague.vault, 9)[1] == ()


def test_who_joined_again_cannot_sign_what_she_asked_as_the_device_before(street):
    street.counselor = herself = street.supervisor
    asked = street.ask()
    herself.round()

    herself.become(street.hub.let_in(street.hub.centre, "supervisor"))
    herself.round()

    assert cosigning.count(herself.vault, herself.moment()) == 0
    with pytest.raises(CosignMissing):
        cosigning.sign(herself.vault, asked.id, herself.moment())


def test_a_signature_for_something_else_is_not_believed(street):
    first, second = street.ask(), street.ask()
    street.counselor.round()
    street.supervisor.round()
    vault = street.supervisor.vault
    with vault.transaction() as db:  # the supervisor's answer about the first names the second
        (packet,) = db.execute(
            "SELECT packet FROM cosigning WHERE id = ?", (str(second.id),)
        ).fetchone()
        db.execute("UPDATE cosigning SET packet = ? WHERE id = ?", (packet, str(first.id)))
    cosigning.sign(vault, first.id, street.supervisor.moment())
    street.supervisor.round()

    done = street.counselor.round()

    assert done.problem == "event"
    assert street.report(first.id).stage is Stage.ASKED
    assert Kind.REFERRAL_REQUEST not in outbox(street.counselor)


def test_a_supervisors_clock_that_is_ahead_delays_no_warning(street):
    asked = street.ask()
    street.counselor.round()
    street.supervisor.round()
    ahead = replace(street.supervisor.moment(), now=street.hub.clock.now + timedelta(days=2))
    cosigning.sign(street.supervisor.vault, asked.id, ahead)
    street.supervisor.round()

    street.counselor.round()

    report = street.report(asked.id)
    assert report.stage in (Stage.SIGNED, Stage.QUEUED)
    assert report.steps[Stage.SIGNED] <= street.counselor.now


@pytest.mark.parametrize("is_put_right", [False, True])
def test_a_supervisors_clock_that_is_behind_makes_no_new_signature_too_old(street, is_put_right):
    place, behind = street.supervisor, timedelta(days=9)
    asked = street.ask()
    street.counselor.round()
    exchange.exchange(place.vault, place.line, place.now - behind)

    cosigning.sign(place.vault, asked.id, a_moment(place.now - behind * (not is_put_right)))
    exchange.exchange(place.vault, place.line, place.now - behind)
    street.counselor.round()
    street.counselor.round()

    report = street.report(asked.id)
    assert (report.problem, report.delivery) == ("", Delivery.SENT)


def test_a_signature_that_comes_too_late_sends_nothing(street):
    asked = street.ask()
    street.counselor.round()
    street.supervisor.round()
    cosigning.sign(street.supervisor.vault, asked.id, street.supervisor.moment())
    street.supervisor.round()
    street.hub.clock.turn(days=7)

    street.counselor.round()

    assert street.report(asked.id).problem == "cosign-lapsed"
    assert Kind.REFERRAL_REQUEST not in outbox(street.counselor)


def test_what_lay_too_long_without_a_line_is_held(street):
    asked = street.ask()
    street.counselor.round()
    street.supervisor.round()
    cosigning.sign(street.supervisor.vault, asked.id, street.supervisor.moment())
    street.supervisor.round()
    street.counselor.round()  # the name has come; the report would go with the next round
    street.hub.clock.turn(days=7)

    street.counselor.round()

    (waiting,) = exchange.outbox(street.counselor.vault)
    assert (waiting.kind, waiting.problem) == (Kind.REFERRAL_REQUEST, "cosign-lapsed")
    assert street.hub.exchange(street.police_desk).head == 0


def test_a_question_nobody_answers_is_destroyed(street):
    street.ask()
    street.counselor.round()
    street.supervisor.round()
    street.hub.clock.turn(days=7)
    street.supervisor.round()

    assert cosigning.waiting(street.supervisor.vault, street.supervisor.moment()) == ()
    with street.supervisor.vault.reading() as db:
        assert db.execute("SELECT state, packet FROM cosigning").fetchone() == ("lapsed", b"")


def test_a_question_nobody_ever_looks_at_is_destroyed_too(street):
    street.ask()
    street.counselor.round()
    street.supervisor.round()
    vault = street.supervisor.vault
    assert cosigning.expire(vault, street.supervisor.moment()) == 0
    street.hub.clock.turn(days=7)
    street.supervisor.round()

    assert cosigning.expire(vault, street.supervisor.moment()) == 1

    with vault.reading() as db:
        assert db.execute("SELECT state, packet FROM cosigning").fetchone() == ("lapsed", b"")
        assert sweep.owed_since(db) is not None


def test_a_supervisors_clock_that_is_ahead_hides_no_question_and_destroys_none(street):
    asked = street.ask()
    street.counselor.round()
    street.supervisor.round()
    vault, ahead = street.supervisor.vault, a_moment(street.supervisor.now + timedelta(days=8))

    counted, shown = cosigning.count(vault, ahead), cosigning.waiting(vault, ahead)
    cosigning.sign(vault, asked.id, street.supervisor.moment())
    for each in (street.supervisor, street.counselor, street.counselor):
        each.round()

    assert (counted, len(shown)) == (1, 1)
    assert street.report(asked.id).delivery is Delivery.SENT


def test_a_hubs_clock_that_is_ahead_destroys_no_question_either(street):
    street.ask()
    street.counselor.round()
    street.supervisor.round()
    vault, moment = street.supervisor.vault, street.supervisor.moment()
    street.hub.clock.turn(days=8)
    exchange.exchange(vault, street.supervisor.line, moment.now)

    assert cosigning.count(vault, moment) == len(cosigning.waiting(vault, moment)) == 1


@pytest.mark.parametrize("when", ["asking", "hearing"])
def test_a_reporters_clock_that_is_ahead_makes_no_new_signature_too_old(street, when):
    place, ahead = street.counselor, timedelta(days=8)
    asked = street.ask()

    def round_ahead(*, is_so=True):
        return exchange.exchange(place.vault, place.line, place.now + ahead * is_so)

    round_ahead(is_so=when == "asking")
    street.supervisor.round()
    cosigning.sign(street.supervisor.vault, asked.id, street.supervisor.moment())
    street.supervisor.round()
    round_ahead()
    released = street.report(asked.id)
    round_ahead()

    sent = street.report(asked.id)
    assert (released.stage, released.problem) == (Stage.QUEUED, "")
    assert (sent.delivery, sent.problem) == (Delivery.SENT, "")
    assert street.hub.exchange(street.police_desk).head == 1


def test_what_a_clock_put_right_meanwhile_finds_signed_leaves_at_once(street):
    place, asked = street.counselor, street.ask()
    place.round()
    street.supervisor.round()
    cosigning.sign(street.supervisor.vault, asked.id, street.supervisor.moment())
    street.supervisor.round()
    exchange.exchange(place.vault, place.line, place.now + timedelta(days=8))

    place.round()

    assert street.report(asked.id).delivery is Delivery.SENT


LAPSES = {
    "a shelter": (lambda s: {"agency": AgencyId(s.hub.shelter.org)}, BasisNotAllowed),
    "a hospital, for abuse": (lambda s: {"agency": AgencyId(s.hub.clinic.org)}, BasisNotAllowed),
    "nobody known": (lambda s: {"agency": AgencyId("no-such")}, BasisNotAllowed),
    "help needed": (lambda s: {"words": {Item.NEED: "잘 곳"}}, BasisNotAllowed),
    "the situation, for a rescue": (lambda s: {"ground": Ground.LIFE}, BasisNotAllowed),
    "no reason": (lambda s: {"reason": "  "}, NothingWritten),
    "no word": (lambda s: {"words": {}}, NothingWritten),
    "a resident number": (lambda s: {"reason": "090101-3234567"}, ResidentNumberFound),
    "a grown-up": (lambda s: {"youth": s.meet(age=Age.stated(18))}, BasisNotAllowed),
}


@pytest.mark.parametrize(("lapse", "error"), LAPSES.values(), ids=LAPSES)
def test_what_the_law_does_not_name_cannot_even_be_shown(street, lapse, error):
    with pytest.raises(error):
        street.preview(**lapse(street))


def test_danger_to_life_knows_no_age(street):
    words = {Item.REACH: "다리 위"}
    clinic = AgencyId(street.hub.clinic.org)
    adult = street.meet(age=Age.stated(22))

    shown = street.preview(youth=adult, ground=Ground.LIFE, words=words, agency=clinic)

    assert shown.rows() == ((Item.REACH, "다리 위"),)


def test_an_age_nobody_knows_may_be_a_childs(street):
    assert street.preview(youth=street.meet(age=Age.unknown())).rows()


@pytest.mark.parametrize(("ground", "names"), [(Ground.ABUSE, 2), (Ground.LIFE, 3)])
def test_only_the_laws_receivers_can_be_chosen(street, ground, names):
    found = disclosures.receivers(street.counselor.vault, ground)

    assert len(found) == names
    assert all(ground.may_tell(agency.kind) for agency in found)


def test_asking_for_something_else_than_was_shown_is_refused(street):
    shown = street.preview()
    other = msgspec.json.encode({**msgspec.json.decode(shown.packet), "reason": "다른 말"})
    place = street.counselor

    with pytest.raises(PreviewChanged):
        disclosures.ask(
            place.vault,
            disclosures.Shown(shown.report, shown.agency_name, other),
            place.moment(),
            street.hub.chance,
        )
    assert outbox(place) == []


def test_an_authority_without_a_key_cannot_be_written_to(street):
    shown = street.preview()
    hub = street.hub
    listings = tuple(
        msgspec.structs.replace(each, sealing_keys=())
        if each.org == street.police_desk.org
        else each
        for each in hub.listings
    )
    hub.publish_listings(3, listings)
    street.counselor.round()

    place = street.counselor
    with pytest.raises(AgencyUnreachable):
        disclosures.ask(place.vault, shown, place.moment(), hub.chance)


def test_asking_twice_asks_once(street):
    shown, place = street.preview(), street.counselor
    first = disclosures.ask(place.vault, shown, place.moment(), street.hub.chance)

    again = disclosures.ask(place.vault, shown, place.moment(), street.hub.chance)

    assert again == first
    assert outbox(place) == [Kind.COSIGN_REQUEST]


def is_offered(place, asked):
    """Say whether the window offers to take it back."""
    (shown,) = disclosures.of_youth(place.vault, asked.youth, place.moment())
    return shown.may_be_called_off


def test_it_can_be_taken_back_until_it_leaves(street):
    place = street.counselor
    asked = street.ask()
    assert is_offered(place, asked)
    assert disclosures.call_off(place.vault, asked.id, place.moment())
    assert not is_offered(place, asked)
    report = street.report(asked.id)
    assert report.stage is Stage.ENDED
    assert ASKED_ALREADY not in report.steps
    assert outbox(place) == []

    gone = street.reported()

    assert not disclosures.call_off(place.vault, gone, place.moment())
    assert street.report(gone).stage is Stage.QUEUED


def test_a_name_that_comes_after_it_was_taken_back_sends_nothing(street):
    asked = street.ask()
    street.counselor.round()
    street.supervisor.round()
    disclosures.call_off(street.counselor.vault, asked.id, street.counselor.moment())
    cosigning.sign(street.supervisor.vault, asked.id, street.supervisor.moment())
    street.supervisor.round()

    street.counselor.round()
    street.counselor.round()

    report = street.report(asked.id)
    assert report.stage is Stage.ENDED
    assert ASKED_ALREADY in report.steps  # nothing tells a supervisor, so a person does
    assert street.hub.exchange(street.police_desk).head == 0


def test_the_ledger_outlives_the_person_and_names_nobody(street):
    ref = street.reported()
    police = street.place("police", street.police_desk)
    police.round()
    police.round()
    street.counselor.round()
    youth = street.report(ref).youth
    (entry,) = ledger.page(street.counselor.vault, 9)[1]
    assert entry.ground is Ground.ABUSE
    assert entry.items == (Item.ALIAS, Item.REACH, Item.SITUATION)

    with street.counselor.vault.transaction() as db:
        purge.Purging(db, street.counselor.now).destroy(Target(Thing.YOUTH, youth))

    assert ledger.page(street.counselor.vault, 9)[1] == (entry,)
    with street.counselor.vault.reading() as db:
        for table in ("disclosure", "disclosure_step", "disclosure_reply", "outbox"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        rows = str(db.execute("SELECT * FROM disclosure_ledger").fetchall())
    assert "하늘" not in rows
    assert str(youth) not in rows


def test_what_is_half_typed_is_kept_for_one_person_and_goes_with_them(street):
    vault, moment = street.counselor.vault, street.counselor.moment
    youth, other = street.meet(), street.meet()
    for each in (youth, other):
        words = {"reason": "멍 090101-3234567", "reach": " "}
        forms.keep_about(vault, FormName.REPORT, each, words, moment())
    assert forms.typed_about(vault, FormName.REPORT, youth) == {"reason": "멍 ●●●●●●●●●●●●●●"}

    with vault.transaction() as db:
        purge.Purging(db, street.counselor.now).destroy(Target(Thing.YOUTH, youth))

    assert forms.typed_about(vault, FormName.REPORT, youth) == {}
    assert forms.typed_about(vault, FormName.REPORT, other)
    forms.keep_about(vault, FormName.REPORT, other, {}, moment())
    assert forms.kept(vault) == ()


def test_who_waits_for_a_name_is_not_destroyed_before_it_left(street):
    youth = street.meet()
    street.ask(youth=youth)

    with street.counselor.vault.reading() as db:
        assert [each.debt for each in holdings.owed(db, youth)] == [Debt.HELP]


def test_a_restored_hub_is_told_again_and_nothing_breaks(street):
    ref = street.reported()
    place = street.counselor
    with place.vault.transaction() as db:
        db.execute("UPDATE outbox SET state = 'waiting', attempts = 1")
    own = enrolment_of(place.hub, place.writer)
    VaultQueue(place.vault, place.line, own, place.now).rejoin("another epoch")

    assert street.report(ref).delivery is Delivery.SENT


def test_the_hub_says_no_and_a_person_sees_why(street):
    asked = street.ask()
    street.counselor.round()
    street.supervisor.round()
    cosigning.sign(street.supervisor.vault, asked.id, street.supervisor.moment())
    street.supervisor.round()
    street.counselor.round()
    with street.hub.hub.store.writing() as db:
        db.change(tables.device, {"id": street.supervisor.writer.keys.device}, status="revoked")

    street.counselor.round()

    report = street.report(asked.id)
    assert (report.problem, report.is_open) == ("cosign-missing", False)
    assert ledger.page(street.counselor.vault, 9)[1] == ()


def test_a_look_is_written_down_on_both_sides(street):
    street.ask()
    street.counselor.round()
    street.supervisor.round()
    cosigning.waiting(street.supervisor.vault, street.supervisor.moment())

    for place, kind in ((street.counselor, "youth"), (street.supervisor, "received")):
        with place.vault.reading() as db:
            kinds = {row[0] for row in db.execute("SELECT kind FROM look").fetchall()}
        assert kind in kinds


def test_the_signature_lasts_seven_days(street):
    ref = street.reported()

    with street.counselor.vault.reading() as db:
        signed, until = db.execute("SELECT signed_at, valid_until FROM disclosure").fetchone()
    assert until == stamp(street.counselor.now + timedelta(days=7))
    assert signed == stamp(street.counselor.now)
    assert street.report(ref).is_open


def _unsigned(street, message):
    return msgspec.structs.replace(message, cosign=msgspec.UNSET)


def _self_signed(street, message):
    """The reporter holds a supervisor's certificate of its own organisation, but not the key."""
    claim = msgspec.json.decode(message.cosign.claim)
    sig = cosigned(street.counselor.writer, claim, street.hub.clock).sig
    cosign = msgspec.structs.replace(message.cosign, sig=sig)
    return msgspec.structs.replace(message, cosign=cosign)


def _of_another_packet(street, message):
    reporter = Reporter(street.counselor.writer, street.hub.chance, street.hub.clock)
    packet = reporter.packet(_ref(message), street.police_desk)
    return reporter.request(packet, street.police_desk, message.cosign)


def _without_basis_outside(street, message):
    """A packet that claims a law inside, under a header that claims a consent."""
    reporter = Reporter(street.counselor.writer, street.hub.chance, street.hub.clock)
    packet = reporter.packet(_ref(message), street.police_desk)
    return reporter.request(packet, street.police_desk, basis="consent:17")


def _good_for_ever(street, message):
    """A supervisor's clock that was never right."""
    claim = msgspec.json.decode(message.cosign.claim) | {"until": "9999-12-31T23:00:00Z"}
    cosign = cosigned(street.supervisor.writer, claim, street.hub.clock)
    return msgspec.structs.replace(message, cosign=cosign)


def _ref(message):
    return msgspec.json.decode(message.header)["ref"]


LIES = [_unsigned, _self_signed, _of_another_packet, _without_basis_outside, _good_for_ever]


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_the_receiver_believes_no_hub_about_a_basis(street, lie):
    street.reported()
    police = street.place("police", street.police_desk)

    def twist(answer):
        events = tuple(
            msgspec.structs.replace(event, message=lie(street, event.message))
            for event in answer.events
        )
        return msgspec.structs.replace(answer, events=events)

    police.line.twist = twist
    done = police.round()

    assert done.problem == "event"
    assert inbox.listing(police.vault) == ()
