"""A consent covers exactly what was answered yes, to whom it was asked for, while it lasts."""

from datetime import timedelta

import pytest
from builders import NOON, SAID_YES, a_consent

from desktop.domain.consents import SENSITIVE_ITEMS, Answer, Article, Item

PLAIN = frozenset({Item.ALIAS, Item.NEED})


def test_it_covers_what_was_answered_yes():
    assert a_consent().covers("shelter", PLAIN | SENSITIVE_ITEMS, NOON)


@pytest.mark.parametrize(
    "lapse",
    [
        {"withdrawn_at": NOON},
        {"valid_until": NOON},
        {"asked_at": NOON + timedelta(seconds=1)},
        {"agency": "another"},
        {"items": frozenset({Item.ALIAS})},
        {"answers": SAID_YES | {Article.PROVIDE: Answer.REFUSED}},
        {"answers": SAID_YES | {Article.PROVIDE: Answer.LATER}},
        {"answers": {Article.PROVIDE: Answer.GIVEN}},
        {"answers": {}},
    ],
    ids=str,
)
def test_it_covers_nothing_beyond(lapse):
    assert not a_consent(**lapse).covers("shelter", PLAIN, NOON)


def test_nothing_is_not_something_that_may_be_sent():
    assert not a_consent().covers("shelter", frozenset(), NOON)


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.LATER, None])
def test_sensitive_items_need_their_own_yes(answer):
    answers = {k: v for k, v in (SAID_YES | {Article.SENSITIVE: answer}).items() if v}
    consent = a_consent(answers=answers)

    assert consent.allowed_items() == frozenset(Item) - SENSITIVE_ITEMS - {Item.IDENTIFIER}
    assert not consent.covers("shelter", PLAIN | {Item.HEALTH}, NOON)


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.LATER, None])
def test_a_number_needs_its_own_yes_and_a_no_takes_out_nothing_else(answer):
    answers = {k: v for k, v in (SAID_YES | {Article.IDENTIFIERS: answer}).items() if v}
    consent = a_consent(answers=answers)

    assert consent.allowed_items() == frozenset(Item) - {Item.IDENTIFIER}
    assert consent.ended_items() == ({Item.IDENTIFIER} if answer else frozenset())
    assert not consent.covers("shelter", PLAIN | {Item.IDENTIFIER}, NOON)
    both = a_consent(answers=SAID_YES | {Article.IDENTIFIERS: Answer.GIVEN})
    assert both.covers("shelter", frozenset(Item), NOON)
