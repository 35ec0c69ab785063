"""What belongs to a note is salvaged even where the note itself was lost."""

from uuid import UUID

import pytest
from builders import NOON, a_moment

from desktop.domain.ids import NoteId
from desktop.services import search, versions
from desktop.vault import notes
from desktop.vault.columns import stamp
from desktop.vault.rebuilding import STAND_IN, rebuild
from desktop.vault.salvage import WHOLE, Read

KEY = str(UUID(int=7, version=4))


def read(subject, record, table, **row):
    return Read(subject, record, WHOLE, stamp(NOON), ((table, {"note": KEY} | row),))


def version(number, text):
    return read(
        "version", f"{KEY}/{number}", "note_version",
        version=number, saved_at=stamp(NOON), marks="[]", text=text,
    )  # fmt: skip


def addendum(number, text):
    key = str(UUID(int=number, version=4))
    row = {"id": key, "who": "x", "at": stamp(NOON), "text": text}
    return read("addendum", key, "addendum", **row)


def rebuilt(vault, *found):
    with vault.transaction() as db:
        left = rebuild(db, found, NOON)
    vault.verify()
    return left


def test_the_newest_earlier_wording_stands_in_for_a_lost_note(vault):
    left = rebuilt(vault, version(2, "편의점 앞"), version(9, "골목 벤치"), version(1, "편의점"))

    assert left == ()
    (found,) = search.everything(vault, "골목", a_moment()).notes
    assert found.alias == STAND_IN
    history = versions.of(vault, NoteId(UUID(KEY)), a_moment())
    assert (history.note.text, len(history.versions)) == ("골목 벤치", 3)


def test_words_that_were_added_to_a_lost_note_are_found(vault):
    left = rebuilt(vault, addendum(1, "쉼터에 도착함"), addendum(2, "잘 잤다고 함"))

    assert left == ()
    for word in ("쉼터에", "잤다고"):
        (found,) = search.everything(vault, word, a_moment()).notes
        assert str(found.note_id) == KEY
    with vault.reading() as db:
        kept = notes.one(db, NoteId(UUID(KEY))).note
    assert kept.is_signed
    assert [each.text for each in kept.addenda] == ["쉼터에 도착함", "잘 잤다고 함"]


@pytest.mark.parametrize(
    "alone",
    [
        read("signature", KEY, "note_signature", who="x", at=stamp(NOON)),
        read("marks", KEY, "note_marks", spans="[]"),
    ],
)
def test_what_says_nothing_without_its_note_is_left(vault, alone):
    assert rebuilt(vault, alone) == ((alone.subject, alone.record),)
    with vault.reading() as db, pytest.raises(LookupError):
        notes.one(db, NoteId(UUID(KEY)))
