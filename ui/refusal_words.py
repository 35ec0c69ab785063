"""Why the hub did not take a message, and what a person can do."""

from enum import Enum, auto
from typing import Final

from desktop.domain.kept_laws import KEPT
from desktop.domain.referrals import (
    ENDED_ELSEWHERE,
    GUARDIAN_UNSAID,
    LEFT_HERE,
    LEFT_UNTOLD,
    REFUSED_LEFT,
    UNSAID_LEFT,
)
from i18n import later, tr
from sync.protocol.messages import COSIGN_KINDS, Kind

KEY_RETIRED = "key-epoch-retired"
SIGNATURE_LAPSED: Final = "cosign-lapsed"
"""The outbox's code for a report whose second signature is too old: it is still here."""


class Side(Enum):
    """Who has to do something about it: the same code means another thing to each."""

    ASKER = auto()
    """Whoever asks an agency for help, on a consent."""
    LAW = auto()
    """Whoever reports without a consent, or signs a report."""
    DESK = auto()
    """The agency that was asked."""


_ANSWERS = frozenset(
    {Kind.DELIVERY_RECEIPT, Kind.TASK_STATUS, Kind.TASK_NOTE, Kind.ERASURE_ATTEST}
)
_ASK_AGAIN: Final = later("No consent was found that covers this. Please ask again.")
_OVER: Final = later("The consent was withdrawn, so it did not leave. You need do nothing more.")
_CALL: Final = later("Call 112, or 119 where a life is in danger, and tell your center.")
_NOT_ANSWERED: Final = later(
    "The Youth Safety Net did not take this answer. Call whoever asked, and tell your center."
)
_EVERYWHERE: Final = {
    "malformed": later(
        "The Youth Safety Net could not read it. Write it again; if that does not help, tell your"
        " center."
    ),
    "bad-signature": later(
        "The Youth Safety Net does not know the key it was signed with, perhaps since this laptop"
        " joined anew. Write it again; if that does not help, tell your center."
    ),
    "id-reused": later(
        "The Youth Safety Net already has something else under its number. Write it again."
    ),
    "too-large": later("It is too long to send. Shorten it and send again."),
    "conflict": later("It had changed meanwhile. Look at it again, and decide anew."),
    "cosign-missing": later("A supervisor's valid signature was missing. Have it signed again."),
}
_SAID: Final[dict[Side, dict[str, str]]] = {
    Side.ASKER: {
        "basis-not-allowed": _ASK_AGAIN,
        "consent-unknown": _ASK_AGAIN,
        "consent-withdrawn": _OVER,
        "consent-expired": later("The time of the consent is over. Please ask again."),
        "consent-lapsed": later("The consent does not cover this any more. Please ask again."),
        ENDED_ELSEWHERE: later(
            "A colleague ended the consent. The agency may still have it, and was not told since"
            " the Youth Safety Net was put back. End the consent here too."
        ),
        KEY_RETIRED: later("The agency has a new key for its letters. Look at it and send again."),
        "recipient-not-consented": later("The consent names another agency. Please ask again."),
        "item-not-consented": later(
            "It holds something that was not agreed to. Please ask again."
        ),
        "org-inactive": later(
            "The agency takes nothing at present. Choose another, or call them."
        ),
        LEFT_UNTOLD: later("What you wrote in addition did not reach them. You left it at that."),
        LEFT_HERE: later("The consent did not cover this any more. You left it at that."),
        GUARDIAN_UNSAID: later(
            "It does not say that the guardian must not be told, so it stays here. Send it again:"
            " then it does."
        ),
        REFUSED_LEFT: later("The Youth Safety Net did not take it. You left it at that."),
        UNSAID_LEFT: later("It stayed here: it did not say that the guardian must not be told."),
        "not-your-task": later("The Youth Safety Net knows of no such referral. Call the agency."),
    },
    Side.LAW: {
        SIGNATURE_LAPSED: later("The signature is too old. Write it again."),
        KEY_RETIRED: later("A key for its letters had changed. Write it again."),
        "org-inactive": later("That agency takes nothing at present. Choose another."),
    },
    Side.DESK: {
        "consent-withdrawn": _OVER,
        KEY_RETIRED: later(
            "Whoever asked has a new key for its letters. Look at it in the referral and write"
            " again."
        ),
        "recipient-not-consented": later(
            "It was closed for somebody else than whoever asked. Open the referral and write"
            " again."
        ),
        "org-inactive": later("Whoever asked takes nothing at present. Call them."),
        "not-your-task": later(
            "The Youth Safety Net knows of no such referral to you, or it may not be answered so"
            " any more. Call whoever asked."
        ),
    },
}


def side_of(kind: Kind, *, is_law: bool) -> Side:
    """Say whose a message is; `is_law`: a request that stands on a law instead of a consent."""
    if is_law or kind in COSIGN_KINDS:
        return Side.LAW
    return Side.DESK if kind in _ANSWERS else Side.ASKER


def problem(code: str, side: Side = Side.ASKER) -> str:
    """Say what a rejection code means and what a person can do."""
    if code.startswith(KEPT):
        return ""  # told with the erasure, in its own words
    said = _SAID[side].get(code) or _EVERYWHERE.get(code)
    if side is Side.LAW:
        # Never to ask for a consent: whoever would give it may be whom the report is about.
        return f"{tr(said)} {tr(_CALL)}" if said else tr(_CALL)
    if said is None and code in _SAID[Side.ASKER]:
        said = _NOT_ANSWERED
    return (
        tr(said) if said else tr("It was not taken ({code}). Please tell your center.", code=code)
    )
