"""Every journey about consent, and what of the program to break so that each of some must fail."""

from journeys import consented, handed_over, permitted, worded
from journeys.consent_table import CONSENT

from desktop.domain.ages import Age
from desktop.domain.consents import Consent
from desktop.services import consent_records, expiring, guardians, own_data, slips, text_versions
from ui.consents import frame, stands
from ui.consents.all_door import AllDoor
from ui.consents.question import QuestionPage
from ui.referrals.leaving import LeavingCard

TOLD = CONSENT


def _of(plays):
    return next(each for each in TOLD.sentences if each.plays is plays).name


def _nothing(*_, **__):
    """What a part does that is gone."""


FAULTS = tuple((_of(plays), *fault) for plays, *fault in (
    (handed_over.one_question_a_screen_with_equal_answers,
     QuestionPage, "show_screen", lambda page, *_: page.yes_button.setMinimumWidth(900)),
    (permitted.a_suspected_guardian_leads_to_the_report, stands, "is_reported", lambda _: False),
    (handed_over.it_speaks_their_language_and_says_what_is_a_draft,
     frame, "draft_words", lambda _: ""),
    (permitted.who_answers_is_decided_by_their_age, Age, "may_be_under_14", lambda _: False),
    (handed_over.each_is_answered_apart_and_for_each_agency_anew,
     Consent, "allowed_items", lambda self: self.items),
    (permitted.not_to_tell_travels_along_and_blocks_every_step,
     guardians, "reason_for", lambda *_: None),
    (worded.what_has_ended_is_gone_and_only_counted, expiring, "expire", lambda *_: 0),
    (consented.every_field_is_kept_and_none_of_it_changes,
     consent_records, "_responsible", _nothing),
    (consented.a_slip_is_made_on_a_wish_alone, slips, "number_of", lambda _: "0"),
    (consented.what_leaves_is_shown_word_for_word, Consent, "allowed_items",
     lambda self: self.items),
    (consented.an_item_is_taken_out_and_nothing_is_added, LeavingCard, "show_packet", _nothing),
    (consented.what_is_in_force_is_seen_at_a_glance, AllDoor, "show_file", _nothing),
    (consented.a_request_is_a_task_of_ten_days_and_a_file,
     own_data, "due_on", lambda at, _: at.date()),
    (worded.a_text_that_fails_carries_no_referral, text_versions, "refuse_failing", _nothing),
))  # fmt: skip
"""A sentence of most paragraphs, and what is put in the place of something it needs."""
