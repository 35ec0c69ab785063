"""A note saves itself as it is typed, and nothing typed is kept that may not be."""

import pytest
from builders import a_moment

from desktop.domain.youths import Age
from desktop.errors import ResidentNumberFound, TextTooLong
from desktop.services import notes, outreach, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth


@pytest.fixture
def met(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())
    return youths.meet(vault, NewYouth("하늘", Age.stated(17)), "", a_moment())


def save(vault, met, text, **later):
    return notes.save(vault, met.youth.id, met.meeting.id, text, a_moment(**later))


def note_of(vault, met):
    return youths.open_file(vault, met.youth.id, met.meeting.id, a_moment()).note


def test_a_note_grows_under_one_id(vault, met):
    first = save(vault, met, "편의점")
    second = save(vault, met, "편의점 앞", minutes=1)

    assert second.id == first.id
    assert (second.version, second.text) == (2, "편의점 앞")
    assert note_of(vault, met) == second


def test_saving_the_same_words_again_changes_nothing(vault, met):
    first = save(vault, met, "편의점")
    with vault.reading() as db:
        before = db.execute("SELECT count(*) FROM op").fetchone()

    again = save(vault, met, "편의점", minutes=1)

    with vault.reading() as db:
        assert db.execute("SELECT count(*) FROM op").fetchone() == before
    assert again == first


def test_nothing_written_is_no_note(vault, met):
    assert save(vault, met, " \n ") is None
    assert note_of(vault, met) is None


def test_a_note_may_be_emptied_again(vault, met):
    save(vault, met, "편의점")

    assert save(vault, met, "").text == ""


def test_a_refused_text_leaves_what_was_kept(vault, met):
    kept = save(vault, met, "편의점")

    with pytest.raises(ResidentNumberFound):
        save(vault, met, "090101-3234567")
    with pytest.raises(TextTooLong):
        save(vault, met, "가" * 2_000_001)

    assert note_of(vault, met) == kept


def test_a_megabyte_pasted_is_kept_and_finished(vault, met):
    text = "밤 골목에서 만났다. " * 50_000

    notes.finish(vault, save(vault, met, text).id, a_moment())

    assert note_of(vault, met).text == text


def test_a_finished_note_can_be_corrected_and_is_open_again(vault, met):
    note = save(vault, met, "편의점")

    finished = notes.finish(vault, note.id, a_moment(minutes=1))
    again = notes.finish(vault, note.id, a_moment(minutes=2))
    corrected = save(vault, met, "편의점 앞", minutes=3)

    assert finished.finished_at == a_moment(minutes=1).now
    assert again == finished
    assert corrected.finished_at is None


def test_the_night_shows_how_much_is_written(vault, met):
    save(vault, met, "편의점")

    (shown,) = outreach.tonight(vault).met

    assert (shown.note_length, shown.is_finished) == (3, False)
