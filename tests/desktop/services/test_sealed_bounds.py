"""What an enrolled organisation seals, and the hub cannot see, delays nobody else's word."""

import secrets
import uuid
from datetime import datetime

import msgspec
import pytest
from desk_for_tests import WORDS, AgencyDesk
from network_of_one import answered
from vaults_for_tests import a_vault

from desktop.domain.inbox import Gone
from desktop.domain.referrals import ITEM_LIMIT
from desktop.services import exchange, withdrawals
from desktop.services.exchange import HubState
from sync.client.sealing import header_of, seal
from sync.protocol.bodies import Appointment, Packet, TaskNote
from sync.protocol.codec import canonical
from sync.protocol.messages import Kind

LONG = "가나다 " * 50_000


def told(town, sender, receiver, clear, body):
    """Seal a body as its sender's device would, whatever is in it."""
    header = msgspec.structs.replace(header_of(clear), suite=0, size_class=0)
    recipients = tuple((each.org, each.own.sealing_key) for each in (receiver, sender))
    return seal(header, canonical(body), sender.keys.sign, recipients, secrets.token_bytes)


def bring(town, **changes):
    """Let the centre bring the shelter a packet with these fields; return its referral."""
    ref, consent = str(uuid.uuid4()), str(uuid.uuid4())
    usual = Packet(
        ref=ref, agency=town.shelter.org, categories=("protect",), urgency="routine",
        words={"alias": "하늘"}, keep_from_guardian=False, written_at=town.now,
    )  # fmt: skip
    clear = town.centre.referral(consent, town.shelter, ref=ref)
    packet = msgspec.structs.replace(usual, **changes)
    sealed = told(town, town.centre, town.shelter, clear, packet)
    allowed = town.centre.consent(consent, town.shelter)
    assert town.hub.outcomes(town.centre, allowed, sealed) == ["accepted", "accepted"]
    return ref


def letter(town, writer, ref, note):
    """Return an agency's letter with these words, however long."""
    clear = writer.moves(ref, "in-progress")
    header = msgspec.structs.replace(
        header_of(clear), id=str(uuid.uuid4()), kind=Kind.TASK_NOTE, to_org=town.centre.org
    )
    clear = msgspec.structs.replace(clear, header=canonical(header))
    return told(town, writer, town.centre, clear, note)


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2**63},
        {"version": 2**31},
        {"version": 0},
        {"version": -5},
        {"categories": ("x" * 5_000,)},
        {"categories": ("x",) * 65},
        {"words": {str(n): "x" for n in range(65)}},
        {"words": {"x" * 81: "x"}},
        {"keep_reason": "x" * 2_500},
        {"urgency": "x" * 2_500},
        {"salt": "x" * 2_500},
    ],
    ids=lambda changes: f"{next(iter(changes))}-{len(str(changes))}",
)
def test_a_sealed_field_out_of_bounds_is_a_doubt_and_the_rest_goes_on(town, desk, changes):
    bring(town, **changes)
    consent, tracking = town.agreed_and_released(words=WORDS)
    town.round()

    first = desk.round()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    second = desk.round()

    assert (first.state, first.problem, second.state) == (
        HubState.LYING, "event", HubState.REACHED,
    )  # fmt: skip
    [case] = desk.cases()
    assert (case.id, case.gone) == (tracking.referral.id, Gone.WITHDRAWN)
    count, [(kind, _)] = exchange.unproven(desk.vault)
    assert (count, kind) == (1, Kind.REFERRAL_REQUEST)
    desk.vault.verify()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_packet_of_an_hour_that_cannot_be_told_is_a_doubt(town, desk, moment):
    bring(town, written_at=datetime.fromisoformat(moment))

    desk.round()

    assert (desk.cases(), exchange.unproven(desk.vault)[0]) == ((), 1)


def test_words_that_are_too_long_are_cut_and_half_a_resident_number_is_none(town, desk):
    words = "가" * (ITEM_LIMIT - 8) + "010203-3456789" + LONG
    bring(town, words={"situation": words, "language": "x\n" * 5_000})

    desk.accepts()

    kept = desk.case().words.values()
    assert {len(text) for text in kept} == {ITEM_LIMIT}
    assert not any("0102" in text for text in kept)


def test_whatever_one_event_raises_delays_no_other(town, desk):
    """A hub that lies along with an organisation: its own checks stop none of this."""
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    event = town.hub.exchange(town.shelter, after=0).events[0]
    header, words = header_of(event.message), {"alias": "하늘", "need": "더"}
    more = Packet(
        str(tracking.referral.id), town.shelter.org, (), "routine", words, False, town.now, 2
    )
    edge = datetime.fromisoformat("9999-12-31T23:59:59-14:00")
    header = msgspec.structs.replace(header, kind=Kind.REFERRAL_AMEND, expires=edge)
    clear = msgspec.structs.replace(event.message, header=canonical(header))
    strange = msgspec.structs.replace(
        event, kind=Kind.REFERRAL_AMEND, message=told(town, town.centre, town.shelter, clear, more)
    )

    def twist(answer):
        first = msgspec.structs.replace(strange, seq=answer.head - len(answer.events) + 1)
        later = (msgspec.structs.replace(each, seq=each.seq + 1) for each in answer.events)
        return answered(events=(first, *later), head=answer.head + 1)(answer)

    town.agreed_and_released(words=WORDS)
    town.round()
    desk.line.twist = twist
    done = desk.round()

    assert (done.state, done.problem, len(desk.cases())) == (HubState.LYING, "event", 2)
    with desk.vault.reading() as db:
        assert db.execute("SELECT why FROM doubt").fetchall() == [("OverflowError",)]
    desk.vault.verify()


def test_an_agencys_letter_is_no_longer_than_it_may_be(town, desk):
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    ref = str(tracking.referral.id)
    note = TaskNote(LONG, town.now, Appointment(town.now, LONG))
    town.answer(letter(town, town.shelter, ref, note))

    town.round()

    [reply] = town.tracking(tracking.referral.id).replies
    assert (len(reply.text), len(reply.appointment.place)) == (ITEM_LIMIT, 200)
    town.vault.verify()


def test_a_colleagues_letter_is_no_longer_either(town, desk, tmp_path):
    town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    other = AgencyDesk(town, a_vault(tmp_path / "other"), town.hub.let_in(town.shelter))
    note = letter(town, other.writer, str(desk.peek().id), TaskNote(LONG, town.now))
    assert town.hub.outcomes(other.writer, note) == ["accepted"]

    desk.round()
    other.vault.close()

    [said] = desk.case().told
    assert len(said.text) == ITEM_LIMIT
