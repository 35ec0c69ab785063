"""A hub that was put back takes nothing from whoever still counts in its life before."""

import secrets

import msgspec
import pytest
from hub_for_tests import header_of

from sync.client.sealing import seal
from sync.protocol.bodies import Recalled
from sync.protocol.directory import Enrolled
from sync.server import office, restores, tables


def _put_back(house):
    """Forget everything that was said, as an old backup does, and begin again."""
    with house.hub.store.writing() as db:
        for table in (tables.message, tables.packet, tables.referral_basis, tables.reminder):
            db.remove(table)
        db.remove(tables.referral)
        db.remove(tables.consent)
    before = house.hub.epoch
    _begin_again(house)
    return before


def _begin_again(house):
    office.restored(house.hub, secrets.token_bytes, house.clock())
    house.reopen()


def test_what_comes_for_the_life_before_is_not_judged(house, centre, shelter, consent):
    before = _put_back(house)
    message = centre.referral(consent, shelter)

    answer = house.exchange(centre, message, epoch=before)

    assert (answer.results, answer.events) == ((), ())
    assert answer.epoch != before
    # So it can still be taken, once its consent is there again.
    again = house.exchange(centre, centre.consent(consent, shelter), message, epoch=answer.epoch)
    assert [result.outcome for result in again.results] == ["accepted", "accepted"]
    assert header_of(message).ref in {e.ref for e in house.exchange(shelter).events}


def test_a_process_that_serves_already_knows_of_its_new_life(house, centre, shelter, consent):
    before = house.hub.epoch
    now = office.restored(house.hub, secrets.token_bytes, house.clock())
    message = centre.referral(consent, shelter)

    quiet, brought = (house.exchange(centre, *more, epoch=before) for more in ((), (message,)))
    joined = house.post("/v1/enrol", _code_for(house, shelter)).value(Enrolled)

    assert {quiet.epoch, brought.epoch, joined.epoch} == {now}
    assert brought.results == ()
    assert house.outcomes(centre, message) == ["accepted"]


def _code_for(house, party):
    code = office.new_code(house.hub, party.org, "desk", house.chance, house.clock())
    return house.newcomer(party, "desk").own.own_request(code)


def test_nobody_is_left_waiting_for_the_news_that_it_is_another_life(house, shelter):
    before = _put_back(house)
    answer = house.exchange(shelter, wait=20, epoch=before)
    assert answer.epoch != before


def test_an_attest_waits_for_its_withdrawal_which_may_be_lost(
    house, centre, shelter, consent, request_sent
):
    _begin_again(house)
    attest = shelter.attest(header_of(request_sent).ref)

    assert house.outcomes(shelter, attest) == ["retry"]
    house.exchange(centre, centre.withdrawal(consent))
    assert house.outcomes(shelter, attest) == ["accepted"]


def test_an_attest_that_nobody_is_owed_is_refused_in_the_end(house, shelter, clinic, request_sent):
    _begin_again(house)
    ref = header_of(request_sent).ref
    assert house.outcomes(clinic, clinic.attest(ref)) == ["rejected:not-your-task"]

    house.clock.turn(days=restores.PATIENCE.days)

    assert house.outcomes(shelter, shelter.attest(ref)) == ["rejected:not-your-task"]


def test_a_receipt_waits_for_its_amendment_which_may_be_lost(
    house, centre, shelter, consent, request_sent
):
    ref = header_of(request_sent).ref
    more = centre.amends(ref, consent, shelter, item_codes=("alias", "need", "reach"))
    _begin_again(house)
    receipt = shelter.receipt(more)

    assert house.outcomes(shelter, receipt) == ["retry"]
    house.exchange(centre, more)
    assert house.outcomes(shelter, receipt) == ["accepted"]


def test_a_receipt_for_what_nobody_sends_again_is_refused_in_the_end(
    house, shelter, clinic, consent, request_sent
):
    more = house.centre.amends(header_of(request_sent).ref, consent, shelter)
    _begin_again(house)
    assert house.outcomes(clinic, clinic.receipt(more)) == ["rejected:not-your-task"]

    house.clock.turn(days=restores.PATIENCE.days)

    assert house.outcomes(shelter, shelter.receipt(more)) == ["rejected:not-your-task"]


