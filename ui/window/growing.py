"""The way to an alias, and to putting two records together; made when it is first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.domain.forms import FormName
from desktop.domain.ids import MeetingId, YouthId
from desktop.services.youths import YouthFile
from i18n import tr
from ui.keeping.upkeep import Upkeep
from ui.window.half_said import HalfSaid
from ui.window.window import Window

if TYPE_CHECKING:  # asked for a few times a night
    from ui.youths.growing import GrowingSheet
    from ui.youths.merging import MergingSheet


class Growing(QObject):
    """It is always about whose page is in front."""

    def __init__(self, upkeep: Upkeep, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._upkeep, self._window = upkeep, window
        self._meeting: MeetingId | None = None
        self._half_said = HalfSaid(window.tasks, FormName.ALIAS, self)
        window.rescuing.connect(self._rescue)
        window.pages.shown.connect(self._on_file_shown)
        window.board.alias_wanted.connect(self.begin)
        window.drawer_wanted.connect(self._on_drawer)
        # On the board, so that it rests while the laptop is in a young person's hands.
        QShortcut(QKeySequence("F2"), window.board, self.begin)

    @cached_property
    def sheet(self) -> "GrowingSheet":
        """An alias, or somebody met before."""
        from ui.youths.growing import GrowingSheet

        window = self._window
        sheet = GrowingSheet(window.tasks, window, self._is_saved)
        sheet.closed.connect(self._half_said.look)
        sheet.leaving.connect(window.let_go)
        sheet.grown.connect(self._on_grown)
        return sheet

    @cached_property
    def merging(self) -> "MergingSheet":
        """Two records side by side."""
        from ui.youths.merging import MergingSheet

        window = self._window
        sheet = MergingSheet(window.tasks, window, self._is_saved)
        sheet.leaving.connect(window.let_go)
        sheet.grown.connect(self._on_grown)
        return sheet

    @Slot()
    def _rescue(self) -> None:
        self._half_said.rescue()

    @Slot(object)
    def _on_file_shown(self, file: YouthFile) -> None:
        if file.jotting is not None and (words := self._half_said.take(file.youth.id)):
            self._half_said.keep_of(self)
            self._meeting = file.meeting.id if file.meeting else None
            self.sheet.begin(file)  # what they agree to is asked anew
            self.sheet.naming.fill(words)

    @Slot()
    def begin(self) -> None:
        """Show it for whoever is in front, if they have no alias yet."""
        file = self._file()
        if file is None:
            return
        if file.jotting is None:
            words = tr("{alias} has an alias already.", alias=file.youth.alias)
            self._window.toast.say(words)
            return
        self._save_now()
        if self._half_said.is_said(self, file.youth.id):
            self.sheet.raise_()
        else:
            self.sheet.begin(file)

    def _file(self) -> YouthFile | None:
        file = self._window.pages.file
        if file is None:
            self._window.toast.say(tr("First open somebody's page. Then choose this again."))
        else:
            self._meeting = file.meeting.id if file.meeting else None
        return file

    def _save_now(self) -> None:
        self._window.pages.save_now()
        # Grounds go with a record that moves: the page lets go of what it alone has.
        self._window.pages.note.judging.rescue()

    def _is_saved(self) -> bool:
        note = self._window.pages.note
        return note.is_saved() and note.judging.is_rescued()

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "alias":
            self.begin()
        elif key == "merge" and (file := self._file()) is not None:
            self._save_now()
            self.merging.begin(file)

    @Slot(object, bool)
    def _on_grown(self, kept: YouthId, is_gone: bool) -> None:
        self._window.rail.reload()
        self._window.open_file(kept, self._meeting)
        self._window.rail.select(self._meeting)
        if is_gone:
            self._upkeep.look()
