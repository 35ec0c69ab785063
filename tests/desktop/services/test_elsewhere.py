"""Whoever calls the center with the number of a slip is helped at any of its laptops (PIPA 38(4)).

Two real vaults of one center, the real hub, and the agency at its own desk.
"""

from datetime import timedelta

import msgspec
import pytest
from builders import a_moment
from desk_for_tests import NEEDLES, AgencyDesk, give_key, readable, retire_key, rows_with
from network_of_one import enrolment_of
from office_for_tests import Mate
from put_back_vaults_for_tests import keep, put_back
from vaults_for_tests import a_vault

from desktop.domain.consent_records import Record
from desktop.domain.consents import Item
from desktop.domain.following import Next, followed
from desktop.domain.inbox import Deed, Gone
from desktop.domain.kept_laws import KEPT, KeptLaw
from desktop.domain.living import Erasing
from desktop.domain.referrals import Erasure, Word
from desktop.domain.retention import Target, Thing
from desktop.services import (
    elsewhere,
    exchange,
    following,
    inbox_kept,
    living,
    referrals,
    slips,
    withdrawals,
)
from desktop.services.exchange import HubState
from desktop.vault import enrolment, mailbox, purge
from sync.client.sealing import header_of
from sync.protocol.codec import canonical
from sync.protocol.messages import Kind
from sync.protocol.states import ERASURE_WITHIN, Delivery, TaskStatus
from sync.server import tables

WORDS = {
    Item.ALIAS: "하늘",
    Item.NEED: "오늘 밤 안전하게 잘 곳",
    Item.SITUATION: "집을 나온 지 나흘째",
}


@pytest.fixture
def colleague(town, tmp_path):
    """Another laptop of the same center."""
    mate = Mate(town, tmp_path / "colleague")
    yield mate
    mate.vault.close()


@pytest.fixture
def desk(town, tmp_path):
    """The shelter's own desk."""
    vault = a_vault(tmp_path / "desk")
    yield AgencyDesk(town, vault)
    vault.close()


@pytest.fixture
def sent(town, colleague):
    """A consent of the street laptop under which something has left."""
    consent, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    return consent, tracking


def found(laptop, consent):
    """Return what the number on the slip leads to on a laptop."""
    return elsewhere.numbered(laptop.vault, slips.number_of(consent.id)).elsewhere


def rows(laptop):
    with laptop.vault.reading() as db:
        return db.execute("SELECT consent, referral, agency FROM elsewhere").fetchall()


def end(laptop, consent):
    elsewhere.withdraw(laptop.vault, consent.id, laptop.moment())


def asked_anew(town, first, ref):
    """Tell in addition what was asked for, under a consent in place of the first."""
    draft = referrals.begin_answer(town.vault, ref, town.moment())
    second = town.agree(first.youth, record=Record(supersedes=first.id))
    town.hub.clock.turn(minutes=5)
    town.release(first.youth, answers=ref, words=draft.words | {Item.HEALTH: "천식 약"})
    return second


def busy(laptop, until):
    """Let what waits wait until then: the hub asked for patience."""
    with laptop.vault.transaction() as db:
        db.execute("UPDATE outbox SET next_at = ?", (until,))


def reread(laptop):
    """Let a laptop read its mailbox from the beginning."""
    with laptop.vault.transaction() as db:
        mailbox.start_over(db, laptop.hub.hub.epoch)


def test_the_number_on_a_slip_ends_at_a_colleagues_laptop_what_another_one_asked_for(
    town, colleague, desk, sent
):
    consent, tracking = sent
    desk.accepts()
    town.line.is_cut = True  # the street laptop is away
    colleague.round()

    (called,) = found(colleague, consent)
    assert [name for name, _ in called.told] == [tracking.agency_name]
    end(colleague, consent)
    assert found(colleague, consent)[0].word is Word.WAITS  # nothing is called sent yet
    assert colleague.round().problem == ""
    assert found(colleague, consent)[0].word is Word.PROVEN
    desk.round()

    assert desk.peek().gone is Gone.WITHDRAWN
    assert rows_with(desk.vault, NEEDLES) == set()
    desk.round()
    colleague.round()
    (told,) = found(colleague, consent)
    assert told.erasing == (Erasing(tracking.agency_name, Erasure.DESTROYED),)
    town.line.is_cut = False
    assert town.round().problem == ""
    after = town.tracking(tracking.referral.id)
    assert (after.status, after.erasure) == (TaskStatus.CANCELLED, Erasure.DESTROYED)
    (over,) = living.standing(town.vault, consent.youth, town.now).ended
    assert over.consent.withdrawn_at is not None


