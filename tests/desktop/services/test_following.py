"""Who needs a person, asked of the vault: settled ones let go, at one cost however many."""

from datetime import timedelta

import msgspec
import pytest
from builders import a_consent, a_moment
from network_of_one import answered

from desktop.domain.agencies import Category
from desktop.domain.consents import Answer, Article
from desktop.domain.following import Next
from desktop.domain.ids import AgencyId
from desktop.domain.looks import Kind
from desktop.domain.referrals import REFUSED_LEFT
from desktop.services import consents, exchange, following, looks, untaken
from desktop.vault import referrals
from desktop.vault.columns import stamp
from sync.protocol.answers import Outcome
from sync.protocol.receipts import unfolded

NO = {Article.COLLECT: Answer.REFUSED}
LATER = {Article.COLLECT: Answer.LATER}
NOTHING_SENSITIVE = {
    Article.COLLECT: Answer.GIVEN,
    Article.PROVIDE: Answer.GIVEN,
    Article.SENSITIVE: Answer.REFUSED,
}


@pytest.fixture
def refused(town):
    """A referral the hub refused."""
    _, tracking = town.agreed_and_released()

    def refuse(answer):
        given, request = unfolded(answer).results
        no = {"outcome": Outcome.REJECTED, "reason": "org-inactive", "receipt": None}
        return answered(results=(given, msgspec.structs.replace(request, **no)))(answer)

    town.line.twist = refuse
    town.round()
    town.line.twist = lambda answer: answer
    town.hub.clock.turn(hours=1)
    return tracking.referral


def say(town, youth, answers, agency=None):
    consent = a_consent(
        youth=youth,
        agency=AgencyId((agency or town.shelter).org),
        answers=answers,
        asked_at=town.now,
        valid_until=town.now + timedelta(days=90),
    )
    consents.record(town.vault, consent, town.moment())
    town.hub.clock.turn(minutes=1)


def nexts(town):
    return [way.following.next for way in following.ways(town.vault, town.moment()).shown]


def late(town):
    return following.late(town.vault, town.now)


def test_a_refused_referral_needs_somebody_until_it_is_asked_anew(town, refused):
    assert late(town) == 1

    town.agree(refused.youth)
    town.release(refused.youth, categories=frozenset({Category.HEALTH}))
    assert late(town) == 1
    town.hub.clock.turn(minutes=1)
    town.release(refused.youth)

    assert late(town) == 0
    assert nexts(town) == [Next.REACH_HUB, Next.REACH_HUB, Next.NOTHING]


def test_a_refused_referral_that_somebody_left_needs_nobody_any_more(town, refused):
    (row,) = (each for each in exchange.outbox(town.vault) if each.is_refused)

    untaken.leave(town.vault, row.id, town.now)

    assert town.tracking(refused.id).problem == REFUSED_LEFT
    assert (late(town), nexts(town)) == (0, [Next.NOTHING])


def test_the_newest_answer_about_this_agency_is_the_one_that_settles(town, refused):
    say(town, refused.youth, LATER)
    say(town, refused.youth, NOTHING_SENSITIVE)
    say(town, refused.youth, NO, town.hub.clinic)
    assert late(town) == 1

    say(town, refused.youth, NO)
    assert (late(town), nexts(town)) == (0, [Next.NOTHING])

    say(town, refused.youth, NOTHING_SENSITIVE)
    assert late(town) == 1


def test_many_referrals_are_read_in_as_many_statements_as_one(town):
    def statements():
        said = []
        with town.vault.reading() as db:
            db._connection.set_trace_callback(said.append)
            found = referrals.unsettled(db, town.now)
            db._connection.set_trace_callback(None)
        return len(found), len(said)

    town.agreed_and_released()
    one = statements()
    for _ in range(4):
        town.agreed_and_released()

    assert one[0] == 1
    assert statements() == (5, one[1])


