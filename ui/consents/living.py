"""What a consent allows until when, that it ends soon, and who has erased after a withdrawal."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from desktop.domain.consents import Consent
from desktop.domain.referrals import Erasure, Tracking
from i18n import formats, ntr, tr
from ui.item_words import item

SOON = timedelta(days=14)
"""So long before its end somebody is asked again, if the help goes on."""


def ends_soon(consent: Consent, now: datetime) -> bool:
    """Say whether a consent in force ends within `SOON`."""
    return now < consent.valid_until <= now + SOON


def allowed_words(consent: Consent, now: datetime) -> str:
    """Say until when something may be sent; near the end, how long that is."""
    day = formats.full_day(consent.valid_until)
    if not ends_soon(consent, now):
        return tr("May be sent until {day}.", day=day)
    days = (consent.valid_until - now).days
    left = ntr("{n} day left", "{n} days left", days) if days else tr("Ends within a day")
    return tr("{left}, until {day}. Ask again in time.", left=left, day=day)


def items_words(consent: Consent) -> str:
    """Say which items may be sent."""
    told = ", ".join(item(each) for each in sorted(consent.allowed_items()))
    return tr("May be sent: {items}", items=told)


def erased_words(trackings: Iterable[Tracking]) -> str:
    """Say which agencies have not erased yet what was withdrawn, and which have."""
    names: dict[Erasure, dict[str, None]] = {}
    for each in trackings:
        names.setdefault(each.erasure, {})[each.agency_name] = None
    known = {which: ", ".join(agencies) for which, agencies in names.items()}
    told = []
    if Erasure.OWED in known:
        told.append(tr("Not erased yet: {agencies}", agencies=known[Erasure.OWED]))
    if Erasure.DESTROYED in known:
        told.append(tr("Erased: {agencies}", agencies=known[Erasure.DESTROYED]))
    if Erasure.RETAINED in known:
        told.append(tr("Kept in part by law: {agencies}", agencies=known[Erasure.RETAINED]))
    return "\n".join(told)
