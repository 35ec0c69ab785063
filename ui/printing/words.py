"""What a summary says, part by part, and what stands on each of its pages."""

from datetime import datetime

from desktop.domain.looks import Why
from desktop.domain.notes import Note
from desktop.domain.outreach import Meeting
from desktop.domain.promises import Promise
from desktop.domain.referrals import Tracking
from desktop.domain.safety import Step
from desktop.domain.summaries import Section, Summary
from i18n import formats, ntr, tr
from ui.people import age_words, gender_words, language_words, risk_words, step_words
from ui.printing.paper import Marked, Part
from ui.promises.words import due_words, what_words
from ui.referrals import words as referral_words
from ui.safety import steps


def section_words(section: Section) -> str:
    """Name a part."""
    return {
        Section.PERSON: tr("Who it is: alias, age, language"),
        Section.MEETINGS: tr("When and where we met"),
        Section.NOTES: tr("Notes"),
        Section.JUDGEMENT: tr("Risk judgment and its grounds"),
        Section.PROMISES: tr("Open promises"),
        Section.PLAN: tr("Safety plan"),
        Section.CONSENTS: tr("Consents"),
        Section.REFERRALS: tr("Referrals and their answers"),
    }[section]


def reason_words(why: Why) -> str:
    """Say why something is printed."""
    return {
        Why.ASKED: tr("They asked to have it themselves"),
        Why.GOING_ALONG: tr("To take along: hospital, shelter, office"),
        Why.CONFERENCE: tr("For a case conference"),
        Why.TO_COLLEAGUE: tr("To hand over to a colleague"),
        Why.LAW: tr("A law requires it"),
        Why.INSPECTION: tr("An inspection"),
    }[why]


def title(summary: Summary) -> str:
    """Return what stands at the top."""
    return tr("Summary · {alias}", alias=summary.youth.alias)


def marked(summary: Summary, at: datetime) -> Marked:
    """Return what stands on every page: who printed it, when, for whom and why."""
    chosen = summary.chosen
    time = f"{formats.full_day(at)} {formats.clock(at)}"
    above = tr(
        "For {reader} · {reason} · printed by {printer}, {time}",
        reader=chosen.reader,
        reason=reason_words(chosen.reason),
        printer=chosen.printer,
        time=time,
    )
    below = tr("Personal information. Do not copy it or pass it on; destroy it after use.")
    return Marked(above, below, f"{chosen.reader} · {chosen.printer} · {time}")


def parts(summary: Summary, now: datetime) -> tuple[Part, ...]:
    """Return every part that was chosen, those with nothing in them too."""
    lines = {
        Section.PERSON: _person(summary),
        Section.MEETINGS: tuple(_meeting(each) for each in summary.meetings),
        Section.JUDGEMENT: _judgement(summary),
        Section.PROMISES: tuple(_promise(each, now) for each in summary.promises),
        Section.PLAN: _plan(summary),
        Section.CONSENTS: _consents(summary),
        Section.REFERRALS: tuple(line for each in summary.referrals for line in _referral(each)),
    }
    none = (tr("Nothing is written down."),)
    notes = tuple(_note(*each) for each in summary.notes)
    found = []
    for each in (each for each in Section if each in summary.chosen.sections):
        told = lines.get(each) or (() if notes and each is Section.NOTES else none)
        found.append(Part(section_words(each), told))
        found += notes if each is Section.NOTES else ()
    return tuple(found)


def left_out_words(summary: Summary) -> str:
    """Say how much was left out; nothing where all of it is in."""
    count = summary.left_out
    return ntr(
        "{n} passage marked as sensitive is left out.",
        "{n} passages marked as sensitive are left out.",
        count,
    ) if count else ""  # fmt: skip


def _person(summary: Summary) -> tuple[str, ...]:
    youth = summary.youth
    known = (youth.alias, age_words(youth.age), gender_words(youth.gender))
    first = tr("First met on {day}", day=formats.full_day(youth.met_first))
    spoken = tr("Language: {language}", language=language_words(youth.language))
    return " · ".join(part for part in known if part), f"{spoken} · {first}"


def _meeting(meeting: Meeting) -> str:
    day = f"{formats.full_day(meeting.met_at)} {formats.clock(meeting.met_at)}"
    return " · ".join(part for part in (day, meeting.place) if part)


def _note(meeting: Meeting, note: Note) -> Part:
    added = tuple(
        tr("Added {time}: {words}", time=formats.day_and_clock(each.at), words=each.text)
        for each in note.addenda
    )
    state = tr("Signed") if note.is_signed else tr("Not signed yet")
    return Part(f"{_meeting(meeting)} · {state}", (*_lines(note.text), *added), is_under=True)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _judgement(summary: Summary) -> tuple[str, ...]:
    judged = summary.judgement
    if judged is None:
        return ()
    head = f"{risk_words(judged.risk)} · {formats.full_day(judged.judged_at)}"
    step = judged.next_step
    next_step = (tr("Next step: {step}", step=step_words(step)),) if step else ()
    return head, judged.grounds, *next_step


def _promise(promise: Promise, now: datetime) -> str:
    return f"{due_words(promise.due, now)} · {what_words(promise)}"


def _plan(summary: Summary) -> tuple[str, ...]:
    plan = summary.plan
    if plan is None:
        return ()
    written = (step for step in Step if plan.words.get(step, "").strip())
    return tuple(f"{steps.words(step).title}: {plan.words[step]}" for step in written)


def _consents(summary: Summary) -> tuple[str, ...]:
    return tuple(
        tr(
            "{agency}, asked on {day}: {state}",
            agency=each.agency_name,
            day=formats.full_day(each.asked_at),
            state=_consent_state(
                is_given=bool(each.allowed_items()), withdrawn_at=each.withdrawn_at,
                until=each.valid_until,
            ),
        )
        for each in summary.consents
    )  # fmt: skip


def _consent_state(*, is_given: bool, withdrawn_at: datetime | None, until: datetime) -> str:
    if withdrawn_at is not None:
        return tr("withdrawn on {day}", day=formats.full_day(withdrawn_at))
    if not is_given:
        return tr("not given")
    return tr("given until {day}", day=formats.full_day(until))


def _referral(tracking: Tracking) -> tuple[str, ...]:
    head = f"{tracking.agency_name} · {referral_words.standing(tracking)}"
    answers = (f"{formats.day_and_clock(each.at)} · {each.text}" for each in tracking.replies)
    return head, *answers
