"""An answer about a referral that came to us, half typed: by which names it is kept."""

from desktop.domain.inbox import Received, Told
from sync.protocol.bodies import Meeting

REPLY, PLACE, WHEN, ASKS, MODE = "words", "place", "when", "asks", "mode"
"""The words of a decision are kept by its `Deed`."""


def unsaid(case: Received, told: Told) -> dict[str, str]:
    """Return what stands in the fields of a case and is not said by this."""
    said: set[str] = {ASKS, MODE} if told.asks else set()
    if told.appointment is not None and told.appointment.meeting is Meeting.BOOKED:
        said = {PLACE, WHEN, MODE}
    typed = case.typed.items()
    return {field: words for field, words in typed
            if field not in said and words.strip() != told.text}  # fmt: skip
