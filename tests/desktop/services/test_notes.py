"""A note saves itself as it is typed, and nothing typed is kept that may not be."""

import pytest
from builders import a_moment
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.notes import Mark, Signature, Written
from desktop.domain.youths import Age
from desktop.errors import NothingWritten, ResidentNumberFound, TextTooLong
from desktop.note_errors import NoteSigned
from desktop.services import notes, outreach, search, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from desktop.vault.columns import stamp
from desktop.vault.subjects import as_it_stands


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

    notes.sign(vault, save(vault, met, text).id, a_moment())

    assert note_of(vault, met).text == text


def test_a_signed_note_takes_no_other_words(vault, met):
    note = save(vault, met, "편의점")

    signed = notes.sign(vault, note.id, a_moment(minutes=1))
    again = notes.sign(vault, note.id, a_moment(minutes=2))
    with pytest.raises(NoteSigned):
        save(vault, met, "편의점 앞", minutes=3)

    assert signed.signature == Signature(vault.vault_id.hex, a_moment(minutes=1).now)
    assert again == signed == note_of(vault, met)
    assert save(vault, met, "편의점", minutes=4) == signed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE note SET text = 'other'",
        "UPDATE note SET saved_at = '2020'",
        "UPDATE note SET finished_at = NULL",
        "DELETE FROM note_signature",
        "UPDATE note_signature SET who = 'nobody'",
        "UPDATE addendum SET text = 'other'",
        "DELETE FROM addendum",
        "UPDATE note_version SET text = 'other'",
        "DELETE FROM note_version",
    ],
)
def test_the_vault_itself_lets_signed_words_stay(vault, met, statement):
    save(vault, met, "처음 쓴 말")
    note = save(vault, met, "편의점", hours=1)
    notes.sign(vault, note.id, a_moment(hours=2))
    before = notes.add(vault, note.id, "나중에 들은 말", a_moment(hours=3))

    with (
        pytest.raises(sqlcipher.IntegrityError, match=r"stay|taken back"),
        vault.transaction() as db,
    ):
        db.execute(statement)

    assert note_of(vault, met) == before


def test_what_is_added_stands_with_author_and_time_and_is_found_with_the_note(vault, met):
    note = save(vault, met, "편의점 앞 벤치")
    notes.sign(vault, note.id, a_moment(minutes=1))

    notes.add(vault, note.id, " 쉼터에 도착함 \n", a_moment(minutes=2))
    notes.add(vault, note.id, "잘 잤다고 함", a_moment(minutes=3))

    first, second = note_of(vault, met).addenda
    assert (first.text, first.at) == ("쉼터에 도착함", a_moment(minutes=2).now)
    assert first.who == notes.own_name(vault)
    assert second.text == "잘 잤다고 함"
    for words in ("쉼터", "벤치", "잤다고", "벤치 도착함"):
        (found,) = search.everything(vault, words, a_moment()).notes
        assert found.note_id == note.id
    vault.verify()


@pytest.mark.parametrize("text", ["", " \n "])
def test_nothing_is_no_addendum(vault, met, text):
    note = notes.sign(vault, save(vault, met, "편의점").id, a_moment())

    with pytest.raises(NothingWritten):
        notes.add(vault, note.id, text, a_moment())


def test_a_resident_number_is_no_addendum_and_is_blotted_out_while_half_written(vault, met):
    note = notes.sign(vault, save(vault, met, "편의점").id, a_moment())

    with pytest.raises(ResidentNumberFound):
        notes.add(vault, note.id, "090101-3234567", a_moment())
    notes.set_adding_aside(vault, note.id, "번호 090101-3234567", a_moment())

    assert note_of(vault, met).addenda == ()
    assert note_of(vault, met).adding == "번호 " + "●" * 14


def test_an_addendum_being_written_is_there_again_until_it_is_added(vault, met):
    note = notes.sign(vault, save(vault, met, "편의점").id, a_moment())

    notes.set_adding_aside(vault, note.id, "쉼터에", a_moment())
    assert note_of(vault, met).adding == "쉼터에"

    notes.add(vault, note.id, "쉼터에 감", a_moment())
    assert note_of(vault, met).adding == ""
    vault.verify()


def test_a_note_that_an_earlier_program_finished_is_open_until_it_is_signed(vault, met):
    note = save(vault, met, "편의점")
    with vault.transaction() as db:
        db.execute("UPDATE note SET finished_at = ?", (stamp(a_moment().now),))
        as_it_stands(db, "note.finished", note.id)

    corrected = save(vault, met, "편의점 앞", minutes=3)

    assert corrected.finished_at is None
    assert notes.sign(vault, note.id, a_moment()).is_signed
    vault.verify()


def test_the_night_shows_how_much_is_written(vault, met):
    save(vault, met, "편의점")

    (shown,) = outreach.tonight(vault).met

    assert (shown.note_length, shown.is_finished) == (3, False)


def marked(vault, met, text, *spans, **later):
    written = Written(text, tuple(Mark(*span) for span in spans))
    return notes.save(vault, met.youth.id, met.meeting.id, written, a_moment(**later))


def test_marked_passages_stay_marked_and_marking_is_no_change_of_words(vault, met):
    first = marked(vault, met, "천식 약을 먹음")
    second = marked(vault, met, "천식 약을 먹음", (0, 4))

    assert note_of(vault, met) == second
    assert second.marks == (Mark(0, 4),)
    assert second.version == first.version
    assert marked(vault, met, "천식 약을 먹음").marks == ()
    vault.verify()


@pytest.mark.parametrize(
    ("typed", "span", "passage"),
    [
        ("\r\n천식 약", (2, 2), "천식"),
        ("\u1112\u1161\u11ab 천식", (4, 2), "천식"),
        ("널\0 글자\0천식 ", (6, 2), "천식"),
        ("😀 천식 약", (2, 2), "천식"),
        ("천식", (0, 99), "천식"),
    ],
)
def test_a_mark_stays_on_its_passage_when_the_text_is_cleaned(vault, met, typed, span, passage):
    kept = marked(vault, met, typed, span)

    (mark,) = kept.marks
    assert kept.text[mark.start : mark.end] == passage


def test_a_signed_note_may_still_be_marked(vault, met):
    note = notes.sign(vault, marked(vault, met, "천식 약").id, a_moment())

    assert marked(vault, met, "천식 약", (0, 2)).marks == (Mark(0, 2),)
    assert note_of(vault, met).text == note.text
