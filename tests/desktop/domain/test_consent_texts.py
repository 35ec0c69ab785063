"""A consent text says everything the law requires, in every language, or is used by nobody."""

import copy
import json
import unicodedata
from pathlib import Path

import pytest

import ui.consents
from desktop.consent_errors import TextsRefused
from desktop.domain.consent_texts import (
    CHILD,
    KEPT_DAYS,
    LAW_OF_ROW,
    NUMBER,
    READERS,
    ROWS,
    Status,
    faults_in,
    read_all,
    required,
)
from desktop.domain.consents import LANGUAGES, Article
from desktop.services import consent_texts

FOLDER = Path(ui.consents.__file__).parent / "texts"
LETTERS = {"ko": "HANGUL", "zh-Hans": "CJK", "ru": "CYRILLIC", "mn": "CYRILLIC", "th": "THAI"}
FILES = {file.stem: json.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.json")}


def put(words, path, value):
    """Return a copy with one item changed; None takes it out."""
    words = copy.deepcopy(words)
    *way, last = path
    inner = words
    for key in way:
        inner = inner[key]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return words


def codes(words, language="ko"):
    return {(fault.item, fault.why) for fault in faults_in(words, f"{language}.json", language)}


def test_the_programs_own_texts_lack_nothing():
    texts = consent_texts.load(FOLDER)

    assert tuple(texts) == LANGUAGES
    assert {text.form for text in texts.values()} == {"referral-v2"}


def test_every_translation_is_a_draft_until_somebody_signs_it_off():
    texts = consent_texts.load(FOLDER)

    assert texts["ko"].status is Status.ORIGINAL
    assert all(text.is_draft for language, text in texts.items() if language != "ko")


@pytest.mark.parametrize("path", required(), ids=lambda path: "/".join(map(str, path)))
def test_whatever_is_missing_is_named_by_its_place(path):
    where = "/".join(map(str, path))
    if isinstance(path[-1], int):
        assert (where, "empty") in codes(put(FILES["ko"], path, " "))
        return

    assert (where, "missing") in codes(put(FILES["ko"], path, None))
    assert (where, "not-text") in codes(put(FILES["ko"], path, 7))


@pytest.mark.parametrize("path", [p for p, b in required().items() if b], ids=str)
def test_a_blank_that_would_stay_unsaid_is_named(path):
    where = "/".join(map(str, path))

    assert (where, "blank-missing") in codes(put(FILES["ko"], path, "누구에게나 언제나"))
    full = FILES["ko"]
    for key in path:
        full = full[key]
    assert (where, "blank-unknown") in codes(put(FILES["ko"], path, full + " {phone}"))
    assert (where, "unreadable") in codes(put(FILES["ko"], path, full + " {"))


@pytest.mark.parametrize("path", [("yes",), ("child", "15", "who", 0), ("youth", "23", "intro")])
def test_what_has_no_room_on_the_screen_is_named(path):
    where = "/".join(map(str, path))

    assert (where, "too-long") in codes(put(FILES["ko"], path, "긴 말 " * 110))


NUMBERS = ("{0} 900101-1234567", "{0}{{900101-1234567}}", "{0} ９００１０１1234567")


@pytest.mark.parametrize("days", ["0", "a year", "12.5", "-1", "7301", "٣٦٥"])
def test_how_long_is_said_in_days_too(days):
    assert codes(put(FILES["ko"], KEPT_DAYS, days)) == {("kept_days", "no-days")}
    assert codes(put(FILES["ko"], KEPT_DAYS, "7300")) == set()


def test_no_language_says_another_number_of_days():
    with pytest.raises(TextsRefused) as refused:
        read_all({**FILES, "th": put(FILES["th"], KEPT_DAYS, "730")})

    faults = {(each.item, each.why) for each in refused.value.faults}
    assert faults == {("kept_days", "days-differ")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_resident_number_is_named_wherever_it_stands_in_a_text_or_its_blanks(language):
    words = copy.deepcopy(FILES[language])
    for number, (*way, last) in enumerate(required()):
        inner = words
        for key in way:
            inner = inner[key]
        inner[last] = NUMBERS[number % len(NUMBERS)].format(inner[last][:20])

    found = codes(words, language)

    assert {item for item, why in found if why == NUMBER} == {
        "/".join(map(str, path)) for path in required()
    }


def test_nor_does_it_stand_beside_what_the_law_wants_and_a_name_is_never_said():
    for path, where in (
        (("status", "signed_off_by"), "status/signed_off_by"),
        (("note",), "note"),
        (("900101-1234567",), ""),
    ):
        assert codes(put(FILES["ko"], path, "900101-1234567")) == {(where, NUMBER)}


def test_every_row_has_the_paragraph_that_wants_it():
    assert set(LAW_OF_ROW) == {*ROWS, "until"}
    paths = set(required())
    assert all(
        (reader, article.value, row, 1) in paths
        for reader in READERS for article in Article for row in ROWS
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("status", "translation"), "signed-off", ("status/signed_off_by", "missing")),
        (("status", "translation"), "original", ("status/translation", "unknown")),
        (("status", "translation"), "fine", ("status/translation", "unknown")),
        (("language",), "ko", ("language", "unknown")),
    ],
)
def test_a_translation_cannot_call_itself_more_than_it_is(path, value, fault):
    assert fault in codes(put(FILES["vi"], path, value), "vi")


