"""What an agency answers with: an appointment, a question, silence; and a colleague's word."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from builders import a_moment

from desktop.domain.consent_records import Record
from desktop.domain.consents import Answer, Article, Item
from desktop.domain.following import Next, followed
from desktop.domain.referrals import Appointment, Erasure
from desktop.domain.retention import Target, Thing
from desktop.errors import ConsentMissing
from desktop.services import exchange, following, referrals, silences, withdrawals
from desktop.vault import mailbox, outbox, purge, sending
from desktop.vault import silences as silence_rows
from desktop.vault.columns import stamp
from desktop.vault.steps import NEVER_LEFT
from sync.client.sealing import header_of, open_sealed, seal
from sync.protocol import bodies
from sync.protocol.answers import Event
from sync.protocol.bodies import Meeting, Packet, TaskNote
from sync.protocol.codec import canonical, read_json
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus
from sync.server import office, tables


def _note(town, ref, **said):
    """The shelter's words, really sealed to the centre."""
    header = town.shelter.header(Kind.TASK_NOTE, ref, to_org=town.centre.org)
    body = canonical(TaskNote(said.pop("text", "기다릴게요"), town.now, **said))
    readers = tuple((each.org, each.own.sealing_key) for each in (town.centre, town.shelter))
    return seal(header, body, town.shelter.keys.sign, readers, town.hub.chance)


@pytest.fixture
def asked(town):
    """A referral that has arrived, whose agency asks for two things more."""
    _, tracking = town.agreed_and_released(words={Item.ALIAS: "하늘", Item.NEED: "잘 곳"})
    town.round()
    request = next(e.message for e in town.arrived() if e.kind is Kind.REFERRAL_REQUEST)
    ref = str(tracking.referral.id)
    town.answer(town.shelter.receipt(request), town.shelter.moves(ref, "accepted"))
    town.answer(_note(town, ref, asks=("reach", "language", "no-such-item")))
    town.round()
    return tracking.referral.id


def test_an_appointment_is_kept_and_the_newest_word_about_it_counts(town):
    _, tracking = town.agreed_and_released()
    town.round()
    ref, at = str(tracking.referral.id), town.now + timedelta(days=1)
    place = "별마루 쉼터 1층 090101-3234567"
    town.answer(_note(town, ref, appointment=bodies.Appointment(at, place)))
    town.round()
    booked = town.tracking(tracking.referral.id)
    town.hub.clock.turn(hours=30)
    town.answer(_note(town, ref, appointment=bodies.Appointment(at, "쉼터", Meeting.MISSED)))
    town.round()

    assert booked.appointment() == Appointment(at, "별마루 쉼터 1층 ●●●●●●●●●●●●●●")
    assert town.tracking(tracking.referral.id).appointment().meeting is Meeting.MISSED


def test_what_is_asked_for_is_told_under_a_consent_and_only_then_settled(town, asked):
    before = town.tracking(asked)
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    words = draft.words | {Item.REACH: "수요일 저녁 역 앞"}
    town.hub.clock.turn(minutes=5)

    told = town.release(draft.youth, answers=draft.answers, words=words)
    done = town.round()

    assert before.asks() == {Item.REACH, Item.LANGUAGE}
    assert (told.referral.id, told.packet_version) == (asked, 2)
    assert told.referral.words[Item.REACH] == "수요일 저녁 역 앞"
    assert (done.sent, done.waiting) == (1, 0)
    assert town.tracking(asked).asks() == frozenset()
    amended = next(e for e in town.arrived() if e.kind is Kind.REFERRAL_AMEND)
    packet = _opened_by_shelter(town, amended.message)
    assert (packet.ref, packet.version) == (str(asked), 2)
    assert packet.words["reach"] == "수요일 저녁 역 앞"


def _opened_by_shelter(town, message):
    own = town.shelter.own
    raw = open_sealed(message, own.org, own.private_keys, town.centre.keys.sign.public)
    return read_json(Packet, raw)


