"""The way to requests about one's own data; the sheet is made when it is first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.domain.forms import FormName
from desktop.domain.ids import YouthId
from desktop.services.youths import YouthFile
from ui.window.half_said import HalfSaid
from ui.window.window import Window

if TYPE_CHECKING:  # asked for a few times a year
    from ui.own_data.sheet import RequestsSheet


class OwnRequests(QObject):
    """It is about whose page is in front; with nobody there it only lists what waits."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window = window
        window.drawer_wanted.connect(self._on_drawer)
        window.pages.request_wanted.connect(self._open)
        window.letting_go.connect(self._on_letting_go)
        window.rescuing.connect(self._rescue)
        window.pages.shown.connect(self._on_file)
        self._half_said = HalfSaid(window.tasks, FormName.REQUEST, self)

    @cached_property
    def sheet(self) -> "RequestsSheet":
        """What waits, and what is asked for."""
        from ui.own_data.sheet import RequestsSheet

        sheet = RequestsSheet(self._window.tasks, self._window)
        sheet.youth_chosen.connect(self._window.found)
        sheet.changed.connect(self._window.reload)
        sheet.closed.connect(self._half_said.look)
        return sheet

    @Slot()
    def _rescue(self) -> None:
        self._half_said.rescue()

    @Slot(object)
    def _on_file(self, file: YouthFile) -> None:
        if words := self._half_said.take(file.youth.id):
            self._half_said.keep_of(self)
            self.sheet.put_back(file.youth, words)

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "own-data":
            self._open()

    @Slot()
    def _open(self) -> None:
        file = self._window.pages.file
        about = file.youth if file else None
        self._half_said.is_said(self, about.id if about else None)
        self.sheet.begin(about)

    @Slot(object)
    def _on_letting_go(self, youth: YouthId) -> None:
        if "sheet" in vars(self):
            self.sheet.let_go(youth)
