"""What waits for a supervisor: a door on the right, the list behind it, a line on the page."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.domain.forms import FormName
from desktop.domain.ids import YouthId
from desktop.domain.screening import Risk
from desktop.services import supervision
from desktop.services.supervision import Standing
from desktop.services.youths import YouthFile
from i18n import ntr
from ui.widgets.buttons import Button
from ui.window.half_said import Half, HalfSaid
from ui.window.strips import under_header
from ui.window.window import Window

if TYPE_CHECKING:  # made when they are first needed
    from ui.notes.page import NotePage
    from ui.supervising.sheet import SupervisionSheet
    from ui.supervising.strip import SupervisionStrip


class Supervising(QObject):
    """Counts whenever a judgement is kept; the door is there while a case waits."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window, self._tasks = window, window.tasks
        self._file: YouthFile | None = None
        self.door = Button(" ", "plain", "eye", pressed=self.open)
        self.door.setObjectName("supervision-door")
        self.door.hide()
        window.side.add_door(self.door)
        self._half_said = HalfSaid(self._tasks, FormName.SEEN, self, _cards)
        window.rescuing.connect(self._rescue)
        window.drawer_wanted.connect(self._on_drawer)
        window.pages.made.connect(self._on_made)
        window.pages.shown.connect(self._on_file)
        window.pages.judged.connect(self.count)
        window.pages.gone.connect(self._on_gone)
        self.count()

    @cached_property
    def sheet(self) -> "SupervisionSheet":
        """The list."""
        from ui.supervising.sheet import SupervisionSheet

        sheet = SupervisionSheet(self._tasks, self._window, self._half_said.take)
        sheet.changed.connect(self._on_changed)
        sheet.youth_chosen.connect(self._window.found)
        return sheet

    @cached_property
    def strip(self) -> "SupervisionStrip":
        """The line on the page."""
        from ui.supervising.strip import SupervisionStrip

        strip = SupervisionStrip()
        strip.list_wanted.connect(self.open)
        under_header(self._window.pages.note, strip)
        return strip

    @Slot()
    def open(self) -> None:
        """Show what waits."""
        self.sheet.begin()

    @Slot()
    def count(self) -> None:
        """Ask how many cases wait."""
        self._tasks.run(supervision.count, self._show)

    @Slot()
    def _rescue(self) -> None:
        self._half_said.rescue()

    def _show(self, waiting: int) -> None:
        words = ntr("{n} case for the supervisor", "{n} cases for the supervisor", waiting)
        self.door.say(words)
        self.door.setVisible(waiting > 0)

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "supervisor":
            self.open()

    @Slot(object)
    def _on_file(self, file: YouthFile) -> None:
        self._file = file
        youth = file.youth.id
        self._tasks.run(
            lambda vault: supervision.standing(vault, youth),
            lambda standing: self._show_strip(youth, standing),
        )

    def _show_strip(self, youth: YouthId, standing: Standing) -> None:
        file = self._file
        if file is not None and file.youth.id == youth:
            is_high = file.judgement is not None and file.judgement.risk is Risk.HIGH
            self.strip.show_standing(standing, is_high=is_high)

    @Slot(object)
    def _on_made(self, page: "NotePage") -> None:
        page.judging.panel.shown.connect(self._on_judging)

    @Slot(bool)
    def _on_judging(self, is_shown: bool) -> None:
        self.strip.make_room(is_needed=is_shown)

    @Slot(object)
    def _on_gone(self, youth: YouthId) -> None:
        if self._file is not None and self._file.youth.id == youth:
            self._file = None
            self.strip.hide()
        if "sheet" in vars(self):
            self.sheet.forget()

    @Slot()
    def _on_changed(self) -> None:
        self.count()
        if self._file is not None:
            self._on_file(self._file)


def _cards(door: QObject) -> Iterable[Half]:
    sheet: SupervisionSheet | None = vars(door).get("sheet")
    return sheet.half_said() if sheet else ()
