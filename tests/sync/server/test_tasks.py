"""I7: only listed moves, only by the party that may; who comes late learns how things stand."""

import msgspec
import pytest
from hub_for_tests import header_of

from sync.client.sealing import sign_clear
from sync.protocol.bodies import ConsentWithdrawn, ReferralCancel, Stage, TaskMoved
from sync.protocol.codec import canonical
from sync.protocol.messages import Kind
from sync.protocol.states import Party, TaskStatus, may_move
from sync.server import office, tables

ROADS = {
    "requested": (),
    "accepted": ("accepted",),
    "in-progress": ("accepted", "in-progress"),
    "on-hold": ("accepted", "on-hold"),
    "rejected": ("rejected",),
    "completed": ("accepted", "completed"),
    "failed": ("accepted", "failed"),
}


@pytest.mark.parametrize("status", ROADS)
def test_the_hub_allows_exactly_what_the_state_machine_allows(house, status):
    centre, shelter = house.centre, house.shelter
    ref = _task_in(house, status)
    for to in TaskStatus:
        for party, writer in ((Party.TARGET, shelter), (Party.REQUESTER, centre)):
            said = house.outcomes(writer, writer.moves(ref, to.value))

            other = Party.REQUESTER if party is Party.TARGET else Party.TARGET
            if may_move(TaskStatus(status), to, party):
                assert said == ["accepted"], (to, party)
                ref = _task_in(house, status)
            elif may_move(TaskStatus(status), to, other):
                assert said == ["rejected:not-your-task"], (to, party)
            else:
                assert said == ["conflict"], (to, party)


def test_the_loser_of_a_race_learns_where_the_task_stands(house, centre, shelter, request_sent):
    ref = header_of(request_sent).ref
    house.exchange(shelter, shelter.moves(ref, "accepted"))

    late = shelter.moves(ref, "rejected")
    (result,) = house.exchange(shelter, late).results

    assert (result.outcome, result.state, result.version) == ("conflict", "accepted", 2)
    assert result.receipt is None
    assert house.exchange(shelter, late).results == (result,)


@pytest.mark.parametrize(
    ("side", "to"),
    [("shelter", "in-progress"), ("shelter", "cancelled"), ("centre", "cancelled")],
)
def test_an_expected_version_that_has_passed_is_a_conflict(house, request_sent, side, to):
    ref, party = header_of(request_sent).ref, getattr(house, side)
    house.exchange(house.shelter, house.shelter.moves(ref, "accepted", expected=1))

    (result,) = house.exchange(party, party.moves(ref, to, expected=1)).results

    assert (result.outcome, result.state, result.version) == ("conflict", "accepted", 2)
    assert house.outcomes(party, party.moves(ref, to, expected=2)) == ["accepted"]


def test_what_only_the_other_side_may_do_is_no_conflict(house, centre, shelter, request_sent):
    ref = header_of(request_sent).ref
    house.exchange(shelter, shelter.moves(ref, "accepted"))

    said = house.outcomes(centre, centre.moves(ref, "in-progress", expected=1))

    assert said == ["rejected:not-your-task"]


def test_a_cancelled_referral_is_told_and_its_packet_destroyed(
    house, centre, shelter, request_sent
):
    ref = header_of(request_sent).ref

    assert house.outcomes(centre, centre.cancel(ref)) == ["accepted"]

    first, second = house.exchange(shelter).events
    assert (first.message, first.reason) == (None, "erased")
    assert (second.kind, second.state) == (Kind.REFERRAL_CANCEL, "cancelled")
    assert second.message


def test_what_is_called_off_once_more_is_told_once_more_and_moves_nothing(
    house, centre, shelter, request_sent
):
    ref = header_of(request_sent).ref
    house.exchange(centre, centre.cancel(ref))
    (*_, first) = house.exchange(shelter).events

    (result,) = house.exchange(centre, centre.cancel(ref)).results

    (*_, second) = house.exchange(shelter).events
    assert (result.outcome, result.state) == ("accepted", "cancelled")
    assert (second.kind, second.ref) == (Kind.REFERRAL_CANCEL, ref)
    assert (second.state, second.version) == (first.state, first.version)
    assert second.seq > first.seq
    other = centre.clear(Kind.REFERRAL_CANCEL, ref, ReferralCancel("another-reason"))
    assert house.outcomes(centre, other) == ["accepted"]
    assert house.exchange(shelter).events[-1].seq == second.seq  # nobody else hears of it


def test_what_was_called_off_and_then_withdrawn_is_not_told_as_called_off_once_more(
    house, centre, shelter, consent, request_sent
):
    ref = header_of(request_sent).ref
    house.exchange(centre, centre.cancel(ref))
    house.exchange(centre, centre.withdrawal(consent))
    last = house.exchange(shelter).events[-1]

    assert house.outcomes(centre, centre.cancel(ref)) == ["accepted"]

    assert last.kind == Kind.CONSENT_WITHDRAWN
    assert house.exchange(shelter).events[-1].seq == last.seq


