"""What a laptop said before it joined anew is not lost with the hub's books (I9)."""

import msgspec
import pytest
from desk_for_tests import WORDS, AgencyDesk, retire_key
from network_of_one import enrol, join_again, look_up
from restored_for_tests import back_up, restore

from desktop.domain.consents import Item
from desktop.domain.following import Next, followed
from desktop.domain.inbox import Deed, Gone
from desktop.domain.referrals import Erasure, Word
from desktop.services import (
    as_before,
    carrying,
    ending_early,
    enrolment,
    exchange,
    rejoining,
    withdrawals,
)
from desktop.vault import inbox_reading, meta, outbox, sending
from sync.client.sealing import header_of, seal
from sync.client.signing import SigningKey
from sync.protocol.codec import canonical
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus
from sync.server import office, tables


@pytest.fixture
def first(town):
    """The laptop is a counselor's, not the admin's."""
    town.centre = town.hub.let_in(town.hub.centre)
    enrol(town.vault, town.hub, town.centre)
    return town.centre


def is_shut_out_and_joins_again(town):
    before, after = town.centre, town.hub.let_in(town.hub.centre)
    office.revoke(town.hub.hub, before.org, before.keys.device, town.now)
    town.become(after)
    return after


def rounds(town, desk=None):
    """Let everybody talk until all is quiet, and sign what the window would."""
    done = []
    for _ in range(5):
        done.append(town.round())
        if done[-1].is_unsigned:
            rejoining.sign_anew(town.vault, town.moment(), town.hub.chance)
        if desk is not None:
            desk.round()
    return done


def known(town, table):
    with town.hub.hub.store.reading() as db:
        return len(db.all(table))


def row(vault, kind):
    """Return the only row of its kind."""
    with vault.reading() as db:
        query = "SELECT id FROM outbox WHERE kind = ?"
        ((key,),) = db.execute(query, (kind.value,)).fetchall()
        return outbox.one(db, key)


def offered(town):
    """Return the kind, and by which device, of everything in the last batch there was."""
    items = next(asked.items for asked in reversed(town.line.asked) if asked.items)
    return [(header_of(item).kind, header_of(item).from_device) for item in items]


@pytest.fixture
def lost(town, desk, first):
    """A referral that came to its agency, and that the hub knows nothing of any more."""
    kept = back_up(town.hub)
    _, tracking = town.agreed_and_released(words=WORDS)
    rounds(town, desk)
    assert town.tracking(tracking.referral.id).delivery is Delivery.DELIVERED
    restore(town.hub, kept)
    town.become(town.hub.let_in(town.hub.centre))
    return tracking.referral.id


def test_what_the_hub_still_holds_is_known_from_the_device_before(town, desk, first):
    _, tracking = town.agreed_and_released()
    rounds(town)
    desk.accepts()
    ended = town.agree(town.meet(alias="둘째"))
    town.release(ended.youth)
    rounds(town, desk)
    withdrawals.withdraw(town.vault, ended.id, town.moment())
    rounds(town, desk)
    is_shut_out_and_joins_again(town)
    rounds(town, desk)

    restore(town.hub, back_up(town.hub))
    done = rounds(town, desk)

    found = town.tracking(tracking.referral.id)
    assert (found.status, found.problem) == (TaskStatus.ACCEPTED, "")
    assert followed(found, town.now, (found,)).next is not Next.LOOK
    assert exchange.outbox(town.vault) == ()
    assert not any(each.untaken or each.is_unsigned for each in done)
    assert known(town, tables.referral) == 2
    town.vault.verify()


def founded_anew(town):
    """Let the keepers list the centre with another signing key; return its newly let-in laptop."""
    sign, hub = SigningKey.make(town.hub.chance), town.hub
    writer = hub.newcomer(hub.centre)
    writer.own = msgspec.structs.replace(writer.own, org_sign=sign.seed)
    anew = [
        msgspec.structs.replace(each, sign_pub=sign.public) if each.org == writer.org else each
        for each in hub.listings
    ]
    hub.publish_listings(hub.keepers.version, tuple(anew))
    hub.seat(writer)
    return writer


def test_an_end_that_its_agency_can_prove_no_more_is_told_once_more(town, desk, first):
    consent, tracking = town.agreed_and_released()
    rounds(town)
    desk.accepts()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    rounds(town)
    writer = founded_anew(town)
    desk.round()
    unproven = desk.peek().gone
    look_up(town.vault, town.hub, town.line)

    town.become(writer)
    rounds(town, desk)

    assert unproven is Gone.HERE
    assert desk.peek().gone is not Gone.HERE
    assert town.tracking(tracking.referral.id).erasure is Erasure.DESTROYED
    assert exchange.outbox(town.vault) == ()
    town.vault.verify()


