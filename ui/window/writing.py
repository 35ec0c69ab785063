"""What belongs to a note and stands in no column: plan, earlier versions, how notes begin."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.domain.ids import YouthId
from i18n import tr
from ui.window.window import Window

if TYPE_CHECKING:  # many nights none of them is opened
    from ui.consents.entrusting import EntrustingSheet
    from ui.consents.shelf import ShelfSheet
    from ui.notes.page import NotePage
    from ui.notes.templates import TemplatesSheet
    from ui.notes.versions import VersionsSheet
    from ui.safety.sheet import PlanSheet


class WritingDoor(QObject):
    """Opens them over the window: by a button, by the palette, the plan by F8."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window = window
        self._page: NotePage | None = None
        window.drawer_wanted.connect(self.open)
        window.pages.made.connect(self._on_note_made)
        window.letting_go.connect(self._on_letting_go)
        # On the board, so that it rests while the laptop is in a young person's hands.
        QShortcut(QKeySequence("F8"), window.board, self.open_plan)

    @cached_property
    def plan(self) -> "PlanSheet":
        """The safety plan."""
        from ui.safety.sheet import PlanSheet

        return PlanSheet(self._window.tasks, self._window)

    @cached_property
    def versions(self) -> "VersionsSheet":
        """Earlier wordings of a note."""
        from ui.notes.versions import VersionsSheet

        return VersionsSheet(self._window.tasks, self._window)

    @cached_property
    def templates(self) -> "TemplatesSheet":
        """How notes begin."""
        from ui.notes.templates import TemplatesSheet

        sheet = TemplatesSheet(self._window.tasks, self._window)
        sheet.changed.connect(self._window.reload)
        return sheet

    @cached_property
    def shelf(self) -> "ShelfSheet":
        """The organisation's consent texts."""
        from ui.consents.shelf import ShelfSheet

        return ShelfSheet(self._window.tasks, self._window)

    @cached_property
    def entrusting(self) -> "EntrustingSheet":
        """Whether a law entrusts the organisation with numbers that name a person."""
        from ui.consents.entrusting import EntrustingSheet

        sheet = EntrustingSheet(self._window.tasks, self._window)
        sheet.changed.connect(self._window.reload)
        return sheet

    def rescue(self) -> None:
        """At lock: keep every word of a plan, a consent text, and what a paper entrusts."""
        if "shelf" in vars(self):
            self.shelf.wording.keep()
        if "plan" in vars(self):
            self.plan.rescue()
        if "entrusting" in vars(self):
            self.entrusting.half.keep()

    @Slot(str)
    def open(self, key: str) -> None:
        """Show what the palette or the settings ask for."""
        opens = {
            "plan": self.open_plan,
            "versions": self.open_versions,
            "templates": self._open_templates,
            "texts": self._open_shelf,
            "entrusting": self._open_entrusting,
        }
        if key in opens:
            opens[key]()

    @Slot()
    def open_plan(self) -> None:
        """Show the plan of whoever's page is open; once more while it is there: close it."""
        file = self._window.pages.file
        if file is None:
            self._window.toast.say(tr("Choose the young person first, then open it again."))
        elif "plan" in vars(self) and self.plan.isVisible():
            self.plan.leave()
        else:
            self.plan.begin(file.youth)

    @Slot()
    def open_versions(self) -> None:
        """Show earlier wordings of the note that is open."""
        note = self._page.saver.note if self._page else None
        if note is None:
            self._window.toast.say(tr("Nothing is written about this meeting yet."))
        else:
            self.versions.begin(note.id)

    @Slot(object)
    def _on_note_made(self, page: "NotePage") -> None:
        self._page = page
        page.header.plan_button.clicked.connect(self.open_plan)
        page.foot.versions_button.clicked.connect(self.open_versions)

    def _open_templates(self) -> None:
        self.templates.begin()

    def _open_shelf(self) -> None:
        self.shelf.begin()

    def _open_entrusting(self) -> None:
        self.entrusting.begin()

    @Slot(object)
    def _on_letting_go(self, youth: YouthId) -> None:
        if "plan" in vars(self):
            self.plan.let_go(youth)
        if "versions" in vars(self):
            self.versions.hide()
