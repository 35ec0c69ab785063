"""Somebody who may have been met before is shown with the reasons, and nothing is decided."""

import pytest
from builders import a_moment

from desktop.domain.likeness import Sign, Sought
from desktop.domain.youths import Age, Gender
from desktop.services import likeness, outreach, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth


@pytest.fixture(autouse=True)
def known(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())
    met = (
        ("하늘바다", Age.stated(16), "3번 출구"),
        ("하늘", Age.estimated(14), "버스 앞"),
        ("바다", Age.unknown(), ""),
    )
    for hour, (alias, age, place) in enumerate(met):
        who = NewYouth(alias, age, Gender.FEMALE, "vi")
        youths.meet(vault, who, place, a_moment(hours=hour))


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought("하늘"), [("하늘", {Sign.ALIAS}), ("하늘바다", set())]),
        (
            Sought("하늘", Age.stated(15), "버스  앞"),
            [("하늘", {Sign.ALIAS, Sign.AGE, Sign.PLACE}), ("하늘바다", set())],
        ),
        (Sought("하눌바다", Age.stated(16)), [("하늘바다", {Sign.SLIP, Sign.AGE})]),
        (Sought("ㅎㄴ", language="vi"), [("하늘", {Sign.ABOUT}), ("하늘바다", {Sign.ABOUT})]),
        (Sought("하늘", gender=Gender.MALE), [("하늘", {Sign.ALIAS}), ("하늘바다", set())]),
        (Sought("바다", Age.stated(16)), [("바다", {Sign.ALIAS}), ("하늘바다", {Sign.AGE})]),
        (Sought("새벽"), []),
        (Sought(" "), []),
    ],
)
def test_each_reason_is_told_and_the_best_come_first(vault, sought, found):
    likes = likeness.met_before(vault, sought)

    assert [(like.youth.alias, set(like.signs)) for like in likes] == found


def test_asking_twice_is_for_the_same_alias_or_one_letter_off_with_two_more_reasons(vault):
    def is_asked(sought):
        return [like.is_strong for like in likeness.met_before(vault, sought)]

    assert is_asked(Sought("하늘")) == [True, False]
    assert is_asked(Sought("하눌바다", Age.stated(16))) == [False]
    assert is_asked(Sought("하눌바다", Age.stated(16), "3번 출구")) == [True]
