"""One thing that ends as a card, and the two things that can be decided about it."""

from datetime import datetime

from desktop.domain.retention import Expiry
from i18n import tr
from ui.keeping.expiry_words import left_words, owed_words, what_words, when_words, why_words
from ui.widgets.buttons import Button
from ui.widgets.card_rows import CardRow

KEEP, DESTROY = "expiry-keep", "expiry-destroy"


def expiry_row(expiry: Expiry, now: datetime) -> CardRow:
    """Say what, when, why, and what still stands in the way."""
    what = what_words(expiry)
    why = f"{when_words(expiry, now)}. {why_words(expiry)}"
    pill, owed = left_words(expiry, now), tuple(owed_words(each) for each in expiry.owed)
    return CardRow(
        what,
        about=expiry,
        name=what,
        said=" ".join((f"{what}. {why}", *owed)),
        lines=((why, "text2"), *((words, "warn_text") for words in owed)),
        pill=pill,
    )


def expiry_buttons() -> tuple[Button, ...]:
    """Make the two buttons of a card."""
    keep = Button(tr("Keep longer"), "plain").sized("small")
    destroy = Button(tr("Destroy now…"), "quiet", "eraser").sized("small")
    keep.setObjectName(KEEP)
    destroy.setObjectName(DESTROY)
    return keep, destroy