@pytest.mark.parametrize("article", [Article.PROVIDE, Article.SENSITIVE])
def test_a_no_to_what_is_asked_settles_it_and_hides_no_missed_appointment(town, article):
    _, tracking = town.agreed_and_released(words={Item.ALIAS: "하늘", Item.NEED: "잘 곳"})
    town.round()
    about, ref = tracking.referral, str(tracking.referral.id)
    town.answer(town.shelter.moves(ref, "accepted"), _note(town, ref, asks=("health",)))
    town.round()
    yes = {Article.COLLECT: Answer.GIVEN, Article.PROVIDE: Answer.GIVEN}
    town.hub.clock.turn(minutes=5)

    town.agree(about.youth, answers=yes | {article: Answer.REFUSED})
    declined = town.tracking(about.id)
    missed = bodies.Appointment(town.now, "쉼터", Meeting.MISSED)
    town.answer(_note(town, ref, text="", appointment=missed))
    town.round()

    assert (declined.asks(), declined.is_declined) == (frozenset(), article is Article.PROVIDE)
    assert followed(town.tracking(about.id), town.now).next is Next.FIND
    assert following.late(town.vault, town.now) == 1


def test_what_no_consent_covers_is_not_told_even_when_it_is_asked_for(town, asked):
    youth = town.tracking(asked).referral.youth
    town.agree(youth, answers={Article.COLLECT: Answer.GIVEN, Article.PROVIDE: Answer.GIVEN})
    town.agree(youth, answers={Article.SENSITIVE: Answer.REFUSED})

    with pytest.raises(ConsentMissing):
        town.preview(youth, words={Item.HEALTH: "약을 먹고 있다"})
    shown = town.preview(youth, words={Item.ALIAS: "하늘", Item.HEALTH: "약을 먹고 있다"})

    assert Item.HEALTH in shown.staying
    assert Item.HEALTH not in dict(shown.rows)


def test_what_is_told_later_than_its_consent_covers_is_looked_at(town, asked):
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=draft.answers, words=draft.words | {Item.REACH: "역 앞"})
    town.hub.clock.turn(days=90)

    town.round()

    told = town.tracking(asked)
    assert followed(told, town.now).next is Next.LOOK
    assert told.problem == "consent-lapsed"


def _tell(town, asked, ahead):
    """Tell more on a laptop whose clock stands so far ahead."""
    draft = referrals.begin_answer(town.vault, asked, a_moment(town.now + ahead))
    told = town.draft(draft.youth, answers=asked, words=draft.words | {Item.REACH: "역 앞"})
    shown = referrals.preview(town.vault, told, a_moment(town.now + ahead))
    referrals.release(town.vault, shown, a_moment(town.now + ahead), town.hub.chance)


def test_what_was_told_by_a_slow_clock_is_told(town):
    _, tracking = town.agreed_and_released(words={Item.ALIAS: "하늘", Item.NEED: "잘 곳"})
    town.round()
    asked, ref = tracking.referral.id, str(tracking.referral.id)
    town.hub.clock.turn(hours=6)
    town.answer(town.shelter.moves(ref, "accepted"), _note(town, ref, asks=("reach", "language")))
    town.round()

    _tell(town, asked, timedelta(hours=-1))

    assert town.tracking(asked).asks() == frozenset()


def test_what_is_asked_after_a_fast_clock_told_more_is_open(town, asked):
    ahead = timedelta(hours=1)
    exchange.exchange(town.vault, town.line, town.now + ahead)
    _tell(town, asked, ahead)

    town.hub.clock.turn(minutes=30)
    town.answer(_note(town, str(asked), asks=("language",)))
    exchange.exchange(town.vault, town.line, town.now + ahead)

    assert town.tracking(asked).asks() == {Item.LANGUAGE}


def test_a_no_said_by_a_slow_clock_settles_what_was_asked(town):
    _, tracking = town.agreed_and_released(words={Item.ALIAS: "하늘", Item.NEED: "잘 곳"})
    town.round()
    asked, ref, behind = tracking.referral.id, str(tracking.referral.id), timedelta(hours=-1)
    town.hub.clock.turn(hours=6)
    town.answer(town.shelter.moves(ref, "accepted"), _note(town, ref, asks=("reach",)))
    exchange.exchange(town.vault, town.line, town.now + behind)
    town.hub.clock.turn(minutes=5)

    no = {Article.PROVIDE: Answer.REFUSED}
    town.agree(tracking.referral.youth, answers=no, asked_at=town.now + behind)

    assert town.tracking(asked).asks() == frozenset()


