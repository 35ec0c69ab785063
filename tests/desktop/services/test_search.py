"""A note is found by any word in it, a young person by alias or initial consonants."""

import random
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from builders import a_moment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import sentence
from vaults_for_tests import a_vault

from desktop.domain.filters import Filters
from desktop.domain.ids import JudgementId, YouthId
from desktop.domain.moment import Moment
from desktop.domain.screening import Judgement, Risk
from desktop.domain.youths import Age, Youth
from desktop.services import notes, outreach, screening, search, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from desktop.vault import names
from desktop.vault import notes as note_rows
from desktop.vault import search as index
from desktop.vault import youths as rows

SYLLABLE = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
WORD = st.text(SYLLABLE, min_size=1, max_size=6)


def _text_of(vault, hit):
    with vault.reading() as db:
        return note_rows.one(db, hit.note_id).note.text


def _typed_first(meant, texts):
    return [t for t in meant if t in texts[33:]] + [t for t in meant if t not in texts[33:]]


def take_in_all(vault):
    with vault.transaction() as db:
        index.catch_up(db)


@pytest.fixture
def write(vault):
    """Return a function that meets someone and writes a note about it."""
    outreach.begin(vault, Plan("신림역"), a_moment())

    def written(text, alias="하늘", finish=True):
        met = youths.meet(vault, NewYouth(alias, Age.stated(17)), "", a_moment())
        notes.save(vault, met.youth.id, met.meeting.id, text, a_moment())
        if finish:  # what is not signed may go into the index, too
            take_in_all(vault)
        return met

    return written


def found(vault, query, **more):
    return [
        n.before + n.match + n.after
        for n in search.everything(vault, query, a_moment(), **more).notes
    ]


@pytest.mark.parametrize("finish", [True, False])
def test_a_two_syllable_word_is_found_inside_a_longer_one(vault, write, finish):
    write("어제 피시방에서 잤다고 함", finish=finish)
    write("쉼터 이야기를 꺼냄", finish=finish)

    assert found(vault, "시방") == ["어제 피시방에서 잤다고 함"]


def test_pairs_that_only_stand_near_each_other_are_no_match(vault, write):
    write("가나 나다 다라")

    assert found(vault, "가나다") == []
    assert found(vault, "나 다") == ["가나 나다 다라"]


@pytest.mark.parametrize("finish", [True, False])
def test_every_word_of_the_query_must_be_there(vault, write, finish):
    write("라면을 먹고 쉼터로 감", finish=finish)
    write("라면을 먹음", finish=finish)

    assert found(vault, "라면 쉼터") == found(vault, "쉼터 라면") == ["라면을 먹고 쉼터로 감"]


def test_one_syllable_finds_the_beginning_of_words(vault, write):
    write("잠을 못 잤다고 함")

    assert found(vault, "잠") == ["잠을 못 잤다고 함"]


def test_letters_and_numbers_are_found_whatever_their_case(vault, write):
    write("SPO 3반 김경사와 통화")

    assert found(vault, "spo") == found(vault, "3반") == ["SPO 3반 김경사와 통화"]


def test_what_stands_around_is_shown_on_one_line(vault, write):
    write("가" * 50 + "\n\n한강\t" + "나" * 50)

    (note,) = search.everything(vault, "한강", a_moment()).notes

    assert (note.before, note.match, note.after) == ("가" * 28 + " ", "한강", " " + "나" * 29)


def test_a_corrected_note_is_found_by_its_new_words_only(vault, write):
    met = write("보라매공원에서 만남")

    notes.save(vault, met.youth.id, met.meeting.id, "신림역에서 만남", a_moment())

    assert found(vault, "보라매") == []
    assert found(vault, "신림역") == ["신림역에서 만남"]


def test_words_taken_out_leave_nothing_in_the_index(vault, write):
    met = write("뷁뷁뷁")
    note = youths.open_file(vault, met.youth.id, None, a_moment()).note

    notes.save(vault, met.youth.id, met.meeting.id, "다른 말", a_moment())
    notes.sign(vault, note.id, a_moment())
    notes.add(vault, note.id, "덧붙임", a_moment())

    with vault.reading() as db:
        blocks = db.execute("SELECT block FROM note_words_data").fetchall()
    assert not any("뷁뷁".encode() in block for (block,) in blocks)


