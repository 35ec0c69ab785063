"""What an asking says and keeps, and what it leaves to be asked."""

from dataclasses import replace
from uuid import uuid4

import pytest
from pages_for_tests import CENTER, a_draft, a_handing, a_youth

from desktop.domain.agencies import Category
from desktop.domain.consent_records import Responsible
from desktop.domain.consents import Answer, Item
from desktop.domain.moment import Moment
from ui.consents.again import again
from ui.consents.asking import Asking
from ui.consents.standing import is_settled
from ui.consents.texts import Form
from ui.referrals.card import _consent_for

TALK = frozenset({Category.COUNSEL})


@pytest.fixture
def writing(qtbot, tasks):
    """Somebody for whom a counselor is looked for."""
    file = a_youth(qtbot, tasks)
    return replace(file, draft=replace(a_draft(file), categories=TALK))


def answered(file, moment):
    """Ask about what is written, and hear yes to everything; return it and what was shown."""
    asking, form, shown = Asking.about(a_handing(file, CENTER), moment), Form("ko"), []
    while screen := asking.screen(form):
        shown.append(screen)
        asking = asking.answer(screen, Answer.GIVEN)
    consent = asking.consent(Moment(moment.now, uuid4()))
    whole = replace(consent.record, asked_by="김", responsible=Responsible("o", "센터", "02"))
    return replace(consent, record=whole), shown


def test_other_help_than_the_purpose_named_is_asked_about_anew(tasks, writing):
    moment = tasks.moment()
    consent, _ = answered(writing, moment)
    assert consent.record.categories == TALK

    agreed = replace(writing, consents=(consent,))
    assert is_settled(consent, agreed, moment.now)
    assert _consent_for(agreed, agreed.draft, moment.now) == consent

    wider = replace(agreed, draft=replace(agreed.draft, categories=TALK | {Category.LEGAL}))
    assert not is_settled(consent, wider, moment.now)
    assert _consent_for(wider, wider.draft, moment.now) is None


def test_before_any_help_is_chosen_the_purpose_names_all_that_the_agency_offers(tasks, writing):
    unchosen = replace(writing, draft=replace(writing.draft, categories=frozenset()))

    consent, _ = answered(unchosen, tasks.moment())

    assert consent.record.categories == CENTER.categories()


def test_asking_again_names_the_help_that_was_agreed_to_and_no_other(tasks, writing):
    moment = tasks.moment()
    consent, _ = answered(writing, moment)
    assert CENTER.categories() > TALK

    anew, _ = answered(again(replace(writing, draft=None), consent), moment)

    assert anew.record.categories == TALK


@pytest.mark.parametrize("only", [Item.SITUATION, Item.HEALTH])
def test_no_row_of_a_question_is_empty_where_only_what_is_sensitive_is_written(
    tasks, writing, only
):
    cleared = replace(writing, draft=replace(writing.draft, words={only: "집에 못 감"}))

    consent, shown = answered(cleared, tasks.moment())

    assert all(row.answer.strip() for screen in shown for row in screen.rows)
    assert consent.items == {Item.ALIAS, only}
