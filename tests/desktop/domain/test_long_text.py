"""A long text is looked at in pieces, and exactly as strictly as in one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import text as checking
from desktop.domain.text import checked, clean, masked
from desktop.errors import ResidentNumberFound

NUMBERS = ("900101-1234567", "9001011234567", "９００１０１－１２３４５６７", "900101\n-\n1234567")
BORDER = checking._PIECE
ODD = (*"가e\n\r 9０-\x00\u1100\u1161\u11a8\u0301\ufeff\ud83d", *NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_across_the_border_of_two_pieces_is_found(number):
    for before in range(BORDER - len(number) - 1, BORDER + 2):
        with pytest.raises(ResidentNumberFound) as found:
            checked("가" * before + number + "이다")

        assert (found.value.start, found.value.length) == (before, len(number))


@pytest.mark.parametrize("longer", ["1900101-1234567", "900101-12345678"])
def test_a_longer_number_across_the_border_is_still_none(longer):
    for before in range(BORDER - len(longer) - 1, BORDER + 2):
        text = "가" * before + longer

        assert checked(text) == text


def test_letters_typed_apart_across_the_border_are_composed():
    apart = unicodedata.normalize("NFD", "늘")
    for before in range(BORDER - len(apart) - 1, BORDER + 2):
        assert clean("가" * before + apart) == "가" * before + "늘"


@given(st.lists(st.sampled_from(ODD), max_size=40), st.integers(1, 40))
def test_the_size_of_a_piece_changes_nothing(parts, size):
    text = "".join(parts)
    whole = clean(text), masked(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "_PIECE", size)
        in_pieces = clean(text), masked(text)

    assert in_pieces == whole


def test_a_text_full_of_numbers_is_blotted_out_once_over():
    # Looking through all of it again after each number would take hours.
    shown = masked("900101-1234567 " * 100_000)

    assert shown == "●●●●●●●●●●●●●● " * 100_000
