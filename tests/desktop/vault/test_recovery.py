"""A recovery code survives handwriting: case, spaces, look-alikes; and catches a slip."""

import secrets

import pytest
from fakes import FixedChance
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.vault.recovery import code_secret, fresh_code

CODE = fresh_code(FixedChance("code"))


def test_a_code_is_seven_groups_of_four_without_letters_that_look_alike():
    groups = CODE.split("-")

    assert [len(group) for group in groups] == [4] * 7
    assert not set(CODE) & set("ILOU")


def test_a_code_carries_130_bits_and_never_comes_twice():
    codes = {code_secret(fresh_code(secrets.token_bytes)) for _ in range(2000)}

    assert len(codes) == 2000
    for place in range(26):
        assert len({code[place] for code in codes}) == 32


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), CODE.replace("-", ""), CODE.replace("-", " "), f"  {CODE}\n",
     CODE.replace("0", "O").replace("1", "l"), CODE.replace("1", "I").replace("0", "o")],
)  # fmt: skip
def test_it_may_be_typed_as_it_was_written_down(typed):
    assert code_secret(typed) == code_secret(CODE)


@pytest.mark.parametrize("typed", ["", "-", CODE[:-1], CODE + "0", "가" * 28, "U" * 28, "Ⅷ" * 28])
def test_what_is_no_code_is_none(typed):
    assert code_secret(typed) is None


def test_nearly_every_wrong_letter_is_caught_at_once():
    plain = CODE.replace("-", "")
    slips = [
        plain[:place] + letter + plain[place + 1 :]
        for place in range(28)
        for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        if letter != plain[place]
    ]

    missed = [slip for slip in slips if code_secret(slip) is not None]

    assert len(missed) <= len(slips) * 0.004


@settings(deadline=None)
@given(st.text())
def test_any_text_at_all_is_answered(typed):
    assert code_secret(typed) is None or len(code_secret(typed)) == 26
