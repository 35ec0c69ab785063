"""The way to ending a consent by the number of a slip; the sheet is made when somebody calls."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.domain.ids import YouthId
from desktop.services.exchange import Round
from desktop.services.youths import YouthFile
from ui.window.window import Window

if TYPE_CHECKING:  # made when it is first needed
    from ui.consents.numbered_sheet import NumberedSheet


class NumberedDoor(QObject):
    """What this laptop asked for itself is ended where all consents of that person stand."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window = window
        self._to_show: YouthId | None = None
        window.drawer_wanted.connect(self._on_drawer)
        window.pages.shown.connect(self._on_file)

    @cached_property
    def sheet(self) -> "NumberedSheet":
        """One field, and what it leads to."""
        from ui.consents.numbered_sheet import NumberedSheet

        sheet = NumberedSheet(self._window.tasks, self._window)
        sheet.withdrawn.connect(self._window.sync_wanted)
        sheet.sync_wanted.connect(self._window.sync_wanted)
        sheet.ours_found.connect(self._on_ours)
        return sheet

    @Slot(object)
    def show_round(self, done: Round) -> None:
        """Say again how it stands: a round may have brought the number, or taken the word."""
        if done.has_moved and "sheet" in vars(self):
            self.sheet.refresh()

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        what, _, number = key.partition(" ")
        if what == "number":
            self._window.pages.save_now()  # commits what is being composed
            self.sheet.begin(number)

    @Slot(object)
    def _on_ours(self, youth: YouthId) -> None:
        self._to_show = youth
        self._window.found.emit(youth, None)

    @Slot(object)
    def _on_file(self, file: YouthFile) -> None:
        if self._to_show == file.youth.id:
            self._to_show = None
            self._window.drawer_wanted.emit("consents")
