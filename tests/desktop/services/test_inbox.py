"""A receiving agency at work: preview, decisions, words back, and a withdrawal that wins."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from builders import a_moment
from desk_for_tests import NEEDLES, WORDS, AgencyDesk, rows_with, tomorrow
from network_of_one import answered
from vaults_for_tests import a_vault

from desktop.domain.calendar import Kind as Marked
from desktop.domain.consents import Item
from desktop.domain.following import Next, followed
from desktop.domain.inbox import Declined, Deed, Gone
from desktop.domain.kept_laws import KeptLaw
from desktop.domain.looks import Kind as Looked
from desktop.domain.referrals import Appointment, Erasure, Urgency
from desktop.domain.retention import Ground
from desktop.errors import NothingWritten, ResidentNumberFound
from desktop.promise_errors import AppointmentAhead, AppointmentFar, AppointmentOver
from desktop.services import (
    agency_keys,
    exchange,
    inbox,
    inbox_ends,
    inbox_kept,
    looks,
    retention,
    search,
    withdrawals,
)
from desktop.services.exchange import HubState
from desktop.services.inbox import Doing, Saying
from desktop.trust_errors import AgencyKeyChanged
from desktop.vault import calendar
from sync.client.hybrid import HYBRID, SealingPair
from sync.client.sealing import header_of
from sync.protocol.answers import Event
from sync.protocol.bodies import Meeting
from sync.protocol.directory import SealingKey
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus


@pytest.fixture
def sent(town):
    """A consent, and the referral that left under it."""
    consent, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    return consent, tracking


def _many(town, count):
    """Send referrals under consents of their own, and return the consents."""
    made = []
    for _ in range(count):
        consent, _ = town.agreed_and_released(words=WORDS)
        made.append(consent.id)
    town.round()
    return made


def test_a_round_that_would_take_much_away_stops_and_asks(town, desk):
    agreed = _many(town, 8)
    desk.round()
    for consent in agreed[:5]:
        withdrawals.withdraw(town.vault, consent, town.moment())
    town.round()

    stopped = desk.round()
    again = desk.round()

    assert (stopped.state, stopped.problem) == (HubState.WOULD_REMOVE, "5")
    assert (again.state, again.came) == (HubState.WOULD_REMOVE, 0)
    assert len(rows_with(desk.vault, NEEDLES[0])) > 0
    assert desk.waiting() == []  # what we have to say goes all the same

    done = exchange.exchange(desk.vault, desk.line, town.now, may_remove=5)

    assert (done.state, done.came) == (HubState.REACHED, 5)
    assert sum(case.gone is Gone.WITHDRAWN for case in desk.cases()) == 5
    assert desk.waiting().count(Kind.ERASURE_ATTEST) == 5


def test_a_few_withdrawals_are_never_asked_about(town, desk):
    agreed = _many(town, 3)
    desk.round()
    for consent in agreed:
        withdrawals.withdraw(town.vault, consent, town.moment())
    town.round()

    assert desk.round().state is HubState.REACHED


def test_what_came_in_is_kept_and_its_arrival_said_in_one_transaction(town, desk, sent):
    done = desk.round()

    assert (done.state, done.came) == (HubState.REACHED, 1)
    assert desk.waiting() == [Kind.DELIVERY_RECEIPT]
    case = desk.peek()
    assert case.id == sent[1].referral.id
    assert case.status is TaskStatus.REQUESTED
    assert case.glimpse.ages == (14, 16)
    assert case.glimpse.language == "한국어"
    assert case.valid_until == sent[0].valid_until
    desk.round()
    town.round()
    assert town.tracking(case.id).delivery is Delivery.DELIVERED


def test_before_accepting_nobody_sees_who_it_is_about(desk, sent):
    desk.round()

    for seen in (desk.peek(), desk.case()):
        assert not seen.words
        assert not {needle for needle in NEEDLES if needle in repr(seen)}

    desk.do(Deed.ACCEPT)
    assert desk.case().words == WORDS
    assert desk.peek().words == {Item.ALIAS: "하늘"}


def test_the_first_look_is_told_once_and_each_look_is_written_down(town, desk, sent):
    desk.round()
    desk.case()
    desk.case()
    assert desk.waiting() == [Kind.DELIVERY_RECEIPT] * 2

    desk.round()
    town.round()

    assert town.tracking(sent[1].referral.id).delivery is Delivery.OPENED
    seen = looks.between(desk.vault, town.now - timedelta(days=1), town.now + timedelta(days=1))
    assert {look.sight.kind for look in seen} == {Looked.RECEIVED}
    assert len(seen) == 1  # within ten minutes it is one look


def test_every_step_of_the_desk_is_seen_by_whoever_asked(town, desk, sent):
    ref = sent[1].referral.id
    desk.accepts()
    for deed in (Deed.START, Deed.HOLD, Deed.RESUME, Deed.COMPLETE):
        desk.do(deed)
        desk.round()
        town.round()
        assert town.tracking(ref).status is desk.peek().status

    assert town.tracking(ref).status is TaskStatus.COMPLETED
    assert not desk.case().may()


def test_without_a_line_everything_can_be_done_and_goes_in_order_later(town, desk, sent):
    desk.round()
    desk.line.is_cut = True
    desk.case()
    desk.do(Deed.ACCEPT)
    desk.say("내일 오세요", tomorrow(town.now))
    desk.do(Deed.START)
    desk.do(Deed.COMPLETE, words="잘 마쳤어요")
    assert desk.round().state is HubState.AWAY
    assert desk.peek().status is TaskStatus.COMPLETED
    assert desk.peek().waiting == 7
    assert {waiting.agency_name for waiting in exchange.outbox(desk.vault)} == {
        desk.peek().asker_name
    }

    desk.line.is_cut = False
    desk.round()
    town.round()

    tracking = town.tracking(sent[1].referral.id)
    assert tracking.status is TaskStatus.COMPLETED
    assert [reply.text for reply in tracking.replies] == ["내일 오세요", "잘 마쳤어요"]
    assert desk.peek().waiting == 0
    assert exchange.outbox(desk.vault) == ()


def test_an_appointment_and_that_nobody_came_are_told_sealed(town, desk, sent):
    desk.accepts()
    booked = tomorrow(town.now)
    desk.say("2층으로 오세요", booked)
    assert desk.case().awaited() == booked
    desk.round()
    town.round()
    assert town.tracking(sent[1].referral.id).appointment().place == "센터 2층 상담실"

    town.hub.clock.turn(days=1)
    missed = type(booked)(booked.at, booked.place, Meeting.MISSED)
    desk.say("", missed)
    desk.round()
    town.round()

    assert town.tracking(sent[1].referral.id).appointment().meeting is Meeting.MISSED
    assert desk.case().awaited() is None


def test_nobody_is_awaited_at_a_time_that_is_over_or_far_away(town, desk, sent):
    desk.accepts()
    now = desk.moment().now
    for at, refused in (
        (now - timedelta(minutes=1), AppointmentOver),
        (now + timedelta(days=400), AppointmentFar),
        (datetime(9999, 12, 31, 23, tzinfo=UTC), AppointmentFar),
    ):
        with pytest.raises(refused):
            desk.say("네", Appointment(at, "2층"))
    assert "task.note" not in desk.waiting()

    desk.say("오지 않았어요", Appointment(now - timedelta(hours=1), "2층", Meeting.MISSED))

    assert "task.note" in desk.waiting()


def test_nobody_has_come_or_not_come_to_an_appointment_that_is_ahead(town, desk, sent):
    desk.accepts()
    booked = tomorrow(town.now)
    for meeting in (Meeting.KEPT, Meeting.MISSED):
        with pytest.raises(AppointmentAhead):
            desk.say("", Appointment(booked.at, booked.place, meeting))

    desk.say("", Appointment(booked.at, booked.place, Meeting.CANCELLED))
    early = Appointment(town.now + timedelta(minutes=10), "2층", Meeting.KEPT)
    desk.say("일찍 왔어요", early)

    assert [told.appointment.meeting for told in desk.case().told] == [
        Meeting.CANCELLED, Meeting.KEPT,
    ]  # fmt: skip


def test_a_word_about_one_appointment_leaves_a_colleagues_other_where_it_is(
    town, desk, sent, tmp_path
):
    other = AgencyDesk(town, a_vault(tmp_path / "other"), town.hub.let_in(town.shelter))
    try:
        desk.accepts()
        monday, wednesday = (Appointment(town.now + timedelta(days=d), "센터") for d in (1, 3))
        desk.say("", monday)
        desk.round()
        town.hub.clock.turn(days=1, hours=1)
        desk.line.is_cut = True
        desk.say("", Appointment(monday.at, monday.place, Meeting.MISSED))
        other.round()
        other.say("", wednesday)
        other.round()
        desk.line.is_cut = False
        for each in (desk, other, desk):
            each.round()
        town.round()

        assert (desk.case().awaited(), other.case().awaited()) == (wednesday, wednesday)
        following = followed(town.tracking(sent[1].referral.id), town.now)
        assert (following.next, following.by) == (Next.MEET, wednesday.at)
        with town.vault.reading() as db:
            days = calendar.between(db, town.now, town.now + timedelta(days=5), 9)
        assert [each.at for each in days if each.kind is Marked.APPOINTMENT] == [wednesday.at]
    finally:
        other.vault.close()


def test_what_is_asked_for_reaches_the_counselor(town, desk, sent):
    desk.accepts()
    desk.say("약을 먹고 있나요?", asks={Item.HEALTH})
    desk.round()
    town.round()

    assert town.tracking(sent[1].referral.id).asks() == {Item.HEALTH}
    assert desk.case().asked() == {Item.HEALTH}


def test_nothing_and_a_resident_number_are_not_sent(desk, sent):
    desk.accepts()
    with pytest.raises(NothingWritten):
        desk.say(" ")
    with pytest.raises(ResidentNumberFound):
        desk.say("090101-3234567")
    assert not desk.waiting()


def test_declining_destroys_what_was_told_at_once_and_still_says_why(town, desk, sent):
    desk.round()
    desk.case()
    desk.do(Deed.DECLINE, Declined.FULL.value, "오늘은 방이 없어요")

    case = desk.peek()
    assert (case.gone, case.status) == (Gone.DECLINED, TaskStatus.REJECTED)
    assert not rows_with(desk.vault)
    desk.round()
    town.round()
    tracking = town.tracking(case.id)
    assert (tracking.status, tracking.status_reason) == (TaskStatus.REJECTED, "no-room")
    assert [reply.text for reply in tracking.replies] == ["오늘은 방이 없어요"]
    assert Kind.TASK_NOTE not in [header_of(m).kind for m in town.leaves(desk.vault)]
    desk.vault.verify()


def test_a_withdrawal_destroys_everything_and_the_desk_says_so(town, desk, sent):
    consent, tracking = sent
    desk.accepts()
    desk.say("내일 봐요", tomorrow(town.now))
    inbox.keep_typed(desk.vault, desk.peek().id, {"words": "하늘이에게"}, desk.moment())
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()

    desk.round()

    case = desk.peek()
    assert (case.gone, case.status, case.words, case.told) == (
        Gone.WITHDRAWN, TaskStatus.CANCELLED, {}, (),
    )  # fmt: skip
    assert not rows_with(desk.vault)
    assert desk.waiting() == [Kind.ERASURE_ATTEST]
    assert retention.log(desk.vault)[0].ground is Ground.WITHDRAWN
    desk.round()
    town.round()
    assert town.tracking(tracking.referral.id).erasure is Erasure.DESTROYED
    desk.vault.verify()


def test_a_withdrawal_wins_over_everything_that_waits_here(town, desk, sent):
    consent, _ = sent
    desk.accepts()
    desk.line.is_cut = True
    desk.say("내일 봐요")
    desk.do(Deed.COMPLETE)
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    desk.line.is_cut = False

    desk.round()

    # What waited went in the same request that brought the withdrawal: it is refused, or gone.
    assert desk.peek().gone is Gone.WITHDRAWN
    desk.round()
    assert [waiting.kind for waiting in exchange.outbox(desk.vault)] == []
    assert not rows_with(desk.vault)


def told_in_this_order(*events):
    """Return a twist: the hub tells of these, and of nothing else."""
    numbered = tuple(
        Event(**{f: getattr(e, f) for f in e.__struct_fields__} | {"seq": n})
        for n, e in enumerate(events, start=1)
    )
    return lambda answer: answered(events=numbered, head=max(answer.head, len(events)))(answer)


def test_a_withdrawal_that_comes_first_wins_too(town, desk, sent):
    consent, _ = sent
    requests = town.hub.exchange(town.shelter, after=0).events
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    [withdrawal] = town.hub.exchange(town.shelter, after=len(requests)).events

    desk.line.twist = told_in_this_order(withdrawal, *requests)
    desk.round()

    [case] = desk.cases()
    assert case.gone is Gone.WITHDRAWN
    assert case.glimpse is None
    assert not rows_with(desk.vault)
    assert desk.waiting() == [Kind.ERASURE_ATTEST]


def test_nothing_else_on_a_consent_that_ended_is_opened_either(town, desk, sent):
    consent, tracking = sent
    other = town.release(tracking.referral.youth, words=WORDS).referral.id
    town.round()
    requests = town.hub.exchange(town.shelter, after=0).events
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    withdrawn = town.hub.exchange(town.shelter, after=len(requests)).events
    first = next(event for event in withdrawn if event.ref != str(other))
    asked = next(event for event in requests if event.ref == str(other))

    desk.line.twist = told_in_this_order(first, asked)
    desk.round()

    assert {case.id: case.gone for case in desk.cases()} == {
        tracking.referral.id: Gone.WITHDRAWN,
        other: Gone.WITHDRAWN,
    }
    assert not rows_with(desk.vault)
    assert desk.waiting() == [Kind.ERASURE_ATTEST] * 2
    desk.vault.verify()


def test_calling_it_off_destroys_what_was_told(town, desk, sent):
    desk.accepts()
    ref = str(sent[1].referral.id)
    assert town.hub.outcomes(town.centre, town.centre.cancel(ref)) == ["accepted"]

    desk.round()

    assert desk.peek().gone is Gone.CANCELLED
    assert not rows_with(desk.vault)


def test_only_whoever_asked_can_call_it_off(town, desk, sent):
    desk.accepts()
    ref = str(sent[1].referral.id)
    with desk.vault.reading() as db:
        before = db.execute("SELECT count(*) FROM doubt").fetchone()

    # The clinic is in the same network, and the hub lets nobody speak for another.
    assert town.hub.outcomes(town.hub.clinic, town.hub.clinic.cancel(ref)) != ["accepted"]
    desk.round()

    assert desk.peek().gone is Gone.HERE
    with desk.vault.reading() as db:
        assert db.execute("SELECT count(*) FROM doubt").fetchone() == before


def test_a_colleague_was_first_and_the_desk_says_so(town, desk, sent, tmp_path):
    other = AgencyDesk(town, a_vault(tmp_path / "other"), town.hub.let_in(town.shelter))
    try:
        desk.round()
        other.round()
        desk.line.is_cut = True
        desk.do(Deed.ACCEPT)
        other.do(Deed.ACCEPT)
        other.do(Deed.START)
        other.round()
        desk.line.is_cut = False

        desk.round()

        case = desk.case()
        assert (case.status, case.elsewhere) == (TaskStatus.IN_PROGRESS, TaskStatus.IN_PROGRESS)
        assert case.words == WORDS
        assert Kind.TASK_STATUS not in {each.kind for each in exchange.outbox(desk.vault)}
        desk.do(Deed.HOLD)
        assert desk.peek().elsewhere is None
    finally:
        other.vault.close()


def test_a_colleagues_words_are_here_too(town, desk, sent, tmp_path):
    other = AgencyDesk(town, a_vault(tmp_path / "other"), town.hub.let_in(town.shelter))
    try:
        desk.round()
        other.accepts()
        other.say("내일 두 시예요", tomorrow(town.now))
        other.round()

        desk.round()

        case = desk.case()
        assert case.status is TaskStatus.ACCEPTED
        assert [told.text for told in case.told] == ["내일 두 시예요"]
        assert case.awaited() is not None
    finally:
        other.vault.close()


def test_one_colleague_declines_and_it_is_gone_everywhere(town, desk, sent, tmp_path):
    other = AgencyDesk(town, a_vault(tmp_path / "other"), town.hub.let_in(town.shelter))
    try:
        desk.round()
        other.round()
        other.do(Deed.DECLINE, Declined.NOT_OURS.value)
        other.round()

        desk.round()

        assert desk.peek().gone is Gone.DECLINED
        assert not rows_with(desk.vault)
    finally:
        other.vault.close()


def test_the_mailbox_read_again_from_its_beginning_changes_nothing(town, desk, sent):
    desk.accepts()
    desk.say("내일 봐요")
    desk.round()
    before = desk.peek()
    with desk.vault.transaction() as db:
        db.execute("UPDATE mailbox SET seq = 0")

    desk.round()

    assert desk.peek() == before
    assert not desk.waiting()


def test_a_reminder_marks_what_is_owed(town, desk, sent):
    desk.round()
    town.hub.clock.turn(hours=25)
    town.hub.desk.look_after(town.now)

    desk.round()

    assert desk.peek().reminded == "silent"
    assert desk.peek().is_overdue(town.now)
    count = inbox.count(desk.vault, town.now)
    assert (count.unanswered, count.late) == (1, 1)


def test_urgent_ones_make_more_haste(town, desk):
    town.agreed_and_released(words=WORDS, urgency=Urgency.URGENT)
    town.round()
    desk.round()

    assert desk.peek().urgency is Urgency.URGENT
    assert inbox.count(desk.vault, town.now + timedelta(minutes=61)).late == 1


def test_what_ended_goes_when_the_consent_ends(town, desk, sent):
    desk.accepts()
    desk.do(Deed.COMPLETE)
    desk.round()
    assert inbox_ends.expire(desk.vault, desk.moment()) == 0

    town.hub.clock.turn(days=91)
    # Our clock alone destroys nothing: it may be years off.
    assert inbox_ends.expire(desk.vault, desk.moment()) == 0
    desk.round()
    assert inbox_ends.expire(desk.vault, desk.moment()) == 1

    assert desk.peek().gone is Gone.ENDED
    assert not rows_with(desk.vault)
    desk.vault.verify()


def test_what_was_completed_by_a_clock_years_ahead_goes_when_the_consent_ends(town, desk, sent):
    desk.accepts()
    ahead, done = town.now + timedelta(days=3 * 365), Doing(Deed.COMPLETE)
    inbox.do(desk.vault, desk.peek().id, done, a_moment(ahead), town.hub.chance)
    desk.round()
    assert inbox_ends.expire(desk.vault, desk.moment()) == 0

    town.hub.clock.turn(days=91)
    desk.round()

    assert inbox_ends.expire(desk.vault, desk.moment()) == 1
    assert not rows_with(desk.vault)


def test_handing_over_makes_one_record_of_our_own_and_sends_nothing(town, desk, sent):
    desk.round()
    assert inbox.keep_as_ours(desk.vault, desk.peek().id, desk.moment()) is None
    desk.accepts()

    youth = inbox.keep_as_ours(desk.vault, desk.peek().id, desk.moment())
    again = inbox.keep_as_ours(desk.vault, desk.peek().id, desk.moment())

    assert youth == again
    [known] = search.people(desk.vault, "하늘", 5)
    assert (known.id, known.alias, known.age.lowest) == (youth, "하늘", 16)
    assert not desk.waiting()
    retention.erase(desk.vault, youth, desk.moment())
    assert desk.peek().gone is Gone.ERASED
    assert not rows_with(desk.vault)


def test_nothing_is_written_to_a_changed_key_before_its_words_were_compared(town, desk, sent):
    desk.accepts()
    desk.say("내일 봐요")
    new = SealingKey(2, HYBRID, SealingPair.make(town.hub.chance).public)
    listings = (
        msgspec.structs.replace(each, sealing_keys=(*each.sealing_keys, new))
        if each.org == town.centre.org
        else each
        for each in town.hub.listings
    )
    town.hub.publish_listings(3, tuple(listings))
    desk.round()

    with pytest.raises(AgencyKeyChanged):
        desk.say("2층이에요")
    shown = inbox.key_change(desk.vault, desk.peek().id)
    agency_keys.confirm(desk.vault, shown, desk.moment())
    desk.say("2층이에요")

    assert [told.text for told in desk.case().told] == ["내일 봐요", "2층이에요"]


def test_what_is_typed_is_there_again_and_goes_with_the_rest(desk, sent):
    desk.accepts()
    ref = desk.peek().id
    inbox.keep_typed(desk.vault, ref, {"words": "혹시 090101-3234567", "place": ""}, desk.moment())

    assert inbox.open_case(desk.vault, ref, desk.moment()).typed == {
        "words": "혹시 ●●●●●●●●●●●●●●"
    }


def test_that_a_law_keeps_a_part_is_told_once_and_nothing_takes_it_back(town, desk, sent):
    consent, tracking = sent
    desk.accepts()
    inbox_kept.say(desk.vault, desk.peek().id, KeptLaw.MEDICAL, desk.moment())
    assert desk.peek().kept_by_law == ""  # no consent was taken back
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    desk.round()
    assert desk.peek().may_keep_by_law

    for _ in range(2):
        inbox_kept.say(desk.vault, desk.peek().id, KeptLaw.MEDICAL, desk.moment())
    assert desk.waiting() == [Kind.ERASURE_ATTEST] * 2
    desk.round()
    town.answer(town.shelter.attest(str(tracking.referral.id)))
    town.round()

    told = town.tracking(tracking.referral.id)
    assert (told.erasure, told.problem) == (Erasure.RETAINED, "retained:medical-service-22")
    assert desk.peek().kept_by_law == KeptLaw.MEDICAL
    desk.vault.verify()


@pytest.mark.parametrize("off", [timedelta(days=1), timedelta(days=-1)])
@pytest.mark.parametrize("way", ["at once", "one by one", "beside a colleague"])
def test_the_newest_word_about_an_appointment_counts_whatever_our_clock_said(
    town, desk, sent, off, way
):
    if way == "beside a colleague":
        town.hub.let_in(town.shelter)
    desk.accepts()
    ref, booked = desk.peek().id, Appointment(town.now + timedelta(days=2), "센터")
    called_off = Appointment(booked.at, booked.place, Meeting.CANCELLED)
    ahead, right = sorted((off, timedelta(0)), reverse=True)

    for clock, what in ((ahead, booked), (right, called_off)):
        moment = a_moment(town.now + clock)
        inbox.say(desk.vault, ref, Saying("", what), moment, town.hub.chance)
        if way != "at once":
            desk.round()
        town.hub.clock.turn(hours=1)
    before = desk.case()
    desk.round()
    desk.round()
    town.round()

    case = desk.case()
    assert (before.awaited(), case.awaited()) == (None, None)
    assert town.tracking(ref).appointment().meeting is Meeting.CANCELLED
    with town.vault.reading() as db:
        days = calendar.between(db, town.now, town.now + timedelta(days=3), 9)
    assert Marked.APPOINTMENT not in {each.kind for each in days}
    assert abs(max(told.at for told in case.told) - town.now) <= timedelta(hours=2)
    desk.vault.verify()
