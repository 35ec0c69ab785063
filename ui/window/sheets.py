"""What stands over the board or in its place, each made when it is first needed."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from desktop.services.youths import YouthFile
from ui.tasks import Tasks

if TYPE_CHECKING:  # most nights open with a note, and need none of these yet
    from ui.consents.handover import HandOver
    from ui.consents.starting import StartSheet
    from ui.referrals.compose import ComposeSheet
    from ui.referrals.preview import PreviewSheet


class Sheets(QStackedWidget):
    """Makes the sheets of a referral and the hand-over screen, and passes on what they say."""

    lock_wanted = Signal()
    draft_kept = Signal()
    released = Signal()
    hand_over_wanted = Signal(object, object, str)
    handed_back = Signal(object)

    def __init__(self, tasks: Tasks, chance: Callable[[int], bytes]) -> None:
        """Make nothing yet; `chance` makes the keys of a seal."""
        super().__init__()
        self._tasks, self._chance = tasks, chance

    @cached_property
    def compose(self) -> "ComposeSheet":
        """The referral as it is written."""
        from ui.referrals.compose import ComposeSheet

        sheet = ComposeSheet(self._tasks, self)
        sheet.kept.connect(self.draft_kept)
        return sheet

    @cached_property
    def preview(self) -> "PreviewSheet":
        """Exactly what would leave."""
        from ui.referrals.preview import PreviewSheet

        sheet = PreviewSheet(self._tasks, self, self._chance)
        sheet.released.connect(self.released)
        return sheet

    @cached_property
    def start_sheet(self) -> "StartSheet":
        """The PIN, before the laptop is handed over."""
        from ui.consents.starting import StartSheet

        sheet = StartSheet(self._tasks, self)
        sheet.chosen.connect(self.hand_over_wanted)
        return sheet

    @cached_property
    def hand_over(self) -> "HandOver":
        """The screen that a young person holds. It replaces all of the board."""
        from ui.consents.handover import HandOver

        page = HandOver(self._tasks)
        page.finished.connect(self.handed_back)
        page.lock_wanted.connect(self.lock_wanted)
        self.addWidget(page)
        return page

    @Slot(object)
    def write_referral(self, file: YouthFile) -> None:
        """Open the referral of one young person."""
        self.compose.open_for(file)

    @Slot(object)
    def show_preview(self, file: YouthFile) -> None:
        """Show what would leave."""
        self.preview.open_for(file)

    @Slot(object)
    def ask_for_pin(self, file: YouthFile) -> None:
        """Begin handing over."""
        self.start_sheet.open_for(file)

    def rescue(self) -> None:
        """Keep what is unsaved on those that were made: nobody can be asked any more."""
        made = vars(self)
        for name in ("compose", "hand_over"):
            if name in made:
                made[name].rescue()