def test_only_the_requester_cancels_by_referral_cancel(house, shelter, request_sent):
    said = house.outcomes(shelter, shelter.cancel(header_of(request_sent).ref))

    assert said == ["rejected:not-your-task"]


def named(centre, consent, agency, ref=None):
    """Return the word that calls off what the hub may never have heard of."""
    names = {"to_org": agency.org, "consent_id": consent}
    body = ReferralCancel("no-longer-needed")
    return centre.clear(Kind.REFERRAL_CANCEL, ref or centre.fresh(), body, **names)


def test_what_was_called_off_before_it_came_is_never_passed_on(house, centre, shelter, consent):
    late = centre.referral(consent, shelter)
    word = named(centre, consent, shelter, header_of(late).ref)

    assert house.outcomes(centre, word, late) == ["accepted", "rejected:id-reused"]
    assert house.outcomes(centre, word) == ["duplicate"]

    (told,) = house.exchange(shelter).events
    assert (told.kind, told.ref, told.state) == (
        Kind.REFERRAL_CANCEL, header_of(late).ref, "cancelled",
    )  # fmt: skip


def test_what_is_called_off_after_a_withdrawal_that_did_not_name_it_is_attested(
    house, centre, shelter
):
    consent, ref = centre.fresh(), centre.fresh()
    house.exchange(centre, centre.withdrawal(consent))
    assert house.outcomes(shelter, shelter.attest(ref)) == ["rejected:not-your-task"]

    house.exchange(centre, named(centre, consent, shelter, ref))

    assert house.outcomes(shelter, shelter.attest(ref)) == ["accepted"]
    assert house.exchange(centre).events[-1].kind == Kind.ERASURE_ATTEST


def test_a_call_off_tells_nobody_whom_it_cannot_concern(house, consent, request_sent):
    centre, shelter, clinic = house.parties
    ref = header_of(request_sent).ref

    said = house.outcomes(centre, named(centre, consent, clinic), centre.cancel(centre.fresh()))
    strange = house.outcomes(clinic, named(clinic, clinic.fresh(), shelter, ref))

    assert said == ["rejected:not-your-task"] * 2
    assert strange == ["rejected:not-your-task"]
    assert house.exchange(clinic).events == ()


def test_an_ended_task_keeps_the_unread_answer_but_not_the_packet(
    house, centre, shelter, request_sent
):
    ref = header_of(request_sent).ref
    house.exchange(
        shelter,
        shelter.moves(ref, "accepted"),
        shelter.note(ref, centre),
        shelter.moves(ref, "completed"),
    )

    answers = house.exchange(centre).events

    assert [event.kind for event in answers if event.message] == [
        Kind.TASK_STATUS, Kind.TASK_NOTE, Kind.TASK_STATUS,
    ]  # fmt: skip
    assert house.exchange(shelter).events[0].message is None


def test_words_behind_a_decision_that_came_too_late_are_answered_as_it_is(house, request_sent):
    ref, shelter, centre = header_of(request_sent).ref, house.shelter, house.centre
    other = house.let_in(shelter)
    closing = [other.moves(ref, "rejected"), other.note(ref, centre)]
    late, words, elsewhere = (
        shelter.moves(ref, "accepted"), shelter.note(ref, centre), shelter.note(ref, centre),
    )  # fmt: skip

    said = house.outcomes(other, *closing)
    first = house.exchange(shelter, words, late, elsewhere).results
    again = house.exchange(shelter, words, late, elsewhere).results

    assert said == ["accepted", "accepted"]
    # What was written before it stands as it is.
    assert [result.outcome for result in first] == ["accepted", "conflict", "conflict"]
    assert [result.outcome for result in again] == ["duplicate", "conflict", "conflict"]
    assert {result.state for result in first} == {"rejected"}
    kinds = [event.kind for event in house.exchange(centre).events]
    assert kinds.count(Kind.TASK_NOTE) == 2


@pytest.mark.parametrize("name", ["moves", "receipt", "note", "cancel"])
def test_a_stranger_cannot_touch_a_task_nor_learn_that_it_exists(house, request_sent, name):
    clinic = house.clinic
    real, invented = header_of(request_sent).ref, clinic.fresh()

    said = []
    for ref in (real, invented):
        message = {
            "moves": lambda ref=ref: clinic.moves(ref, "accepted"),
            "note": lambda ref=ref: clinic.note(ref, house.centre),
            "cancel": lambda ref=ref: clinic.cancel(ref),
            "receipt": lambda: clinic.receipt(request_sent),
        }[name]()
        said += house.outcomes(clinic, message)

    assert set(said) == {"rejected:not-your-task"}


