"""Carrying much: few pieces at first, and patience with a hub that wishes to rest."""

import pytest
from builders import NOON

from desktop.errors import BackupFailed, HubAway
from desktop.services.office_line import Handfuls, Watch, in_our_words, patiently
from desktop.trust_errors import HubRefused, NoRoomAtHub, NotAdmin
from sync.client.errors import Busy, Lying, Refused, Unreachable
from sync.protocol.backups import HANDFUL

DIGESTS = [bytes([number]) for number in range(100)]


class Asked:
    """A hub that is busy so many times."""

    def __init__(self, times, seconds):
        self.times, self.seconds, self.count = times, seconds, 0

    def __call__(self):
        self.count += 1
        if self.count <= self.times:
            raise Busy(self.seconds)
        return "answer"


def watch(goes_on=lambda: True):
    return Watch(lambda: NOON, goes_on)


def test_a_quick_line_is_given_more_at_once_and_everything_in_order():
    found = list(Handfuls(DIGESTS))

    assert [len(some) for some in found][:6] == [1, 2, 4, 8, HANDFUL, HANDFUL]
    assert [each for some in found for each in some] == DIGESTS


def test_a_hub_that_rests_is_waited_for():
    asked = Asked(2, 0)

    assert patiently(watch(), asked) == "answer"
    assert asked.count == 3


def test_who_rests_too_long_or_for_ever_is_away():
    for asked in (Asked(1, 3_600), Asked(99, 0)):
        with pytest.raises(HubAway), in_our_words():
            patiently(watch(), asked)


def test_a_lock_ends_the_waiting():
    with pytest.raises(BackupFailed):
        patiently(watch(lambda: False), Asked(1, 30))


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (Refused("role", 403), NotAdmin),
        (Refused("backups-full", 409), NoRoomAtHub),
        (Refused("device-revoked", 403), HubRefused),
        (Unreachable(), HubAway),
        (Lying("sets"), HubAway),
    ],
)
def test_what_the_line_says_becomes_what_a_person_can_act_on(error, ours):
    with pytest.raises(ours), in_our_words():
        raise error
