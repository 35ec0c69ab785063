"""What ends, when and why, in words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from desktop.domain.retention import Debt, Expiry, Ground, Owed, Policy, Since, Thing
from i18n import formats, later, ntr, tr

_YEAR = 365
_WHAT: Final = {
    Thing.YOUTH: later("Everything about {alias}"),
    Thing.NOTE: later("A note about {alias}"),
    Thing.CONSENT: later("A consent of {alias} that has ended"),
    Thing.DRAFT: later("An unsent referral of {alias}"),
    Thing.JOTTING: later("What was written about {alias}"),
}
_SINCE: Final = {
    Since.CONTACT: later("Counted from the last contact."),
    Since.REFERRAL: later("Counted from the end of the last referral."),
    Since.CONSENT: later("Counted from the end of the consent."),
    Since.DRAFT: later("Counted from the last word written on it."),
    Since.JOTTING: later(
        "They gave no alias. Counted from the meeting, or from when a supervisor looked; "
        "what is promised to them is waited for."
    ),
    Since.WISH: later("They asked to have it erased."),
}
_DEBTS: Final = {
    Debt.HELP: later("{agency}: the referral has not ended."),
    Debt.ASKED: later("{agency} asked us for help with them, and that has not ended here."),
    Debt.WORD: later("{agency}: that consent was withdrawn has not reached them yet."),
    Debt.ERASURE: later("{agency}: they have not said yet what they erased."),
}
_GROUNDS: Final = {
    Ground.EXPIRED: later("Its time was over"),
    Ground.ERASED: later("They asked for it"),
    Ground.MISTAKE: later("Entered by mistake"),
    Ground.DECLINED: later("They did not agree to it"),
    Ground.ANSWERED: later("What it was taken for is over"),
    Ground.WITHDRAWN: later("The consent was withdrawn"),
}


def what_words(expiry: Expiry) -> str:
    """Say what ends."""
    return tr(_WHAT[expiry.target.thing], alias=expiry.alias)


def why_words(expiry: Expiry) -> str:
    """Say what its time is counted from, and what somebody decided or has to."""
    words = [tr(_SINCE[expiry.since])]
    if expiry.is_kept_longer:
        words.append(tr("Kept longer until now."))
    if expiry.waits_for_a_person:
        words.append(tr("It stays until you decide."))
    return " ".join(words)


def when_words(expiry: Expiry, now: datetime) -> str:
    """Say when it ends, or that its time is over."""
    day = formats.full_day(expiry.due)
    return tr("Over since {day}", day=day) if expiry.due <= now else tr("Ends {day}", day=day)


def left_words(expiry: Expiry, now: datetime) -> tuple[str, str]:
    """Return how many days are left, and the tone of it."""
    if expiry.due <= now:
        return tr("Time is over"), "warn"
    days = (expiry.due - now).days
    return ntr("{n} day left", "{n} days left", days) if days else tr("Today"), "neutral"


def owed_words(owed: Owed) -> str:
    """Say what has to happen first, and by whom."""
    return tr(_DEBTS[owed.debt], agency=owed.agency_name)


def policy_words(policy: Policy) -> str:
    """Say how long what is kept."""
    return tr(
        "Kept {contact} after the last contact, or {referral} after a referral; an unsent "
        "referral {draft}. What has ended goes by itself, once it was shown here for 5 days and "
        "the network's clock says so, too. Sooner go words about somebody without an alias, "
        "{jotting} after the meeting, and a guardian whom a child named, after 5 days.",
        contact=span_words(policy.contact),
        referral=span_words(policy.referral),
        draft=span_words(policy.draft),
        jotting=span_words(policy.jotting),
    )


def ground_words(ground: Ground) -> str:
    """Say under which rule something was destroyed."""
    return tr(_GROUNDS[ground])


def count_words(counts: Mapping[str, int]) -> str:
    """Say how many of what kind; what has no word of its own is counted together."""
    known = dict(counts)
    told = (
        _told(known.pop("youth", 0), lambda n: ntr("{n} person", "{n} people", n)),
        _told(known.pop("meeting", 0), lambda n: ntr("{n} meeting", "{n} meetings", n)),
        _told(known.pop("note", 0), lambda n: ntr("{n} note", "{n} notes", n)),
        _told(known.pop("plan", 0), lambda n: ntr("{n} safety plan", "{n} safety plans", n)),
        _told(known.pop("risk", 0), lambda n: ntr("{n} judgment", "{n} judgments", n)),
        _told(known.pop("consent", 0), lambda n: ntr("{n} consent", "{n} consents", n)),
        _told(known.pop("referral", 0), lambda n: ntr("{n} referral", "{n} referrals", n)),
        _told(known.pop("packet", 0), _received_words),
        _told(known.pop("look", 0), lambda n: ntr("{n} look", "{n} looks", n)),
    )
    rest = sum(known.values())
    more = ntr("{n} other entry", "{n} other entries", rest) if rest else ""
    return ", ".join(part for part in (*told, more) if part)


def _received_words(count: int) -> str:
    return ntr("{n} referral that came in", "{n} referrals that came in", count)


def _told(count: int, say: Callable[[int], str]) -> str:
    return say(count) if count else ""


def span_words(days: int) -> str:
    """Say a span in years where it is made of them, else in days."""
    years, rest = divmod(days, _YEAR)
    return ntr("{n} day", "{n} days", days) if rest else ntr("{n} year", "{n} years", years)
