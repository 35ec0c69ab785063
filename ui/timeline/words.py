"""What happened, said in one line, and the icon before it."""

from datetime import datetime
from typing import Final

from desktop.domain.days import begins
from desktop.domain.screening import NextStep, Risk
from desktop.domain.timeline import Event, Kind
from i18n import formats, later, tr
from sync.protocol.bodies import Meeting
from ui.meeting_words import MEETINGS
from ui.people import risk_words, step_words

ICONS: Final = {
    Kind.ADDENDUM: "plus",
    Kind.ANSWER: "message-circle",
    Kind.ANSWERED: "list-checks",
    Kind.CONSENT: "shield-check",
    Kind.CONSENT_ENDED: "shield",
    Kind.JUDGEMENT: "shield-alert",
    Kind.MEETING: "footprints",
    Kind.MERGED: "users",
    Kind.PLAN: "hand-heart",
    Kind.PROMISE: "calendar-check",
    Kind.PROMISE_ENDED: "check",
    Kind.REFERRAL: "send",
    Kind.REPORT: "siren",
    Kind.STEP: "building-2",
    Kind.SUPERVISED: "eye",
}
_STEPS: Final = {
    "accepted": later("{agency} accepted"),
    "rejected": later("{agency} returned it"),
    "in-progress": later("{agency}: support under way"),
    "on-hold": later("{agency}: on hold"),
    "completed": later("{agency}: support finished"),
    "failed": later("{agency} could not support"),
    "cancelled": later("Called off: {agency}"),
    "destroyed": later("{agency} destroyed what it was told"),
    "retained": later("{agency} keeps a part by law"),
}
_CONSENTS: Final = {
    "given": later("Consent given: {agency}"),
    "refused": later("Consent refused: {agency}"),
    "withdrawn": later("Consent withdrawn: {agency}"),
    "expired": later("Consent ended by itself: {agency}"),
}
_REPORTS: Final = {
    "asked": later("Report written, not signed yet: {agency}"),
    "refused": later("Report not signed: {agency}"),
    "ended": later("Report ended: {agency}"),
    "signed": later("Report signed, not sent yet: {agency}"),
    "queued": later("Report signed, not sent yet: {agency}"),
    "not-taken": later("Report was not taken: {agency}"),
    "sent": later("Reported to {agency}"),
}
_PROMISES: Final = {
    "open": later("Promise for {day}"),
    "overdue": later("Promise for {day}, overdue"),
    "kept": later("Promise for {day}, kept"),
    "off": later("Promise for {day}, called off"),
}


def title(event: Event) -> str:
    """Say what happened."""
    told = {
        Kind.CONSENT: lambda: tr(_CONSENTS[event.code], agency=event.name),
        Kind.CONSENT_ENDED: lambda: tr(_CONSENTS[event.code], agency=event.name),
        Kind.STEP: lambda: tr(_STEPS[event.code], agency=event.name),
        Kind.REFERRAL: lambda: tr("Referred to {agency}", agency=event.name),
        Kind.REPORT: lambda: tr(_REPORTS[event.code], agency=event.name),
        Kind.ANSWER: lambda: tr("{agency} answered", agency=event.name),
        Kind.PROMISE: lambda: _promise(event),
        Kind.PROMISE_ENDED: lambda: (
            tr("Promise kept") if event.code == "kept" else tr("Promise called off")
        ),
    }.get(event.kind)
    return told() if told else _about_them(event)


def detail(event: Event) -> str:
    """Say more of it: words, or until when it holds; nothing where there is nothing more."""
    match event.kind:
        case Kind.CONSENT if event.code == "given" and event.until is not None:
            return tr("Until {day}", day=formats.full_day(event.until))
        case Kind.ANSWER if event.until is not None:
            return " · ".join(part for part in (_meeting(event, event.until), event.words) if part)
        case Kind.JUDGEMENT if event.name:
            step = tr("Next step: {step}", step=step_words(NextStep(event.name)))
            return f"{event.words} · {step}"
        case Kind.MEETING if event.code == "signed":
            return " · ".join(part for part in (event.words, tr("Signed")) if part)
        case _:
            return event.words


def tone(event: Event) -> str:
    """Return the token of the icon's colour: quiet, unless somebody has to act."""
    if (event.kind, event.code) in ((Kind.PROMISE, "overdue"), (Kind.JUDGEMENT, Risk.HIGH.value)):
        return "danger_text"
    return "ok_text" if event.kind is Kind.CONSENT and event.code == "given" else "text2"


def day_title(event: Event) -> str:
    """Name the day or night it belongs to."""
    at = begins(event.day())
    return tr("{weekday}, {day}", weekday=formats.weekday(at), day=formats.full_day(at))


def _meeting(event: Event, at: datetime) -> str:
    day, meeting = formats.day_and_clock(at), Meeting(event.code)
    if meeting is Meeting.BOOKED:
        return tr("Awaited {day}", day=day)
    return f"{tr(MEETINGS[meeting])} · {day}"


def _promise(event: Event) -> str:
    day = formats.day(event.until or event.at)
    return tr(_PROMISES[event.code], day=day)


def _about_them(event: Event) -> str:
    name = event.name
    return {
        Kind.MEETING: lambda: tr("Met at {place}", place=name) if name else tr("Met"),
        Kind.ADDENDUM: lambda: tr("Added to the note"),
        Kind.JUDGEMENT: lambda: risk_words(Risk(event.code)),
        Kind.SUPERVISED: lambda: tr("Seen by a supervisor: {name}", name=name),
        Kind.PLAN: lambda: tr("Safety plan written"),
        Kind.ANSWERED: lambda: tr("Questionnaire answered: {title}", title=name),
        Kind.MERGED: lambda: (
            tr("Put together with {alias}", alias=name)
            if name
            else tr("Put together with another record")
        ),
    }[event.kind]()