def test_without_a_question_another_referral_to_the_same_agency_is_another(town):
    _, tracking = town.agreed_and_released()
    other = town.release(tracking.referral.youth)
    assert other.referral.id != tracking.referral.id


def test_the_receipt_of_an_amendment_is_believed_and_moves_nothing_back(town, asked):
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=draft.answers, words=draft.words | {Item.REACH: "역 앞"})
    town.round()
    amended = next(e.message for e in town.arrived() if e.kind is Kind.REFERRAL_AMEND)

    town.answer(town.shelter.receipt(amended))
    done = town.round()

    assert (done.came, done.problem) == (1, "")
    assert town.tracking(asked).delivery is Delivery.DELIVERED


def test_a_receipt_heard_once_more_does_not_settle_what_was_written_since(town, asked):
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=draft.answers, words=draft.words | {Item.REACH: "역 앞"})
    town.round()
    first = next(e.message for e in town.arrived() if e.kind is Kind.REFERRAL_AMEND)
    town.answer(town.shelter.receipt(first), _note(town, str(asked), asks=("language",)))
    town.round()
    town.hub.clock.turn(minutes=5)
    again = town.release(
        draft.youth, answers=draft.answers, words=draft.words | {Item.LANGUAGE: "한국어"}
    )
    with town.vault.transaction() as db:  # as a hub that is busy asks for it
        (waiting,) = [each for each in outbox.unsettled(db) if each.ref == str(asked)]
        later = stamp(town.now + timedelta(minutes=1))
        sending.settle(db, waiting.id, outbox.WAITING, "retry", later)

    town.answer(town.shelter.receipt(first))
    town.round()
    town.hub.clock.turn(minutes=2)
    town.round()

    assert again.packet_version == 3
    (told,) = [e.message for e in town.arrived() if e.kind is Kind.REFERRAL_AMEND]
    assert _opened_by_shelter(town, told).version == 3


def test_a_consent_withdrawn_after_an_amendment_takes_everything_back(town, asked):
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    second = town.agree(draft.youth)
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=draft.answers, words=draft.words | {Item.REACH: "역 앞"})
    town.round()
    town.arrived()

    done = withdrawals.withdraw(town.vault, second.id, town.moment())
    town.round()

    assert (done.vanished, done.recalled) == (0, 1)
    assert town.tracking(asked).status is TaskStatus.CANCELLED
    (withdrawn,) = town.arrived()
    assert (withdrawn.kind, withdrawn.ref) == (Kind.CONSENT_WITHDRAWN, str(asked))
    assert [header_of(message).kind for message in town.leaves(town.vault)].count(
        Kind.REFERRAL_AMEND
    ) == 0


def test_the_hub_says_that_it_reminded_and_nothing_else_moves(town):
    _, tracking = town.agreed_and_released()
    town.round()
    town.hub.clock.turn(hours=24)
    town.hub.desk.look_after(town.now)

    done = town.round()

    after = town.tracking(tracking.referral.id)
    assert (done.came, done.problem) == (1, "")
    assert after.steps["silent"] == town.now
    assert (after.status, after.delivery) == (TaskStatus.REQUESTED, Delivery.SENT)


def test_a_withdrawal_at_the_office_ends_the_consent_on_this_laptop_too(town):
    office = town.hub.let_in(town.centre, "supervisor")
    consent, tracking = town.agreed_and_released()
    town.round()
    assert town.hub.outcomes(office, office.withdrawal(str(consent.id))) == ["accepted"]

    done = town.round()

    after = town.tracking(tracking.referral.id)
    assert (done.problem, exchange.outbox(town.vault)) == ("", ())
    assert (after.status, after.erasure) == (TaskStatus.CANCELLED, Erasure.OWED)
    with pytest.raises(ConsentMissing):
        town.preview(tracking.referral.youth)


