"""Some dozen random texts of every script; `make prove` writes ten thousand."""

import pytest
from prove.night_texts import written


@pytest.mark.parametrize("seed", [f"unit {n}" for n in range(2)])
def test_whatever_is_typed_is_kept_to_the_letter_and_found_again(qtbot, seed):
    assert written(seed, 30) == []
