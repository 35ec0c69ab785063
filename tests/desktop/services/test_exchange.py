"""Every step a counselor sees stands on a proof; nothing is lost or sent twice."""

from datetime import timedelta

import msgspec
import pytest
from network_of_one import answered

from desktop.domain.referrals import Erasure
from desktop.services import exchange, referrals, withdrawals
from desktop.services.exchange import HubState
from desktop.vault import mailbox
from sync.client.errors import Busy, ClockSkew, Lying, Refused, TooSlow
from sync.client.sealing import header_of
from sync.protocol.answers import Event, Outcome
from sync.protocol.bodies import Stage, TaskNote
from sync.protocol.codec import canonical
from sync.protocol.messages import Kind
from sync.protocol.receipts import unfolded
from sync.protocol.states import Delivery, TaskStatus
from sync.server import office


def kinds(messages):
    return [header_of(message).kind for message in messages]


def request_in(events):
    return next(e for e in events if e.kind is Kind.REFERRAL_REQUEST).message


def test_a_vault_without_enrolment_says_so(vault, town):
    with vault.transaction() as db:
        db.execute("DELETE FROM enrolment")

    assert town.round().state is HubState.NOT_ENROLLED


def test_nothing_new_is_one_request_and_one_new_is_one_request(town):
    town.round()
    town.line.asked.clear()

    town.round()
    town.agreed_and_released()
    done = town.round()

    assert [kinds(asked.items) for asked in town.line.asked] == [
        [],
        [Kind.CONSENT_GIVEN, Kind.REFERRAL_REQUEST],
    ]
    assert (done.state, done.sent, done.waiting) == (HubState.REACHED, 2, 0)


def test_a_referral_is_sent_only_when_the_hub_has_signed_for_it(town):
    _, tracking = town.agreed_and_released()
    before = town.tracking(tracking.referral.id)

    town.round()

    after = town.tracking(tracking.referral.id)
    assert (before.delivery, set(before.steps)) == (Delivery.QUEUED, {"queued"})
    assert (after.delivery, set(after.steps)) == (Delivery.SENT, {"queued", "sent"})


def test_the_agencys_own_receipts_and_answer_move_it_on(town):
    _, tracking = town.agreed_and_released()
    town.round()
    request = request_in(town.arrived())
    ref = str(tracking.referral.id)

    town.answer(town.shelter.receipt(request))
    town.round()
    delivered = town.tracking(tracking.referral.id)
    note = canonical(TaskNote("오세요. 090101-3234567", town.now))
    town.answer(
        town.shelter.receipt(request, Stage.OPENED),
        town.shelter.moves(ref, "accepted"),
        sealed_note(town, ref, note),
    )
    done = town.round()

    opened = town.tracking(tracking.referral.id)
    assert delivered.delivery is Delivery.DELIVERED
    assert opened.delivery is Delivery.OPENED
    assert opened.status is TaskStatus.ACCEPTED
    assert [reply.text for reply in opened.replies] == ["오세요. ●●●●●●●●●●●●●●"]
    assert {"queued", "sent", "delivered", "opened", "accepted"} == set(opened.steps)
    assert (done.state, done.came) == (HubState.REACHED, 3)


def test_our_sealed_copy_stays_until_the_referral_has_ended(vault, town):
    _, tracking = town.agreed_and_released()
    ref = str(tracking.referral.id)
    town.round()
    town.answer(town.shelter.receipt(request_in(town.arrived())))
    town.answer(town.shelter.moves(ref, "accepted"))
    town.round()
    kept = kinds(town.leaves(vault))

    town.answer(town.shelter.moves(ref, "completed"))
    town.round()

    assert kept == [Kind.CONSENT_GIVEN, Kind.REFERRAL_REQUEST]
    assert kinds(town.leaves(vault)) == [Kind.CONSENT_GIVEN]
    assert exchange.outbox(vault) == ()


def test_a_lost_answer_is_asked_for_again_and_counts_once(town):
    _, tracking = town.agreed_and_released()
    town.line.loses_answers = True
    lost = town.round()
    town.line.loses_answers = False

    done = town.round()

    assert (lost.state, lost.waiting) == (HubState.AWAY, 2)
    assert (done.sent, done.waiting) == (2, 0)
    assert town.tracking(tracking.referral.id).delivery is Delivery.SENT
    assert len(town.arrived()) == 1


