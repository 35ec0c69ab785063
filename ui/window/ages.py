"""The way to what somebody's age decides, and to putting it right; made when first asked for."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.domain.forms import FormName
from desktop.domain.outreach import KOREA
from desktop.services.youths import YouthFile
from i18n import tr
from ui.keeping.upkeep import Upkeep
from ui.window.half_said import HalfSaid, in_sheet
from ui.window.window import Window

if TYPE_CHECKING:  # asked for a few times a week
    from ui.notes.page import NotePage
    from ui.youths.about_sheet import AboutSheet
    from ui.youths.age_laws import AgeLawsSheet


class AgeDoor(QObject):
    """It is always about whose page is in front."""

    def __init__(self, upkeep: Upkeep, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._upkeep, self._window = upkeep, window
        window.pages.made.connect(self._on_made)
        window.drawer_wanted.connect(self._on_drawer)
        window.letting_go.connect(self._on_letting_go)
        window.rescuing.connect(self._rescue)
        window.pages.shown.connect(self._on_file)
        told = partial(in_sheet, name="about")
        self._half_said = HalfSaid(window.tasks, FormName.ABOUT, self, told)

    @cached_property
    def sheet(self) -> "AgeLawsSheet":
        """Four laws, and whether they hold."""
        from ui.youths.age_laws import AgeLawsSheet

        sheet = AgeLawsSheet(self._window)
        sheet.right_button.clicked.connect(self._on_right)
        return sheet

    @cached_property
    def about(self) -> "AboutSheet":
        """What is known of somebody, to be put right."""
        from ui.youths.about_sheet import AboutSheet

        sheet = AboutSheet(self._window.tasks, self._window)
        sheet.told.connect(self._on_told)
        sheet.closed.connect(self._half_said.look)
        return sheet

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

    @Slot()
    def _on_right(self) -> None:
        file = self._window.pages.file
        self.sheet.leave()
        if file is not None:
            self.about.open_for(file.youth)

    @Slot()
    def _rescue(self) -> None:
        self._half_said.rescue()

    @Slot(object)
    def _on_file(self, file: YouthFile) -> None:
        if words := self._half_said.take(file.youth.id):
            self._half_said.keep_of(self, "about")
            self.about.open_again(file.youth, words)

    @Slot(bool)
    def _on_told(self, is_gone: bool) -> None:
        self._window.reload()
        if is_gone:
            self._upkeep.look()

    @Slot(object)
    def _on_letting_go(self, _: object) -> None:
        for name in ("sheet", "about"):
            if name in vars(self):
                getattr(self, name).leave()
