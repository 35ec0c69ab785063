"""Hangul taken apart for searching."""

import pytest

from desktop.domain.hangul import initials, is_initials, pairs


@pytest.mark.parametrize(
    ("text", "first"), [("하늘", "ㅎㄴ"), ("꽃님 B", "ㄲㄴ B"), ("가힣", "ㄱㅎ"), ("ㅎ늘", "ㅎㄴ")]
)
def test_every_syllable_begins_with_its_consonant(text, first):
    assert initials(text) == first


def test_only_consonants_are_initials():
    assert is_initials("ㅎㄴ")
    assert not is_initials("ㅎ늘")
    assert not is_initials("ㅏ")
    assert not is_initials("")


def test_a_word_becomes_its_overlapping_pairs():
    assert pairs("편의점 앞 라면!") == "편의 의점 앞 라면"


def test_case_makes_no_difference():
    assert pairs("LINE") == pairs("line") == "li in ne"
