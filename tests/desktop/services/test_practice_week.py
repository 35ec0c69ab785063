"""The practice week in a real vault, as far as it goes without its network."""

import os
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from vaults_for_tests import a_vault, by_key

from desktop.domain.ids import YouthId
from desktop.domain.moment import Moment
from desktop.domain.outreach import KOREA
from desktop.domain.youths import Age
from desktop.services import growing, likeness, nights, outreach, promises, search, supervision
from desktop.services.likeness import Sought
from desktop.services.nights import Month
from desktop.services.outreach import Plan
from desktop.services.practice import cast, making, writing
from desktop.services.practice import nights as steps
from desktop.services.youths import NewYouth, meet, open_file
from desktop.vault import jottings

NOW = datetime(2026, 11, 28, 21, 0, tzinfo=KOREA)


def moment(now=NOW):
    return Moment(now, uuid4())


def made(vault, now=NOW):
    progress = making.begin(vault, moment(now))
    while not (progress.is_over or progress.waits_for_line):
        progress = making.go_on(vault, moment(now), os.urandom)
    return progress


def count(vault, table):
    with vault.reading() as db:
        return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    opened = a_vault(tmp_path_factory.mktemp("week") / "vault")
    made(opened)
    yield opened
    opened.close()


def test_it_holds_two_hundred_people_and_six_hundred_notes_and_proves_itself(vault):
    assert (count(vault, "youth"), count(vault, "note")) == (200, 600)
    assert count(vault, "jotting") == cast.NAMELESS
    vault.verify()


def test_hardly_two_notes_say_the_same_and_nothing_stands_beside_the_programs_heads(vault):
    with vault.reading() as db:
        texts = [text for (text,) in db.execute("SELECT text FROM note")]

    assert len(set(texts)) > 500
    assert sum(text.startswith(writing.HEADS[0]) for text in texts) > 250


def test_seven_nights_are_over_with_their_numbers_and_none_is_under_way(vault):
    assert outreach.tonight(vault) is None
    page = nights.month(vault, Month(2026, 11), NOW)

    assert len(page.nights) == 7
    assert all(night.counts.met > 80 for night in page.nights)
    assert not any(night.was_forgotten for night in page.nights)


def test_promises_are_overdue_for_today_and_coming_and_high_waits_for_a_supervisor(vault):
    counts = promises.counts(vault, NOW)

    assert (counts.overdue, counts.today, counts.coming) == (5, 6, 9)
    assert supervision.count(vault) == 3


def test_somebody_stands_there_twice_and_is_proposed(vault):
    found = likeness.met_before(vault, Sought("하늘", Age.stated(16), "달빛역 3번 출구"))

    assert {like.youth.alias for like in found} >= {"하늘", "하늘이"}


def _nameless(db):
    return [YouthId(UUID(key)) for key in jottings.every(db)]


def test_jottings_count_down_and_none_is_due_yet(vault):
    with vault.reading() as db:
        left = [each.days_left(NOW) for each in map(partial(jottings.of, db), _nameless(db))]

    assert growing.expire(vault, moment()) == 0
    assert min(left) >= 1
    assert len(set(left)) > 3


def test_what_is_written_is_found_and_signed_by_whoever_owns_the_vault(vault):
    assert len(search.everything(vault, "보드게임", moment()).notes) > 1
    signed = count(vault, "note_signature")

    assert 500 < signed < 600
    assert count(vault, "addendum") > 5
    with vault.reading() as db:
        who = {row[0] for row in db.execute("SELECT DISTINCT who FROM note_signature")}
    assert who == {vault.vault_id.hex}


def test_it_is_made_once_and_waits_for_the_network(vault):
    before = count(vault, "op")

    assert making.begin(vault, moment()).waits_for_line
    assert making.go_on(vault, moment(), os.urandom).waits_for_line
    assert count(vault, "op") == before


def test_it_goes_on_where_it_was_and_is_the_same_then(vault, tmp_path):
    cut = a_vault(tmp_path / "vault")
    making.begin(cut, moment())
    for _ in range(9):
        making.go_on(cut, moment(), os.urandom)
    cut.close()
    cut = by_key(tmp_path / "vault")

    later = NOW + timedelta(days=1, hours=3)  # the week stays where it was begun
    made(cut, later)

    texts = "SELECT text, met_at FROM note n JOIN meeting m ON m.id = n.meeting ORDER BY 2, 1"
    with cut.reading() as db, vault.reading() as other:
        assert db.execute(texts).fetchall() == other.execute(texts).fetchall()
    cut.close()


def test_a_night_that_somebody_begins_meanwhile_is_theirs_alone(tmp_path):
    vault = a_vault(tmp_path / "vault")
    making.begin(vault, moment())
    making.go_on(vault, moment(), os.urandom)
    night = outreach.begin(vault, Plan("우리 밤"), moment())
    met = meet(vault, NewYouth("솔이", Age.stated(17)), "", moment())

    for _ in range(2 * steps.PARTS):
        making.go_on(vault, moment(), os.urandom)

    assert [each.youth.alias for each in outreach.tonight(vault).met] == ["솔이"]
    assert outreach.tonight(vault).outreach.id == night.id
    assert open_file(vault, met.youth.id, None, moment()).times_met == 1
    vault.close()


def test_a_vault_in_which_somebody_works_already_gets_none(tmp_path):
    vault = a_vault(tmp_path / "vault")
    outreach.begin(vault, Plan("역"), moment())

    assert making.begin(vault, moment()).is_over
    assert count(vault, "youth") == 0
    vault.close()


def test_no_name_is_said_twice_and_everybody_is_met_in_order():
    week = cast.week(NOW)
    aliases = [person.alias for person in week.people]

    assert len(set(aliases)) == len(aliases) == cast.PEOPLE
    assert [visit.at for visit in week.visits] == sorted(visit.at for visit in week.visits)
    assert {visit.person.number for visit in week.visits} == set(range(cast.PEOPLE))
    assert week == cast.week(NOW + timedelta(hours=2))
    assert max(visit.at for visit in week.visits) < week.began