def test_nothing_is_half_loaded_and_every_fault_of_every_file_is_named(tmp_path):
    for language, words in FILES.items():
        (tmp_path / f"{language}.json").write_text(json.dumps(words), "utf-8")
    for language in ("vi", "th"):
        broken = put(FILES[language], ("youth", "17", "how_long", 1), "")
        (tmp_path / f"{language}.json").write_text(json.dumps(broken), "utf-8")
    (tmp_path / "uz.json").unlink()
    (tmp_path / "fr.json").write_text("{}", "utf-8")

    with pytest.raises(TextsRefused) as caught:
        consent_texts.load(tmp_path)

    assert {(f.file, f.language, f.item, f.why) for f in caught.value.faults} == {
        ("vi.json", "vi", "youth/17/how_long/1", "empty"),
        ("th.json", "th", "youth/17/how_long/1", "empty"),
        ("uz.json", "uz", "", "missing"),
        ("fr.json", "fr", "", "unknown"),
    }


@pytest.mark.parametrize("raw", [b"{", b"\xff", b"[" * 100_000, b" " * 300_000])
def test_a_file_that_is_no_text_is_named(tmp_path, raw):
    (tmp_path / "ko.json").write_bytes(raw)

    with pytest.raises(TextsRefused) as caught:
        consent_texts.load(tmp_path)

    assert [(f.file, f.why) for f in caught.value.faults] == [("ko.json", "unreadable")]


def test_versions_are_not_mixed():
    mixed = FILES | {"en": put(FILES["en"], ("form",), "referral-v3")}

    with pytest.raises(TextsRefused) as caught:
        read_all(mixed)

    assert {fault.why for fault in caught.value.faults} == {"versions-differ"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_in_its_own_letters_and_no_two_languages_are_alike(language):
    said = [
        FILES[language][reader][article.value][part]
        for reader in READERS for article in Article for part in ("title", "intro")
    ]  # fmt: skip

    for line in said:
        names = [unicodedata.name(letter) for letter in line if letter.isalpha()]
        own = sum(name.startswith(LETTERS.get(language, "LATIN")) for name in names)
        assert own > len(names) * 0.9, line
        assert unicodedata.is_normalized("NFC", line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_child_reads_is_shorter_and_its_own(language):
    child, youth = FILES[language][CHILD], FILES[language]["youth"]

    for article in Article:
        assert child[article.value]["title"] != youth[article.value]["title"]
        length = {
            reader: sum(len(FILES[language][reader][article.value][p]) for p in ("title", "intro"))
            for reader in ("child", "youth")
        }
        assert length["child"] <= length["youth"] * 1.1, (language, article)