def test_what_an_agency_keeps_by_law_stands_when_the_newer_consent_ends_too(
    town, colleague, desk, sent
):
    first, tracking = sent
    ref = tracking.referral.id
    desk.accepts()
    desk.say("약이 필요한가요?", asks={Item.HEALTH})
    desk.round()
    town.round()
    second = asked_anew(town, first, ref)
    for each in (town, desk, colleague):
        each.round()
    end(colleague, first)  # with the older slip
    for each in (colleague, desk, desk):
        each.round()
    inbox_kept.say(desk.vault, ref, KeptLaw.MEDICAL, desk.moment())
    desk.round()
    town.round()
    assert town.tracking(ref).erasure is Erasure.RETAINED

    town.hub.clock.turn(days=6)
    withdrawals.withdraw(town.vault, second.id, town.moment())
    right_after = town.tracking(ref)
    for each in (town, desk, desk, town):
        each.round()

    for stands in (right_after, town.tracking(ref)):
        assert stands.erasure is Erasure.RETAINED
        assert stands.problem == f"{KEPT}{KeptLaw.MEDICAL}"
        assert followed(stands, town.now).next is Next.LOOK
    with town.hub.hub.store.reading() as db:
        (duty,) = db.all(tables.erasure_duty)
    assert (duty["outcome"], duty["article"]) == ("retained", KeptLaw.MEDICAL)


def test_what_is_not_erased_in_time_is_counted_and_says_whom_to_call(town, colleague, desk, sent):
    consent, tracking = sent
    desk.round()
    colleague.round()
    end(colleague, consent)
    colleague.round()
    by = colleague.now + ERASURE_WITHIN
    assert found(colleague, consent)[0].erase_by == by
    town.hub.clock.turn(days=4)
    assert following.late(colleague.vault, colleague.now) == 0

    town.hub.clock.turn(days=2)
    ways = following.ways(colleague.vault, colleague.moment())

    assert (following.late(colleague.vault, colleague.now), ways.late) == (1, 1)
    (way,) = ways.numbered
    assert (way.consent, way.agency_name) == (consent.id, tracking.agency_name)
    assert (way.following.next, way.following.by) == (Next.ASK_ERASURE, by)
    desk.round()
    desk.round()
    colleague.round()
    assert following.late(colleague.vault, colleague.now) == 0
    assert following.ways(colleague.vault, colleague.moment()).numbered == ()
    assert found(colleague, consent)[0].erase_by is None


@pytest.mark.parametrize("days", [0, 25, 60])
def test_the_number_leads_there_too_at_a_laptop_let_in_while_it_was_under_way(
    town, desk, tmp_path, days
):
    consent, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    town.round()
    for later in (0, days):
        town.hub.clock.turn(days=later)
        town.hub.desk.purge(town.hub.clock())
    later = Mate(town, tmp_path / "later")

    later.round()

    (called,) = found(later, consent)
    sent_at = town.tracking(tracking.referral.id).steps[Delivery.SENT.value]
    assert called.told == ((tracking.agency_name, sent_at),)
    end(later, consent)
    later.round()
    desk.round()
    assert desk.peek().gone is Gone.WITHDRAWN
    later.vault.close()


def test_a_laptop_that_ended_it_and_was_put_back_does_not_call_it_in_force(
    colleague, desk, sent, tmp_path
):
    consent, _ = sent
    desk.accepts()
    colleague.round()
    kept = keep(colleague, tmp_path / "stick")
    end(colleague, consent)
    colleague.round()
    colleague.round()
    (ended,) = found(colleague, consent)

    put_back(colleague, kept, tmp_path / "back")

    assert ended.ended_at is not None  # heard again, its own word changes nothing
    assert found(colleague, consent) == ()


def test_what_ended_before_a_colleague_read_it_ends_at_the_laptop_that_asked(
    town, colleague, desk, sent
):
    consent, _ = sent
    desk.accepts()
    desk.do(Deed.COMPLETE)
    desk.round()
    colleague.round()
    assert found(colleague, consent) == ()  # the sheet says that there may be something
    assert rows_with(desk.vault, NEEDLES)

    town.round()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    desk.round()

    assert rows_with(desk.vault, NEEDLES) == set()


def test_it_waits_without_a_line_and_goes_before_all_else(colleague, sent):
    consent, _ = sent
    colleague.round()
    colleague.agreed_and_released()
    colleague.line.is_cut = True

    end(colleague, consent)
    colleague.round()
    waiting = [each.kind for each in exchange.outbox(colleague.vault)]
    end(colleague, consent)

    assert waiting == [Kind.CONSENT_WITHDRAWN, Kind.CONSENT_GIVEN, Kind.REFERRAL_REQUEST]
    assert found(colleague, consent)[0].word is Word.WAITS
    assert len(exchange.outbox(colleague.vault)) == 3  # a second time changes nothing
    colleague.line.is_cut = False
    before = len(colleague.line.asked)
    colleague.round()
    (first, *_) = (item for asked in colleague.line.asked[before:] for item in asked.items)
    assert header_of(first).ref == str(consent.id)


def test_no_word_and_no_name_of_them_stands_at_the_colleagues(colleague, sent):
    consent, tracking = sent

    colleague.round()

    assert rows(colleague) == [
        (str(consent.id), str(tracking.referral.id), tracking.referral.agency)
    ]
    assert readable(colleague.vault, NEEDLES) == rows_with(colleague.vault, NEEDLES) == set()


