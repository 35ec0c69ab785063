"""The consent form says the same in every language, and is pinned by what was shown."""

import json
import re
import string
from pathlib import Path

import pytest
from pages_for_tests import NIGHT

from desktop.domain.agencies import Category
from desktop.domain.consents import Article, Item, Verification
from ui.consents import texts
from ui.consents.around import around
from ui.consents.texts import GUARDIAN, LANGUAGES, ROWS, YOUTH, Blanks, Form, fingerprint

FOLDER = Path(texts.__file__).parent / "texts"
BLANKS = Blanks("하늘", "관악 센터", frozenset(Item), tuple(Category), NIGHT)

TO_A_YOUTH = {
    "zh-Hans": "你",
    "vi": r"\b[Ee]m\b",
    "ru": r"(?i)\b(ты|теб[еяё]|тобой|тво\w+|скажи|передумаешь|верни|подпишись|пиши|хочешь)\b",
    "mn": r"(?i)\b(чи|чам\w*|чиний)\b",
    "th": "เธอ",
}
OF_ONESELF = TO_A_YOUTH | {
    "ko": r"(?:^|\s)(내|나의|내가)\s",
    "en": r"(?i)\b(my|your|you|I)\b",
    "zh-Hans": "你|我的|帮助我",
    "ru": TO_A_YOUTH["ru"] + r"|\b(мо[йяюёи]|моего|мою)\b",
    "mn": TO_A_YOUTH["mn"] + r"|(?i:\b(мин(ий|ь)|тань)\b)",
    "uz": r"ingiz\b|\bsiz(ni|ga)?\b|\w+im(ni)\b",
    "th": "เธอ|ของฉัน",
}


def _leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    else:
        yield path, value


def _form(language):
    return dict(_leaves(json.loads((FOLDER / f"{language}.json").read_text("utf-8"))))


def _blanks(words):
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_every_language_has_a_file_and_every_file_a_language():
    assert {file.stem for file in FOLDER.glob("*.json")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_complete_with_the_same_blanks(language):
    korean, form = _form("ko"), _form(language)

    assert form.keys() == korean.keys()
    for path, words in korean.items():
        assert bool(form[path]) == bool(words), path
        if path[0] not in ("date", "status"):
            assert _blanks(form[path]) == _blanks(words), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_has_a_word_for_everything_it_may_name(language):
    form = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))

    assert form["form"] == "referral-v2"
    assert set(form["items"]) == set(Item)
    assert set(form["help"]) == set(Category)
    assert set(form["who_answers"]["ways"]) == set(Verification)
    assert len(form["months"]) == 12


@pytest.mark.parametrize("reader", [YOUTH, GUARDIAN])
@pytest.mark.parametrize("article", list(Article))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_leaves_no_blank_open(language, article, reader):
    screen = Form(language).screen(article, reader, BLANKS)

    assert tuple(row.key for row in screen.rows) == ROWS
    assert not any("{" in line or not line.strip() for line in screen.lines())


def test_korean_help_ends_so_that_the_particle_fits():
    for words in json.loads((FOLDER / "ko.json").read_text("utf-8"))["help"].values():
        assert (ord(words[-1]) - 0xAC00) % 28, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_is_named_so_that_a_guardian_too_reads_of_the_child(language):
    text = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    named = [*text["items"].values(), *text["identifiers"].values(), *text["help"].values()]
    named += [text["thanks"][article] for article in Article]

    assert [words for words in named if re.search(OF_ONESELF[language], words)] == []


@pytest.mark.parametrize("language", sorted(TO_A_YOUTH))
def test_the_buttons_and_the_words_around_speak_to_whoever_answers(language):
    text = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    keys = "yes", "no", "later", "back", "until", "retention"
    said = [*(text[key] for key in keys), *text["thanks"].values(), *around(language).values()]

    assert [words for words in said if re.search(TO_A_YOUTH[language], words)] == []


def test_nobody_reads_that_they_are_in_crisis():
    """The law's name for a help is no name for a young person (glossary: never address anyone)."""
    assert [words for words in _form("ko").values() if "위기" in words] == []


def test_the_sensitive_part_is_named_only_where_it_is_asked():
    provide, sensitive = (
        Form("ko").screen(article, YOUTH, BLANKS)
        for article in (Article.PROVIDE, Article.SENSITIVE)
    )

    assert "건강" not in provide.rows[2].answer
    assert sensitive.rows[2].answer == "지금 상황, 건강 이야기"


def test_another_word_is_another_fingerprint():
    screen = Form("ko").screen(Article.PROVIDE, YOUTH, BLANKS)
    other = Form("ko").screen(
        Article.PROVIDE,
        YOUTH,
        Blanks("하늘", "다른 센터", frozenset(Item), tuple(Category), NIGHT),
    )

    assert fingerprint((screen,)) != fingerprint((other,))
    assert fingerprint((screen,)) == fingerprint((screen,))
