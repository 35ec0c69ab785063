"""Names are found exactly, in part, by first consonants, half typed, and with one slip."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.hangul import initials, letters
from desktop.domain.names import Names

LETTERS = st.sampled_from("하늘바다구름별ABcßİㅎ 이")
ALIASES = st.lists(st.text(LETTERS, min_size=1, max_size=5).filter(str.strip), max_size=12)


def names(*aliases):
    return Names([(str(UUID(int=n)), alias) for n, alias in enumerate(aliases)])


def whose(found):
    return [key.int for key in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("하늘", [1, 0, 3]),
        ("늘", [0, 1, 3]),
        ("ㅎㄴ", [0, 1, 3]),
        ("하ㄴ", [0, 1, 3]),
        ("바다", [2]),
        ("SKY", [4]),
        (" 하늘  별 ", [3]),
        ("없음", []),
        ("", []),
    ],
)
def test_exactly_called_so_comes_first_then_the_newest(query, expected):
    known = names("파하늘", "하늘", "바다", "하늘 별", "sky")

    assert whose(known.holding(query, 9)) == expected
    assert whose(known.holding(query, 1)) == expected[:1]


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("하눌", True),  # another letter
        ("하느", True),  # one missed
        ("하늘ㄱ", True),  # one too many
        ("ㅎㅏㅡㄴㄹ", True),  # two neighbours swapped
        ("나늘", True),
        ("하늘", False),  # no slip: `holding` finds it
        ("하룽", False),
        ("나놀", False),
        ("늘", False),  # too short to be told from anything
    ],
)
def test_one_slip_is_forgiven(typed, is_found):
    assert whose(names("바다", "하늘", "구름").alike(typed, 5)) == [1] * is_found


@given(ALIASES, st.text(LETTERS, min_size=1, max_size=3).filter(str.strip))
def test_what_is_found_is_what_reading_every_alias_finds(aliases, query):
    lines = [" ".join(alias.split()) for alias in aliases]
    wanted = " ".join(query.split()).casefold()
    plain = [n for n, line in enumerate(lines) if wanted in line.casefold()]

    found = whose(names(*aliases).holding(query, 99))

    assert len(found) == len(set(found))
    if wanted.isascii() or not set(wanted) & set("ㅎßi\u0307"):
        assert sorted(found) == plain


@given(ALIASES, st.text(st.sampled_from("ㅎㄴㅂㄷㅇ"), min_size=1, max_size=3))
def test_first_consonants_find_every_alias_that_has_them(aliases, query):
    lines = [" ".join(alias.split()) for alias in aliases]

    found = whose(names(*aliases).holding(query, 99))

    assert sorted(found) == [n for n, line in enumerate(lines) if query in initials(line)]


@given(st.text(st.sampled_from("하늘바다구름별"), min_size=2, max_size=4), st.data())
def test_any_one_slip_is_forgiven(alias, data):
    spelt = letters(alias)
    at = data.draw(st.integers(0, len(spelt) - 1))
    other = data.draw(st.sampled_from("ㅋㅍㅑ"))
    typed = data.draw(
        st.sampled_from(
            [spelt[:at] + other + spelt[at + 1 :], spelt[:at] + other + spelt[at:]]
            + [spelt[:at] + spelt[at + 1 :]] * (len(spelt) > 4)
        )
    )
    found = whose(names("나무", alias, "가로등").alike(typed, 5))

    assert 1 in found or letters(alias) == typed


@given(ALIASES, st.data())
def test_whoever_is_known_is_called_by_name(aliases, data):
    beginnings = st.integers(0, 2)  # ids may begin alike: many were met in one night
    halves = [data.draw(beginnings) for _ in aliases]
    keys = [str(UUID(int=half << 64 | n)) for n, half in enumerate(halves)]
    known = Names(zip(keys, aliases, strict=True))

    assert [known.alias(key) for key in keys] == [" ".join(each.split()) for each in aliases]
    assert known.alias(str(UUID(int=1 << 64 | len(aliases)))) is None


def test_nobody_is_found_among_nobody():
    assert (len(names()), names().holding("하늘", 3), names().alike("하눌", 3)) == (0, (), ())
