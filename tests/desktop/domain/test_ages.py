"""Four laws, one place: each on the day before, the day of, and the day after it changes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ages import OLDEST, Age, Holds, Rule, holds, holds_for, years_between
from desktop.domain.disclosures import Ground
from desktop.errors import AgeUnlikely

YES, NO, MAYBE = Holds.YES, Holds.NO, Holds.MAYBE
BORN = date(2008, 5, 17)
LEAPED = date(2008, 2, 29)


@pytest.mark.parametrize(
    ("rule", "born", "last_day", "first_day_without"),
    [
        (Rule.GUARDIAN, BORN, date(2022, 5, 16), date(2022, 5, 17)),
        (Rule.CHILD, BORN, date(2026, 5, 16), date(2026, 5, 17)),
        (Rule.PROTECTED, BORN, date(2026, 12, 31), date(2027, 1, 1)),
        (Rule.YOUTH, BORN, date(2033, 5, 16), date(2033, 5, 17)),
        (Rule.GUARDIAN, LEAPED, date(2022, 2, 28), date(2022, 3, 1)),
        (Rule.CHILD, LEAPED, date(2026, 2, 28), date(2026, 3, 1)),
        (Rule.PROTECTED, date(2008, 1, 1), date(2026, 12, 31), date(2027, 1, 1)),
        (Rule.PROTECTED, date(2008, 12, 31), date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_rule_ends_on_its_day_and_not_before(rule, born, last_day, first_day_without):
    assert holds_for(rule, born, last_day)
    assert not holds_for(rule, born, first_day_without)


def test_nine_is_where_youth_begins():
    assert not holds_for(Rule.YOUTH, BORN, date(2017, 5, 16))
    assert holds_for(Rule.YOUTH, BORN, date(2017, 5, 17))


@pytest.mark.parametrize(
    ("age", "answers"),
    [  # under 14, child, protected, youth
        (Age.stated(8), (YES, YES, YES, NO)),
        (Age.stated(13), (YES, YES, YES, YES)),
        (Age.stated(14), (NO, YES, YES, YES)),
        (Age.stated(17), (NO, YES, YES, YES)),
        (Age.stated(18), (NO, NO, MAYBE, YES)),
        (Age.stated(19), (NO, NO, NO, YES)),
        (Age.stated(24), (NO, NO, NO, YES)),
        (Age.stated(25), (NO, NO, NO, NO)),
        (Age.estimated(14), (MAYBE, YES, YES, YES)),
        (Age.estimated(15), (NO, YES, YES, YES)),
        (Age.estimated(18), (NO, MAYBE, MAYBE, YES)),
        (Age.estimated(9), (YES, YES, YES, MAYBE)),
        (Age.between(13, 15), (MAYBE, YES, YES, YES)),
        (Age.between(7, 26), (MAYBE, MAYBE, MAYBE, MAYBE)),
        (Age.unknown(), (MAYBE, MAYBE, MAYBE, MAYBE)),
    ],
)
def test_an_age_in_years_says_what_can_be_known(age, answers):
    assert tuple(holds(rule, age, date(2026, 11, 20)) for rule in Rule) == answers


def test_on_the_last_day_of_a_year_everybody_has_had_a_birthday():
    assert holds(Rule.PROTECTED, Age.stated(18), date(2026, 12, 30)) is MAYBE
    assert holds(Rule.PROTECTED, Age.stated(18), date(2026, 12, 31)) is YES


@given(
    st.dates(date(1998, 1, 1), date(2020, 12, 31)), st.dates(date(2021, 1, 1)), st.integers(0, 3)
)
def test_what_years_say_never_contradicts_the_birth_date(born, today, unsure):
    years = years_between(born, today)
    if not unsure < years <= OLDEST - unsure:
        return
    age = Age.between(years - unsure, years + unsure)

    for rule in Rule:
        known = holds(rule, age, today)
        assert known is MAYBE or (known is YES) == holds_for(rule, born, today)


def test_near_a_limit_a_guess_counts_as_younger():
    assert Age.estimated(14).may_be_under_14()
    assert Age.estimated(18).may_be_under_18()
    assert Ground.ABUSE.may_be_about(Age.estimated(18))
    assert not Ground.ABUSE.may_be_about(Age.stated(18))


def test_a_birth_date_makes_the_years_of_today():
    assert Age.born(BORN, date(2026, 5, 16)) == Age.stated(17)
    assert Age.born(BORN, date(2026, 5, 17)) == Age.stated(18)


@pytest.mark.parametrize("born", [date(2027, 1, 1), date(2026, 11, 20), date(1927, 1, 1)])
def test_a_birth_date_in_the_future_or_of_somebody_old_is_refused(born):
    with pytest.raises(AgeUnlikely):
        Age.born(born, date(2026, 11, 20))


@pytest.mark.parametrize("years", [0, 99, -1, OLDEST + 1])
def test_years_nobody_young_has_are_refused(years):
    for make in (Age.stated, Age.estimated):
        with pytest.raises(AgeUnlikely):
            make(years)
