"""What has to go, and when, follows from what there is and from the organisation's policy."""

from datetime import timedelta
from uuid import uuid4

import pytest
from builders import NOON
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.endings import Holding, expiries
from desktop.domain.ids import YouthId
from desktop.domain.retention import Debt, Owed, Policy, Since, Target, Thing

NOTE, CONSENT, YOUTH = uuid4(), uuid4(), YouthId(uuid4())
DAY = timedelta(days=1)
POLICY = Policy(contact=100, referral=300, draft=10)


def a_holding(**changes):
    return Holding(**{"youth": YOUTH, "alias": "하늘", "last_contact": NOON} | changes)


def goes(held):
    """Return when each kind of thing goes, in days from noon, and since what."""
    return {
        each.target.thing: ((each.due - NOON) // DAY, each.since)
        for each in expiries(held, POLICY)
    }


def test_whoever_was_never_referred_goes_a_year_after_the_last_contact():
    assert Policy().contact == 365
    assert goes(a_holding()) == {Thing.YOUTH: (100, Since.CONTACT)}


def test_whoever_was_referred_stays_until_the_last_referral_has_ended_and_longer():
    held = a_holding(ended_referrals=(NOON + 5 * DAY, NOON + 20 * DAY))

    assert goes(held) == {Thing.YOUTH: (320, Since.REFERRAL)}


def test_a_referral_that_has_not_ended_is_named_as_what_has_to_happen_first():
    owed = (Owed(Debt.HELP, "밤하늘 쉼터"),)

    (expiry,) = expiries(a_holding(open_referrals=1, owed=owed), POLICY)

    assert (expiry.due, expiry.owed) == (NOON + 300 * DAY, owed)


def test_an_old_note_goes_before_the_person_who_is_still_met():
    held = a_holding(notes=((NOTE, NOON - 50 * DAY),))

    assert goes(held)[Thing.NOTE] == (50, Since.CONTACT)


def test_notes_of_a_case_stay_as_long_as_the_case():
    held = a_holding(notes=((NOTE, NOON - 50 * DAY),), ended_referrals=(NOON,))

    assert Thing.NOTE not in goes(held)


def test_a_note_that_goes_with_the_person_is_not_said_twice():
    assert Thing.NOTE not in goes(a_holding(notes=((NOTE, NOON),)))


def test_a_consent_nothing_came_of_goes_after_it_ended():
    held = a_holding(unused_consents=((CONSENT, NOON - 40 * DAY),))

    assert goes(held)[Thing.CONSENT] == (60, Since.CONSENT)


def test_nobody_goes_while_a_consent_of_theirs_is_in_force():
    held = a_holding(unused_consents=((CONSENT, NOON + 200 * DAY),))

    assert goes(held)[Thing.YOUTH] == (200, Since.CONTACT)


def test_a_referral_that_was_never_released_goes_soon():
    assert goes(a_holding(drafted_at=NOON))[Thing.DRAFT] == (10, Since.DRAFT)


def test_whoever_asked_to_be_forgotten_is_due_since_then():
    held = a_holding(wished_at=NOON - 3 * DAY, ended_referrals=(NOON,))

    assert goes(held) == {Thing.YOUTH: (-3, Since.WISH)}


@pytest.mark.parametrize("days", [{"contact": 0}, {"referral": 8000}, {"notice": 0}])
def test_a_policy_that_destroys_at_once_or_never_cannot_be_made(days):
    with pytest.raises(ValueError, match="days"):
        Policy(**days)


@given(
    notes=st.lists(st.integers(-500, 0), max_size=4),
    ended=st.lists(st.integers(-500, 500), max_size=3),
    consents=st.lists(st.integers(-500, 500), max_size=3),
    drafted=st.none() | st.integers(-500, 0),
    wished=st.none() | st.integers(-500, 0),
)
def test_nothing_goes_after_its_person_and_the_person_goes_once(
    notes, ended, consents, drafted, wished
):
    def at(days):
        return NOON + days * DAY

    held = a_holding(
        notes=tuple((uuid4(), at(n)) for n in notes),
        ended_referrals=tuple(map(at, ended)),
        unused_consents=tuple((uuid4(), at(n)) for n in consents),
        drafted_at=None if drafted is None else at(drafted),
        wished_at=None if wished is None else at(wished),
    )

    found = list(expiries(held, POLICY))

    assert [e.target for e in found].count(Target(Thing.YOUTH, YOUTH)) == 1
    assert all(each.due <= found[0].due for each in found)
    assert {each.target for each in found} <= set(held.targets())
