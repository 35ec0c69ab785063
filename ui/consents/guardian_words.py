"""How it stands with a guardian, in a counselor's words."""

from datetime import datetime

from desktop.domain.guardians import Kept, Named
from desktop.domain.who_answers import Decision, GuardianStands, Way
from i18n import formats, tr
from ui.people import countdown_words, keep_reason_words


def stands_words(guardian: GuardianStands) -> str:
    """Say how a guardian stands to being asked."""
    return {
        GuardianStands.PRESENT: tr("Can answer"),
        GuardianStands.REFUSES: tr("Says no"),
        GuardianStands.UNREACHABLE: tr("Out of reach"),
        GuardianStands.SUSPECTED: tr("May do harm"),
    }[guardian]


def kept_words(kept: Kept | None) -> str:
    """Say that the guardian is not told, since when and why, as far as that was written down."""
    if kept is None:
        return tr("The guardian is not told. No reason is written down.")
    words = tr(
        "The guardian is not told, since {day}: {reason}.",
        day=formats.short_day(kept.at),
        reason=keep_reason_words(kept.reason),
    )
    return f"{words} {kept.words}".strip()


def named_words(named: Named, now: datetime) -> str:
    """Say whom a child named, how they are reached, and when that goes."""
    return f"{named.name} · {named.contact} · {countdown_words(named.days_left(now))}"


def is_named_words(named: Named, now: datetime) -> str:
    """Say that somebody may be asked whom a child named, and when that goes."""
    return tr("Guardian named") + " · " + countdown_words(named.days_left(now))


def not_named_words(why: str) -> str:
    """Say that no guardian is named, and why: the words of `kept_words`."""
    return why + " " + tr("So no name and no number is taken.")


def way_words(decision: Decision) -> str:
    """Say where the way leads; "" where somebody is simply asked."""
    return {
        Way.ASK: "",
        Way.REPORT: tr(
            "A suspicion of abuse is reported: call 112 first. The guardian is neither asked nor "
            "told, and the help here goes on."
        ),
        Way.NAME_GUARDIAN: tr(
            "You may take the guardian's name and number from the child, only to ask for this. "
            "Until they answer nothing is sent, and the help here goes on."
        ),
        Way.LIFE: tr(
            "Where life or body is in danger, call 119 or 112: for that no consent is needed."
        ),
        Way.HELP_HERE: tr(
            "Nothing is sent then. Food, rest and talking need no consent, and go on here."
        ),
    }[decision.ways[0]]


def is_reported(decision: Decision) -> bool:
    """Say whether the way to a report belongs beside it: without a consent there always is one."""
    return bool({Way.REPORT, Way.LIFE} & set(decision.ways))
