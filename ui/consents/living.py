"""What a consent allows until when, that it ends soon, and who has erased after a withdrawal."""

from collections.abc import Iterable
from datetime import datetime

from desktop.domain.consents import Article, Consent
from desktop.domain.living import SOON, End, Erasing, Living
from desktop.domain.referrals import Erasure, Tracking, Word
from i18n import formats, tr
from ui.item_words import item
from ui.people import left_words


def ends_soon(consent: Consent, now: datetime) -> bool:
    """Say whether a consent in force ends within `SOON`."""
    return now < consent.valid_until <= now + SOON


def allowed_words(consent: Consent, now: datetime) -> str:
    """Say until when something may be sent; near the end, how long that is."""
    day = formats.full_day(consent.valid_until)
    if not ends_soon(consent, now):
        return tr("May be sent until {day}.", day=day)
    left = left_words(consent.valid_until, now)
    return tr("{left}, until {day}. Ask again in time.", left=left, day=day)


def items_words(consent: Consent) -> str:
    """Say which items may be sent."""
    told = ", ".join(item(each) for each in sorted(consent.allowed_items()))
    return tr("May be sent: {items}", items=told)


def may_leave_words(each: Living) -> str:
    """Say which items may be sent under it now, after every later answer."""
    if not each.items and each.consent.says_yes_to(Article.PROVIDE):
        return tr("Nothing is sent under it. Please ask anew.")  # its record is not whole
    if not each.items:
        return tr("Kept here only; nothing is sent.")
    told = ", ".join(item(which) for which in sorted(each.items))
    return tr("May be sent: {items}", items=told)


def recipient_words(each: Living) -> str:
    """Say to whom; where nothing may be given on, that it lets us keep and use."""
    name = each.consent.agency_name
    if not each.consent.says_yes_to(Article.PROVIDE):
        return tr("Collection and use · {agency}", agency=name)
    return name


def end_words(each: Living) -> str:
    """Say why it counts no more, and since when where that is known."""
    consent = each.consent
    day = formats.full_day(consent.withdrawn_at or consent.valid_until)
    return {
        End.WITHDRAWN: tr("Withdrawn {time}", time=day),
        End.OVER: tr("Ended by itself on {day}", day=day),
        End.REPLACED: tr("Asked anew since"),
        End.LATER_NO: tr("A later answer was no"),
    }[each.end or End.OVER]


def word_words(word: Word) -> str:
    """Say why nobody was told of a withdrawal yet; empty once the hub has the word."""
    if word is Word.WAITS:
        return tr("Not told yet: the word goes first, as soon as there is a line.")
    if word is Word.REFUSED:
        return tr("It was not taken. “What goes and what comes” says why.")
    return ""


def still_has_words(agencies: Iterable[str]) -> str:
    """Say who has what was sent under a yes that ended without being taken back."""
    names = ", ".join(agencies)
    return tr("Still has what was sent: {agencies}", agencies=names) if names else ""


def erased_words(told: Iterable[Tracking | Erasing]) -> str:
    """Say which agencies have not erased yet what was withdrawn, and which have."""
    names: dict[Erasure, dict[str, None]] = {}
    for each in told:
        names.setdefault(each.erasure, {})[each.agency_name] = None
    known = {which: ", ".join(agencies) for which, agencies in names.items()}
    said = []
    if Erasure.OWED in known:
        said.append(tr("Not erased yet: {agencies}", agencies=known[Erasure.OWED]))
    if Erasure.DESTROYED in known:
        said.append(tr("Erased: {agencies}", agencies=known[Erasure.DESTROYED]))
    if Erasure.RETAINED in known:
        said.append(tr("Kept in part by law: {agencies}", agencies=known[Erasure.RETAINED]))
    if Erasure.SETTLED in known:
        said.append(tr("Closed without confirmation: {agencies}", agencies=known[Erasure.SETTLED]))
    return "\n".join(said)
