"""Somebody's own data as a page they can read: what is kept here, in plain words."""

from collections.abc import Iterable
from datetime import datetime

from desktop.domain.consents import Consent
from desktop.domain.notes import Note
from desktop.domain.own_data import OwnPage
from desktop.domain.referrals import Tracking
from i18n import formats, tr
from ui.item_words import item
from ui.people import age_words, gender_words, language_words, risk_words


def written(data: OwnPage) -> str:
    """Return the whole of it as text; a part of which nothing is kept says so."""
    youth = data.youth
    parts = (
        _part(tr("About you"), (
            youth.alias, age_words(youth.age), gender_words(youth.gender),
            language_words(youth.language),
        )),
        _part(tr("When we met"), (
            f"{_at(each.met_at)} {each.place}".strip() for each in data.meetings
        )),
        _part(tr("What was written down"), map(_note, data.notes)),
        _part(tr("How we judged the danger"), (
            f"{_at(each.judged_at)} {risk_words(each.risk)}: {each.grounds}"
            for each in data.judgements
        )),
        _part(tr("What was promised"), (each.what for each in data.promises)),
        _part(tr("What you were asked"), map(_consent, data.consents)),
        _part(tr("What was told to other places"), map(_referral, data.referrals)),
        _part(tr("What you asked of us"), (
            f"{_at(each.asked_at)} {each.words} {each.answer}".strip() for each in data.requests
        )),
    )  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _part(title: str, lines: Iterable[str]) -> str:
    told = [line for line in lines if line] or [tr("Nothing is kept.")]
    return "\n".join((title, *(f"- {line}" for line in told)))


def _note(note: Note) -> str:
    added = (f"  {_at(each.at)} {each.text}" for each in note.addenda)
    return "\n".join((f"{_at(note.saved_at)}\n  {note.text}", *added))


def _consent(consent: Consent) -> str:
    told = ", ".join(item(each) for each in sorted(consent.allowed_items()))
    until = formats.full_day(consent.withdrawn_at or consent.valid_until)
    agreed = tr("agreed: {items}; until {day}", items=told or tr("nothing"), day=until)
    return f"{_at(consent.asked_at)} {consent.agency_name}: {agreed}"


def _referral(tracking: Tracking) -> str:
    words = (f"  {item(which)}: {text}" for which, text in tracking.referral.words.items())
    replies = (f"  {_at(reply.at)} {reply.text}" for reply in tracking.replies)
    return "\n".join((f"{tracking.agency_name}", *words, *replies))


def _at(moment: datetime) -> str:
    return formats.full_day(moment)
