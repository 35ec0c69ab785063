"""Earlier wordings: kept where a pause, a cut or a lock came between, and never by the key."""

import pytest
from builders import a_moment
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.notes import Mark, Written, joined, without_sensitive
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.versions import MOST_SAVES, Change, compared
from desktop.domain.youths import Age
from desktop.services import looks, notes, outreach, retention, search, versions, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth


@pytest.fixture
def met(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())
    return youths.meet(vault, NewYouth("하늘", Age.stated(17)), "", a_moment())


def save(vault, met, text, **later):
    return notes.save(vault, met.youth.id, met.meeting.id, text, a_moment(**later))


def wordings(vault, note):
    history = versions.of(vault, note.id, a_moment())
    return [
        versions.compare(vault, note.id, each.version).version.text for each in history.versions
    ]


def test_typing_on_leaves_no_versions(vault, met):
    for n in range(1, 60):
        note = save(vault, met, "가" * n, seconds=2 * n)

    assert wordings(vault, note) == []


def test_after_a_pause_the_words_before_it_stay(vault, met):
    save(vault, met, "편의점")
    save(vault, met, "편의점 앞", minutes=6)
    save(vault, met, "편의점 앞에서", minutes=7)
    note = save(vault, met, "골목", minutes=13)

    assert wordings(vault, note) == ["편의점 앞에서", "편의점"]


def test_much_taken_out_at_once_stays_as_it_was(vault, met):
    long = "혼자 앉아 있음. " * 20
    save(vault, met, long)
    note = save(vault, met, "ㅇ", seconds=1)

    assert wordings(vault, note) == [long]


def test_whoever_writes_without_a_pause_leaves_a_version_now_and_then(vault, met):
    for n in range(MOST_SAVES + 5):
        note = save(vault, met, f"{n}", seconds=n)

    assert len(wordings(vault, note)) == 1


def test_a_lock_ends_a_wording_once(vault, met):
    ids = met.youth.id, met.meeting.id
    for _ in range(3):
        note = notes.rescue(vault, *ids, "편의점", a_moment())
    save(vault, met, "골목", seconds=5)

    assert wordings(vault, note) == ["편의점"]


def test_no_search_finds_a_version_unless_it_is_wished(vault, met):
    save(vault, met, "편의점")
    note = save(vault, met, "골목", minutes=6)

    assert search.everything(vault, "편의점", a_moment()).notes == ()
    assert versions.holding(vault, note.id, "편의점") == {1}
    assert versions.holding(vault, note.id, "골목") == frozenset()


def test_reading_the_history_is_a_look_at_the_note(vault, met):
    save(vault, met, "편의점")
    note = save(vault, met, "골목", minutes=6)

    versions.of(vault, note.id, a_moment())

    assert str(note.id) in {look.sight.record for look in looks.of(vault, met.youth.id)}


def test_versions_and_marks_go_with_their_note(vault, met):
    written = Written("편의점에서 약을 삼", (Mark(0, 3),))
    notes.save(vault, met.youth.id, met.meeting.id, written, a_moment())
    note = save(vault, met, "골목", minutes=6)
    assert versions.compare(vault, note.id, 1).version.marks == (Mark(0, 3),)

    retention.purge(vault, [Target(Thing.NOTE, note.id)], Ground.MISTAKE, a_moment())

    with vault.reading() as db:
        for table in ("note_version", "note_marks"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    vault.verify()


def test_what_changed_is_told_word_by_word():
    pieces = compared("편의점 앞\n코코아를 건넴\n끝", "편의점 앞\n따뜻한 코코아를 건넴\n끝")

    assert (Change.NEW, "따뜻한 ") in pieces
    assert all(change is not Change.GONE for change, _ in pieces)


texts = st.text(alphabet="가나 \n다a", max_size=60)


@given(texts, texts)
def test_the_pieces_put_together_are_both_texts(before, after):
    pieces = compared(before, after)

    assert "".join(p for c, p in pieces if c is not Change.NEW) == before
    assert "".join(p for c, p in pieces if c is not Change.GONE) == after


def test_a_megabyte_is_compared_in_a_moment():
    before, after = "줄\n" * 300_000, "다른 줄\n" * 300_000

    assert [change for change, _ in compared(before, after)] == [Change.GONE, Change.NEW]


@given(
    texts,
    st.lists(st.builds(Mark, st.integers(0, 50), st.integers(1, 9)), max_size=5).map(tuple),
)
def test_what_is_marked_is_in_nothing_that_leaves(text, marks):
    told = without_sensitive(text, marks, "█")

    plain = {n for n in range(len(text))} - {n for m in marks for n in range(m.start, m.end)}
    assert told.replace("█", "") == "".join(text[n] for n in sorted(plain))
    assert all(a.end < b.start for a, b in zip(joined(marks), joined(marks)[1:], strict=False))
