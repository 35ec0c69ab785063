"""What another agency wrote about somebody, read as an age, a gender and a language of our own."""

import pytest

from desktop.domain.consents import Item
from desktop.domain.told_words import about_in, age_in, ages_in
from desktop.domain.youths import About, Age, Gender


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("만 16세", (14, 16)),
        ("Age 13", (0, 13)),
        ("14~18세", (14, 19)),
        ("만 17세 추정", (17, 19)),
        ("17세(2009년생)", (17, 19)),
        ("14세 미만", (0, 16)),
        ("99", (25, 30)),
        ("", None),
        ("나이 모름", None),
    ],
)
def test_an_age_is_told_in_bands_before_accepting(words, band):
    assert ages_in(words) == band


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("만 16세", Age.stated(16)),
        ("Age 16", Age.stated(16)),
        ("14~18세", Age.between(14, 18)),
        ("만 14세 추정", Age.estimated(14)),
        ("Age 14, estimated", Age.estimated(14)),
        ("14세쯤 되어 보여요", Age.estimated(14)),
        ("14–16세 정도", Age.between(13, 17)),
        ("만 14세 미만", Age.between(1, 14)),
        ("17세(2009년생)", Age.stated(17)),
        ("16세 (2010. 3월 5일 생, 중학교 3학년)", Age.stated(16)),
        ("모름", Age.unknown()),
        ("Age 77", Age.unknown()),
    ],
)
def test_an_age_in_words_becomes_an_age_of_our_own_record_and_a_guess_stays_one(words, age):
    assert age_in(words) == age


def test_gender_and_language_are_read_as_this_program_writes_them():
    korean = {Item.AGE: "만 16세", Item.GENDER: "여", Item.LANGUAGE: "베트남어"}
    english = {Item.GENDER: "Another gender", Item.LANGUAGE: "Russian"}

    assert about_in(korean) == About(Age.stated(16), Gender.FEMALE, "vi")
    assert about_in(english) == About(Age.unknown(), Gender.OTHER, "ru")
    assert about_in({Item.GENDER: "말하지 않음", Item.LANGUAGE: "?"}) == About(Age.unknown())