def test_the_newest_come_first_and_only_so_many(vault, write):
    for n in range(6):
        write(f"라면 {n}번째")

    assert found(vault, "라면", limit=2) == ["라면 5번째", "라면 4번째"]


def test_notes_left_unfinished_are_taken_in_by_and_by(vault, write):
    for n in range(index.TYPED_AT_ONCE + 2):
        write(f"라면 {n}번째", finish=False)

    with vault.reading() as db:
        (waiting,) = db.execute("SELECT count(*) FROM note WHERE is_indexed = 0").fetchone()
    assert 0 < waiting <= index.TYPED_AT_ONCE
    assert len(found(vault, "라면", limit=99)) == index.TYPED_AT_ONCE + 2


def test_when_the_night_ends_everything_is_in_the_index(vault, write):
    write("라면", finish=False)

    outreach.end(vault, outreach.tonight(vault).outreach.id, a_moment())

    with vault.reading() as db:
        assert db.execute("SELECT min(is_indexed) FROM note").fetchone() == (1,)
    assert found(vault, "라면") == ["라면"]


@pytest.mark.parametrize("query", ["하늘", "늘", "ㅎㄴ", "ㅎ늘", "하ㄴ", "ㅂㅎㄴ"])
def test_a_young_person_is_found_by_alias_initials_or_half_of_each(vault, write, query):
    write("…", alias="밤하늘")
    write("…", alias="보라")

    assert [y.alias for y in search.everything(vault, query, a_moment()).youths] == ["밤하늘"]


@pytest.mark.parametrize("query", ["100%", "50%", "_", "%"])
def test_signs_that_mean_something_to_the_database_mean_themselves(vault, write, query):
    write("…", alias="하늘")
    write("…", alias="100%_50%!")

    assert [y.alias for y in search.everything(vault, query, a_moment()).youths] in (
        [],
        ["100%_50%!"],
    )


@pytest.mark.parametrize(
    "query", ["", "  ", '"', "*", "()", "'; --", 'NEAR("가", 1', "AND", "\x00"]
)
def test_no_query_can_break_the_search(vault, write, query):
    write("라면 AND NEAR")

    assert len(search.everything(vault, query, a_moment()).notes) <= 1


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WORD, min_size=1, max_size=8), st.data())
def test_any_two_syllables_that_stand_together_are_found(words, data):
    text = " ".join([*words, "끝말"])
    at = data.draw(
        st.sampled_from([n for n in range(len(text) - 1) if " " not in text[n : n + 2]])
    )

    with tempfile.TemporaryDirectory() as place:
        vault = a_vault(Path(place) / "vault")
        outreach.begin(vault, Plan("신림역"), a_moment())
        met = youths.meet(vault, NewYouth("하늘", Age.stated(17)), "", a_moment())
        note = notes.save(vault, met.youth.id, met.meeting.id, text, a_moment())
        typed = search.everything(vault, text[at : at + 2], a_moment()).notes
        notes.sign(vault, note.id, a_moment())
        indexed = search.everything(vault, text[at : at + 2], a_moment()).notes
        vault.close()

    assert [n.note_id for n in typed] == [n.note_id for n in indexed] == [note.id]


def test_notes_of_every_age_are_found_in_their_order(vault, write, monkeypatch):
    monkeypatch.setattr(index, "_NEWEST_SPAN", 2)
    monkeypatch.setattr(index, "_AT_ONCE", 2)
    for number in range(1, 13):
        write(f"가로등 {number}번" if number % 3 else "별빛")

    assert found(vault, "가로등") == [f"가로등 {n}번" for n in (11, 10, 8, 7, 5, 4, 2, 1)]
    assert found(vault, "별빛", limit=3) == ["별빛"] * 3
    assert found(vault, "없는말") == []