@pytest.mark.parametrize("is_heard", [True, False], ids=["heard", "answer lost"])
def test_a_calling_off_that_its_agency_can_prove_no_more_is_told_once_more(
    town, desk, first, is_heard
):
    _, tracking = town.agreed_and_released()
    rounds(town)
    desk.accepts()
    rounds(town)
    ending_early.call_off(town.vault, tracking.referral.id, town.moment())
    town.line.loses_answers = not is_heard
    town.round()
    town.line.loses_answers = False
    writer = founded_anew(town)
    desk.round()
    unproven = desk.peek().gone
    look_up(town.vault, town.hub, town.line)

    town.become(writer)
    rounds(town, desk)

    found = town.tracking(tracking.referral.id)
    assert unproven is Gone.HERE
    assert desk.peek().gone is Gone.CANCELLED
    assert (found.status, found.calling_off) == (TaskStatus.CANCELLED, Word.PROVEN)
    assert exchange.outbox(town.vault) == ()
    town.vault.verify()


def test_an_agency_that_knows_that_it_was_called_off_hears_nothing_new(town, desk, first):
    _, tracking = town.agreed_and_released()
    rounds(town)
    desk.accepts()
    ending_early.call_off(town.vault, tracking.referral.id, town.moment())
    rounds(town, desk)
    before = desk.peek()
    writer = founded_anew(town)
    look_up(town.vault, town.hub, town.line)

    town.become(writer)
    rounds(town, desk)

    assert before.gone is Gone.CANCELLED
    assert desk.peek() == before
    assert exchange.outbox(town.vault) == ()


def test_what_the_hub_has_lost_is_signed_anew(town, desk, lost):
    done = rounds(town, desk)

    assert exchange.outbox(town.vault) == ()
    assert not any(each.untaken for each in done)
    assert (known(town, tables.consent), known(town, tables.referral)) == (1, 1)
    assert town.tracking(lost).problem == ""
    with town.vault.reading() as db:
        assert {each.state for each in outbox.packets_of(db, lost)} == {outbox.PROVEN}
    town.vault.verify()
    desk.vault.verify()


def test_its_agency_goes_on_and_is_told_of_nothing_that_was_not_taken(town, desk, lost):
    desk.case()
    rounds(town, desk)
    desk.do(Deed.ACCEPT)
    rounds(town, desk)
    town.hub.clock.turn(days=31)

    late = [desk.round() for _ in range(3)]

    assert len(desk.cases()) == 1
    assert desk.peek().refused == ()
    assert not any(each.untaken or each.put_off for each in late)
    found = town.tracking(lost)
    assert (found.delivery, found.status) == (Delivery.OPENED, TaskStatus.ACCEPTED)
    again = town.release(found.referral.youth)
    rounds(town)
    assert town.tracking(again.referral.id).problem == ""


def test_so_does_one_that_was_told_more(town, desk, first):
    kept = back_up(town.hub)
    _, tracking = town.agreed_and_released()
    ref = tracking.referral.id
    rounds(town)
    desk.accepts()
    desk.say("약을 먹고 있나요?", asks={Item.HEALTH})
    rounds(town, desk)
    town.release(tracking.referral.youth, answers=ref, words=WORDS | {Item.HEALTH: "약을 먹는다"})
    rounds(town, desk)
    restore(town.hub, kept)
    town.become(town.hub.let_in(town.hub.centre))

    rounds(town, desk)
    town.hub.clock.turn(days=31)
    late = [*rounds(town, desk), desk.round()]

    assert not any(each.untaken or each.put_off for each in late)
    assert exchange.outbox(town.vault) == exchange.outbox(desk.vault) == ()
    with desk.vault.reading() as db:
        assert inbox_reading.packet(db, ref).words["health"] == "약을 먹는다"
    desk.vault.verify()


def test_other_words_under_a_known_referral_are_not_believed(town, desk, first):
    kept = back_up(town.hub)
    _, tracking = town.agreed_and_released(words=WORDS)
    rounds(town, desk)
    restore(town.hub, kept)
    (given,) = [m for m in town.leaves(town.vault) if header_of(m).kind is Kind.CONSENT_GIVEN]
    (sent,) = [m for m in town.leaves(town.vault) if header_of(m).kind is Kind.REFERRAL_REQUEST]
    with desk.vault.reading() as db:
        packet = inbox_reading.packet(db, tracking.referral.id)
    lie = msgspec.structs.replace(packet, words=packet.words | {"need": "다른 이야기"})
    recipients = [(each.org, each.own.sealing_key) for each in (town.shelter, town.centre)]

    other = seal(
        header_of(sent), canonical(lie), town.centre.keys.sign, recipients, town.hub.chance
    )
    assert town.hub.outcomes(town.centre, given, other) == ["accepted"] * 2
    desk.round()
    desk.round()

    with desk.vault.reading() as db:
        assert inbox_reading.packet(db, tracking.referral.id) == packet


def test_an_end_and_a_consent_are_said_anew_ahead_of_what_the_hub_is_asked_about(town, first):
    kept = back_up(town.hub)
    ended, _ = town.agreed_and_released()
    town.agreed_and_released()
    rounds(town)
    withdrawals.withdraw(town.vault, ended.id, town.moment())
    rounds(town)
    restore(town.hub, kept)
    after = town.hub.let_in(town.hub.centre)
    town.become(after)
    town.round()  # another epoch is met

    town.round()

    now, before = after.keys.device, first.keys.device
    assert offered(town) == [
        (Kind.CONSENT_WITHDRAWN, now), (Kind.CONSENT_WITHDRAWN, now), (Kind.CONSENT_GIVEN, now),
        (Kind.CONSENT_GIVEN, now), (Kind.REFERRAL_REQUEST, before),
    ]  # fmt: skip