@pytest.mark.parametrize("to", ["in-progress", "on-hold", "completed", "failed"])
def test_a_step_waits_for_the_yes_before_it_which_may_be_lost(
    house, centre, shelter, request_sent, to
):
    office.restored(house.hub, secrets.token_bytes, house.clock())
    house.reopen()
    ref = header_of(request_sent).ref
    step = shelter.moves(ref, to)

    assert house.outcomes(shelter, step) == ["retry"]
    assert house.outcomes(centre, centre.moves(ref, to)) == ["conflict"]
    house.exchange(shelter, shelter.moves(ref, "accepted"))
    assert house.outcomes(shelter, step) == ["accepted"]


def test_a_step_whose_yes_nobody_says_again_comes_too_late_in_the_end(
    house, shelter, request_sent
):
    ref = header_of(request_sent).ref
    assert house.outcomes(shelter, shelter.moves(ref, "completed")) == ["conflict"]
    office.restored(house.hub, secrets.token_bytes, house.clock())
    house.reopen()
    assert house.outcomes(shelter, shelter.moves(ref, "requested")) == ["conflict"]

    house.clock.turn(days=restores.PATIENCE.days)

    assert house.outcomes(shelter, shelter.moves(ref, "completed")) == ["conflict"]


@pytest.fixture
def late(house, centre, shelter):
    """An agency that the keepers have listed since the copy which this hub was made from."""
    house.publish(2, centre, shelter)
    _begin_again(house)
    return house._party("late", "desk")


def test_a_referral_to_whoever_was_listed_since_the_copy_waits_for_the_directory(
    house, centre, shelter, late
):
    consent = centre.fresh()
    message = centre.referral(consent, late)
    given = centre.consent(consent, late)
    assert house.outcomes(centre, given, message) == ["accepted", "retry"]

    house.publish(3, centre, shelter, late)

    assert house.outcomes(centre, message) == ["accepted"]
    house.seat(late)
    assert {event.ref for event in house.exchange(late).events} == {header_of(message).ref}


def test_a_referral_to_nobody_who_is_listed_is_refused_in_the_end(house, centre, late):
    consent = centre.fresh()
    message = centre.referral(consent, late)
    house.exchange(centre, centre.consent(consent, late))

    house.clock.turn(days=restores.PATIENCE.days)

    assert house.outcomes(centre, message) == ["rejected:org-inactive"]


def test_what_is_sealed_to_a_key_made_since_the_copy_waits_and_to_a_retired_one_does_not(
    house, centre, shelter, consent
):
    mine, listing = house._listings((centre, shelter))
    (old,) = listing.sealing_keys
    second, third = (msgspec.structs.replace(old, epoch=epoch) for epoch in (2, 3))

    def listed(version, key):
        keys = (msgspec.structs.replace(old, is_retired=True), key)
        theirs = msgspec.structs.replace(listing, sealing_keys=keys)
        house.publish_listings(version, (mine, theirs))

    def sealed(key):
        header = header_of(centre.referral(consent, shelter))
        return seal(header, b"x", centre.keys.sign, ((shelter.org, key),), house.chance)

    listed(2, second)
    _begin_again(house)
    newer = sealed(third)
    assert house.outcomes(centre, newer) == ["retry"]
    assert house.outcomes(centre, sealed(old)) == ["rejected:key-epoch-retired"]

    listed(3, third)

    assert house.outcomes(centre, newer) == ["accepted"]


def test_a_withdrawal_waits_for_no_directory_and_whoever_is_listed_later_hears_of_it(
    house, consent, request_sent, late
):
    centre, shelter = house.centre, house.shelter
    told = Recalled(centre.fresh(), late.org)
    named = (Recalled(header_of(request_sent).ref, shelter.org), told)
    _put_back(house)

    assert house.outcomes(centre, centre.withdrawal(consent, *named)) == ["accepted"]

    house.publish(3, centre, shelter, late)
    house.seat(late)
    assert [(e.ref, e.state) for e in house.exchange(late).events] == [(told.ref, "cancelled")]
    assert house.outcomes(late, late.attest(told.ref)) == ["accepted"]


def test_a_second_restore_is_patient_anew(house, centre, shelter):
    sent = centre.referral(centre.fresh(), shelter)  # the copy knows nothing of it
    _put_back(house)
    house.clock.turn(days=30)
    assert house.outcomes(shelter, shelter.receipt(sent)) == ["rejected:not-your-task"]

    _put_back(house)

    assert house.outcomes(shelter, shelter.receipt(sent)) == ["retry"]
