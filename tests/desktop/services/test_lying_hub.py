"""A hub that replays, misdates or forgets moves nothing here, and loses nothing."""

from datetime import UTC, datetime

import msgspec
import pytest
from builders import SAID_YES
from network_of_one import answered

from desktop.domain.consents import Answer, Article
from desktop.domain.referrals import Erasure
from desktop.services import exchange, withdrawals
from desktop.services.exchange import HubState
from desktop.vault import directory
from sync.protocol.answers import ReceiptClaim
from sync.protocol.codec import read_json
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus
from sync.trust.layout import TIMESTAMP, Network
from sync.trust.making import public_of


def again(town, event, **changes):
    """Make the hub's next answer bring this event once more, in the next place."""

    def twist(answer):
        fresh = msgspec.structs.replace(event, seq=answer.head + 1, **changes)
        return answered(events=(*answer.events, fresh), head=answer.head + 1)(answer)

    town.line.twist = twist


def came_about(town, kind, ref):
    """Return the event in our own mailbox."""
    events = town.hub.exchange(town.centre, after=0).events
    return next(event for event in events if (event.kind, event.ref) == (kind, ref))


def test_an_old_status_that_is_replayed_does_not_count_again(town):
    _, tracking = town.agreed_and_released()
    town.round()
    ref = str(tracking.referral.id)
    moves = [town.shelter.moves(ref, to) for to in ("accepted", "in-progress", "on-hold")]
    town.answer(*moves)
    town.round()
    events = town.hub.exchange(town.centre, after=0).events
    old = next(event for event in events if event.message == moves[1])

    again(town, old)
    town.round()

    assert town.tracking(tracking.referral.id).status is TaskStatus.ON_HOLD


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_an_hour_that_cannot_be_is_a_lie_and_is_not_remembered(town, year):
    town.agreed_and_released()
    town.line.twist = answered(time=datetime(year, 1, 1, tzinfo=UTC))

    lied = town.round()
    town.line.twist = lambda answer: answer
    town.round()  # half of what got no answer
    done = town.round()

    assert (lied.state, lied.problem) == (HubState.LYING, "time")
    assert (done.state, done.problem, done.waiting) == (HubState.REACHED, "", 0)


def test_an_event_of_an_hour_that_cannot_be_is_passed_over(town):
    _, tracking = town.agreed_and_released()
    town.round()
    ref = str(tracking.referral.id)
    town.answer(town.shelter.moves(ref, "accepted"))
    event = came_about(town, Kind.TASK_STATUS, ref)

    again(town, event, at=datetime.fromisoformat("0001-01-01T00:00:00+14:00"))
    done = town.round()

    assert done.state is HubState.LYING


def test_a_later_no_holds_back_what_still_waits(town):
    youth = town.meet()
    town.agree(youth)
    town.release(youth)
    town.hub.clock.turn(minutes=1)
    town.agree(youth, answers=SAID_YES | {Article.PROVIDE: Answer.REFUSED})

    done = town.round()

    assert (done.waiting, exchange.line(town.vault).held) == (0, 1)
    assert [w.problem for w in exchange.outbox(town.vault)] == ["consent-lapsed"]


def test_a_round_in_which_something_may_have_left_is_witnessed(vault, town):
    """Else a lost end of the WAL would make what left look as if it had stayed."""
    town.agreed_and_released()
    with vault.reading() as db:
        before = db.execute("SELECT count(*) FROM op").fetchone()[0]
    town.line.loses_questions = True

    town.round()

    with vault.reading() as db:
        kinds = [k for (k,) in db.execute("SELECT kind FROM op WHERE seq > ?", (before,))]
    assert "outbox.offered" in kinds


def test_nothing_is_owed_for_what_the_hub_signs_it_never_had(town):
    consent, tracking = town.agreed_and_released()
    town.line.loses_questions = True
    town.round()
    town.line.loses_questions = False
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    owed = town.tracking(tracking.referral.id).erasure

    town.round()

    after = town.tracking(tracking.referral.id)
    assert (owed, after.erasure) == (Erasure.OWED, Erasure.NONE)
    assert after.delivery is Delivery.QUEUED
    assert "never-left" in after.steps


def test_what_the_hub_had_stays_owed_though_its_answer_was_lost(town):
    consent, tracking = town.agreed_and_released()
    town.line.loses_answers = True
    town.round()
    town.line.loses_answers = False
    withdrawals.withdraw(town.vault, consent.id, town.moment())

    town.round()

    assert town.tracking(tracking.referral.id).erasure is Erasure.OWED


def test_a_directory_of_the_other_world_is_not_kept(vault, town):
    town.hub.keepers.network = Network("practice", "real")
    keepers = town.hub.keepers
    keepers.timestamp_pub = public_of(keepers.timestamp)
    keepers.files["2.root.json"] = keepers.signed_root(town.now, keepers.files["1.root.json"])
    keepers.publish(town.hub.listings, town.now)
    keepers.files[TIMESTAMP] = town.hub.published(TIMESTAMP)
    keepers.stamp(town.now)
    town.served = lambda path: keepers.fetch(path, 0)
    town.line.twist = answered(directory=3)

    done = town.round()

    assert (done.state, done.problem) == (HubState.LYING, "directory")
    with vault.reading() as db:
        assert directory.version(db) == 2


def test_a_receipt_of_the_hub_for_other_bytes_proves_nothing(town):
    _, tracking = town.agreed_and_released()

    def swap(answer):
        given, request = answer.results
        lies = msgspec.structs.replace(request, receipt=given.receipt)
        return answered(results=(given, lies))(answer)

    town.line.twist = swap
    done = town.round()

    assert (done.state, done.problem) == (HubState.LYING, "receipt")
    assert town.tracking(tracking.referral.id).delivery is Delivery.QUEUED


def test_a_receipt_of_an_hour_that_cannot_be_proves_nothing(town):
    _, tracking = town.agreed_and_released()
    never = datetime.fromisoformat("0001-01-01T00:00:00+14:00")

    def misdate(answer):
        claims = [read_json(ReceiptClaim, each.receipt.claim) for each in answer.results]
        signed = town.hub.hub.key.receipts(
            [msgspec.structs.replace(claim, time=never) for claim in claims]
        )
        results = tuple(
            msgspec.structs.replace(each, receipt=receipt)
            for each, receipt in zip(answer.results, signed, strict=True)
        )
        return answered(results=results)(answer)

    town.line.twist = misdate
    done = town.round()

    assert (done.state, done.problem) == (HubState.LYING, "receipt")
    assert town.tracking(tracking.referral.id).delivery is Delivery.QUEUED
