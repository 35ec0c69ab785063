"""What stands over the board or in its place, each made when it is first needed."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from desktop.errors import AppError
from desktop.services.enrolment import EnrolmentState
from desktop.services.youths import YouthFile
from desktop.settings import Settings
from ui.tasks import Tasks

if TYPE_CHECKING:  # most nights open with a note, and need none of these yet
    from ui.consents.handover import HandOver
    from ui.consents.starting import StartSheet
    from ui.referrals.compose import ComposeSheet
    from ui.referrals.preview import PreviewSheet
    from ui.referrals.ways import WaysSheet
    from ui.searching.palette import Palette
    from ui.settings.sheet import SettingsSheet


class Sheets(QStackedWidget):
    """Makes the sheets and the hand-over screen, and passes on what they say."""

    lock_wanted, found, action_chosen = Signal(), Signal(object, object), Signal(str)
    rescuing, reloaded, referral_wanted = Signal(), Signal(), Signal(object, object)
    agency_wanted, settings_changed, record_wanted = Signal(object), Signal(object), Signal(object)
    join_wanted, again_wanted = Signal(str, object), Signal(str, object)
    staying_wanted, root_wanted, drawer_wanted = Signal(), Signal(str), Signal(str)
    draft_kept, released, report_wanted, keep_wanted = Signal(), Signal(), Signal(), Signal(object)
    hand_over_wanted, consent_again_wanted = Signal(object), Signal(object, object)
    handed_back, slip_wanted, letting_go = Signal(object), Signal(object, str), Signal(object)

    def __init__(self, tasks: Tasks, settings: Settings, chance: Callable[[int], bytes]) -> None:
        """Make nothing yet; `chance` makes the keys of a seal."""
        super().__init__()
        self._tasks, self._settings, self._chance = tasks, settings, chance

    @property
    def tasks(self) -> Tasks:
        """What asks the open vault."""
        return self._tasks

    @cached_property
    def palette_sheet(self) -> "Palette":
        """The line that finds people, words and actions."""
        from ui.searching.palette import Palette

        palette = Palette(self._tasks, self)
        palette.youth_chosen.connect(self.found)
        palette.action_chosen.connect(self.action_chosen)
        palette.agency_chosen.connect(self.agency_wanted)
        return palette

    @cached_property
    def settings(self) -> "SettingsSheet":
        """How the program is set, and how a hub is joined."""
        from ui.settings.sheet import SettingsSheet

        sheet = SettingsSheet(self, self._settings)
        sheet.changed.connect(self.settings_changed)
        sheet.lock_wanted.connect(self.lock_wanted)
        sheet.hub.join_wanted.connect(self.join_wanted)
        sheet.hub.again_wanted.connect(self.again_wanted)
        sheet.hub.staying_wanted.connect(self.staying_wanted)
        sheet.hub.root_wanted.connect(self.root_wanted)
        sheet.door_wanted.connect(self.drawer_wanted)
        return sheet

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
    def ways(self) -> "WaysSheet":
        """Every referral's way."""
        from ui.referrals.ways import WaysSheet

        sheet = WaysSheet(self._tasks, self)
        sheet.referral_chosen.connect(self.referral_wanted)
        self.reloaded.connect(sheet.reload)
        sheet.report_chosen.connect(self.record_wanted)
        sheet.drawer_wanted.connect(self.drawer_wanted)
        return sheet

    @cached_property
    def start_sheet(self) -> "StartSheet":
        """The PIN, before the laptop is handed over."""
        from ui.consents.starting import StartSheet

        sheet = StartSheet(self._tasks, self)
        sheet.chosen.connect(self.hand_over_wanted)
        sheet.report_wanted.connect(self.report_wanted)
        sheet.keep_wanted.connect(self.keep_wanted)
        sheet.referral_wanted.connect(self.write_referral)
        sheet.named.changed.connect(self.draft_kept)  # the page is read again
        return sheet

    @cached_property
    def hand_over(self) -> "HandOver":
        """The screen that a young person holds. It replaces all of the board."""
        from ui.consents.handover import HandOver

        page = HandOver(self._tasks)
        page.finished.connect(self.handed_back)
        page.slip_wanted.connect(self.slip_wanted)
        page.lock_wanted.connect(self.lock_wanted)
        self.addWidget(page)
        return page

    @Slot(object)
    def write_referral(self, file: YouthFile) -> None:
        """Open the referral of one young person."""
        self.compose.open_for(file)

    @Slot()
    def show_ways(self) -> None:
        """Show where every referral stands."""
        self.ways.begin()

    @Slot(object)
    def show_preview(self, file: YouthFile) -> None:
        """Show what would leave."""
        self.preview.open_for(file)

    @Slot(object)
    def ask_for_pin(self, file: YouthFile, asked: YouthFile | None = None) -> None:
        """Begin handing over; `asked` where a consent is asked for again."""
        self.start_sheet.open_for(file, asked)

    def show_settings(self, settings: Settings) -> None:
        """Follow settings that were changed anywhere."""
        self._settings = settings
        if "settings" in vars(self):
            self.settings.show_settings(settings)

    def show_joining(self, state: EnrolmentState, hub: str = "") -> None:
        """Say how far joining is, where it may have been asked for."""
        if "settings" in vars(self):
            self.settings.hub.show_state(state, hub)

    @property
    def opened_settings(self) -> "SettingsSheet | None":
        """The settings, if anybody has opened them."""
        return self.settings if "settings" in vars(self) else None

    def say_not_joined(self, error: AppError) -> None:
        """Say why joining did not work, where it may have been asked for."""
        if "settings" in vars(self):
            self.settings.hub.say_failed(error)

    def rescue(self) -> None:
        """Keep what is unsaved on those that were made: nobody can be asked any more."""
        made = vars(self)
        for name in ("compose", "hand_over"):
            if name in made:
                made[name].rescue()
