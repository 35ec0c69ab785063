"""What becomes of a case while nobody looks is counted until somebody does, at each laptop."""

from datetime import timedelta

import pytest
from desk_for_tests import WORDS, AgencyDesk
from vaults_for_tests import a_vault

from desktop.domain.consents import Item
from desktop.domain.inbox import Declined, Deed, Gone
from desktop.services import inbox, referrals, withdrawals


@pytest.fixture
def sent(town):
    """A referral that waits at the hub for the desk."""
    consent, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    return consent.id, tracking.referral


@pytest.fixture
def other(town, tmp_path):
    """A colleague's desk."""
    made = AgencyDesk(town, a_vault(tmp_path / "other"), town.hub.let_in(town.shelter))
    yield made
    made.vault.close()


def news(desk, later=timedelta(0)):
    return inbox.count(desk.vault, desk.town.now + later).news


def withdraw(town, sent, *desks):
    withdrawals.withdraw(town.vault, sent[0], town.moment())
    fetch(town, *desks)


def call_off(town, sent, *desks):
    town.hub.outcomes(town.centre, town.centre.cancel(str(sent[1].id)))
    fetch(town, *desks)


def tell_more(town, sent, *desks):
    """Tell what was asked for."""
    town.round()
    draft = referrals.begin_answer(town.vault, sent[1].id, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(draft.youth, answers=draft.answers, words=draft.words | {Item.HEALTH: "천식"})
    fetch(town, *desks)


def fetch(town, *desks):
    town.round()
    for desk in desks:
        desk.round()


@pytest.mark.parametrize("happens", [withdraw, call_off, tell_more])
def test_what_whoever_asked_did_is_news_until_it_was_looked_at_on_this_laptop(
    town, desk, other, sent, happens
):
    desk.accepts()
    desk.say("건강은요?", asks={Item.HEALTH})
    for each in (desk, other, desk):
        each.round()
    assert (news(desk), news(other)) == (0, 0)

    happens(town, sent, desk, other)
    assert (news(desk), news(other)) == (1, 1)
    before = desk.case()
    assert before.unseen_at is None
    assert not {name for name, _ in before.steps if name.startswith("seen")}

    with desk.vault.transaction() as db:
        db.execute("UPDATE mailbox SET seq = 0")
    desk.round()
    assert (news(desk), news(other)) == (0, 1)
    assert desk.peek().steps == before.steps
    desk.vault.verify()


def test_what_nobody_had_looked_at_is_no_news_once_it_is_gone(town, desk, sent):
    desk.round()

    withdraw(town, sent, desk)

    assert desk.peek().gone is Gone.WITHDRAWN
    assert news(desk) == 0


def test_two_decisions_are_news_until_somebody_has_chosen(town, desk, other, sent):
    desk.round()
    other.accepts()
    desk.do(Deed.DECLINE, Declined.FULL.value)
    desk.round()
    desk.round()
    assert news(desk) == 1

    desk.case()
    assert news(desk) == 1
    inbox.leave(desk.vault, desk.peek().id, desk.moment())

    assert news(desk) == 0


def test_after_a_month_nothing_is_new_any_more(town, desk, sent):
    desk.accepts()

    withdraw(town, sent, desk)

    assert news(desk, timedelta(days=29)) == 1
    assert news(desk, timedelta(days=31)) == 0
