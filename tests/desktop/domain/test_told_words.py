"""What another agency wrote about somebody, read as an age, a gender and a language of our own."""

import pytest

from desktop.domain.consents import Item
from desktop.domain.told_words import about_in, age_in, ages_in
from desktop.domain.youths import About, Age, AgeBasis, Gender


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("만 16세", (14, 16)),
        ("Age 13", (0, 13)),
        ("14~18세", (14, 19)),
        ("만 17세 추정", (17, 19)),
        ("17세(2009년생)", (17, 19)),
        ("14세 미만", (0, 16)),
        ("10대 후반", (14, 19)),
        ("만 17세(고2)", (17, 19)),
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
        ("만 17세(고2)", Age.stated(17)),
        ("15세 (중 3)", Age.stated(15)),
        ("초등6 13세", Age.stated(13)),
        ("17세, 2차 의뢰", Age.stated(17)),
        ("17세 2개월, 동생 1명, 3반", Age.stated(17)),
        ("17세 (2009.3.12)", Age.stated(17)),
        ("16세 (10-03-12 생)", Age.stated(16)),
        ("18 (생일 3.12)", Age.stated(18)),
        ("2011-05 13세", Age.stated(13)),
        ("10대", Age.between(10, 19)),
        ("10대 초반", Age.between(10, 19)),
        ("10대 중후반", Age.between(10, 19)),
        ("10대 후반", Age.between(15, 19)),
        ("10대 후반으로 보임", Age.between(14, 20)),
        ("20대 초반", Age.between(20, 29)),
        ("모름", Age.unknown()),
        ("Age 77", Age.unknown()),
    ],
)
def test_an_age_in_words_becomes_an_age_of_our_own_record_and_a_guess_stays_one(words, age):
    assert age_in(words) == age


@pytest.mark.parametrize(
    "words",
    [
        "만 13세",
        "가출 중 13세",
        "재학 중 5세",
        "16. 3월부터 13세",
        "13.5세",
        "13-14-15세",
        "최고 13",
        "13, 3차 의뢰",
    ],
)
def test_an_age_under_14_is_never_taken_for_a_grade_a_count_or_a_day(words):
    assert age_in(words).may_be_under_14()
    assert age_in(words).basis is not AgeBasis.UNKNOWN


@pytest.mark.parametrize(
    "words", ["10대 후반", "만 17세(고2)", "15세(중3)", "17세, 2차 의뢰", "10대"]
)
def test_what_only_sounds_young_leaves_the_age_that_is_known_here(words):
    known = About(Age.estimated(17))

    assert known.filled(About(age_in(words))) == known


def test_gender_and_language_are_read_as_this_program_writes_them():
    korean = {Item.AGE: "만 16세", Item.GENDER: "여", Item.LANGUAGE: "베트남어"}
    english = {Item.GENDER: "Another gender", Item.LANGUAGE: "Russian"}

    assert about_in(korean) == About(Age.stated(16), Gender.FEMALE, "vi")
    assert about_in(english) == About(Age.unknown(), Gender.OTHER, "ru")
    assert about_in({Item.GENDER: "말하지 않음", Item.LANGUAGE: "?"}) == About(Age.unknown())
