"""From where a referral stands to the page on which it can be answered."""

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.domain.ids import ReferralId, YouthId
from desktop.services.youths import YouthFile
from ui.window.pages import Pages
from ui.window.sheets import Sheets
from ui.window.side import Side


class FollowedDoor(QObject):
    """Has the referral that was chosen in front once the page is shown."""

    def __init__(self, window: Sheets, pages: Pages, side: Side) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window, self._pages, self._side = window, pages, side
        self._wanted: ReferralId | None = None
        window.referral_wanted.connect(self._on_wanted)
        pages.shown.connect(self._on_shown)

    @Slot(object, object)
    def _on_wanted(self, youth: YouthId, referral: ReferralId) -> None:
        self._wanted = referral
        self._window.found.emit(youth, None)

    @Slot(object)
    def _on_shown(self, file: YouthFile) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and any(wanted == each.referral.id for each in file.trackings):
            self._pages.referral.show_one(wanted)
            # What was just shown has a place only once it has been laid out.
            QTimer.singleShot(0, self._reveal)

    @Slot()
    def _reveal(self) -> None:
        card = self._pages.referral
        self._side.reveal(card, card.in_front())