def test_a_number_that_has_not_come_here_leads_to_nobody_and_after_a_round_it_does(
    colleague, sent
):
    consent, _ = sent
    assert elsewhere.numbered(colleague.vault, slips.number_of(consent.id)) == elsewhere.Numbered()

    end(colleague, consent)
    assert exchange.outbox(colleague.vault) == ()
    colleague.round()

    assert found(colleague, consent)


def test_what_this_laptop_asked_for_is_ended_the_ordinary_way(town, colleague, sent):
    consent, _ = sent
    town.round()
    colleague.round()

    lead = elsewhere.numbered(town.vault, slips.number_of(consent.id).lower().replace(" ", "-"))

    assert ([each.id for each in lead.ours], lead.elsewhere) == ([consent.youth], ())
    assert rows(town) == []


def test_what_the_laptop_that_asked_has_ended_is_let_go_here(town, colleague, sent):
    consent, _ = sent
    colleague.round()
    assert found(colleague, consent)

    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    colleague.round()
    reread(colleague)
    colleague.round()

    assert rows(colleague) == []


def test_each_consent_is_let_go_on_its_own_last_day_by_two_clocks(town, colleague, sent):
    colleague.round()
    town.hub.clock.turn(days=89)
    elsewhere.expire(colleague.vault, a_moment(colleague.now + timedelta(days=2)))  # ours is wrong
    assert rows(colleague)

    town.hub.clock.turn(days=2)
    elsewhere.expire(colleague.vault, colleague.moment())
    assert rows(colleague)  # the hub has not said so yet
    colleague.round()
    elsewhere.expire(colleague.vault, colleague.moment())

    assert rows(colleague) == []


def test_the_word_of_an_end_goes_first_and_then_ends_with_it(town, colleague, sent):
    consent, _ = sent
    colleague.round()
    end(colleague, consent)
    busy(colleague, "9999-01-01T00:00:00.000Z")
    town.hub.clock.turn(days=91)
    colleague.round()
    elsewhere.expire(colleague.vault, colleague.moment())
    assert rows(colleague)

    busy(colleague, "")
    colleague.round()
    elsewhere.expire(colleague.vault, colleague.moment())

    assert rows(colleague) == []
    assert colleague.leaves(colleague.vault) == []


def test_who_was_destroyed_here_does_not_come_back_as_a_number(town, colleague, sent):
    consent, _ = sent
    heard = []
    colleague.line.twist = lambda answer: heard.extend(answer.events) or answer
    colleague.round()
    with town.vault.transaction() as db:
        purge.Purging(db, town.now).destroy(Target(Thing.YOUTH, consent.youth))

    reread(town)
    # A hub need not send what we sealed ourselves; nothing keeps it from doing so.
    town.line.twist = lambda answer: msgspec.structs.replace(answer, events=tuple(heard))
    done = town.round()

    assert (done.came, rows(town)) == (1, [])


@pytest.mark.parametrize("field", ["to_org", "consent_id", "ref", "expires"])
def test_what_no_device_of_ours_has_signed_is_not_kept(town, colleague, sent, field):
    lie = {
        "to_org": town.hub.clinic.org,
        "consent_id": town.centre.fresh(),
        "ref": town.centre.fresh(),
        "expires": town.now + timedelta(days=900),
    }[field]

    def forged(answer):
        (event,) = answer.events
        header = msgspec.structs.replace(header_of(event.message), **{field: lie})
        message = msgspec.structs.replace(event.message, header=canonical(header))
        told = msgspec.structs.replace(event, message=message, ref=header.ref)
        return msgspec.structs.replace(answer, events=(told,))

    colleague.line.twist = forged
    done = colleague.round()

    assert (done.state, rows(colleague)) == (HubState.LYING, [])


def test_what_a_laptop_has_no_key_for_is_no_lie(town, colleague, sent):
    mine, pair = enrolment_of(town.hub, colleague.centre), retire_key(town, town.centre.org)
    newer = msgspec.structs.replace(mine, org_keys={2: pair.secret})
    with colleague.vault.transaction() as db:
        enrolment.keep(db, msgspec.json.encode(newer).decode())
    with town.hub.hub.store.writing() as db:
        db.change(tables.device, {"id": mine.device}, org_keys=b"")
    give_key(town, pair, colleague.centre)

    done = colleague.round()

    assert (done.problem, rows(colleague)) == ("", [])


def test_what_left_under_it_before_the_word_could_go_has_ended_with_it(town, colleague, sent):
    consent, tracking = sent
    colleague.round()
    end(colleague, consent)
    town.hub.clock.turn(minutes=5)
    town.release(tracking.referral.youth, words=WORDS)
    town.round()
    busy(colleague, "9999-01-01T00:00:00.000Z")
    colleague.round()
    busy(colleague, "")
    colleague.round()

    (called,) = found(colleague, consent)
    assert [each.erasure for each in called.erasing] == [Erasure.OWED] * 2
    ended = [each for each in town.arrived() if each.kind is Kind.CONSENT_WITHDRAWN]
    assert len({each.ref for each in ended}) == 2
