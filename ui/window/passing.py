"""What happened with one young person, and printing a summary of it: over the window."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.domain.ids import YouthId
from desktop.domain.youths import Youth
from i18n import tr
from ui.window.window import Window

if TYPE_CHECKING:  # made when they are first needed
    from ui.notes.page import NotePage
    from ui.printing.sheet import PrintSheet
    from ui.timeline.sheet import TimelineSheet


class PassingDoor(QObject):
    """Opens them by a button, by the palette, the timeline by F7."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window = window
        window.drawer_wanted.connect(self.open)
        window.pages.made.connect(self._on_note_made)
        window.pages.gone.connect(self._on_gone)
        # On the board, so that it rests while the laptop is in a young person's hands.
        QShortcut(QKeySequence("F7"), window.board, self.open_timeline)

    @cached_property
    def timeline(self) -> "TimelineSheet":
        """The column of what happened."""
        from ui.notes.heads import heads
        from ui.timeline.sheet import TimelineSheet

        sheet = TimelineSheet(self._window.tasks, self._window, heads)
        sheet.meeting_chosen.connect(self._window.found)
        sheet.summary_wanted.connect(self._on_summary_wanted)
        return sheet

    @cached_property
    def printing(self) -> "PrintSheet":
        """A summary to print."""
        from ui.printing.sheet import PrintSheet

        return PrintSheet(self._window.tasks, self._window)

    @Slot(str)
    def open(self, key: str) -> None:
        """Show what the palette asks for."""
        opens = {"timeline": self.open_timeline, "print": self.print_summary}
        if key in opens:
            opens[key]()

    @Slot()
    def open_timeline(self) -> None:
        """Show what happened with whoever's page is open; once more while it is there: close."""
        file = self._window.pages.file
        if file is None:
            self._window.toast.say(tr("Choose the young person first, then open it again."))
        elif "timeline" in vars(self) and self.timeline.isVisible():
            self.timeline.leave()
        else:
            self._window.pages.save_now()  # commits what is being composed
            self.timeline.begin(file.youth)

    @Slot()
    def print_summary(self) -> None:
        """Begin to print about whoever's page is open."""
        file = self._window.pages.file
        if file is None:
            self._window.toast.say(tr("Choose the young person first, then open it again."))
        else:
            self._on_summary_wanted(file.youth)

    @Slot(object)
    def _on_summary_wanted(self, youth: Youth) -> None:
        self._window.pages.save_now()
        self.printing.begin(youth)

    @Slot(object)
    def _on_note_made(self, page: "NotePage") -> None:
        page.header.timeline_button.clicked.connect(self.open_timeline)

    @Slot(object)
    def _on_gone(self, youth: YouthId) -> None:
        if "timeline" in vars(self):
            self.timeline.let_go(youth)
        if "printing" in vars(self):
            self.printing.let_go(youth)
