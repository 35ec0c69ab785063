"""An organisation's heads and phrases: whole or not at all, and the wrong line is named."""

import pytest
from builders import a_moment

from desktop.domain.templates import Phrase, Template, Wrong, phrase_line, read
from desktop.note_errors import TemplateBroken
from desktop.services import templates

OWN = Template(("How we met",), (Phrase("Meal", "Gave a meal."),))


def test_until_somebody_writes_one_it_is_the_programs_own(vault):
    assert templates.kept(vault) is None


def test_what_is_kept_is_read_back_and_knows_the_heads_of_before(vault):
    templates.keep(vault, ("만남\n\n 약속 ", "식사: 밥을 함께 먹음."), OWN, a_moment())
    templates.keep(vault, ("상황\n약속", ""), OWN, a_moment())

    assert templates.kept(vault) == Template(("상황", "약속"), (), ("만남", "How we met"))
    vault.verify()

    templates.drop(vault, a_moment())
    assert templates.kept(vault) is None
    vault.verify()


def test_no_heads_are_a_free_page(vault):
    assert templates.keep(vault, ("", ""), OWN, a_moment()).heads == ()


@pytest.mark.parametrize(
    ("heads", "phrases", "named"),
    [
        ("좋음\n" + "가" * 41, "", ("heads", 2, Wrong.TOO_LONG)),
        ("만남\n약속\n만남", "", ("heads", 3, Wrong.TWICE)),
        ("\n".join(f"{n}" for n in range(13)), "", ("heads", 13, Wrong.TOO_MANY)),
        ("090101-3234567", "", ("heads", 1, Wrong.NUMBER)),
        ("", "식사: 밥\n핫팩", ("phrases", 2, Wrong.NO_WORDS)),
        ("", "식사:", ("phrases", 1, Wrong.NO_WORDS)),
        ("", "식사: " + "가" * 201, ("phrases", 1, Wrong.TOO_LONG)),
        ("가" * 3_000, "", ("heads", 1, Wrong.TOO_LONG)),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_half_loaded(vault, heads, phrases, named):
    templates.keep(vault, ("만남", ""), OWN, a_moment())
    before = templates.kept(vault)

    with pytest.raises(TemplateBroken) as broken:
        templates.keep(vault, (heads, phrases), OWN, a_moment())

    assert (broken.value.part, broken.value.line, broken.value.why) == named
    assert templates.kept(vault) == before


@pytest.mark.parametrize("kept", ["{", '{"heads": 3}', "[]"])
def test_one_that_nobody_can_read_is_named_and_notes_open_all_the_same(vault, kept):
    with vault.transaction() as db:
        db.execute("INSERT INTO note_template VALUES (1, ?)", (kept,))
        assert templates.usable(db) is None

    with pytest.raises(TemplateBroken) as broken:
        templates.kept(vault)

    assert broken.value.why == Wrong.UNREADABLE


def test_a_phrase_is_typed_as_it_is_shown():
    phrase = Phrase("식사", "밥을 함께 먹음: 국밥.")

    assert read("", phrase_line(phrase)).phrases == (phrase,)