def test_a_page_shows_and_looks_at_its_own_rows_alone(town, monkeypatch):
    monkeypatch.setattr(following, "SHOWN", 2)
    for _ in range(3):
        town.agreed_and_released()

    first = following.ways(town.vault, town.moment())
    looked = looks.between(town.vault, town.now, town.now + timedelta(seconds=1))
    shown = frozenset(way.id for way in first.shown)
    rest = following.ways(town.vault, town.moment(), shown)

    seen = {each.sight.record for each in looked if each.sight.kind is Kind.REFERRAL}
    assert (len(first.shown), first.more) == (2, 1)
    assert {str(each) for each in shown} == set(map(str, seen))
    assert (len(rest.shown), rest.more) == (1, 0)
    assert not shown & {way.tracking.referral.id for way in rest.shown}
    both = following.ways(town.vault, town.moment(), pages=2)
    assert both.shown == first.shown + rest.shown
    assert both.more == 0


def test_what_could_not_be_helped_long_ago_is_not_read(town):
    _, sent = town.agreed_and_released()
    with town.vault.transaction() as db:
        key = str(sent.referral.id)
        db.execute("UPDATE referral SET status = 'rejected' WHERE id = ?", (key,))
        row = (key, stamp(town.now))
        db.execute("INSERT INTO referral_step VALUES (?, 'rejected', ?, '')", row)

    with town.vault.reading() as db:
        lately = referrals.unsettled(db, town.now - timedelta(seconds=1))
        long_ago = referrals.unsettled(db, town.now)

    assert (len(lately), len(long_ago)) == (1, 0)
    assert nexts(town) == [Next.CHOOSE_ANOTHER]
    town.hub.clock.turn(hours=14 * 24)
    assert nexts(town) == [Next.NOTHING]


@pytest.mark.parametrize("status", ["accepted", "completed"])
def test_once_another_agency_helps_one_that_could_not_needs_nobody(town, status):
    _, first = town.agreed_and_released()
    no = town.shelter.moves(str(first.referral.id), "rejected", "no-room")
    town.round()
    town.answer(no)
    town.round()
    assert (late(town), nexts(town)) == (1, [Next.CHOOSE_ANOTHER])

    youth, clinic = first.referral.youth, AgencyId(town.hub.clinic.org)
    town.agree(youth, agency=clinic)
    town.hub.clock.turn(minutes=1)
    second = town.release(youth, agency=clinic)
    with town.vault.transaction() as db:
        key = str(second.referral.id)
        db.execute("UPDATE referral SET status = ? WHERE id = ?", (status, key))

    assert late(town) == 0
    assert Next.CHOOSE_ANOTHER not in nexts(town)


def test_a_silence_is_told_by_the_hub_where_our_clock_is_a_day_behind(town):
    town.agreed_and_released()
    town.round()
    for hours in (25, 24):
        town.hub.clock.turn(hours=hours)
        town.hub.desk.look_after(town.now)

    behind = town.now - timedelta(hours=30)
    exchange.exchange(town.vault, town.line, behind)

    (way,) = following.ways(town.vault, a_moment(behind)).shown
    assert (way.following.next, following.late(town.vault, behind)) == (Next.COORDINATE, 1)


@pytest.fixture
def held(town):
    """A referral whose consent ran out before it left."""
    youth = town.meet()
    town.agree(youth, valid_until=town.now + timedelta(hours=1))
    tracking = town.release(youth)
    town.hub.clock.turn(hours=1)
    town.round()
    return tracking.referral


def test_what_its_consent_no_longer_covers_is_looked_at_until_it_is_asked_anew(town, held):
    (way,) = following.ways(town.vault, town.moment()).shown
    assert (way.following.next, way.tracking.problem) == (Next.LOOK, "consent-lapsed")
    assert late(town) == 1

    town.agree(held.youth)
    town.release(held.youth)
    assert (late(town), nexts(town)) == (0, [Next.REACH_HUB, Next.NOTHING])

    town.round()
    with town.vault.transaction() as db:  # helped, and no longer among what is expected
        db.execute("UPDATE referral SET status = 'completed' WHERE id <> ?", (str(held.id),))
    assert late(town) == 0