def test_what_a_colleague_ends_takes_along_the_asking_it_replaced(town):
    office = town.hub.let_in(town.centre, "supervisor")
    first, earlier = town.agreed_and_released()
    town.round()
    second = town.agree(earlier.referral.youth, record=Record(supersedes=first.id))
    later = town.release(earlier.referral.youth)
    town.round()
    assert town.hub.outcomes(office, office.withdrawal(str(second.id))) == ["accepted"]

    town.round()
    town.round()  # that the earlier one was part of the same yes only this laptop could tell

    for each in (earlier, later):
        assert town.tracking(each.referral.id).erasure is Erasure.OWED
    ended = {header_of(event.message).ref for event in town.arrived() if event.message}
    assert ended == {str(first.id), str(second.id)}


def test_when_a_colleague_ends_it_the_hub_says_of_what_had_no_answer_whether_it_is_there(town):
    # Found by schedule 664 of exchange-machine: it was owed for ever, and the hub never had it.
    office = town.hub.let_in(town.centre, "supervisor")
    consent, first = town.agreed_and_released()
    town.round()
    second = town.release(first.referral.youth).referral.id
    town.line.loses_questions = True
    town.round()
    town.line.loses_questions = False
    town.hub.clock.now = consent.valid_until  # it is not offered again
    assert town.hub.outcomes(office, office.withdrawal(str(consent.id))) == ["accepted"]

    for _ in range(3):
        town.round()

    assert town.tracking(first.referral.id).erasure is Erasure.OWED
    after = town.tracking(second)
    assert (after.erasure, NEVER_LEFT in after.steps) == (Erasure.NONE, True)


def test_nobody_but_a_device_of_ours_takes_a_consent_back_here(town):
    consent, tracking = town.agreed_and_released()
    town.round()
    forged = town.shelter.withdrawal(str(consent.id))
    town.line.twist = lambda answer: msgspec.structs.replace(
        answer,
        head=answer.head + 1,
        events=(*answer.events, _event(town, answer, tracking, forged)),
    )

    town.round()

    assert town.tracking(tracking.referral.id).status is TaskStatus.REQUESTED


@pytest.mark.parametrize("is_heard_first", [False, True])
def test_what_was_to_be_told_after_the_end_is_kept_and_a_person_chooses(
    town, asked, is_heard_first
):
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(
        draft.youth, answers=draft.answers, words=draft.words | {Item.REACH: "수요일 저녁 역 앞"}
    )
    town.answer(town.shelter.moves(str(asked), "failed", "contact-lost"))
    if is_heard_first:
        with town.vault.transaction() as db:
            db.execute("UPDATE outbox SET next_at = '9999-01-01T00:00:00.000Z'")
    town.round()

    told = town.tracking(asked)
    assert (told.status, told.is_untold) == (TaskStatus.FAILED, True)
    assert told.referral.words[Item.REACH] == "수요일 저녁 역 앞"
    assert followed(told, town.now).next is Next.LOOK
    assert Kind.REFERRAL_AMEND not in {event.kind for event in town.arrived()}
    town.vault.verify()


def test_a_new_referral_is_made_from_what_came_too_late(town, asked):
    draft = _too_late(town, asked)

    again = referrals.begin_answer(town.vault, asked, town.moment())
    made = town.release(draft.youth, answers=again.answers, words=again.words)
    town.round()

    assert made.referral.id != asked
    assert made.referral.words[Item.REACH] == "수요일 저녁 역 앞"
    late = town.tracking(asked)
    assert followed(late, town.now, (late, made)).next is not Next.LOOK


def test_what_came_too_late_can_be_left(town, asked):
    _too_late(town, asked)

    left = referrals.leave_untold(town.vault, asked)

    assert left == town.tracking(asked)
    assert not left.is_untold
    assert followed(left, town.now).next is Next.CHOOSE_ANOTHER
    assert left.referral.words[Item.REACH] == "수요일 저녁 역 앞"
    town.vault.verify()


def _too_late(town, asked):
    """Tell something in addition that the agency's end overtook."""
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(
        draft.youth, answers=draft.answers, words=draft.words | {Item.REACH: "수요일 저녁 역 앞"}
    )
    town.answer(town.shelter.moves(str(asked), "failed", "contact-lost"))
    town.round()
    return draft


