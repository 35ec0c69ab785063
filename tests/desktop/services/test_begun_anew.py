"""What was told is there again for a new referral, and no word of a draft gives way to it."""

from datetime import date

import pytest
from builders import SAID_YES
from consent_texts_for_tests import as_supervisor

from desktop.domain.agencies import Category
from desktop.domain.consents import Answer, Article, Item
from desktop.domain.entrustments import ARTICLE, EntrustedBy, Entrustment
from desktop.domain.following import Next
from desktop.domain.ids import AgencyId
from desktop.domain.referrals import Draft, Urgency
from desktop.services import begun_anew, entrustments, following, referrals
from desktop.vault import drafts, steps

TOLD = {Item.ALIAS: "하늘", Item.NEED: "오늘 밤 잘 곳", Item.SITUATION: "집에 못 가요"}


def sent(town):
    """Return a referral that its agency has not answered yet."""
    _, tracking = town.agreed_and_released(words=TOLD, urgency=Urgency.URGENT)
    return tracking.referral


def refused(town, code):
    referral = sent(town)
    with town.vault.transaction() as db:
        steps.has_problem(db, referral.id, code)
    return referral


def declined(town):
    referral = sent(town)
    town.round()
    town.answer(town.shelter.moves(str(referral.id), "rejected", "no-room"))
    town.round()
    return referral


def begun(town, referral):
    draft = begun_anew.begin(town.vault, referral.id, town.moment())
    with town.vault.reading() as db:
        assert drafts.of_youth(db, referral.youth) == draft
    return draft


@pytest.mark.parametrize("code", ["too-large", "malformed", "consent-expired"])
def test_what_can_be_put_right_is_for_the_same_agency(town, code):
    referral = refused(town, code)

    draft = begun(town, referral)

    helps = referral.categories
    assert draft == Draft(referral.youth, referral.agency, helps, TOLD, Urgency.URGENT)


def test_who_takes_nothing_is_not_chosen_again(town):
    draft = begun(town, refused(town, "org-inactive"))

    assert (draft.agency, draft.words) == (None, TOLD)


def test_what_was_declined_is_asked_of_another_agency_in_the_same_words(town):
    referral = declined(town)
    draft = begun(town, referral)
    assert draft.agency is None

    clinic = AgencyId(town.hub.clinic.org)
    town.agree(referral.youth, agency=clinic)
    town.hub.clock.turn(minutes=1)
    told = town.release(referral.youth, agency=clinic, words=draft.words)

    assert (told.referral.id != referral.id, told.referral.words) == (True, TOLD)
    nexts = {way.id: way.following.next for way in following.ways(town.vault, town.moment()).shown}
    assert nexts == {told.referral.id: Next.REACH_HUB, referral.id: Next.NOTHING}


def test_a_draft_keeps_every_word_and_only_what_is_empty_is_filled(town):
    referral = sent(town)
    helps = frozenset({Category.HEALTH})
    mine = Draft(referral.youth, AgencyId("clinic"), helps, {Item.NEED: "기침이 오래가요"})
    referrals.keep_draft(town.vault, mine, town.moment())

    draft = begun(town, referral)

    words = TOLD | mine.words
    assert draft == Draft(referral.youth, mine.agency, helps, words, Urgency.ROUTINE)
    assert begun(town, referral) == draft


def test_a_number_is_not_told_to_whom_it_was_not_asked_for(town):
    as_supervisor(town.vault)
    paper = Entrustment(EntrustedBy.LOCAL, ARTICLE, "아동청소년과-12", date(2026, 11, 2))
    entrustments.record(town.vault, paper, town.moment())
    youth = town.meet()
    town.agree(youth, answers=SAID_YES | {Article.IDENTIFIERS: Answer.GIVEN})
    told = town.release(youth, words=TOLD | {Item.IDENTIFIER: "passport M12345678"})
    assert Item.IDENTIFIER in told.referral.words

    assert begun(town, told.referral).words == TOLD