def test_a_result_whose_receipt_proves_nothing_is_not_believed(town):
    _, tracking = town.agreed_and_released()

    town.line.twist = answered(receipts=bytes(64))
    lied = town.round()
    town.line.twist = lambda answer: answer
    town.hub.clock.turn(seconds=61)
    honest = town.round()

    assert (lied.state, lied.problem, lied.sent, lied.waiting) == (HubState.LYING, "receipt", 0, 2)
    assert (honest.state, honest.sent) == (HubState.REACHED, 2)
    assert town.tracking(tracking.referral.id).delivery is Delivery.SENT


def test_an_event_of_another_agency_is_passed_over_and_kept_for_someone_to_see(vault, town):
    _, tracking = town.agreed_and_released()
    town.round()
    request = request_in(town.arrived())
    town.answer(town.shelter.receipt(request))

    def swap(answer):
        other = town.hub.clinic
        asked = other.own.own_request()
        cert = other.own.approval(asked, "desk", town.now).cert
        message = other.receipt(request)
        events = tuple(
            msgspec.structs.replace(e, message=message, cert=cert) for e in answer.events
        )
        return answered(events=events)(answer)

    town.line.twist = swap
    done = town.round()
    town.line.twist = lambda answer: answer
    town.answer(town.shelter.receipt(request, Stage.OPENED))
    after = town.round()

    assert (done.state, done.problem, done.came) == (HubState.LYING, "event", 0)
    assert after.state is HubState.REACHED
    assert "delivered" not in town.tracking(tracking.referral.id).steps
    with vault.reading() as db:
        assert mailbox.doubts(db) == 1


def test_a_receipt_for_other_bytes_proves_nothing(vault, town):
    _, tracking = town.agreed_and_released()
    town.round()
    request = request_in(town.arrived())
    town.answer(town.shelter.receipt(request))

    def other_digest(answer):
        forged = town.shelter.receipt(request, digest="0" * 64)
        events = tuple(msgspec.structs.replace(e, message=forged) for e in answer.events)
        return answered(events=events)(answer)

    town.line.twist = other_digest

    assert town.round().state is HubState.LYING
    assert town.tracking(tracking.referral.id).delivery is Delivery.SENT


def test_a_receipt_that_the_agency_did_not_sign_proves_nothing(town):
    _, tracking = town.agreed_and_released()
    town.round()
    town.answer(town.shelter.receipt(request_in(town.arrived())))

    def unsign(answer):
        events = tuple(
            msgspec.structs.replace(e, message=msgspec.structs.replace(e.message, sig=bytes(64)))
            for e in answer.events
        )
        return answered(events=events)(answer)

    town.line.twist = unsign

    assert town.round().problem == "event"
    assert town.tracking(tracking.referral.id).delivery is Delivery.SENT


def test_a_gap_in_the_mailbox_stops_everything(vault, town):
    _, tracking = town.agreed_and_released()
    town.round()
    town.answer(town.shelter.receipt(request_in(town.arrived())))

    def skip(answer):
        events = tuple(msgspec.structs.replace(e, seq=e.seq + 1) for e in answer.events)
        return answered(events=events)(answer)

    town.line.twist = skip
    done = town.round()

    assert (done.state, done.came) == (HubState.LYING, 0)
    with vault.reading() as db:
        assert mailbox.place(db).seq == 0
    assert town.tracking(tracking.referral.id).delivery is Delivery.SENT


def test_an_event_about_nobody_of_ours_changes_nothing_and_is_left_behind(vault, town):
    town.agreed_and_released()
    town.round()
    town.answer(town.shelter.receipt(request_in(town.arrived())))
    with vault.transaction() as db:
        db.execute("DELETE FROM outbox")
        db.execute("DELETE FROM referral")

    done = town.round()

    assert (done.state, done.came) == (HubState.REACHED, 1)
    with vault.reading() as db:
        assert mailbox.place(db).seq == 1


