"""One referral on two consents: what ends with one of them, and what stands on the other."""

import pytest
from desk_for_tests import WORDS, rows_with

from desktop.domain.consents import Item
from desktop.domain.inbox import Deed, Gone
from desktop.domain.referrals import Erasure
from desktop.services import referrals, withdrawals
from desktop.vault import inbox_consents
from desktop.vault.subjects import as_it_stands
from sync.protocol.states import TaskStatus

FIRST = {Item.ALIAS: "하늘", Item.NEED: "잘 곳"}


@pytest.fixture
def two(town, desk):
    """A referral that stands on one consent, and was told more under a second."""
    one, tracking = town.agreed_and_released(words=FIRST)
    town.round()
    desk.accepts()
    desk.say("어디서 만날까요?", asks=(Item.REACH,))
    desk.round()
    town.round()
    town.hub.clock.turn(minutes=5)
    youth, ref = tracking.referral.youth, tracking.referral.id
    other = town.agree(youth)
    draft = referrals.begin_answer(town.vault, ref, town.moment())
    town.release(youth, answers=ref, words=draft.words | {Item.REACH: "역 앞"})
    town.round()
    desk.round()
    return youth, ref, one.id, other.id


def ends(town, desk, consent):
    withdrawals.withdraw(town.vault, consent, town.moment())
    town.round()
    desk.round()
    town.hub.clock.turn(hours=1)


def asks_again(town, desk, youth):
    """Send another referral under whatever still stands; return it as it is at the desk."""
    told = town.release(youth, words=FIRST)
    assert town.round().problem == ""
    desk.round()
    return next(case for case in desk.cases() if case.id == told.referral.id)


def test_a_referral_on_the_consent_that_stands_is_opened(town, desk, two):
    youth, ref, one, _ = two
    ends(town, desk, one)

    case = asks_again(town, desk, youth)

    before = next(each for each in desk.cases() if each.id == ref)
    assert (before.gone, case.gone, case.status) == (
        Gone.WITHDRAWN, Gone.HERE, TaskStatus.REQUESTED,
    )  # fmt: skip
    assert not any(name.startswith(inbox_consents.ENDED) for name, _ in before.steps)
    desk.do(Deed.ACCEPT, ref=case.id)
    desk.round()
    town.round()
    now = town.tracking(case.id)
    assert (now.status, now.erasure) == (TaskStatus.ACCEPTED, Erasure.NONE)
    desk.vault.verify()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_each_consent_that_ended_is_remembered(town, desk, two, order):
    youth, _, *consents = two
    late = town.release(youth, words=FIRST)
    for each in order:
        ends(town, desk, consents[each])

    with desk.vault.reading() as db:
        assert all(
            inbox_consents.is_withdrawn(db, town.centre.org, str(each)) for each in consents
        )
        assert not inbox_consents.is_withdrawn(db, town.hub.clinic.org, str(consents[0]))
    assert late.referral.id not in {case.id for case in desk.cases() if case.gone is Gone.HERE}
    assert not rows_with(desk.vault, ("역 앞", *WORDS.values()))


def test_where_it_was_not_remembered_every_consent_of_the_case_counts(town, desk, two):
    """As in a vault from before it was: the word of the other end, too, changes nothing."""
    youth, ref, one, other = two
    ends(town, desk, one)
    with desk.vault.transaction() as db:
        db.execute("DELETE FROM received_step WHERE step GLOB 'ended:*'")
        as_it_stands(db, "received.untaken", str(ref))

    case = asks_again(town, desk, youth)
    ends(town, desk, other)

    with desk.vault.reading() as db:
        assert all(
            inbox_consents.is_withdrawn(db, town.centre.org, str(each)) for each in (one, other)
        )
    assert case.gone is Gone.WITHDRAWN
    desk.vault.verify()
