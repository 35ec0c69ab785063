"""A passphrase is enough when nobody could foresee it, in either alphabet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.passphrases import strength

ENOUGH = [
    "correct horse battery staple lamp",
    "가로등 아래 라면 냄새 나는 골목",
    "첫눈오는날편의점앞",
    "t7#Lq9w!xBv2rZ",
    "rkfhemddkfodptj fkaus aorrl",
    "새벽 두시 버스 종점 고양이",
]
WEAK = {
    "": "longer",
    "1234": "sequence",
    "0000": "repeats",
    "20080315": "digits",
    "01023456789": "sequence",
    "19450815 20101224": "digits",
    "password": "common",
    "비밀번호": "common",
    "aaaaaaaaaaaaaaaaaaaaaa": "repeats",
    "abcabcabcabcabcabc": "repeats",
    "abcdefghijklmnop": "sequence",
    "qwertyuiopasdfgh": "sequence",
    "poiuytrewqlkjhgf": "sequence",
    "하늘": "longer",
    "short one": "longer",
    "a b c d e f g": "longer",
    "라면 라면 라면 라면 라면": "repeats",
}


@pytest.mark.parametrize("passphrase", ENOUGH)
def test_what_nobody_foresees_is_enough(passphrase):
    judged = strength(passphrase)

    assert judged.is_enough
    assert judged.score >= 3
    assert judged.advice == "fine"


@pytest.mark.parametrize(("passphrase", "advice"), WEAK.items())
def test_what_is_guessed_first_is_not_enough_and_says_why(passphrase, advice):
    judged = strength(passphrase)

    assert not judged.is_enough
    assert judged.score <= 2
    assert judged.advice == advice


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_judged(passphrase):
    judged = strength(passphrase)

    assert 0 <= judged.score <= 4
    assert judged.is_enough == (judged.score >= 3)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=3), st.integers(5, 40))
def test_saying_the_same_again_does_not_help(piece, times):
    assert not strength(piece * times).is_enough
