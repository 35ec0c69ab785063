"""How a referral ends that nobody will ever answer, and what no agency confirms any more."""

from enum import StrEnum

from desktop.domain.referrals import Tracking
from sync.protocol.states import Delivery

CALLING_OFF = "calling-off"
"""The step when somebody here said that it is called off; it is once the hub has signed that."""
ADDED_IN_VAIN = "added-in-vain"
"""The step of what was to be told in addition when that was said: nothing more goes."""
WORD_LEFT = "called-off-untold"
"""Why it stands as called off: the hub did not take the word, and a person left it at that."""
NEVER_LEFT = "never-left"
"""The step of what nobody outside ever had."""
_SETTLED = "settled-"


class How(StrEnum):
    """How a person settled what an agency should have confirmed as destroyed (PIPA 37)."""

    SAID = "said"
    """They said so, on the telephone or on paper."""
    GONE = "gone"
    """The agency is no more, or left the network."""
    SILENT = "silent"
    """It was asked, more than once, and never answered."""

    @property
    def step(self) -> str:
        """Return the step that says so."""
        return f"{_SETTLED}{self.value}"


def how_settled(tracking: Tracking) -> How | None:
    """Return how it was settled last; None where nobody had to."""
    said = [(tracking.steps[how.step], how) for how in How if how.step in tracking.steps]
    return max(said)[1] if said else None


def has_stayed(tracking: Tracking) -> bool:
    """Say whether nothing of it can be out there, as far as this vault knows."""
    return tracking.delivery is Delivery.QUEUED and NEVER_LEFT in tracking.steps
