"""Who does not know that a guardian must not be told: whom to call, and what to send again."""

from desktop.domain.guardians import Unaware
from i18n import formats, tr
from ui.widgets.card import Notice


class UnawareNotice(Notice):
    """Not there where everybody knows."""

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__("phone", "", "danger")
        self.hide()

    def show_unaware(self, unaware: Unaware) -> None:
        """Name them."""
        said = (_call_words(unaware), _stays_words(unaware))
        self.show_words("phone", " ".join(part for part in said if part), "danger")
        self.setVisible(any(said))


def _call_words(unaware: Unaware) -> str:
    told = (f"{name} ({phone})" if phone else name for name, phone in unaware.agencies)
    words = tr(
        "Call {agencies}: what they have, or may have, does not say that the guardian must not be "
        "told.",
        agencies=formats.names(tuple(told)),
    )
    return words if unaware.agencies else ""


def _stays_words(unaware: Unaware) -> str:
    words = tr(
        "What waits for {agencies} does not say that the guardian must not be told, and stays "
        "here. Open the referral and send it again.",
        agencies=formats.names(unaware.stays_here),
    )
    return words if unaware.stays_here else ""