def _event(town, answer, tracking, message):
    cert = town.shelter.own.cert(
        town.shelter.keys.device, "desk", town.shelter.keys.sign.public, town.now
    )
    seq = answer.head + 1
    return Event(seq, Kind.CONSENT_WITHDRAWN, str(tracking.referral.id), town.now, message, cert)


def test_a_hub_that_lost_the_referral_still_tells_the_agency_of_the_withdrawal(town):
    consent, tracking = town.agreed_and_released()
    town.round()
    town.arrived()
    with town.hub.hub.store.writing() as db:
        for table in (tables.referral, tables.referral_basis, tables.packet, tables.message):
            db.remove(table)

    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()

    (told,) = town.arrived()
    assert (told.kind, told.ref) == (Kind.CONSENT_WITHDRAWN, str(tracking.referral.id))
    town.answer(town.shelter.attest(told.ref))
    town.round()
    assert town.tracking(tracking.referral.id).erasure is Erasure.DESTROYED


def test_destroying_a_young_person_takes_answers_and_amendments_along(town, asked):
    draft = referrals.begin_answer(town.vault, asked, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=draft.answers, words=draft.words | {Item.REACH: "역 앞"})
    with town.vault.transaction() as db:
        purging = purge.Purging(db, town.now)
        purging.destroy(Target(Thing.YOUTH, draft.youth))
        left = [
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("reply", "reply_ask", "reply_appointment", "amendment", "referral")
        ]

    assert left == [0, 0, 0, 0, 0]
    assert {"ask", "amendment"} <= set(purging.counts)


@pytest.fixture
def silent_elsewhere(town):
    """Two other organisations, one of which has not answered for two days; ours coordinates."""
    office.choose_coordinator(town.hub.hub, town.centre.org)
    clinic, consent = town.hub.clinic, town.hub.clinic.fresh()
    message = clinic.referral(consent, town.shelter)
    town.hub.exchange(clinic, clinic.consent(consent, town.shelter), message)
    for _ in range(2):
        town.hub.clock.turn(days=1)
        town.hub.desk.look_after(town.now)
    return header_of(message).ref


def test_the_coordinator_hears_who_has_not_answered_whom_and_nothing_else(town, silent_elsewhere):
    done = town.round()

    (quiet,) = silences.open_ones(town.vault)
    assert (done.came, done.problem) == (1, "")
    assert (quiet.silence.referral, quiet.silence.reason) == (silent_elsewhere, "still-silent")
    assert (quiet.silence.from_org, quiet.silence.to_org) == (
        town.hub.clinic.org,
        town.shelter.org,
    )
    assert following.late(town.vault, town.now) == 1


def test_what_a_coordinator_has_seen_to_is_gone_and_does_not_come_back(town, silent_elsewhere):
    town.round()
    silences.settle(town.vault, silent_elsewhere)
    town.round()
    assert silences.open_ones(town.vault) == ()
    assert following.late(town.vault, town.now) == 0


def test_what_was_seen_to_stays_so_when_the_mailbox_is_read_again_until_the_hub_says_it_anew(
    town, silent_elsewhere
):
    town.round()
    (quiet,) = silences.open_ones(town.vault)
    silences.settle(town.vault, silent_elsewhere)

    with town.vault.transaction() as db:
        mailbox.start_over(db, mailbox.place(db).epoch)
    town.round()
    assert silences.open_ones(town.vault) == ()

    later = replace(quiet.silence, at=quiet.silence.at + timedelta(days=1))
    with town.vault.transaction() as db:
        silence_rows.told(db, later)
    assert [each.silence for each in silences.open_ones(town.vault)] == [later]
    silences.settle(town.vault, silent_elsewhere)
    with town.vault.transaction() as db:
        silence_rows.told(db, later)
    assert silences.open_ones(town.vault) == ()


def test_a_reminder_about_ourselves_is_no_matter_for_a_coordinator(town):
    office.choose_coordinator(town.hub.hub, town.centre.org)
    town.agreed_and_released()
    town.round()
    town.hub.clock.turn(days=3)
    for _ in range(2):
        town.hub.desk.look_after(town.now)
        town.hub.clock.turn(days=2)
    town.round()
    assert silences.open_ones(town.vault) == ()
