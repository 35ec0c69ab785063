"""What was typed before it turned out that somebody is known holds for them, too."""

import pytest
from builders import a_moment, on_a_night

from desktop.domain.notes import Mark, Marks, Written
from desktop.domain.youths import About, Age, Gender
from desktop.services import guardians, notes, youths
from desktop.services.youths import Beside, NewYouth

GIVEN = "컵라면, 핫팩 둘"


@pytest.fixture(autouse=True)
def whole(vault):
    on_a_night(vault, a_moment())
    yield
    vault.verify()


def meet(vault, **who):
    return youths.meet(vault, NewYouth("하늘", Age.stated(12), **who), "역 앞", a_moment())


def again(vault, youth, beside, hours=1):
    met = youths.meet_again(vault, youth, "공원", a_moment(hours=hours), beside)
    return youths.open_file(vault, youth, met.meeting.id, a_moment(hours=9))


def test_that_a_guardian_is_not_to_be_told_is_kept_and_nobody_may_be_named(vault):
    youth = meet(vault).youth.id
    guardians.name(vault, youth, ("김보호", "010-1234-5678"), a_moment())

    file = again(vault, youth, Beside(keep_from_guardian=True))

    assert file.youth.keep_from_guardian
    assert file.named is None


def test_no_tick_takes_nothing_away(vault):
    youth = meet(vault, keep_from_guardian=True).youth.id

    assert again(vault, youth, Beside()).youth.keep_from_guardian


def test_what_was_given_stands_below_what_is_written_and_a_passage_stays_marked(vault):
    met = meet(vault)
    marks: Marks = (Mark(0, 4),)
    written = Written("집을 나옴", marks)
    notes.save(vault, met.youth.id, met.meeting.id, written, a_moment())

    file = again(vault, met.youth.id, Beside(given=GIVEN))

    assert file.note.text == f"집을 나옴\n{GIVEN}"
    assert file.note.marks == marks


def test_below_a_signed_note_it_is_added_and_what_is_being_added_stays(vault):
    met = meet(vault)
    note = notes.save(vault, met.youth.id, met.meeting.id, "집을 나옴", a_moment())
    notes.sign(vault, note.id, a_moment())
    notes.set_adding_aside(vault, note.id, "내일 다시", a_moment())

    file = again(vault, met.youth.id, Beside(given=GIVEN))

    assert file.note.text == "집을 나옴"
    assert [added.text for added in file.note.addenda] == [GIVEN]
    assert file.note.adding == "내일 다시"


def test_an_age_and_a_gender_fill_in_what_was_not_known_and_change_nothing(vault):
    who = NewYouth("바다", Age.unknown(), language="vi")
    unknown = youths.meet(vault, who, "", a_moment()).youth.id
    known = meet(vault, gender=Gender.MALE).youth.id
    typed = Beside(about=About(Age.stated(16), Gender.FEMALE))

    assert again(vault, unknown, typed).youth.about == About(Age.stated(16), Gender.FEMALE, "vi")
    assert again(vault, known, typed).youth.about == About(Age.stated(12), Gender.MALE)


@pytest.mark.parametrize(
    ("before", "told", "after"),
    [
        (Age.estimated(16), Age.stated(13), Age.stated(13)),
        (Age.estimated(16), Age.estimated(13), Age.estimated(16)),
        (Age.estimated(12), Age.stated(17), Age.estimated(12)),
        (Age.stated(17), Age.stated(13), Age.stated(17)),
    ],
)
def test_only_an_age_under_14_that_they_told_takes_the_place_of_a_guess(
    vault, before, told, after
):
    youth = youths.meet(vault, NewYouth("바다", before), "", a_moment()).youth.id

    assert again(vault, youth, Beside(about=About(told))).youth.age == after


def test_what_was_given_to_somebody_new_with_an_alias_stands_in_their_note(vault):
    met = meet(vault, given=GIVEN)

    file = youths.open_file(vault, met.youth.id, None, a_moment(hours=9))

    assert file.note.text == GIVEN
    assert file.jotting is None
