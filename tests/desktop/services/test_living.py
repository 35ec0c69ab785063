"""Living consent: what is in force, why the rest is not, and whose runs out within two weeks."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import SAID_YES, a_consent, a_guardian
from network_of_one import Town, taking_nothing
from vaults_for_tests import a_vault

from desktop.domain.consent_records import Record, Responsible
from desktop.domain.consents import ASKED, Answer, Article, Item
from desktop.domain.ids import AgencyId
from desktop.domain.living import SOON, End, living
from desktop.domain.referrals import Erasure, Word
from desktop.domain.youths import Age
from desktop.errors import ConsentMissing
from desktop.services import living as service
from desktop.services import looks, promises, withdrawals
from desktop.services.covering import Telling, newest
from desktop.vault.columns import stamp

NEAR = SOON - timedelta(days=1)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    place = tmp_path_factory.mktemp("living")
    town = Town(place / "town", a_vault(place / "vault"))
    yield town
    town.vault.close()
    town.close()


def standing(town, youth):
    return service.standing(town.vault, youth, town.now)


def soon(town, youth, **changes):
    return town.agree(youth, **{"valid_until": town.now + NEAR} | changes)


def is_listed(town, youth):
    lists = promises.lists(town.vault, "ko", town.moment())
    assert lists.counts.ending == len(lists.ending)
    return youth in {each.youth.id for each in lists.ending}


def test_every_consent_in_force_is_there_at_once_with_what_may_be_sent(town):
    youth = town.meet()
    shelter = town.agree(youth)
    clinic = town.agree(
        youth,
        agency=AgencyId(town.hub.clinic.org),
        answers=SAID_YES | {Article.SENSITIVE: Answer.REFUSED},
    )
    only_kept = town.agree(
        youth, agency=AgencyId("other"), answers=SAID_YES | {Article.PROVIDE: Answer.REFUSED}
    )

    found = standing(town, youth)

    assert [each.consent for each in found.in_force] == [only_kept, clinic, shelter]
    assert [each.items for each in found.in_force] == [
        frozenset(), clinic.allowed_items(), shelter.items - {Item.IDENTIFIER}
    ]  # fmt: skip
    assert found.ended == ()


def test_an_end_says_why(town):
    youth, shelter = town.meet(), AgencyId(town.shelter.org)
    over = town.agree(youth, valid_until=town.now + timedelta(seconds=1))
    first = town.agree(youth, agency=AgencyId("a"))
    again = town.agree(youth, agency=AgencyId("a"), record=Record(supersedes=first.id))
    town.agree(youth, agency=AgencyId("b"))
    town.agree(youth, agency=AgencyId("b"), answers=dict.fromkeys(ASKED, Answer.REFUSED))
    town.hub.clock.turn(seconds=2)

    found = standing(town, youth)

    assert [each.consent for each in found.in_force] == [again]
    assert {each.consent.agency: each.end for each in found.ended} == {
        over.agency: End.OVER, first.agency: End.REPLACED, AgencyId("b"): End.LATER_NO
    }  # fmt: skip
    assert over.agency == shelter


def test_after_a_withdrawal_it_says_who_has_erased_and_whether_the_word_still_waits(town):
    consent, tracking = town.agreed_and_released()
    town.round()
    withdrawals.withdraw(town.vault, consent.id, town.moment())
    youth = tracking.referral.youth

    (gone,) = standing(town, youth).ended
    assert (gone.end, gone.word) == (End.WITHDRAWN, Word.WAITS)
    assert [(each.agency_name, each.erasure) for each in gone.erasing] == [
        (tracking.agency_name, Erasure.OWED)
    ]
    town.round()
    (told,) = standing(town, youth).ended
    assert told.word is Word.PROVEN


def test_one_that_the_hub_did_not_take_is_called_so_and_the_others_are_not(town):
    first, tracking = town.agreed_and_released()
    youth = tracking.referral.youth
    clinic = {"agency": AgencyId(town.hub.clinic.org)}
    second, third = town.agree(youth, **clinic), town.agree(youth, agency=AgencyId("other"))
    town.release(youth, **clinic)
    town.round()
    withdrawals.withdraw(town.vault, first.id, town.moment())
    town.line.twist = taking_nothing
    town.round()
    town.line.twist = lambda answer: answer
    for each in (second, third):
        withdrawals.withdraw(town.vault, each.id, town.moment())

    found = {each.consent.id: each.word for each in standing(town, youth).ended}

    # Of the third the hub has never heard: there is nothing to tell it.
    assert found == {first.id: Word.REFUSED, second.id: Word.WAITS, third.id: Word.UNSAID}


def test_a_referral_that_stands_on_two_is_asked_for_by_the_one_that_was_taken(town):
    first, tracking = town.agreed_and_released()
    youth, ref = tracking.referral.youth, tracking.referral.id
    town.round()
    assert town.tracking(ref).word is Word.UNSAID
    second = town.agree(youth)
    with town.vault.transaction() as db:
        db.execute(
            "INSERT INTO amendment (id, referral, version, consent, packet, digest, released_at)"
            " SELECT 'a', id, 2, ?, packet, digest, released_at FROM referral WHERE id = ?",
            (str(second.id), str(ref)),
        )
    withdrawals.withdraw(town.vault, second.id, town.moment())
    assert town.tracking(ref).word is Word.WAITS
    town.line.twist = taking_nothing
    town.round()
    town.line.twist = lambda answer: answer
    withdrawals.withdraw(town.vault, first.id, town.moment())
    assert town.tracking(ref).word is Word.REFUSED  # it needs somebody; the other only waits

    town.round()

    assert town.tracking(ref).word is Word.PROVEN


@pytest.mark.parametrize("seed", range(30))
def test_what_it_says_may_be_sent_is_what_the_gate_lets_out(town, seed):
    chance, moment = random.Random(seed), town.moment()
    asked = tuple(_any_consent(chance, moment.now) for _ in range(chance.randint(1, 5)))
    asked = tuple(_replacing(chance, asked, n) for n in range(len(asked)))
    age = Age.stated(chance.choice((13, 17)))
    allowed = {
        item
        for each in living(asked, moment.now, age, is_entrusted=True)
        if each.consent.agency == "a"
        for item in each.items
    }

    for item in Item:
        try:
            newest(
                asked, Telling(AgencyId("a"), "a", frozenset({item}), frozenset(), age), moment.now
            )
            leaves = True
        except ConsentMissing:
            leaves = False
        assert leaves is (item in allowed)


def _any_consent(chance, now):
    days = timedelta(days=chance.randint(-3, 3), hours=1)
    return a_consent(
        agency=AgencyId(chance.choice("aab")),
        answers={each: chance.choice((Answer.GIVEN, Answer.GIVEN, *Answer)) for each in Article},
        items=frozenset(chance.sample(list(Item), 4)),
        asked_at=now - timedelta(days=5),
        valid_until=now + days,
        withdrawn_at=now if chance.random() < 0.2 else None,
        guardian=chance.choice((None, a_guardian())),
    )


def _replacing(chance, asked, n):
    older = [each.id for each in asked[n + 1 :] if each.agency == asked[n].agency]
    if not older or chance.random() < 0.5:
        return asked[n]
    return replace(asked[n], record=_whole(older[0]))


def _whole(supersedes):
    return Record("한결", responsible=Responsible("o", "센터", "02"), supersedes=supersedes)


def test_what_runs_out_within_two_weeks_is_listed_the_next_first(town):
    first, second, far = town.meet(), town.meet(alias="바다"), town.meet(alias="라온")
    soon(town, second)
    soon(town, first, valid_until=town.now + timedelta(days=2))
    town.agree(far, valid_until=town.now + SOON + timedelta(days=1))

    lists = promises.lists(town.vault, "ko", town.moment())
    found = [each.youth.id for each in lists.ending]

    assert [key for key in found if key in (first, second, far)] == [first, second]
    assert is_listed(town, first)
    assert looks.of(town.vault, first)  # a name in the list is a look


def test_whoever_was_asked_again_or_took_it_back_is_not(town):
    renewed, anew, said_no, back, over, kept = (town.meet(alias=f"별 {n}") for n in range(6))
    before = soon(town, renewed)
    for youth in (anew, said_no):
        soon(town, youth)
    taken_back = soon(town, back)
    town.agree(over, valid_until=town.now + timedelta(seconds=1))
    soon(town, kept, answers=SAID_YES | {Article.PROVIDE: Answer.REFUSED})
    for youth in (renewed, anew, said_no, back):
        assert is_listed(town, youth)

    town.agree(renewed, record=Record(supersedes=before.id))
    town.agree(anew)
    town.agree(said_no, answers=dict.fromkeys(ASKED, Answer.REFUSED))
    withdrawals.withdraw(town.vault, taken_back.id, town.moment())
    town.hub.clock.turn(seconds=2)

    for youth in (renewed, anew, said_no, back, over, kept):
        assert not is_listed(town, youth)


def test_what_another_organisation_was_told_is_its_own_to_ask_again(town):
    before, at, until = promises.counts(town.vault, town.now).ending, town.now, town.now + NEAR
    with town.vault.transaction() as db:
        db.execute(
            "INSERT INTO received (id, from_org, from_name, consents, priority, received_at,"
            " valid_until, status) VALUES ('c', 'o', '남', '[]', 'routine', ?, ?, 'accepted')",
            (stamp(at), stamp(until)),
        )

    assert promises.counts(town.vault, town.now).ending == before


def test_another_agencys_answer_settles_nothing(town):
    youth = town.meet()
    soon(town, youth)
    town.agree(youth, agency=AgencyId(town.hub.clinic.org))

    assert is_listed(town, youth)
