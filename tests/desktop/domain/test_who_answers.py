"""Who may say yes: a table of every combination, each row with the law it rests on.

The table says it once more, in other words than the program does. Every combination is found in
exactly one row, and every row is reached.
"""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import product

import pytest

from desktop.consent_errors import LanguageNotOffered
from desktop.domain.ages import Age
from desktop.domain.consents import LANGUAGES, Article, Item, Verification
from desktop.domain.who_answers import (
    Answers,
    Decision,
    GuardianStands,
    KeepReason,
    Law,
    Situation,
    Way,
    decide,
)

UNDER = {
    "known 9": Age.stated(9), "known 13": Age.stated(13), "guess 11": Age.estimated(11),
    "guess 13": Age.estimated(13), "guess 14": Age.estimated(14), "unknown": Age.unknown(),
    "range 10-12": Age.between(10, 12), "range 13-15": Age.between(13, 15),
    "range 9-20": Age.between(9, 20),
}  # fmt: skip
"""Under 14, or may be: a guess may be wrong by a year, and a range counts by its lower end."""
MINOR = {
    "known 14": Age.stated(14), "known 17": Age.stated(17), "guess 15": Age.estimated(15),
    "guess 18": Age.estimated(18), "range 14-16": Age.between(14, 16),
    "range 17-20": Age.between(17, 20),
}  # fmt: skip
GROWN = {
    "known 18": Age.stated(18),
    "guess 20": Age.estimated(20),
    "range 18-24": Age.between(18, 24),
}
AGES = UNDER | MINOR | GROWN
PLAIN = frozenset({Item.ALIAS, Item.NEED})
ITEMS = {
    "plain": PLAIN, "situation": PLAIN | {Item.SITUATION}, "health": PLAIN | {Item.HEALTH},
    "number": PLAIN | {Item.IDENTIFIER}, "all": frozenset(Item),
}  # fmt: skip
P, R, U, S = GuardianStands
NO_KEEP, ABUSE, FEAR, WISH = (None, *KeepReason)


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    ages: frozenset
    guardians: frozenset
    keeps: frozenset
    answers: Answers
    ways: tuple
    law: Law
    """The article that decides who answers."""
    reaches_guardian: bool = False

    def holds_for(self, age, guardian, keep):
        """Say whether this row is about them."""
        return age in self.ages and guardian in self.guardians and keep in self.keeps


def line(ages, guardians, keeps, *rest):
    """Write a row."""
    return Line(frozenset(ages), frozenset(guardians), frozenset(keeps), *rest)


EVERYBODY, ANY = set(GuardianStands), {NO_KEEP, ABUSE, FEAR, WISH}
TABLE = {
    "child, guardian present": line(
        UNDER, {P}, {NO_KEEP}, Answers.GUARDIAN, (Way.ASK,), Law.GUARDIAN, True),
    "child, guardian says no": line(
        UNDER, {R}, {NO_KEEP}, Answers.NOBODY, (Way.HELP_HERE, Way.LIFE), Law.HELP_STAYS),
    "child, guardian not reached": line(
        UNDER, {U}, {NO_KEEP}, Answers.NOBODY, (Way.NAME_GUARDIAN, Way.LIFE, Way.HELP_HERE),
        Law.GUARDIAN_NAMED, True),
    "child, guardian suspected": line(
        UNDER, {S}, ANY, Answers.NOBODY, (Way.REPORT, Way.LIFE, Way.HELP_HERE), Law.REPORT),
    "child, not to be told because of abuse": line(
        UNDER, {P, R, U}, {ABUSE}, Answers.NOBODY, (Way.REPORT, Way.LIFE, Way.HELP_HERE),
        Law.REPORT),
    "child, not to be told for another reason": line(
        UNDER, {P, R, U}, {FEAR, WISH}, Answers.NOBODY, (Way.LIFE, Way.HELP_HERE), Law.LIFE),
    "14 to 17, whatever the guardian says": line(
        MINOR, {P, R, U}, {NO_KEEP, FEAR, WISH}, Answers.PERSON, (Way.ASK,), Law.PROVIDE),
    "14 to 17, abuse suspected": line(
        MINOR, {S}, ANY, Answers.PERSON, (Way.REPORT, Way.ASK), Law.REPORT),
    "14 to 17, not to be told because of abuse": line(
        MINOR, {P, R, U}, {ABUSE}, Answers.PERSON, (Way.REPORT, Way.ASK), Law.REPORT),
    "18 and over": line(
        GROWN, EVERYBODY, ANY, Answers.PERSON, (Way.ASK,), Law.PROVIDE),
}  # fmt: skip
ALL = tuple(product(AGES, GuardianStands, (NO_KEEP, *KeepReason)))


