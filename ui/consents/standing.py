"""How a consent stands now: which one counts, and what each article's row says."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.consents import Answer, Article, Consent, Item
from desktop.domain.referrals import Erasure, Tracking
from desktop.domain.who_answers import Answers, Decision
from desktop.services.youths import YouthFile
from i18n import formats, tr
from sync.protocol.states import Delivery
from ui.consents import living


@dataclass(frozen=True, slots=True)
class Said:
    """One row: icon, token of the icon, words of the pill, tone of the pill."""

    icon: str
    colour: str
    words: str
    tone: str


def counting(file: YouthFile) -> Consent | None:
    """Return the newest answers about the agency being written to, or the newest of all."""
    agency = file.draft.agency if file.draft else None
    about = (c for c in file.consents if agency is None or c.agency == agency)
    return next(about, None)


def in_force(consent: Consent | None, now: datetime) -> bool:
    """Say whether a yes holds now, and may be taken back."""
    if consent is None or consent.withdrawn_at is not None:
        return False
    return consent.asked_at <= now < consent.valid_until and bool(consent.allowed_items())


def may_send(consent: Consent, file: YouthFile, now: datetime) -> bool:
    """Say whether it is in force, and was answered by who may at the age that is known now."""
    return in_force(consent, now) and consent.is_by_who_may(file.youth.age)


def to_end(consent: Consent | None, file: YouthFile, now: datetime) -> Consent | None:
    """Return what can be taken back: the yes in force, or the one whose words the agency has.

    A later no and the end of its days stop what is sent; what is there only a withdrawal asks for.
    """
    if consent is None or in_force(consent, now):
        return consent
    out = {each.consent for each in file.trackings if _is_there(each)}
    same = (each for each in file.consents if each.agency == consent.agency)
    return next((each for each in same if each.withdrawn_at is None and each.id in out), None)


def _is_there(each: Tracking) -> bool:
    return each.delivery is not Delivery.QUEUED and each.erasure is Erasure.NONE


def is_settled(consent: Consent | None, file: YouthFile, now: datetime) -> bool:
    """Say whether all that is written was asked about: asking again would be pressing.

    But one that ends soon is asked again in time.
    """
    if (
        consent is None
        or file.draft is None
        or not may_send(consent, file, now)
        or living.ends_soon(consent, now)
    ):
        return False
    written = frozenset(item for item, text in file.draft.words.items() if text.strip())
    written -= frozenset() if file.is_entrusted else {Item.IDENTIFIER}
    is_sound = consent.record is None or consent.record.is_whole
    is_asked = written <= consent.items and consent.is_for(file.draft.categories)
    return is_sound and is_asked and Answer.LATER not in consent.answers.values()


def force_words(file: YouthFile, consent: Consent | None, now: datetime, *, can_ask: bool) -> str:
    """Say until when something may be sent, or what else comes of how it stands."""
    if consent is not None and in_force(consent, now):
        if not may_send(consent, file, now):
            return tr("Nothing is sent under it. Please ask anew.")
        return living.allowed_words(consent, now)
    ended = to_end(consent, file, now)
    if ended is not None:
        return living.still_has_words((ended.agency_name,))
    if erased := living.erased_words(file.trackings):
        return erased
    return "" if can_ask else tr("Write the referral first: the form names the agency.")


def said(consent: Consent | None, article: Article, now: datetime) -> Said:
    """Say what was answered to one article, and when."""
    answer = consent.answers.get(article) if consent else None
    if consent is None or answer is None:
        return Said("circle-dashed", "warn", tr("Not yet"), "warn")
    if consent.withdrawn_at is not None:
        at = _at(consent.withdrawn_at, now)
        return Said("undo-2", "text3", tr("Withdrawn {time}", time=at), "neutral")
    at = _at(consent.asked_at, now)
    if answer is Answer.REFUSED:
        return Said("minus", "text3", tr("Not agreed {time}", time=at), "neutral")
    if answer is Answer.LATER:
        return Said("hourglass", "info", tr("Thinking {time}", time=at), "info")
    if now >= consent.valid_until:
        return Said("clock", "text3", tr("Time is over"), "neutral")
    return Said("circle-check", "ok", tr("Agreed {time}", time=at), "ok")


def of_number(
    consent: Consent | None, now: datetime, file: YouthFile, *, is_asked: bool
) -> tuple[Said, str]:
    """Say what was answered about a number, or that none is taken, and a line about it."""
    never = tr("Resident numbers are never written down")
    was_asked = consent is not None and Article.IDENTIFIERS in consent.answers
    if not is_asked and not was_asked:
        return Said("minus", "text3", tr("Not collected"), "neutral"), never
    if file.is_entrusted:
        return said(consent, Article.IDENTIFIERS, now), never
    ended = tr("Your organization is not entrusted any more")
    return Said("minus", "text3", tr("Not sent any more"), "neutral"), ended


def _at(moment: datetime, now: datetime) -> str:
    is_today = formats.short_day(moment) == formats.short_day(now)
    return formats.clock(moment) if is_today else formats.short_day(moment)


def who_answered(decision: Decision, consent: Consent | None) -> str:
    """Say who answered, or who has to."""
    guardian = consent.guardian if consent else None
    if guardian is not None:
        return tr("Legal guardian · {relation}", relation=guardian.relation)
    if decision.answers is not Answers.PERSON:
        return tr("Guardian consent needed")
    if consent is None:
        return tr("Answers alone · 14 or older")
    return tr("Answered alone · 14 or older")
