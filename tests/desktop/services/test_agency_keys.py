"""A changed key is shown before its first use, and a letter to the old one is sent again."""

from dataclasses import replace

import pytest
from asking_for_tests import renew_the_shelters_key
from builders import a_moment

from desktop.domain.ids import AgencyId
from desktop.services import agency_keys, referrals
from desktop.services.exchange import HubState
from desktop.trust_errors import AgencyKeyChanged
from sync.protocol.states import Delivery


@pytest.fixture
def shelter(town):
    return AgencyId(town.shelter.org)


def test_before_the_first_letter_and_while_nothing_changed_there_is_nothing_to_compare(
    town, shelter
):
    before = agency_keys.change(town.vault, shelter)
    town.agreed_and_released()
    town.round()

    assert before is None
    assert agency_keys.change(town.vault, shelter) is None


def test_a_new_key_is_shown_with_who_since_when_and_its_words(town, shelter):
    town.agreed_and_released()
    words = renew_the_shelters_key(town)
    town.hub.clock.turn(hours=1)
    town.round()
    seen_at = town.now
    town.hub.clock.turn(days=2)

    shown = agency_keys.change(town.vault, shelter)

    assert (shown.agency, shown.epoch, shown.since) == (shelter, 2, seen_at)
    assert shown.words == words


def test_nothing_is_sealed_to_it_before_somebody_said_that_the_words_are_the_same(town, shelter):
    town.agreed_and_released()
    renew_the_shelters_key(town)
    town.round()
    youth = town.meet(alias="새벽")
    town.agree(youth)

    with pytest.raises(AgencyKeyChanged):
        town.release(youth)
    known = referrals.all(town.vault, a_moment(town.now))
    assert youth not in {tracking.referral.youth for tracking in known}

    agency_keys.confirm(town.vault, agency_keys.change(town.vault, shelter), town.moment())
    released = town.release(youth)
    assert town.round().state is HubState.REACHED
    assert town.tracking(released.referral.id).delivery is Delivery.SENT
    assert agency_keys.change(town.vault, shelter) is None


def test_a_key_that_changed_once_more_is_not_the_one_that_was_confirmed(town, shelter):
    town.agreed_and_released()
    renew_the_shelters_key(town)
    town.round()
    shown = agency_keys.change(town.vault, shelter)
    with pytest.raises(AgencyKeyChanged):
        agency_keys.confirm(town.vault, replace(shown, epoch=7), town.moment())


def test_another_key_under_the_number_that_was_compared_is_not_taken(town, shelter):
    town.agreed_and_released()
    renew_the_shelters_key(town)
    town.round()
    shown = agency_keys.change(town.vault, shelter)
    renew_the_shelters_key(town, version=4)
    town.round()

    with pytest.raises(AgencyKeyChanged):
        agency_keys.confirm(town.vault, shown, town.moment())
    assert agency_keys.change(town.vault, shelter).words != shown.words


def test_what_was_sealed_to_a_retired_key_is_told_and_can_be_sent_again(town, shelter):
    _, tracking = town.agreed_and_released()
    renew_the_shelters_key(town)

    town.round()

    refused = town.tracking(tracking.referral.id)
    assert refused.problem == "key-epoch-retired"
    draft = referrals.begin_answer(town.vault, refused.referral.id, town.moment())
    assert draft.words == refused.referral.words
    agency_keys.confirm(town.vault, agency_keys.change(town.vault, shelter), town.moment())
    again = referrals.release(
        town.vault,
        referrals.preview(town.vault, draft, town.moment()),
        town.moment(),
        town.hub.chance,
    )
    assert town.round().state is HubState.REACHED
    assert town.tracking(again.referral.id).delivery is Delivery.SENT