def test_what_is_found_is_what_reading_every_note_finds(vault, write, monkeypatch):
    monkeypatch.setattr(index, "_NEWEST_SPAN", 4)
    monkeypatch.setattr(index, "_AT_ONCE", 3)
    monkeypatch.setattr(index, "_FEW", 2)
    chance = random.Random("reading")
    texts = [f"{sentence(chance)} 놀이터에서 놀이터에게" for _ in range(12)]
    texts += [sentence(chance) for _ in range(24)]
    chance.shuffle(texts)
    for number, text in enumerate(texts):
        write(text, finish=number < 33)
    words = [word for text in texts for word in text.replace(".", "").split() if len(word) > 1]
    asked = ["놀이터에서", "터에서", "놀이터보다", "이터에 놀이"]
    asked += [word[: chance.randint(2, 5)] for word in chance.sample(words, 60)]
    asked += [" ".join(chance.sample(words, 2)) for _ in range(20)]

    for query in asked:
        meant = [text for text in reversed(texts) if all(word in text for word in query.split())]
        hits = search.everything(vault, query, a_moment(), limit=7).notes
        assert [_text_of(vault, hit) for hit in hits] == _typed_first(meant, texts)[:7], query


def test_everybody_found_is_called_as_they_are_called_now(vault, write):
    met = write("버스 앞에서 만남", alias="Sky")
    assert [hit.alias for hit in search.everything(vault, "버스", a_moment()).notes] == ["Sky"]

    with vault.transaction() as db:
        rows.rename(db, met.youth.id, "구름", a_moment().now)
        assert names.caller(db)(str(met.youth.id)) == "구름"

    assert [hit.alias for hit in search.everything(vault, "버스", a_moment()).notes] == ["구름"]


def test_a_slip_in_an_alias_is_forgiven(vault, write):
    write("버스 앞", alias="하늘")
    write("버스 앞", alias="구름")

    found = search.everything(vault, "하눌", a_moment())

    assert [youth.alias for youth in found.alike] == ["하늘"]
    assert found.youths == ()


def test_somebody_met_a_moment_ago_is_found_from_any_connection(vault, write):
    write("버스 앞", alias="하늘")
    assert search.people(vault, "구름") == ()
    other = vault.sibling()
    try:
        write("버스 앞", alias="구름")

        assert [youth.alias for youth in search.people(other, "구름")] == ["구름"]
        assert [youth.alias for youth in search.people(vault, "구름")] == ["구름"]
    finally:
        other.close()


def test_somebody_who_was_not_kept_after_all_is_not_found(vault, write):
    write("버스 앞", alias="하늘")

    def given_up():
        with vault.transaction() as db:
            rows.add(db, Youth(YouthId(uuid4()), "구름", Age.stated(15), a_moment().now))
            assert [each.alias for each in names.holding(db, "구름", 3)] == ["구름"]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        given_up()

    assert search.people(vault, "구름") == ()


def test_filters_narrow_by_time_place_worker_and_risk(vault):
    evening = a_moment().now
    for days, place, team, alias in (
        (40, "신림역", ("솔",), "하늘"),
        (8, "대학로", ("솔", "나무"), "바다"),
        (0, "신림역", ("나무",), "구름"),
    ):
        at = Moment(evening - timedelta(days=days), uuid4())
        outreach.begin(vault, Plan(place, team=team), at)
        met = youths.meet(vault, NewYouth(alias, Age.stated(17)), "버스 앞", at)
        notes.save(vault, met.youth.id, met.meeting.id, f"라면을 먹음 {alias}", at)
        if alias == "바다":
            key = JudgementId(uuid4())
            judged = Judgement(key, met.youth.id, Risk.MEDIUM, "잠을 못 잠", evening)
            screening.judge(vault, judged, at)

    def aliases(query, **filters):
        results = search.everything(vault, query, a_moment(), filters=Filters(**filters))
        assert {each.alias for each in results.youths} <= {note.alias for note in results.notes}
        return {note.alias for note in results.notes}

    week = evening - timedelta(days=9)
    assert aliases("라면") == {"하늘", "바다", "구름"}
    assert aliases("라면", since=week) == {"바다", "구름"}
    assert aliases("라면", place="신림") == {"하늘", "구름"}
    assert aliases("라면", place="버스") == {"하늘", "바다", "구름"}
    assert aliases("라면", worker="나무") == {"바다", "구름"}
    assert aliases("라면", risk=Risk.MEDIUM) == {"바다"}
    assert aliases("라면", risk=Risk.NONE, since=week) == {"구름"}
    assert aliases("하늘", place="신림") == {"하늘"}
    assert aliases("하늘", place="대학로") == set()
    assert aliases("", worker="나무", place="대학로") == {"바다"}
    assert aliases("") == set()
