"""Somebody's own data as a page they can read: what is kept here, in plain words."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from desktop.domain.consents import Consent, Item
from desktop.domain.inbox import Received
from desktop.domain.own_page import HalfWritten, OwnNote, OwnPage, OwnReferral
from desktop.domain.safety import Plan, Step
from desktop.domain.screening import Judgement
from desktop.domain.supervision import Seen
from i18n import formats, tr
from ui.inbox.unsent import half_said
from ui.item_words import item, told_covered
from ui.own_data import lines
from ui.people import age_words, gender_words, language_words, risk_words
from ui.referrals import words as referral_words
from ui.safety import steps

_UNDER = "\n  "


def written(data: OwnPage, at: datetime) -> str:
    """Return the whole of it as text; a part of which nothing is kept says so."""
    head = tr("What is kept about {alias}, {day}", alias=data.youth.alias, day=_at(at))
    rights = tr(
        "You may ask us to correct it or to stop using it, and you get an answer within ten days. "
        "What a law does not let us hand over is not in it; you may ask why, and object."
    )
    parts = (_part(title, told) for title, told in _parts(data))
    return "\n\n".join((head, rights, *parts)) + "\n"


def _parts(data: OwnPage) -> tuple[tuple[str, Iterable[str]], ...]:
    return (
        (tr("About you"), _person(data)),
        (tr("When we met"), (
            f"{_at(each.met_at)} {each.place}".strip() for each in data.meetings
        )),
        (tr("What was written down"), map(_note, data.notes)),
        (tr("How we judged the danger"), (*map(_judged, data.judgements),
                                          *map(_seen, data.supervised))),
        (tr("Your safety plan"), map(_plan, data.plans)),
        (tr("What you answered to questions"), map(lines.answered, data.answered)),
        (tr("What was promised"), map(lines.promise, data.promises)),
        (tr("What you were asked"), map(_consent, data.consents)),
        (tr("What was told to other places"), map(_referral, data.referrals)),
        (tr("What other places told us"), map(_received, data.received)),
        (tr("What is only half written"), _half_written(data.half_written)),
        (tr("What you asked of us"), lines.asked(data)),
        (tr("Who looked at it"), map(lines.look, data.looks)),
    )  # fmt: skip


def _part(title: str, told: Iterable[str]) -> str:
    found = [line for line in told if line] or [tr("Nothing is kept.")]
    return "\n".join((title, *(f"- {line}" for line in found)))


def _person(data: OwnPage) -> Iterable[str]:
    youth, jotting = data.youth, data.jotting
    yield from (
        youth.alias, age_words(youth.age), gender_words(youth.gender),
        tr("Language: {language}", language=language_words(youth.language)),
        tr("First met on {day}", day=_at(youth.met_first)),
    )  # fmt: skip
    if jotting is not None:
        until = tr("Kept without an alias until {day}", day=_at(jotting.due))
        yield tr("Kept without an alias for now") if jotting.is_held else until
        if jotting.given:
            yield tr("Handed out: {things}", things=jotting.given)
    if (named := data.named) is not None:
        yield tr(
            "Your guardian, only to ask them, until {day}: {name}, {contact}",
            day=_at(named.due), name=named.name, contact=named.contact,
        )  # fmt: skip
    yield from map(lines.joined, data.joined)
    yield from map(lines.kept_longer, data.kept_longer)


def _note(own: OwnNote) -> str:
    note, signed = own.note, own.note.signature
    told = [_at(note.saved_at), note.text]
    told += [tr("Added {time}: {words}", time=_at(each.at), words=each.text)
             for each in note.addenda]  # fmt: skip
    if signed is not None:
        told.append(tr("Signed on {day}", day=_at(signed.at)))
    if note.adding:
        told.append(tr("Being added: {words}", words=note.adding))
    told += [tr("Before, as of {time}: {words}", time=_at(each.saved_at), words=each.text)
             for each in own.earlier]  # fmt: skip
    return _UNDER.join(told)


def _judged(judged: Judgement) -> str:
    return f"{_at(judged.judged_at)} {risk_words(judged.risk)}: {judged.grounds}"


def _seen(seen: Seen) -> str:
    told = tr("{day}: {name} looked at it as supervisor", day=_at(seen.seen_at), name=seen.seen_by)
    return f"{told}: {seen.words}" if seen.words else told


def _plan(plan: Plan) -> str:
    said = (f"{steps.words(step).title}: {plan.words[step]}" for step in Step
            if plan.words.get(step, "").strip())  # fmt: skip
    return _UNDER.join((_at(plan.kept_at), *said))


def _consent(consent: Consent) -> str:
    told = ", ".join(item(each) for each in sorted(consent.allowed_items()))
    until = _at(consent.withdrawn_at or consent.valid_until)
    agreed = tr("agreed: {items}; until {day}", items=told or tr("nothing"), day=until)
    head = f"{_at(consent.asked_at)} {consent.agency_name}: {agreed}"
    return _UNDER.join((head, *lines.consent(consent)))


def _referral(own: OwnReferral) -> str:
    tracking = own.tracking
    told = [f"{tracking.agency_name} · {referral_words.standing(tracking)}"]
    told += (part for part in (lines.way(tracking), *_told(tracking.referral.words)) if part)
    for each in own.earlier:
        told += (tr("Told first, {day}:", day=_at(each.at)), *_told(each.words))
    return _UNDER.join((*told, *map(lines.reply, tracking.replies)))


def _received(case: Received) -> str:
    told = (f"{_at(case.received_at)} {case.asker_name}", *_told(case.words))
    back = (tr("We answered, {day}: {words}", day=_at(each.at), words=each.text)
            for each in case.told)  # fmt: skip
    return _UNDER.join(part for part in (*told, case.why, *back, *half_said(case.typed)) if part)


def _half_written(half: HalfWritten) -> Iterable[str]:
    if half.judgement is not None:
        yield half.judgement.grounds
    if half.draft is not None:
        yield from _told(half.draft.words)
    yield from half.typed


def _told(words: Mapping[Item, str]) -> Iterable[str]:
    return (
        f"{item(which)}: {told_covered(which, text)}"
        for which, text in words.items()
        if text.strip()
    )


def _at(moment: datetime) -> str:
    return formats.full_day(moment)
