"""A referral leaves only by being released under a consent that covers it."""

from datetime import timedelta

import pytest
from builders import NOON, a_consent, a_draft, a_referral

from desktop.domain.agencies import Category
from desktop.domain.consent_records import Record
from desktop.domain.consents import Item
from desktop.domain.referrals import ITEM_LIMIT
from desktop.errors import ConsentMissing, NothingWritten, ResidentNumberFound, TextTooLong


def test_a_consent_of_the_same_young_person_releases_it():
    referral = a_referral()
    consent = a_consent(youth=referral.youth)

    assert referral.release(consent, NOON).consent == consent.id


def test_another_young_persons_consent_does_not():
    with pytest.raises(ConsentMissing):
        a_referral().release(a_consent(), NOON)


@pytest.mark.parametrize(
    ("agreed", "is_released"),
    [((), True), (("protect",), True), (("legal", "protect"), True), (("counsel",), False)],
)
def test_it_is_for_the_help_that_was_agreed_to_or_for_some_of_it(agreed, is_released):
    referral = a_referral(categories=frozenset({Category.PROTECT}))
    record = Record(categories=frozenset(map(Category, agreed)))
    consent = a_consent(youth=referral.youth, record=record)

    if is_released:
        assert referral.release(consent, NOON).consent == consent.id
    else:
        with pytest.raises(ConsentMissing):
            referral.release(consent, NOON)


def test_the_moment_of_expiry_is_too_late():
    referral = a_referral()
    consent = a_consent(youth=referral.youth, valid_until=NOON + timedelta(microseconds=1))

    referral.release(consent, NOON)
    with pytest.raises(ConsentMissing):
        referral.release(consent, NOON + timedelta(microseconds=1))


@pytest.mark.parametrize("nothing", [{"words": {Item.NEED: "  "}}, {"categories": frozenset()}])
def test_a_referral_that_says_nothing_is_refused(nothing):
    with pytest.raises(NothingWritten):
        a_referral(**nothing)


@pytest.mark.parametrize("made", [a_referral, a_draft])
def test_its_words_are_checked(made):
    with pytest.raises(ResidentNumberFound):
        made(words={Item.NEED: "090101-3234567"})


def test_words_that_are_too_long_are_kept_in_a_draft_and_do_not_leave():
    words = {Item.NEED: "가" * (ITEM_LIMIT + 1)}

    assert a_draft(words=words).is_too_long()
    with pytest.raises(TextTooLong):
        a_referral(words=words)


def test_a_draft_keeps_words_as_they_are_typed():
    assert a_draft(words={Item.NEED: "잘 곳 "}).words == {Item.NEED: "잘 곳 "}
