"""Our organisation's new key comes to each of its laptops, whatever is cut on the way."""

import pytest
from desk_for_tests import give_key, retire_key
from office_for_tests import Mate, Office

from desktop.services import elsewhere, enrolment, slips
from desktop.services.exchange import HubState
from desktop.vault import directory, mailbox
from sync.client.errors import Busy, Unreachable


class Asked:
    """Counts how often a line is asked for our keys, and fails as often as it is told to."""

    def __init__(self, line, *failures):
        self.count, self._failures, self._ask = 0, list(failures), line.standing
        line.standing = self

    def __call__(self, now):
        self.count += 1
        if self._failures:
            raise self._failures.pop(0)
        return self._ask(now)


@pytest.fixture
def colleague(town, tmp_path):
    """Another laptop of the same center."""
    mate = Mate(town, tmp_path / "colleague")
    yield mate
    mate.vault.close()


def renewed(town, *writers):
    """Renew the key of the writers' organisation; the hub holds it for them."""
    pair = retire_key(town, writers[0].org)
    give_key(town, pair, *writers)
    return pair


def keys(laptop):
    with laptop.vault.reading() as db:
        return set(enrolment.current(db).org_keys)


def version(laptop):
    with laptop.vault.reading() as db:
        return directory.version(db)


def doubts(laptop):
    with laptop.vault.reading() as db:
        return mailbox.doubts(db)


def numbers(laptop, consent):
    return elsewhere.numbered(laptop.vault, slips.number_of(consent.id)).elsewhere


@pytest.mark.parametrize("cut", [Unreachable(), Busy(30)], ids=["cut", "busy"])
def test_after_a_cut_between_directory_and_key_the_next_round_brings_both(town, desk, cut):
    renewed(town, desk.writer)
    town.round()
    town.agreed_and_released()
    town.round()
    asked = Asked(desk.line, cut)

    lost = desk.round()
    assert (lost.came, version(desk), keys(desk)) == (0, 2, {1})
    done = desk.round()

    assert (done.state, done.problem, done.came) == (HubState.REACHED, "", 1)
    assert (version(desk), keys(desk)) == (3, {1, 2})
    assert len(desk.cases()) == 1
    desk.round()
    assert asked.count == 2


def test_a_cut_hides_no_number_of_a_slip_from_a_colleague(town, colleague):
    renewed(town, town.centre, colleague.centre)
    town.round()
    consent, tracking = town.agreed_and_released()
    town.round()
    Asked(colleague.line, Unreachable())

    colleague.round()
    colleague.round()

    (called,) = numbers(colleague, consent)
    assert [name for name, _ in called.told] == [tracking.agency_name]


def test_what_the_hub_was_not_given_is_not_asked_for_for_ever_and_read_later(town, colleague):
    pair = retire_key(town, town.centre.org)
    give_key(town, pair, town.centre)
    town.round()
    consent, _ = town.agreed_and_released()
    town.round()
    asked = Asked(colleague.line)

    first, again, *later = [colleague.round().problem for _ in range(5)]
    assert (first, again, later) == ("event", "event", [""] * 3)
    assert (asked.count, doubts(colleague), numbers(colleague, consent)) == (2, 1, ())
    give_key(town, pair, colleague.centre)
    town.hub.publish_listings(4, town.hub.listings)
    colleague.round()
    colleague.round()

    assert (doubts(colleague), len(numbers(colleague, consent))) == (0, 1)
    colleague.vault.verify()


def test_a_letter_asks_for_a_key_that_the_hub_has_been_given_since(town, desk):
    pair = retire_key(town, town.shelter.org)
    town.round()
    desk.round()
    assert (version(desk), keys(desk)) == (3, {1})
    give_key(town, pair, desk.writer)
    town.agreed_and_released()
    town.round()

    desk.round()

    assert (keys(desk), len(desk.cases()), doubts(desk)) == ({1, 2}, 1, 0)


def test_a_letter_whose_key_cannot_be_asked_for_just_now_waits_for_it(town, desk):
    pair = retire_key(town, town.shelter.org)
    town.round()
    desk.round()
    give_key(town, pair, desk.writer)
    town.agreed_and_released()
    town.round()
    Asked(desk.line, Unreachable())

    cut = desk.round()
    assert (cut.state, cut.came, doubts(desk)) == (HubState.AWAY, 0, 0)
    done = desk.round()

    assert (done.state, done.came, len(desk.cases())) == (HubState.REACHED, 1, 1)


def test_where_the_directory_came_by_hand_the_next_line_brings_the_key(tmp_path):
    office = Office(tmp_path)
    town, mate = office.town, Mate(office.town, tmp_path / "mate")
    renewed(town, town.centre, mate.centre, office.carrier.own)
    office.carrier.renew()
    mate.round()
    consent, _ = mate.agreed_and_released()
    mate.round()

    office.trip()
    assert (version(town), keys(town), numbers(town, consent)) == (3, {1}, ())
    town.line.is_cut = False
    done = town.round()

    assert (done.problem, keys(town), len(numbers(town, consent))) == ("", {1, 2}, 1)
    mate.vault.close()
    office.close()


def test_by_hand_a_letter_to_a_key_of_a_newer_directory_waits_for_it(tmp_path):
    office = Office(tmp_path)
    town, mate = office.town, Mate(office.town, tmp_path / "mate")
    renewed(town, town.centre, mate.centre)
    mate.round()
    consent, _ = mate.agreed_and_released()
    mate.round()

    done = office.trip()
    assert (done.round.came, version(town), numbers(town, consent)) == (0, 2, ())
    town.line.is_cut = False
    town.round()

    assert len(numbers(town, consent)) == 1
    mate.vault.close()
    office.close()
