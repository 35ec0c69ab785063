"""What somebody asked about their own data and has no answer yet, on the card beside the note."""

from datetime import datetime

from desktop.services.youths import YouthFile
from i18n import tr
from ui.request_words import days_words, wish_words
from ui.widgets.buttons import Button


class RequestDoor(Button):
    """Leads to it; hidden where nothing waits. Its days are the law's (PIPA 35 to 37)."""

    def __init__(self) -> None:
        """Be hidden."""
        super().__init__(" ", "soft", "hourglass")
        self.sized("small").setObjectName("consent-request")
        self.hide()

    def show_file(self, file: YouthFile, now: datetime) -> None:
        """Say what one young person asked for, and how long there is."""
        self.setVisible(file.request is not None)
        if file.request is None:
            return
        wish, days = wish_words(file.request.wish), days_words(file.request.days_left(now))
        self.say(tr("Data request · {days}", days=days))  # no wider than the card
        self.setAccessibleName(f"{self.text()}. {wish}")
        self.setToolTip(f"{wish}\n{tr('An answer is due within ten days.')}")
