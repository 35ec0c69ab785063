"""The way to whether a guardian may be told; the sheet is made when it is first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.domain.forms import FormName
from desktop.domain.ids import YouthId
from desktop.services.youths import YouthFile
from i18n import tr
from ui.window.half_said import HalfSaid
from ui.window.window import Window

if TYPE_CHECKING:  # asked for a few times a night
    from ui.consents.keeping_from import KeepFromSheet


class Telling(QObject):
    """It is about whose consent card is in front, or who was about to be asked."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window = window
        window.report_wanted.connect(window.side.emergency.open_report)
        window.keep_wanted.connect(self.begin)
        window.pages.keep_wanted.connect(self.begin)
        window.drawer_wanted.connect(self._on_drawer)
        window.rescuing.connect(self._rescue)
        window.pages.shown.connect(self._on_file)
        window.rail.meeting_again.connect(self._on_meeting_again)
        self._kept_from: YouthId | None = None
        self._half_said = HalfSaid(window.tasks, FormName.KEEP_FROM, self)

    @cached_property
    def sheet(self) -> "KeepFromSheet":
        """Why a guardian is not told."""
        from ui.consents.keeping_from import KeepFromSheet

        sheet = KeepFromSheet(self._window.tasks, self._window)
        sheet.decided.connect(self._window.reload)
        sheet.closed.connect(self._half_said.look)
        return sheet

    @Slot(object)
    def begin(self, file: YouthFile) -> None:
        """Ask about this young person's guardian."""
        if self._half_said.is_said(self, file.youth.id):
            self.sheet.raise_()
        else:
            self.sheet.open_for(file)

    @Slot()
    def _rescue(self) -> None:
        self._half_said.rescue()

    @Slot(object, bool)
    def _on_meeting_again(self, youth: YouthId, is_kept_from: bool) -> None:
        self._kept_from = youth if is_kept_from else None

    @Slot(object)
    def _on_file(self, file: YouthFile) -> None:
        if file.youth.id == self._kept_from and file.youth.keep_from_guardian:
            self._kept_from = None
            self.begin(file)  # why, and which agencies have to be called because of it
        if words := self._half_said.take(file.youth.id):
            self._half_said.keep_of(self)
            self.sheet.open_again(file, words)

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key != "keep-from":
            return
        file = self._window.pages.file
        if file is None:
            self._window.toast.say(tr("First open the page of the young person it is about."))
        else:
            self.begin(file)