def test_what_waited_when_it_joined_again_is_asked_about_too(town, first):
    _, tracking = town.agreed_and_released()
    town.line.loses_answers = True
    town.round()
    town.line.loses_answers = False
    is_shut_out_and_joins_again(town)

    rounds(town)

    assert town.tracking(tracking.referral.id).delivery is Delivery.SENT
    assert exchange.outbox(town.vault) == ()
    assert len(town.arrived()) == 1


def test_nothing_sealed_leaves_that_was_withdrawn_before_it_was_signed_anew(town, desk, lost):
    town.round()
    assert town.round().is_unsigned
    consent = town.tracking(lost).consent

    withdrawals.withdraw(town.vault, consent, town.moment())
    rejoining.sign_anew(town.vault, town.moment(), town.hub.chance)
    rounds(town, desk)

    assert exchange.outbox(town.vault) == ()
    assert desk.peek().glimpse is None
    with town.hub.hub.store.reading() as db:
        assert db.all(tables.packet, kind=Kind.REFERRAL_REQUEST.value) == []


def test_what_cannot_be_signed_anew_a_person_sees_once(town, lost):
    with town.vault.transaction() as db:
        meta.drop(db, "signed_before")

    rounds(town)
    kept = [town.round() for _ in range(2)]

    assert town.tracking(lost).problem == "bad-signature"
    assert [each.is_refused for each in exchange.outbox(town.vault)] == [True]
    assert not any(each.is_unsigned or each.waiting for each in kept)


def test_nothing_is_sealed_anew_to_a_key_that_nobody_was_shown(town, lost):
    retire_key(town, town.shelter.org)

    rounds(town)

    assert town.tracking(lost).problem == "key-epoch-retired"


def test_a_laptop_without_a_line_signs_anew_as_it_hands_over(town, lost):
    town.round()
    assert town.round().is_unsigned

    out = carrying.pack(town.vault, town.moment(), town.hub.chance)

    assert (out.messages, out.left) == (1, 0)
    assert row(town.vault, Kind.REFERRAL_REQUEST).attempts


def test_an_old_no_is_not_about_what_is_signed_anew(town, lost):
    (before,) = [m for m in town.leaves(town.vault) if header_of(m).kind is Kind.REFERRAL_REQUEST]
    town.round()
    town.round()
    rejoining.sign_anew(town.vault, town.moment(), town.hub.chance)

    with town.vault.transaction() as db:
        assert as_before.is_unknown(db, enrolment.current(db), before)

    assert not rejoining.is_unfinished(town.vault)
    rounds(town)
    assert known(town, tables.referral) == 1


@pytest.fixture
def desk_again(town, desk):
    """A desk joins again that has accepted a case; then the hub loses what it has said."""
    _, tracking = town.agreed_and_released()
    town.round()
    kept = back_up(town.hub)
    desk.accepts()
    town.round()
    restore(town.hub, kept)
    joins_again(desk)
    return tracking.referral.id


def joins_again(desk: AgencyDesk):
    hub = desk.town.hub
    before, desk.writer = desk.writer, hub.let_in(desk.town.shelter, "desk")
    join_again(desk.vault, hub, desk.writer)
    desk.line.writer = desk.writer
    office.revoke(hub.hub, before.org, before.keys.device, desk.town.now)


def test_a_desks_next_step_waits_beside_one_that_the_hub_is_asked_about(town, desk, desk_again):
    desk.round()  # another epoch is met
    desk.do(Deed.COMPLETE)

    for _ in range(4):
        if desk.round().is_unsigned:
            rejoining.sign_anew(desk.vault, desk.moment(), town.hub.chance)
    rounds(town)

    found = town.tracking(desk_again)
    assert (found.status, found.problem) == (TaskStatus.COMPLETED, "")
    assert desk.peek().refused == ()
    assert desk.peek().late is None
    desk.vault.verify()


def test_what_a_desk_signs_anew_of_what_has_ended_is_still_no_news(town, desk):
    kept = back_up(town.hub)
    town.agreed_and_released()
    town.round()
    desk.accepts()
    desk.do(Deed.COMPLETE)
    rounds(town, desk)  # and whoever asked lets go of the request
    restore(town.hub, kept)
    joins_again(desk)
    for _ in range(3):
        if desk.round().is_unsigned:
            rejoining.sign_anew(desk.vault, desk.moment(), town.hub.chance)
    with desk.vault.reading() as db:
        assert sending.is_said_again(db, outbox.unsettled(db)[0].id)

    town.hub.clock.turn(days=31)
    late = [desk.round() for _ in range(3)]

    assert not any(each.untaken for each in late)
    assert desk.peek().refused == ()
