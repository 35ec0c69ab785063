"""One line each of what somebody is handed about themselves."""

from collections.abc import Iterable
from datetime import datetime

from desktop.domain.consent_records import Manner, Record
from desktop.domain.consents import Answer, Article, Consent
from desktop.domain.looks import Act, Look
from desktop.domain.own_data import Outcome, Request
from desktop.domain.own_page import Joined, KeptLonger, OwnPage
from desktop.domain.promises import Promise
from desktop.domain.questionnaires import Answered
from desktop.domain.referrals import Reply, Tracking
from desktop.domain.retention import Reason
from i18n import formats, language, tr
from sync.protocol.states import Delivery, TaskStatus
from ui.consents.texts import Form
from ui.item_words import item
from ui.keeping import look_words
from ui.meeting_words import MEETINGS
from ui.people import language_words
from ui.questionnaires import words as questions
from ui.referrals import words as referral_words
from ui.request_words import wish_words

_SHORT = 4


def outcome_words(outcome: Outcome) -> str:
    """Say how it was answered."""
    return {
        Outcome.OPEN: tr("Not answered yet"),
        Outcome.DONE: tr("Done as asked"),
        Outcome.PARTLY: tr("Done in part"),
        Outcome.REFUSED: tr("Not done"),
    }[outcome]


def asked(data: OwnPage) -> Iterable[str]:
    """Say each request and its answer, and that they asked to be forgotten."""
    yield from map(_request, data.requests)
    if data.wished_at is not None:
        yield tr("{day}: to have everything erased", day=_at(data.wished_at))


def _request(request: Request) -> str:
    head = f"{_at(request.asked_at)} {wish_words(request.wish)}: {outcome_words(request.outcome)}"
    return " · ".join(part for part in (head, request.words, request.answer) if part)


def joined(each: Joined) -> str:
    """Say that a record was put to theirs."""
    if not each.alias:
        return tr("Joined with another record on {day}", day=_at(each.at))
    return tr("Joined with the record of {alias} on {day}", alias=each.alias, day=_at(each.at))


def kept_longer(each: KeptLonger) -> str:
    """Say until when and why something is kept beyond its time."""
    why = {
        Reason.HELP: tr("the help goes on"),
        Reason.LAW: tr("a law requires it"),
        Reason.AGREED: tr("you agreed"),
        Reason.DISPUTE: tr("a complaint or lawsuit"),
    }[each.reason]
    told = tr("Kept longer, until {day}: {why}", day=_at(each.until), why=why)
    return f"{told} ({each.words})" if each.words else told


def answered(each: Answered) -> str:
    """Say a questionnaire's questions with what was answered, and the sum."""
    asked_ones = (one for one in each.questionnaire.questions if each.answers.get(one.id))
    told = (
        f"{questions.said(one.text)} {questions.option_words(one, each.answers[one.id])}"
        for one in asked_ones
    )
    return "\n  ".join(part for part in (questions.grounds(each), *told) if part)


def promise(each: Promise) -> str:
    """Say what was promised for which day."""
    day = formats.full_day(each.due.opens())
    return f"{day} {each.what}" + (f" ({each.name})" if each.name else "")


def consent(each: Consent) -> Iterable[str]:
    """Say what was answered to each question, for what, by which text, and who was there."""
    titles = {
        Article.COLLECT: tr("Collection and use"),
        Article.SENSITIVE: tr("Sensitive data"),
        Article.PROVIDE: tr("Third-party provision"),
        Article.IDENTIFIERS: tr("Unique identifiers"),
    }
    said = {Answer.GIVEN: tr("yes"), Answer.REFUSED: tr("no"), Answer.LATER: tr("later")}
    yield ", ".join(f"{titles[which]}: {said[answer]}" for which, answer in each.answers.items())
    yield tr("For: {purpose}", purpose=each.purpose)
    yield tr("Kept there: {time}", time=each.retention)
    if each.guardian is not None:
        of = each.guardian
        named = f"{of.name} ({of.relation}), {of.contact}" if of.name else of.relation
        yield tr("Legal guardian: {name}", name=named)
        yield tr("Confirmed: {way}", way=Form(language()).way(of.verified_by))
    if each.record is not None and each.record.entrusted:
        ground = each.record.entrusted.partition(" · ")[2]
        yield tr("Ground on which the number was asked: {ground}", ground=ground)
    spoken = ", ".join(map(language_words, each.notice.language.split("+")))
    yield tr(
        "Text shown: {form}, {languages}; its fingerprint {digest}",
        form=each.notice.form, languages=spoken, digest=each.notice.sha256,
    )  # fmt: skip
    if each.record is not None:
        yield from _record(each.record)


def _record(record: Record) -> Iterable[str]:
    people = ", ".join(part for part in (*record.present, record.answering.witness) if part)
    yield tr("Asked by {name}", name=record.asked_by)
    if (of := record.responsible) is not None:
        told = ", ".join(part for part in (of.name, of.contact, of.address) if part)
        yield tr("Responsible: {name}", name=told)
    if people:
        yield tr("Also there: {names}", names=people)
    if record.answering.manner is Manner.STROKES:
        yield tr("Signed by hand; the strokes are kept")
    if record.answering.paper is not None:
        yield tr("On paper, which lies at: {place}", place=record.answering.paper.lies_at)


def way(each: Tracking) -> str:
    """Say when each step of a referral was proven."""
    names = {
        Delivery.QUEUED: tr("Waiting"),
        Delivery.SENT: tr("Sent"),
        Delivery.DELIVERED: tr("Arrived"),
        Delivery.OPENED: tr("Opened"),
    }
    named = {str(step): name for step, name in names.items()}
    named |= {str(each): referral_words.status(each) for each in TaskStatus}
    proven = sorted((at, named[step]) for step, at in each.steps.items() if step in named)
    return " · ".join(f"{name} {_at(at)}" for at, name in proven)


def reply(each: Reply) -> str:
    """Say what an agency answered, what else it asked for, and when it awaits them."""
    told, meeting = [f"{_at(each.at)} {each.text}"], each.appointment
    if each.asks:
        asked_for = ", ".join(item(which) for which in sorted(each.asks))
        told.append(tr("asked also for: {items}", items=asked_for))
    if meeting is not None:
        when = f"{_at(meeting.at)} {formats.clock(meeting.at)}"
        became = tr(MEETINGS[meeting.meeting])
        told.append(", ".join(part for part in (became, when, meeting.place) if part))
    return " · ".join(told)


def look(each: Look) -> str:
    """Say who looked, and at what. A preview is told as a look: what for, nobody need know."""
    reader = each.reader
    who = tr("Counselor {number}", number=reader.who[:_SHORT])
    if reader.is_organisation:
        who = tr("The organization, two people")
    what = look_words.what_words(each) if _is_out(each) else look_words.read_words(each.sight.kind)
    return f"{_at(each.at)} {formats.clock(each.at)} {who}: {what}"


def _is_out(each: Look) -> bool:
    return each.sight.act in (Act.PRINTED, Act.EXPORTED)


def _at(moment: datetime) -> str:
    return formats.full_day(moment)