def test_how_far_the_packet_came_never_goes_back(house, shelter, request_sent):
    said = house.outcomes(
        shelter,
        shelter.receipt(request_sent, Stage.OPENED),
        shelter.receipt(request_sent, Stage.DELIVERED),
    )

    assert said == ["accepted", "accepted"]
    with house.hub.store.reading() as db:
        assert db.one(tables.referral, id=header_of(request_sent).ref)["delivery"] == "opened"


def test_a_receipt_for_other_bytes_is_refused(house, shelter, request_sent):
    said = house.outcomes(shelter, shelter.receipt(request_sent, digest="0" * 64))

    assert said == ["rejected:not-your-task"]


def test_the_sender_of_a_referral_cannot_confirm_its_delivery(house, centre, request_sent):
    assert house.outcomes(centre, centre.receipt(request_sent)) == ["rejected:not-your-task"]


@pytest.mark.parametrize("to", ["", "requested ", "draft", "ready", "끝"])
def test_a_status_that_does_not_exist_is_refused(house, shelter, request_sent, to):
    said = house.outcomes(shelter, shelter.moves(header_of(request_sent).ref, to))

    assert said == ["rejected:malformed"]


def test_a_reason_in_words_is_refused(house, shelter, request_sent):
    message = shelter.moves(header_of(request_sent).ref, "rejected", "자리가 없어요")

    assert house.outcomes(shelter, message) == ["rejected:malformed"]


def test_an_answer_is_sealed_to_the_two_parties_only(house, centre, shelter, request_sent):
    ref = header_of(request_sent).ref

    wide = shelter.note(ref, centre, recipients=(centre, shelter, house.clinic))

    assert house.outcomes(shelter, wide) == ["rejected:recipient-not-consented"]


def test_nobody_speaks_for_another_organisation(house, centre, shelter, clinic, request_sent):
    ref = header_of(request_sent).ref
    real = shelter.moves(ref, "accepted")

    carried = house.outcomes(clinic, real)

    assert carried == ["rejected:bad-signature"]
    assert house.outcomes(shelter, real) == ["accepted"]


def test_a_device_cannot_write_in_anothers_name(house, centre, shelter, clinic, consent):
    withdrawal = clinic.clear(
        Kind.CONSENT_WITHDRAWN, consent, ConsentWithdrawn(house.clock()), from_org=centre.org
    )
    referral = clinic.referral(consent, shelter, from_org=centre.org, recipients=(shelter, centre))

    said = house.outcomes(clinic, withdrawal, referral)

    assert said == ["rejected:bad-signature"] * 2
    assert house.outcomes(centre, centre.referral(consent, shelter)) == ["accepted"]


def test_only_its_own_device_brings_a_sealed_message(house, centre, shelter, consent):
    colleague = house.newcomer(centre)
    house.seat(colleague)
    message = centre.referral(consent, shelter)

    assert house.outcomes(colleague, message) == ["rejected:bad-signature"]
    assert house.outcomes(centre, message) == ["accepted"]


def test_a_revoked_device_does_not_speak_through_another(house, centre, shelter, consent):
    colleague = house.newcomer(centre)
    house.seat(colleague)
    message = colleague.withdrawal(consent)
    office.revoke(house.hub, centre.org, colleague.keys.device, house.clock())

    assert house.outcomes(centre, message) == ["rejected:bad-signature"]


@pytest.mark.parametrize("change", ["header", "body", "sig", "key"])
def test_a_clear_message_that_was_touched_is_refused(house, shelter, request_sent, change):
    ref = header_of(request_sent).ref
    real = shelter.moves(ref, "accepted")
    header = header_of(real)
    touched = {
        "header": lambda: msgspec.structs.replace(
            real, header=canonical(msgspec.structs.replace(header, priority="urgent"))
        ),
        "body": lambda: msgspec.structs.replace(real, body=canonical(TaskMoved("rejected"))),
        "sig": lambda: msgspec.structs.replace(
            real, sig=real.sig[:-1] + bytes([real.sig[-1] ^ 1])
        ),
        "key": lambda: sign_clear(header, real.body, house.clinic.keys.sign),
    }[change]()

    assert house.outcomes(shelter, touched) == ["rejected:bad-signature"]
    assert house.outcomes(shelter, real) == ["accepted"]


def _task_in(house, status):
    centre, shelter = house.centre, house.shelter
    consent, ref = centre.fresh(), centre.fresh()
    house.exchange(
        centre, centre.consent(consent, shelter), centre.referral(consent, shelter, ref=ref)
    )
    steps = [shelter.moves(ref, step) for step in ROADS[status]]
    assert house.outcomes(shelter, *steps) == ["accepted"] * len(steps)
    return ref
