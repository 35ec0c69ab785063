"""The words of the inbox: what a referral asks, where it stands, what can be done about it."""

from datetime import datetime
from typing import Final

from desktop.domain import late_decisions
from desktop.domain.agencies import Category
from desktop.domain.inbox import OURS_STAYS, Declined, Deed, Gone, Received, Unfinished
from desktop.domain.kept_laws import KEPT
from i18n import formats, later, tr
from sync.protocol.disclosures import BASES
from sync.protocol.states import TaskStatus, has_ended
from ui.item_words import ITEMS as ITEMS

CATEGORIES: Final = {
    Category.COUNSEL: later("Counseling"),
    Category.PROTECT: later("Protection"),
    Category.EDUCATION: later("Study"),
    Category.WORK: later("Work and self-reliance"),
    Category.HEALTH: later("Medical"),
    Category.LEGAL: later("Legal"),
    Category.LIVING: later("Living"),
    Category.LEISURE: later("Leisure"),
    Category.SPECIAL: later("Special support"),
}
STATUS: Final = {
    TaskStatus.REQUESTED: later("Waits for us"),
    TaskStatus.ACCEPTED: later("Taken on"),
    TaskStatus.REJECTED: later("Sent back"),
    TaskStatus.IN_PROGRESS: later("Support under way"),
    TaskStatus.ON_HOLD: later("On hold"),
    TaskStatus.COMPLETED: later("Support finished"),
    TaskStatus.FAILED: later("Could not be supported"),
    TaskStatus.CANCELLED: later("Called off"),
    TaskStatus.ENTERED_IN_ERROR: later("Written by mistake"),
}
DEEDS: Final = {
    Deed.ACCEPT: later("Take it on"),
    Deed.DECLINE: later("Send it back…"),
    Deed.START: later("Support has begun"),
    Deed.HOLD: later("Put on hold"),
    Deed.RESUME: later("Go on with it"),
    Deed.COMPLETE: later("Support is finished…"),
    Deed.FAIL: later("It did not work out…"),
}
DECLINED: Final = {
    Declined.FULL: later("No room now"),
    Declined.NOT_OURS: later("Not what we do"),
    Declined.AREA: later("Outside our area"),
    Declined.AGE: later("Outside our ages"),
    Declined.OTHER: later("Another reason"),
}
UNFINISHED: Final = {
    Unfinished.LOST: later("Out of reach"),
    Unfinished.THEIR_WISH: later("They do not want it any more"),
    Unfinished.MOVED: later("Moved away"),
    Unfinished.OTHER: later("Another reason"),
}
_STEPS: Final = {
    "received": later("Arrived"),
    "opened": later("Looked at"),
    "amended": later("More was told"),
    "withdrawn": later("Consent withdrawn"),
    OURS_STAYS: later("A record of our own stayed"),
    "silent": later("Reminder: no answer yet"),
    "still-silent": later("Second reminder: no answer yet"),
    "erasure-overdue": later("Reminder: destroying not confirmed"),
}
_GONE: Final = {
    Gone.WITHDRAWN: later(
        "The young person took the consent back. Everything that was told has been destroyed, on "
        "this laptop too, and {asker} is told. Please do not use what you remember of it."
    ),
    Gone.CANCELLED: later(
        "{asker} called this referral off. What was told has been destroyed on this laptop."
    ),
    Gone.DECLINED: later(
        "It was sent back to {asker}. What was told has been destroyed on this laptop."
    ),
    Gone.ENDED: later("The time for keeping it was over. What was told has been destroyed."),
    Gone.ERASED: later("What was kept about this young person has been destroyed."),
}
_WENT: Final = {Gone.ENDED: later("Time is over"), Gone.ERASED: later("Destroyed")}


def tone(case: Received, now: datetime) -> str:
    """Return the tone of where a case stands."""
    if _went(case):
        return "neutral"
    if case.is_overdue(now):
        return "danger"
    if case.status is TaskStatus.REQUESTED:
        return "warn"
    if late_decisions.contested(case):
        return "warn"
    if case.is_open or case.status is TaskStatus.COMPLETED:
        return "ok"
    return "neutral"


def standing(case: Received, now: datetime) -> str:
    """Say in a pill's width where a case stands."""
    if case.gone is Gone.WITHDRAWN:
        return tr("Consent withdrawn")
    if late_decisions.contested(case):
        return tr("Two decisions")
    if words := _went(case):
        return tr(words)
    return tr("Answer overdue") if case.is_overdue(now) else tr(STATUS[case.status])


def _went(case: Received) -> str:
    """Say how what was told went while nothing had ended it, so that nobody waits for it."""
    return "" if has_ended(case.status) else _WENT.get(case.gone, "")


def gone(case: Received) -> str:
    """Say why nothing of what was told is here any more; nothing while it is."""
    if case.gone is Gone.DECLINED and case.status is not TaskStatus.REJECTED:
        return tr("What was told has been destroyed on this laptop.")
    if case.is_open and case.glimpse is None:
        return tr(
            "It was sent back here, so what was told was destroyed. It comes again with the next "
            "round; until then, ask your colleague."
        )
    words = _GONE.get(case.gone)
    said = tr(words, asker=case.asker_name) if words else ""
    return f"{said} {_ours_stays()}" if OURS_STAYS in dict(case.steps) else said


def _ours_stays() -> str:
    return tr(
        "The record of your own was left as it is, since something of your own stands on it. If "
        "they want that to go too, open their page and choose “Asked to be forgotten…”."
    )


def law(case: Received) -> str:
    """Say by which law it came where no consent was given, and what follows; else nothing."""
    basis = BASES.get(case.glimpse.basis) if case.glimpse else None
    if basis is None:
        return ""
    said = tr(
        "This came by law, without a consent: {article}. Let nobody else learn who reported it.",
        article=basis.article,
    )
    why = tr("Why: {reason}", reason=case.why) if case.why else ""
    return " ".join(part for part in (said, why) if part)


def ages(band: tuple[int, int] | None) -> str:
    """Say between which ages somebody is."""
    if band is None:
        return tr("Age not told")
    lowest, highest = band
    return (
        tr("Age {lowest} to {highest}", lowest=lowest, highest=highest)
        if lowest
        else tr("Age {years} or younger", years=highest)
    )


def step(name: str) -> str:
    """Name something that happened to a case."""
    if name in set(TaskStatus):
        return tr(STATUS[TaskStatus(name)])
    if name.startswith(KEPT):
        return tr("We said that a part is kept by law")
    return tr(_STEPS[name]) if name in _STEPS else name


def forestalled(case: Received) -> str:
    """Say that another place was first; nothing when none was."""
    if case.elsewhere is None or late_decisions.contested(case):
        return ""
    state = tr(STATUS[case.elsewhere])
    return tr("Somebody else was first: it stands at “{state}” already.", state=state)


def owed(case: Received, now: datetime) -> str:
    """Say what is overdue or was reminded of; nothing when nothing is."""
    if not case.is_overdue(now) and not case.reminded:
        return ""
    if case.status is not TaskStatus.REQUESTED or not case.is_open:
        return ""
    due = formats.day_and_clock(case.answer_due())
    return tr(
        "{asker} has been waiting for a yes or no since {time}.", asker=case.asker_name, time=due
    )
