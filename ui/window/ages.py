"""The way to what somebody's age decides; the sheet is made when it is first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.domain.outreach import KOREA
from i18n import tr
from ui.window.window import Window

if TYPE_CHECKING:  # asked for a few times a week
    from ui.notes.page import NotePage
    from ui.youths.age_laws import AgeLawsSheet


class AgeDoor(QObject):
    """It is always about whose page is in front."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window = window
        window.pages.made.connect(self._on_made)
        window.drawer_wanted.connect(self._on_drawer)
        window.letting_go.connect(self._on_letting_go)

    @cached_property
    def sheet(self) -> "AgeLawsSheet":
        """Four laws, and whether they hold."""
        from ui.youths.age_laws import AgeLawsSheet

        return AgeLawsSheet(self._window)

    @Slot()
    def begin(self) -> None:
        """Show it for whoever is in front."""
        file = self._window.pages.file
        if file is None:
            self._window.toast.say(tr("First open somebody's page. Then choose this again."))
            return
        now = self._window.tasks.moment().now
        self.sheet.open_for(file.youth, now.astimezone(KOREA).date())

    @Slot(object)
    def _on_made(self, page: "NotePage") -> None:
        page.header.about.clicked.connect(self.begin)

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "age-laws":
            self.begin()

    @Slot(object)
    def _on_letting_go(self, _: object) -> None:
        if "sheet" in vars(self):
            self.sheet.leave()
