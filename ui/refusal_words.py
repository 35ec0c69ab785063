"""Why the hub did not take a message, and what a person can do."""

from desktop.domain.kept_laws import KEPT
from desktop.domain.referrals import ENDED_ELSEWHERE
from i18n import tr

KEY_RETIRED = "key-epoch-retired"


def problem(code: str) -> str:
    """Say what a rejection code means and what a person can do."""
    if code.startswith(KEPT):
        return ""  # told with the erasure, in its own words
    ask_again = tr("No consent was found that covers this. Please ask again.")
    known = {
        "basis-not-allowed": ask_again,
        "consent-unknown": ask_again,
        "consent-expired": tr("The time of the consent is over. Please ask again."),
        "consent-lapsed": tr("The consent does not cover this any more. Please ask again."),
        "consent-withdrawn": tr("The consent was withdrawn, so it did not leave."),
        ENDED_ELSEWHERE: tr(
            "A colleague ended the consent. The agency may still have it, and was not told since"
            " the Youth Safety Net was put back. End the consent here too."
        ),
        KEY_RETIRED: tr("The agency has a new key for its letters. Look at it and send again."),
        "recipient-not-consented": tr("The consent names another agency. Please ask again."),
        "item-not-consented": tr("It holds something that was not agreed to. Please ask again."),
        "org-inactive": tr("The agency takes nothing at present. Choose another, or call them."),
        "conflict-left": tr("What you wrote in addition did not reach them. You left it at that."),
        "conflict": tr("It had changed meanwhile. Look at it again, and decide anew."),
        "not-your-task": tr("The Youth Safety Net knows of no such referral. Call the agency."),
        "too-large": tr("It is too long to send. Shorten it and send again."),
    }
    unknown = tr("It was not taken ({code}). Please tell your center.", code=code)
    return known.get(code, unknown)
