"""What a law makes an agency keep needs somebody until the young person was told of it."""

import pytest

from desktop.domain.following import Next
from desktop.services import following, kept_parts
from desktop.vault import holdings


@pytest.fixture
def kept(town):
    """A referral that was withdrawn, of which the agency keeps a part."""
    return town.keeps_a_part()


def nexts(town):
    return [way.following.next for way in following.ways(town.vault, town.moment()).shown]


def test_it_needs_somebody_until_the_young_person_was_told(town, kept):
    assert (nexts(town), following.late(town.vault, town.now)) == ([Next.LOOK], 1)

    told = kept_parts.told(town.vault, kept.id, town.moment())

    assert told == town.tracking(kept.id)
    assert (nexts(town), following.late(town.vault, town.now)) == ([Next.NOTHING], 0)
    town.vault.verify()


def test_the_first_time_that_they_were_told_counts(town, kept):
    first = kept_parts.told(town.vault, kept.id, town.moment())
    town.hub.clock.turn(days=3)

    assert kept_parts.told(town.vault, kept.id, town.moment()) == first


def test_that_they_were_told_keeps_nobodys_record_longer(town, kept):
    def ended():
        with town.vault.reading() as db:
            return holdings.of(db, (kept.youth,))

    before = ended()
    town.hub.clock.turn(days=100)
    kept_parts.told(town.vault, kept.id, town.moment())

    assert ended() == before


def test_of_what_was_not_kept_nothing_is_written_down(town):
    _, tracking = town.agreed_and_released()

    assert kept_parts.told(town.vault, tracking.referral.id, town.moment()) == tracking
