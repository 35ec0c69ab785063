"""Whom a case is about, as a record of our own: no less protected than what was told says."""

import pytest
from builders import on_a_night
from desk_for_tests import WORDS, rows_with

from desktop.domain.consents import Item
from desktop.domain.days import ONE_DAY, day_of
from desktop.domain.forms import FormName, UnfinishedForm
from desktop.domain.ids import YouthId
from desktop.domain.inbox import OURS_STAYS, Gone
from desktop.domain.promises import Due, Part
from desktop.domain.referrals import Draft
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import About, Age, Gender
from desktop.services import (
    guardians,
    inbox,
    inbox_own,
    promises,
    referrals,
    retention,
    search,
    withdrawals,
)
from desktop.services import youths as people
from desktop.services.promises import NewPromise
from desktop.services.youths import NewYouth
from desktop.vault import forms, youths

ABUSE, FEAR, WISH = KeepReason.ABUSE, KeepReason.FEAR, KeepReason.WISH
GUESSED = WORDS | {Item.AGE: "만 14세 추정", Item.GENDER: "여", Item.LANGUAGE: "베트남어"}


def ours(desk):
    """Hand the newest case over, and return the record of our own."""
    return inbox.keep_as_ours(desk.vault, desk.peek().id, desk.moment())


def person(desk, youth):
    with desk.vault.reading() as db:
        return youths.one(db, youth)


def why(desk, youth):
    kept = guardians.kept_from(desk.vault, youth)
    return kept.reason if kept else None


def promise(desk, youth):
    due = Due(day_of(desk.town.now) + ONE_DAY, Part.EVENING)
    promises.make(desk.vault, NewPromise(youth, "우산을 가져가기로", due), desk.moment())


def met_tonight(desk, youth):
    moment = desk.moment()
    on_a_night(desk.vault, moment)
    people.meet_again(desk.vault, youth, "역 앞", moment)


def keeps_why(desk, youth):
    guardians.keep_from(desk.vault, youth, FEAR, "직접 들음", desk.moment())


def half_types_a_report(desk, youth):
    form = UnfinishedForm(FormName.REPORT, {f"{youth}/situation": "멍이 있다"})
    with desk.vault.transaction() as db:
        forms.set_aside(db, form, desk.moment().now)


def tell_more(town, desk, tracking, **words):
    """Let the desk ask for more, and the counselor tell it, with what stands there by now."""
    desk.say("건강은요?", asks={Item.HEALTH})
    desk.round()
    town.round()
    draft = referrals.begin_answer(town.vault, tracking.referral.id, town.moment())
    town.hub.clock.turn(minutes=5)
    said = {Item(name): text for name, text in words.items()}
    town.release(
        draft.youth, answers=draft.answers, words=draft.words | {Item.HEALTH: "천식"} | said
    )
    town.round()
    desk.round()


@pytest.fixture
def accepted(town, desk):
    """A case that was taken on, of somebody whose age was guessed."""
    _, tracking = town.agreed_and_released(words=GUESSED)
    town.round()
    desk.accepts()
    yield tracking
    desk.vault.verify()


def test_our_own_record_says_what_was_told_and_a_guess_stays_a_guess(desk, accepted):
    own = person(desk, ours(desk))

    assert own.about == About(Age.estimated(14), Gender.FEMALE, "vi")
    assert own.age.may_be_under_14()


def test_why_the_guardian_is_not_told_stands_in_our_own_record_too(town, desk):
    youth = town.meet()
    guardians.keep_from(town.vault, youth, ABUSE, "", town.moment())
    town.agree(youth)
    town.release(youth, words=WORDS)
    town.round()
    desk.accepts()

    own = ours(desk)

    assert person(desk, own).keep_from_guardian
    assert why(desk, own) is ABUSE


def test_what_is_told_later_protects_our_own_record_at_once(town, desk, accepted):
    own = ours(desk)
    assert not person(desk, own).keep_from_guardian

    guardians.keep_from(town.vault, accepted.referral.youth, ABUSE, "", town.moment())
    tell_more(town, desk, accepted, age="만 13세")

    assert person(desk, own).keep_from_guardian
    assert why(desk, own) is ABUSE
    assert person(desk, own).age == Age.stated(13)


def test_what_is_known_here_is_never_taken_back_by_what_is_told(town, desk, accepted):
    own = ours(desk)
    guardians.keep_from(desk.vault, own, ABUSE, "직접 들음", desk.moment())
    people.tell(desk.vault, own, About(Age.stated(12), Gender.OTHER, "ru"), desk.moment())

    guardians.keep_from(town.vault, accepted.referral.youth, WISH, "", town.moment())
    tell_more(town, desk, accepted, age="만 17세")
    ours(desk)

    assert guardians.kept_from(desk.vault, own).words == "직접 들음"
    assert person(desk, own).about == About(Age.stated(12), Gender.OTHER, "ru")


def test_what_was_decided_here_stands_until_something_else_is_told(town, desk, accepted):
    guardians.keep_from(town.vault, accepted.referral.youth, FEAR, "", town.moment())
    tell_more(town, desk, accepted, age="만 13세")
    own, learned = ours(desk), About(Age.estimated(16), Gender.FEMALE, "vi")
    assert why(desk, own) is FEAR

    guardians.may_be_told_again(desk.vault, own, desk.moment())
    people.tell(desk.vault, own, learned, desk.moment())
    ours(desk)
    tell_more(town, desk, accepted, age="만 13세")
    assert not person(desk, own).keep_from_guardian
    assert person(desk, own).about == learned

    guardians.keep_from(town.vault, accepted.referral.youth, ABUSE, "", town.moment())
    tell_more(town, desk, accepted, age="만 13세")
    assert why(desk, own) is ABUSE


