"""A referral's whole way between two programs, and one that is taken back on the way."""

from datetime import timedelta

import pytest
from desk_for_tests import NEEDLES, WORDS, AgencyDesk, readable, tomorrow
from network_of_one import Town
from vaults_for_tests import a_vault

from desktop.domain.consents import Item
from desktop.domain.inbox import Deed, Gone
from desktop.domain.referrals import Appointment, Erasure
from desktop.services import inbox, retention, withdrawals
from sync.protocol.bodies import Meeting
from sync.protocol.states import Delivery, TaskStatus


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path / "town", a_vault(tmp_path / "centre"))
    yield town
    town.close()
    town.vault.close()


@pytest.fixture
def desk(town, tmp_path):
    desk = AgencyDesk(town, a_vault(tmp_path / "desk"))
    yield desk
    desk.vault.close()


def exchanged(town, desk):
    """Let both sides hear each other; return what the counselor sees now."""
    town.round()
    desk.round()
    desk.round()
    town.round()
    return town.tracking


def test_from_a_street_corner_to_a_finished_support(town, desk):
    _, tracking = town.agreed_and_released(words=WORDS)
    ref = tracking.referral.id
    assert exchanged(town, desk)(ref).delivery is Delivery.DELIVERED

    glimpse = desk.case()
    assert not [needle for needle in NEEDLES if needle in repr(glimpse)]
    assert exchanged(town, desk)(ref).delivery is Delivery.OPENED

    desk.do(Deed.ACCEPT)
    assert desk.case().words == WORDS
    assert exchanged(town, desk)(ref).status is TaskStatus.ACCEPTED

    booked = tomorrow(town.now)
    desk.say("내일 두 시에 만나요", booked, {Item.HEALTH})
    seen = exchanged(town, desk)(ref)
    assert (seen.appointment(), seen.asks()) == (
        Appointment(booked.at, booked.place), {Item.HEALTH},
    )  # fmt: skip

    desk.do(Deed.START)
    assert exchanged(town, desk)(ref).status is TaskStatus.IN_PROGRESS

    town.hub.clock.turn(days=1, hours=1)
    desk.say("잘 만났어요", Appointment(booked.at, booked.place, Meeting.KEPT))
    desk.do(Deed.COMPLETE)
    seen = exchanged(town, desk)(ref)
    assert seen.status is TaskStatus.COMPLETED
    assert [reply.text for reply in seen.replies] == ["내일 두 시에 만나요", "잘 만났어요"]
    assert seen.appointment().meeting is Meeting.KEPT
    steps = ("queued", "sent", "delivered", "opened", "accepted", "in-progress", "completed")
    assert [seen.steps[step] for step in steps] == sorted(seen.steps[step] for step in steps)
    desk.vault.verify()


def test_what_was_taken_back_while_the_desk_was_away_is_nowhere_in_its_vault(town, desk):
    consent, tracking = town.agreed_and_released(words=WORDS)
    ref = tracking.referral.id
    exchanged(town, desk)
    desk.case()
    desk.do(Deed.ACCEPT)
    exchanged(town, desk)
    desk.say("하늘이와 내일 만나요", tomorrow(town.now))
    inbox.keep_typed(desk.vault, ref, {"words": "문자로만 연락하기"}, desk.moment())
    desk.line.is_cut = True
    desk.say("나흘째라고 들었어요")
    desk.round()
    assert readable(desk.vault) == set(NEEDLES)

    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()
    assert town.tracking(ref).erasure is Erasure.OWED
    desk.line.is_cut = False
    desk.round()
    assert retention.sweep(desk.vault, town.now + timedelta(seconds=1))

    [case] = desk.cases()
    assert (case.gone, case.status) == (Gone.WITHDRAWN, TaskStatus.CANCELLED)
    assert readable(desk.vault) == set()
    desk.round()
    town.round()
    assert town.tracking(ref).erasure is Erasure.DESTROYED
    desk.vault.verify()
