"""Whose yes counts is asked at each sending, by the age that is known then (PIPA 22-2)."""

import pytest
from builders import a_guardian
from network_of_one import Town
from vaults_for_tests import a_vault

from desktop.domain.youths import About, Age
from desktop.errors import ConsentMissing
from desktop.services import exchange, living, merging, youths
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path / "town", a_vault(tmp_path / "centre"))
    yield town
    town.vault.verify()
    town.vault.close()
    town.close()


@pytest.fixture
def pair(town):
    """Somebody who looked sixteen and agreed alone, and the record that says they are twelve."""
    looked = town.meet(alias="바다", age=Age.estimated(16))
    return looked, town.meet(alias="하늘", age=Age.stated(12))


def put_together(town, pair):
    merging.merge(town.vault, *pair, town.moment())


def ages_when_parted(town, pair):
    merging.part(town.vault, pair[0], town.moment())
    return [youths.open_file(town.vault, each, None, town.moment()).youth.age for each in pair]


def requests(town):
    return [each for each in town.arrived() if each.kind is Kind.REFERRAL_REQUEST]


def test_a_yes_without_a_guardian_shows_nothing_that_could_be_sent(town, pair):
    town.agree(pair[0])
    put_together(town, pair)

    (found,) = living.standing(town.vault, pair[1], town.now).in_force
    assert found.items == frozenset()
    with pytest.raises(ConsentMissing):
        town.preview(pair[1])


def test_a_guardians_yes_counts_though_the_child_answered_alone_later(town, pair):
    of_guardian = town.agree(pair[1], guardian=a_guardian())
    town.agree(pair[0])
    put_together(town, pair)

    assert town.preview(pair[1]).consent == of_guardian


def test_what_waits_under_it_is_held_and_goes_when_they_are_parted_again(town, pair):
    town.line.is_cut = True
    town.agree(pair[0])
    waiting = town.release(pair[0]).referral.id
    put_together(town, pair)
    town.line.is_cut = False

    town.round()
    assert (exchange.line(town.vault).held, requests(town)) == (1, [])
    assert town.tracking(waiting).delivery is Delivery.QUEUED

    merging.part(town.vault, pair[0], town.moment())
    town.round()
    assert town.tracking(waiting).delivery is Delivery.SENT
    assert len(requests(town)) == 1


@pytest.mark.parametrize("told", [Age.stated(13), Age.unknown()])
def test_an_age_under_14_that_was_told_of_both_holds_what_either_said_alone(town, told):
    pair = town.meet(alias="바다", age=Age.estimated(16)), town.meet(alias="하늘")
    town.agree(pair[0])
    put_together(town, pair)
    youths.tell(town.vault, pair[1], About(told), town.moment())

    assert ages_when_parted(town, pair) == [told, told]
    with pytest.raises(ConsentMissing):
        town.preview(pair[0])


def test_an_age_told_of_both_that_is_older_is_only_the_ones_it_was_told_of(town, pair):
    put_together(town, pair)
    youths.tell(town.vault, pair[1], About(Age.stated(17)), town.moment())

    assert ages_when_parted(town, pair) == [Age.estimated(16), Age.stated(17)]


def test_an_age_under_14_that_they_told_counts_for_whoever_keeps_both_as_a_guess(town, pair):
    child, looked = reversed(pair)
    town.agree(looked)

    merging.merge(town.vault, child, looked, town.moment())

    with pytest.raises(ConsentMissing):
        town.preview(looked)
    assert ages_when_parted(town, (child, looked)) == [Age.stated(12), Age.estimated(16)]
    assert town.preview(looked)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (Age.stated(13), Age.stated(16)),
        (Age.stated(13), Age.unknown()),
        (Age.stated(17), Age.estimated(13)),
        (Age.estimated(13), Age.estimated(16)),
    ],
)
def test_any_other_age_stays_that_of_whoever_keeps_both(town, told, kept):
    other, keeps = town.meet(alias="하늘", age=told), town.meet(alias="바다", age=kept)

    merging.merge(town.vault, other, keeps, town.moment())

    assert youths.open_file(town.vault, keeps, None, town.moment()).youth.age == kept