def test_a_hub_restored_from_a_backup_is_given_everything_again(town):
    _, tracking = town.agreed_and_released()
    town.round()
    office.restored(town.hub.hub, town.hub.chance, town.now)
    town.hub.reopen()

    rejoined = town.round()
    again = town.round()

    assert rejoined.waiting == 2
    assert (again.sent, again.waiting) == (2, 0)
    assert town.tracking(tracking.referral.id).delivery is Delivery.SENT


def test_an_event_that_never_was_does_not_hide_the_true_one_for_ever(vault, town):
    _, tracking = town.agreed_and_released()
    town.round()
    lie = Event(1, Kind.REMINDER, str(tracking.referral.id), town.now)
    town.line.twist = answered(events=(lie,), head=1)
    town.round()
    town.line.twist = lambda answer: answer
    with vault.reading() as db:
        assert mailbox.place(db).seq == 1

    rounds = [town.round() for _ in range(3)]
    town.answer(town.shelter.receipt(request_in(town.arrived())))
    town.round()

    assert [done.state for done in rounds] == [HubState.REACHED] * 3
    assert (rounds[-1].waiting, rounds[-1].sent) == (0, 0)
    assert town.tracking(tracking.referral.id).delivery is Delivery.DELIVERED


@pytest.mark.parametrize(
    ("change", "state"),
    [({"hub": "someone else"}, HubState.ANOTHER_HUB), ({"world": "real"}, HubState.ANOTHER_HUB)],
)
def test_another_hub_or_world_is_told_nothing_more_and_believed_nothing(town, change, state):
    _, tracking = town.agreed_and_released()
    town.line.twist = answered(**change)

    done = town.round()

    assert (done.state, done.sent, done.waiting) == (state, 0, 2)
    assert town.tracking(tracking.referral.id).delivery is Delivery.QUEUED


@pytest.mark.parametrize(
    ("error", "state", "problem"),
    [
        (TooSlow(), HubState.SLOW, ""),
        (Busy(5), HubState.SLOW, ""),
        (Lying("body"), HubState.LYING, "body"),
        (Refused("device-revoked", 403), HubState.REFUSED, "device-revoked"),
    ],
    ids=str,
)
def test_whatever_the_line_does_is_a_state_and_nothing_is_lost(town, error, state, problem):
    town.agreed_and_released()

    def fail(answer):
        raise error

    town.line.twist = fail
    done = town.round()

    assert (done.state, done.problem, done.waiting) == (state, problem, 2)


def test_a_wrong_clock_is_measured(vault, town):
    def fail(answer):
        raise ClockSkew(town.now + timedelta(hours=3))

    town.line.twist = fail
    done = town.round()

    assert done.state is HubState.CLOCK
    with vault.reading() as db:
        assert mailbox.place(db).clock_offset == 3 * 3600


def test_a_consent_that_ran_out_while_waiting_holds_its_referral_back(town):
    youth = town.meet()
    town.agree(youth, valid_until=town.now + timedelta(hours=1))
    town.release(youth)
    town.hub.clock.turn(hours=1)

    done = town.round()

    assert [kinds(asked.items) for asked in town.line.asked] == [[Kind.CONSENT_GIVEN]]
    assert (done.waiting, exchange.line(town.vault).held) == (0, 1)
    assert [w.problem for w in exchange.outbox(town.vault)] == ["consent-lapsed"]


def test_a_refused_message_is_shown_and_stops_no_other(town):
    _, tracking = town.agreed_and_released()

    def refuse_one(answer):
        given, request = unfolded(answer).results
        refused = msgspec.structs.replace(
            request, outcome=Outcome.REJECTED, reason="org-inactive", receipt=None
        )
        return answered(results=(given, refused))(answer)

    town.line.twist = refuse_one
    done = town.round()

    assert (done.state, done.sent, done.waiting) == (HubState.REACHED, 1, 0)
    assert town.tracking(tracking.referral.id).problem == "org-inactive"
    assert [(w.problem, w.is_refused) for w in exchange.outbox(town.vault)] == [
        ("org-inactive", True)
    ]


