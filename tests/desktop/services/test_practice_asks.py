"""The referrals of the practice week: answered in the past, and by the real practice network."""

import secrets
import time
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from network_for_tests import a_network, clock
from vaults_for_tests import a_vault

from desktop.domain.days import begins, day_of
from desktop.domain.following import Next
from desktop.domain.ids import ReferralId
from desktop.domain.moment import Moment
from desktop.domain.referrals import Erasure
from desktop.services import enrolment, exchange, following, referrals, withdrawals
from desktop.services.enrolment import EnrolmentState, Invitation, OpenLine
from desktop.services.practice import live, making
from sync.practice import cues
from sync.protocol.bodies import Meeting
from sync.protocol.states import TaskStatus


def moment():
    return Moment(clock(), uuid4())


def joined(vault, network):
    invitation = Invitation(network.code(), network.root)
    state = EnrolmentState.NONE
    while state is not EnrolmentState.ENROLLED:
        door = enrolment.unknown_hub(network.url, "practice")
        state = enrolment.enrol(vault, door, invitation, moment(), secrets.token_bytes)
        time.sleep(0.05)  # a hub counts who asks too often


def until(vault, line, holds):
    """Run rounds with the hub until it holds; the agencies answer in their own time."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "no answer came"
        exchange.exchange(vault, line.hub(vault), clock(), stays_open=True)
        time.sleep(0.1)


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """A vault with the whole week, joined, when every agency that answers has answered."""
    with a_network(tmp_path_factory.mktemp("network")) as network:
        vault = a_vault(tmp_path_factory.mktemp("week") / "vault")
        vault.began = begins(day_of(clock()))
        making.begin(vault, moment())
        joined(vault, network)
        while not making.go_on(vault, moment(), secrets.token_bytes).is_sent:
            pass
        vault.line = OpenLine()
        speaking = len(live.CUES) - 3  # two wait here, and one agency stays quiet
        until(vault, vault.line, lambda: _opened(vault) == speaking)
        until(vault, vault.line, lambda: _replied(vault) == speaking)
        assert making.go_on(vault, moment(), secrets.token_bytes).is_over
        until(vault, vault.line, lambda: len(exchange.outbox(vault)) == 2)  # taken back, and told
        yield vault
        vault.close()


def _sent(vault):
    return [each for each in referrals.all(vault, moment()) if _is_live(each)]


def _is_live(tracking):
    return tracking.referral.written_at > clock() - timedelta(hours=1)


def _opened(vault):
    return sum("opened" in each.steps for each in _sent(vault))


def _replied(vault):
    return sum(bool(each.replies) for each in _sent(vault))


def _ways(vault, at=None):
    """Return all of them, page by page."""
    at = at or moment()
    page = following.ways(vault, at)
    shown = page.shown
    while page.more:
        beside = frozenset(way.id for way in shown)
        page = following.ways(vault, at, beside)
        shown += page.shown
    return shown


def test_sixty_stand_in_every_state_there_is(answered):
    trackings = referrals.all(answered, moment())
    ways = {way.following.next for way in _ways(answered)}
    meetings = {at.meeting for each in trackings if (at := each.appointment())}

    assert len(trackings) == 60
    assert {each.status for each in trackings} == set(TaskStatus) - {TaskStatus.ENTERED_IN_ERROR}
    assert ways >= {
        Next.LOOK, Next.CALL, Next.COORDINATE, Next.CHOOSE_ANOTHER, Next.TELL_MORE, Next.FIND,
        Next.MEET, Next.WAIT, Next.NOTHING,
    }  # fmt: skip
    assert meetings >= {Meeting.BOOKED, Meeting.KEPT, Meeting.MISSED}
    assert {each.erasure for each in trackings} >= {Erasure.NONE, Erasure.DESTROYED}
    assert {each.status for each in _sent(answered)} >= {
        TaskStatus.ACCEPTED, TaskStatus.REJECTED, TaskStatus.IN_PROGRESS, TaskStatus.ON_HOLD,
        TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED,
    }  # fmt: skip
    assert all(each.status_reason for each in trackings if each.status is TaskStatus.REJECTED)


def test_somebody_is_to_be_called_at_every_hour_of_the_day(answered):
    for hours in (0, 6, 12, 18, 23.9):
        at = answered.began + timedelta(hours=hours)
        ways = {way.following.next for way in _ways(answered, Moment(at, uuid4()))}
        assert {Next.CALL, Next.COORDINATE} <= ways, at


def test_two_wait_here_because_their_consent_ran_out_first(answered):
    waiting = exchange.outbox(answered)

    assert [each.problem for each in waiting] == ["consent-lapsed", "consent-lapsed"]
    looked_at = {w.id for w in _ways(answered) if w.following.next is Next.LOOK}
    assert {ReferralId(UUID(each.ref)) for each in waiting} <= looked_at


def test_the_week_proves_itself_and_is_over_for_good(answered):
    answered.verify()

    assert making.go_on(answered, moment(), secrets.token_bytes).is_over
    assert making.begin(answered, moment()).is_over
    assert len(referrals.all(answered, moment())) == 60


def test_what_was_answered_long_since_can_be_taken_back_and_is_destroyed(answered):
    old = next(
        each for each in referrals.all(answered, moment())
        if not _is_live(each) and each.status is TaskStatus.IN_PROGRESS
    )  # fmt: skip

    withdrawals.withdraw(answered, old.consent, moment())

    def erasure():
        (now,) = [e for e in referrals.all(answered, moment()) if e.referral == old.referral]
        return now.erasure

    until(answered, answered.line, lambda: erasure() is Erasure.DESTROYED)


def test_every_cue_of_the_week_is_one_that_agencies_know():
    said = set(live.CUES) - {"", live.LAPSED}

    assert said <= cues.names()
    assert cues.of({"need": "잘 곳이 필요해요 (연습: 보류)"}) is cues.of(
        {"need": "(practice: hold)"}
    )
    assert cues.of({"need": "(연습: 모르는 말)"}) is cues.of({})
