from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from sync.client.backoff import LONGEST, Backoff
from sync.client.engine import Place, sync_once, within_bytes
from sync.client.errors import Lying
from sync.client.sealing import header_of, sign_clear
from sync.protocol.answers import Event, Exchanged, Outcome, Result
from sync.protocol.messages import BATCH_BYTES, Header, Kind

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)


@pytest.fixture
def a_message(centre):
    def make(name, body=b"{}"):
        header = Header(1, name, Kind.REFERRAL_CANCEL, "case", "centre", "device", NIGHT)
        return sign_clear(header, body, centre.device.sign)

    return make


class ListQueue:
    """A queue in memory, of the shape the vault's has."""

    def __init__(self, *messages, place=None):
        self.left, self.taken, self.rejoined = list(messages), [], []
        self.at = place or Place()

    def place(self):
        return self.at

    def waiting(self, limit):
        return tuple(self.left[:limit])

    def take(self, sent, answer):
        self.left = self.left[len(sent) :]
        self.taken += answer.events
        self.at = Place(answer.epoch, self.at.seq + len(answer.events))

    def rejoin(self, epoch):
        self.rejoined.append(epoch)
        self.at = Place(epoch)


class Hub:
    """Answers as a hub does, but for what a test changes."""

    def __init__(self, filled=0, **changes):
        self.filled, self.changes, self.asked = filled, changes, []

    def exchange(self, asked, now):
        self.asked.append(asked)
        results = tuple(Result(header_of(item).id, Outcome.ACCEPTED) for item in asked.items)
        seqs = range(asked.after + 1, min(self.filled, asked.after + 2) + 1)
        events = tuple(Event(seq, Kind.REMINDER, "case", now) for seq in seqs)
        answer = Exchanged("hub", "practice", "life-1", self.filled, now, results, events)
        return msgspec.structs.replace(answer, **self.changes)


def test_nothing_new_costs_one_request_that_may_wait():
    queue, hub = ListQueue(), Hub()

    outcome = sync_once(queue, hub, NIGHT, wait=25)

    assert (outcome.sent, outcome.came, outcome.has_more) == (0, 0, False)
    assert [asked.wait for asked in hub.asked] == [25]


def test_one_new_thing_costs_one_request_that_does_not_wait(a_message):
    queue, hub = ListQueue(a_message("one")), Hub()

    outcome = sync_once(queue, hub, NIGHT, wait=25)

    assert (outcome.sent, outcome.has_more, queue.left) == (1, False, [])
    assert [asked.wait for asked in hub.asked] == [0]


def test_pages_are_read_one_round_each_until_nothing_is_left():
    queue, hub = ListQueue(), Hub(filled=5)

    rounds = [sync_once(queue, hub, NIGHT) for _ in range(3)]

    assert [outcome.has_more for outcome in rounds] == [True, True, False]
    assert [event.seq for event in queue.taken] == [1, 2, 3, 4, 5]


def test_more_waiting_than_a_batch_asks_for_another_round(a_message):
    queue = ListQueue(*(a_message(str(n)) for n in range(5)))

    outcome = sync_once(queue, Hub(), NIGHT, limit=3)

    assert (outcome.sent, outcome.has_more, len(queue.left)) == (3, True, 2)


def test_a_batch_fits_one_request_and_a_large_message_goes_alone(a_message):
    small, large = a_message("small"), a_message("large", bytes(BATCH_BYTES))

    assert within_bytes((small, large, small)) == (small,)
    assert within_bytes((large, small)) == (large,)
    assert within_bytes(()) == ()


def test_a_restored_hub_is_joined_anew_before_anything_is_believed(a_message):
    queue = ListQueue(a_message("one"), place=Place("an older life", 7))

    outcome = sync_once(queue, Hub(), NIGHT)

    assert queue.rejoined == ["life-1"]
    assert (outcome.sent, outcome.has_more, len(queue.left)) == (0, True, 1)


def test_a_mailbox_shorter_than_what_was_read_of_it_is_read_anew(a_message):
    queue, hub = ListQueue(a_message("one"), place=Place("life-1", 7)), Hub(filled=3)

    rounds = [sync_once(queue, hub, NIGHT) for _ in range(3)]

    assert queue.rejoined == ["life-1"]
    assert [(each.sent, each.came) for each in rounds] == [(0, 0), (1, 2), (0, 1)]
    assert queue.at == Place("life-1", 3)


def test_the_first_round_of_all_joins_without_ceremony():
    queue = ListQueue()

    sync_once(queue, Hub(filled=1), NIGHT)

    assert (queue.rejoined, queue.at) == ([], Place("life-1", 1))


def test_a_hub_that_promises_and_never_gives_does_not_keep_us_busy():
    outcome = sync_once(ListQueue(), Hub(head=1_000), NIGHT)

    assert not outcome.has_more


GAP = (Event(2, Kind.REMINDER, "case", NIGHT),)
TWICE = (Event(1, Kind.REMINDER, "case", NIGHT),) * 2


@pytest.mark.parametrize(
    "lie",
    [
        {"results": ()},
        {"results": (Result("another", Outcome.ACCEPTED),)},
        {"results": (Result("one", Outcome.ACCEPTED),) * 2},
        {"events": GAP, "head": 2},
        {"events": TWICE, "head": 2},
        {"events": TWICE[:1], "head": 0},
        {"head": -1},
    ],
)
def test_an_answer_that_does_not_fit_the_question_changes_nothing(lie, a_message):
    queue = ListQueue(a_message("one"))

    with pytest.raises(Lying):
        sync_once(queue, Hub(**lie), NIGHT)

    assert (len(queue.left), queue.taken, queue.at) == (1, [], Place())


def test_bad_rounds_are_followed_by_longer_rests_up_to_a_limit():
    state, rests = Backoff(), []
    for _ in range(40):
        state = state.after_failure()
        rests.append(state.wait(luck=0.999))

    assert rests[0] < timedelta(seconds=1.01)
    assert rests == sorted(rests)
    assert LONGEST * 0.99 < rests[-1] <= LONGEST
    assert state.after_success().wait(luck=0.5) == timedelta(0)


def test_a_slow_line_gets_smaller_batches_and_grows_them_back():
    state = Backoff()
    for _ in range(9):
        state = state.after_failure(too_slow=True)

    assert state.batch == 1
    for _ in range(9):
        state = state.after_success()
    assert state.batch == 100


def test_luck_spreads_the_rests_of_many_laptops():
    state = Backoff().after_failure().after_failure()

    assert state.wait(0.0) == timedelta(seconds=1)
    assert state.wait(0.0) < state.wait(0.5) < state.wait(0.99)