def situation(age, guardian, keep, language="ko", items=PLAIN, **more):
    return Situation(AGES[age], guardian, language, items, keep, **more)


def rows_of(age, guardian, keep):
    return [name for name, row in TABLE.items() if row.holds_for(age, guardian, keep)]


@pytest.mark.parametrize(("age", "guardian", "keep"), ALL, ids=str)
def test_every_combination_is_decided_as_its_row_says(age, guardian, keep):
    [name] = rows_of(age, guardian, keep)
    row = TABLE[name]

    for language, items, is_entrusted in product(LANGUAGES, ITEMS, (False, True)):
        about = situation(
            age, guardian, keep, language, ITEMS[items], is_entrusted=is_entrusted
        )  # fmt: skip
        said = decide(about)
        assert (said.answers, said.ways) == (row.answers, row.ways), name
        assert row.law in said.laws
        assert said.may_reach_guardian == row.reaches_guardian
        assert said.verifications == (tuple(Verification) if row.reaches_guardian else ())
        assert said.is_read_by_child == (age in UNDER)
        expected = [Article.COLLECT, Article.PROVIDE]
        expected += [Article.SENSITIVE] if items not in ("plain", "number") else []
        is_asked = is_entrusted and Item.IDENTIFIER in ITEMS[items]
        expected += [Article.IDENTIFIERS] if is_asked else []
        assert list(said.questions) == (expected if Way.ASK in row.ways else [])
        assert {Law.SENSITIVE in said.laws} == {Article.SENSITIVE in said.questions}
        assert {Law.IDENTIFIERS in said.laws} == {Article.IDENTIFIERS in said.questions}


def test_every_row_is_reached():
    reached = Counter(name for each in ALL for name in rows_of(*each))

    assert set(reached) == set(TABLE)
    assert sum(reached.values()) == len(ALL) == 18 * 4 * 4


def test_every_law_is_what_some_row_rests_on():
    said = {
        law
        for age, guardian, keep in ALL
        for law in decide(
            situation(age, guardian, keep, items=frozenset(Item), is_entrusted=True)
        ).laws
    }

    assert said == set(Law)


def test_whoever_is_suspected_or_not_to_be_told_is_never_reached():
    for age, guardian, keep in ALL:
        if guardian is S or keep is not None:
            said = decide(situation(age, guardian, keep))
            assert not said.may_reach_guardian
            assert said.answers is not Answers.GUARDIAN


def test_a_suspicion_about_a_child_always_leads_to_the_report_first():
    for age, guardian, keep in ALL:
        if age not in GROWN and (guardian is S or keep is ABUSE):
            assert decide(situation(age, guardian, keep)).ways[0] is Way.REPORT


def test_no_way_ends_here():
    assert all(decide(situation(*each)).ways for each in ALL)


def test_a_language_without_a_text_is_no_situation():
    with pytest.raises(LanguageNotOffered):
        situation("known 17", P, None, language="fr")


@pytest.mark.parametrize(
    "wrong",
    [
        {"ways": ()},
        {"laws": ()},
        {"questions": ()},
        {"answers": Answers.NOBODY},
        {"answers": Answers.GUARDIAN},
        {"may_reach_guardian": True},
        {"verifications": tuple(Verification)},
    ],
    ids=str,
)
def test_a_decision_that_no_law_allows_cannot_be_built(wrong):
    right = decide(situation("known 17", P, None))
    assert isinstance(right, Decision)

    with pytest.raises(ValueError, match=r"\w"):
        replace(right, **wrong)
