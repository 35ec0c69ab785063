"""What people type and paste is made safe to keep, and the forbidden number is refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.text import checked, clean, line, masked
from desktop.errors import NothingWritten, ResidentNumberFound, TextTooLong


def test_hangul_typed_apart_is_composed():
    assert clean(unicodedata.normalize("NFD", "하늘")) == "하늘"


def test_control_characters_and_foreign_line_ends_are_gone():
    assert clean("하늘\x00\x07\r\n별\ufeff\r끝\t.") == "하늘\n별\n끝\t."


def test_emoji_stay():
    assert checked("😀 👩‍👧 🇰🇷") == "😀 👩‍👧 🇰🇷"


@given(st.text(st.characters(blacklist_categories=())))
def test_what_was_cleaned_can_be_kept_and_is_clean(text):
    cleaned = clean(text)

    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "number",
    [
        "090101-3234567",
        "0901013234567",
        "090101 - 3234567",
        "０９０１０１－３２３４５６７",
        "090101–4234567",
    ],
)
def test_a_resident_number_is_refused_and_its_place_named(number):
    with pytest.raises(ResidentNumberFound) as found:
        checked(f"번호는 {number} 라고 함")

    assert (found.value.start, found.value.length) == (4, len(number))


@pytest.mark.parametrize(
    "text", ["010-1234-5678", "2026-11-20", "991301-1234567", "1234567890123"]
)
def test_other_numbers_are_no_concern(text):
    assert checked(text) == text


def test_a_resident_number_in_someone_elses_words_is_blotted_out():
    assert masked("번호 090101-3234567 과 090101-4234567") == f"번호 {'●' * 14} 과 {'●' * 14}"


def test_a_text_beyond_the_limit_is_refused_whole():
    with pytest.raises(TextTooLong):
        checked("가" * 11, limit=10)


def test_a_line_is_one_line_with_something_in_it():
    assert line("  신림역 \n 3번 출구 ", "place") == "신림역 3번 출구"
    with pytest.raises(NothingWritten):
        line(" \n ", "place")