def test_a_stronger_reason_takes_the_place_of_a_weaker_and_an_unknown_one_marks_alone(
    desk, accepted
):
    own = ours(desk)

    heard = []
    for code in ("a-reason-of-tomorrow", WISH, "", FEAR, WISH, ABUSE, FEAR):
        with desk.vault.transaction() as db:
            guardians.keep_as_told(db, own, code, "a device", desk.moment())
        heard.append(why(desk, own))

    assert heard == [None, WISH, WISH, FEAR, FEAR, ABUSE, ABUSE]
    assert person(desk, own).keep_from_guardian


def withdrawn(town, desk, accepted):
    """Let the young person take back what they agreed to at the counselor's."""
    withdrawals.withdraw(town.vault, accepted.consent, town.moment())
    town.round()
    desk.round()


def test_a_record_on_which_nothing_stands_goes_with_what_was_told(town, desk, accepted):
    own = ours(desk)
    referrals.keep_draft(desk.vault, Draft(own, words=WORDS), desk.moment())

    withdrawn(town, desk, accepted)

    assert desk.peek().gone is Gone.WITHDRAWN
    assert OURS_STAYS not in dict(desk.peek().steps)
    assert search.people(desk.vault, "하늘", 5) == ()
    assert not rows_with(desk.vault)
    assert person(desk, own).about == About(Age.unknown())


def test_what_is_left_of_it_goes_once_nobody_has_its_page_open(town, desk, accepted):
    own = ours(desk)
    withdrawn(town, desk, accepted)

    assert inbox_own.expire(desk.vault, desk.moment(), spared=own) == 0
    assert inbox_own.expire(desk.vault, desk.moment()) == 1

    with desk.vault.reading() as db:
        assert youths.some(db, [own]) == ()
    assert inbox_own.expire(desk.vault, desk.moment()) == 0


def test_what_was_written_meanwhile_is_not_lost_with_it(town, desk, accepted):
    own = ours(desk)
    withdrawn(town, desk, accepted)

    promise(desk, own)

    assert inbox_own.expire(desk.vault, desk.moment()) == 0


@pytest.mark.parametrize("stands", [promise, met_tonight, keeps_why, half_types_a_report])
def test_a_record_of_which_something_is_our_own_stays_and_the_case_says_so(
    town, desk, accepted, stands
):
    own = ours(desk)
    stands(desk, own)

    withdrawn(town, desk, accepted)

    assert person(desk, own).alias == "하늘"
    assert OURS_STAYS in dict(desk.peek().steps)


def test_a_record_on_which_only_another_case_stands_goes_with_that_one_and_no_case_says_it_stayed(
    town, desk, accepted
):
    second, _ = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    refs = [case.id for case in desk.cases()]
    own = inbox.keep_as_ours(desk.vault, refs[0], desk.moment())
    assert inbox.keep_as_ours(desk.vault, refs[1], desk.moment(), own) == own

    for consent in (second.id, accepted.consent):
        assert person(desk, own).alias == "하늘"
        withdrawals.withdraw(town.vault, consent, town.moment())
        town.round()
        desk.round()

    assert person(desk, own).about == About(Age.unknown())
    assert {case.gone for case in desk.cases()} == {Gone.WITHDRAWN}
    assert not [case for case in desk.cases() if OURS_STAYS in dict(case.steps)]


def test_who_a_person_says_it_is_gets_no_second_record_and_only_more_protection(
    town, desk, accepted
):
    on_a_night(desk.vault, desk.moment())
    met = people.meet(
        desk.vault, NewYouth("하늘", Age.estimated(16), keep_from_guardian=True), "", desk.moment()
    )
    known, ref = met.youth.id, desk.peek().id

    own = inbox.keep_as_ours(desk.vault, ref, desk.moment(), known)

    assert (own, desk.peek().youth) == (known, known)
    assert len(search.people(desk.vault, "하늘", 5)) == 1
    assert person(desk, known).keep_from_guardian
    assert person(desk, known).about == About(Age.estimated(16), Gender.FEMALE)
    retention.erase(desk.vault, known, desk.moment())
    assert desk.peek().gone is Gone.ERASED


def test_a_case_that_was_tied_to_another_child_is_parted_from_it_and_ends_with_it_no_more(
    desk, accepted
):
    on_a_night(desk.vault, desk.moment())
    met = people.meet(desk.vault, NewYouth("하늘", Age.stated(19)), "", desk.moment())
    wrong, ref = met.youth.id, desk.peek().id
    inbox.keep_as_ours(desk.vault, ref, desk.moment(), wrong)

    inbox.not_them(desk.vault, ref, desk.moment())
    right = ours(desk)

    assert right != wrong
    assert person(desk, right).about == About(Age.estimated(14), Gender.FEMALE, "vi")
    assert retention.erase(desk.vault, wrong, desk.moment()).told == ()
    assert (desk.peek().gone, desk.peek().youth) == (Gone.HERE, right)


def test_a_record_that_was_made_of_a_case_is_emptied_when_the_two_are_parted(desk, accepted):
    own, ref = ours(desk), desk.peek().id

    inbox.not_them(desk.vault, ref, desk.moment())
    inbox.not_them(desk.vault, ref, desk.moment())

    assert person(desk, own).about == About(Age.unknown())
    assert search.people(desk.vault, "하늘", 5) == ()
    assert desk.peek().gone is Gone.HERE


def test_whoever_is_chosen_and_gone_by_then_is_made_anew(desk, accepted):
    ref, nobody = desk.peek().id, YouthId(desk.moment().id("nobody"))

    own = inbox.keep_as_ours(desk.vault, ref, desk.moment(), nobody)

    assert own != nobody
    assert person(desk, own).alias == "하늘"
