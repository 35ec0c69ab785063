"""What a damaged vault still holds and what it does not, in sentences. Never a record's words."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from i18n import formats, later, ntr, tr

if TYPE_CHECKING:
    from desktop.errors import Odd
    from desktop.services.salvage import Missing, Unknown

NAMES: Final = {
    "youth": later("Young people"),
    "outreach": later("Nights"),
    "tally": later("Tallies"),
    "meeting": later("Meetings"),
    "note": later("Notes"),
    "addendum": later("Words added to notes"),
    "version": later("Earlier versions of notes"),
    "plan": later("Safety plans"),
    "risk": later("Judgements"),
    "consent": later("Consents"),
    "draft": later("Referrals being written"),
    "referral": later("Referrals"),
    "received": later("Referrals that came in"),
    "packet": later("What other agencies told"),
    "told": later("What was written back"),
    "outbox": later("Messages to send"),
    "look": later("Looks at records"),
}
_OTHER: Final = later("Other entries")


def missing_words(missing: "Missing") -> str:
    """Say what is not there as it was written last."""
    return _one_of(missing.subject, missing.at, missing.state)


def unknown_words(unknown: "Unknown") -> str:
    """Say how much is lost that nobody can name."""
    if not unknown.after:
        return ntr(
            "{n} thing that was written cannot be named.",
            "{n} things that were written cannot be named.",
            unknown.count,
        )
    return ntr(
        "{n} thing written after {when} cannot be named.",
        "{n} things written after {when} cannot be named.",
        unknown.count, when=_when(unknown.after),
    )  # fmt: skip


def odd_words(odd: "Odd") -> str:
    """Say which record showed the damage."""
    if odd.how == "unknown":
        return tr(
            "{name}: there is one that was never written down here.", name=_name(odd.subject)
        )
    return _one_of(odd.subject, odd.at, "missing" if odd.how == "missing" else "unproven")


def end_words() -> str:
    """Say that more may be lost."""
    return tr("How much was written after the last of these cannot be said.")


def left_out_words(count: int) -> str:
    """Say what the new vault did not take."""
    return ntr(
        "{n} entry makes no sense without what is lost, and stays in the damaged copy.",
        "{n} entries make no sense without what is lost, and stay in the damaged copy.",
        count,
    )


def _one_of(subject: str, at: str, state: str) -> str:
    words = {
        "missing": later("{name}: one of {when} cannot be read."),
        "older": later("{name}: one of {when} is here only as it was before."),
        "unproven": later("{name}: one of {when} is not as it was written last."),
    }[state]
    return tr(words, name=_name(subject), when=_when(at))


def _name(subject: str) -> str:
    return tr(NAMES.get(subject, _OTHER))


def _when(at: str) -> str:
    return formats.day_and_clock(datetime.fromisoformat(at)) if at else tr("an unknown time")