def test_a_message_the_hub_cannot_take_now_rests(town):
    town.agreed_and_released()

    def later(answer):
        results = tuple(
            msgspec.structs.replace(r, outcome=Outcome.RETRY, retry_after=60, receipt=None)
            for r in answer.results
        )
        return answered(results=results)(answer)

    town.line.twist = later
    town.round()
    town.line.twist = lambda answer: answer
    early = town.round()
    town.hub.clock.turn(seconds=60)
    late = town.round()

    assert (early.sent, early.waiting) == (0, 2)
    assert (late.sent, late.waiting) == (2, 0)


def test_one_poison_message_ends_up_alone_and_the_others_leave(town):
    poison = str(town.agreed_and_released()[1].referral.id)
    others = [town.agreed_and_released()[1].referral.id for _ in range(5)]
    honest = town.line.exchange

    def choke(asked, now):
        if any(header_of(item).ref == poison for item in asked.items):
            raise Refused("malformed", 400)
        return honest(asked, now)

    town.line.exchange = choke
    for _ in range(25):
        town.round()

    assert {town.tracking(other).delivery for other in others} == {Delivery.SENT}
    assert [w.ref for w in exchange.outbox(town.vault)] == [poison]


def test_a_newer_directory_is_fetched_before_events_are_read(vault, town):
    town.publish(3)

    town.round()

    with vault.reading() as db:
        assert db.execute("SELECT version FROM directory").fetchone() == (3,)


def test_what_an_older_directory_could_not_prove_is_read_again_with_the_newer_one(vault, town):
    _, tracking = town.agreed_and_released()
    town.round()
    town.hub.publish(3, town.centre, town.hub.clinic)
    town.round()
    town.answer(town.shelter.receipt(request_in(town.arrived())))
    doubtful = town.round()
    with vault.reading() as db:
        assert mailbox.doubts(db) == 1

    town.publish(4)
    town.round()
    town.round()

    assert (doubtful.state, doubtful.problem) == (HubState.LYING, "event")
    assert "delivered" in town.tracking(tracking.referral.id).steps
    with vault.reading() as db:
        assert mailbox.doubts(db) == 0
    vault.verify()


def test_a_forged_directory_is_not_kept(vault, town):
    town.publish(3)
    town.spoil = lambda path, raw: raw[:-9] if path.endswith("snapshot.json") else raw

    done = town.round()

    assert (done.state, done.problem) == (HubState.LYING, "directory")
    with vault.reading() as db:
        assert db.execute("SELECT version FROM directory").fetchone() == (2,)


def test_what_the_hub_holds_tells_nobody_who_it_is(town, tmp_path):
    town.agreed_and_released()

    town.round()

    stored = b"".join(
        f.read_bytes() for f in (tmp_path / "town" / "hub").rglob("*") if f.is_file()
    )
    for words in ("하늘", "오늘 밤 잘 곳", "집에 돌아가기 어려움"):
        assert words.encode() not in stored


def test_an_attested_erasure_is_shown(town):
    consent, tracking = town.agreed_and_released()
    town.round()
    town.arrived()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()

    owed = town.tracking(tracking.referral.id)
    town.answer(town.shelter.attest(str(tracking.referral.id)))
    town.round()

    assert owed.erasure is Erasure.OWED
    assert town.tracking(tracking.referral.id).erasure is Erasure.DESTROYED


def test_an_answer_that_crossed_the_withdrawal_does_not_bring_the_referral_back(town):
    consent, tracking = town.agreed_and_released()
    town.round()
    town.answer(town.shelter.moves(str(tracking.referral.id), "accepted"))
    withdrawals.withdraw(town.vault, consent.id, town.moment())

    done = town.round()

    assert done.state is HubState.REACHED
    assert town.tracking(tracking.referral.id).status is TaskStatus.CANCELLED


def test_the_line_is_described_without_being_used(town):
    town.agreed_and_released()

    line = exchange.line(town.vault)

    assert (line.waiting, line.heard_at, line.world) == (2, None, "practice")
    assert town.line.asked == []
    assert len(referrals.all(town.vault, town.moment())) == 1


def sealed_note(town, ref, packet):
    from sync.client.sealing import seal

    header = town.shelter.header(Kind.TASK_NOTE, ref, to_org=town.centre.org)
    recipients = tuple((p.org, p.own.sealing_key) for p in (town.centre, town.shelter))
    return seal(header, packet, town.shelter.keys.sign, recipients, town.hub.chance)
