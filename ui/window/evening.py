"""The night from its beginning to its numbers: what the rail asks for, over the window."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.domain.ids import OutreachId, YouthId
from desktop.domain.outreach import Outreach
from desktop.services.outreach import Counted
from i18n import tr
from ui.night_words import tally_words
from ui.place_suggestions import PlaceSuggestions
from ui.window.window import Window

if TYPE_CHECKING:  # opened once a night
    from ui.calendar.sheet import CalendarSheet
    from ui.nights.past import PastSheet
    from ui.nights.review import ReviewSheet
    from ui.places.sheet import PlacesSheet
    from ui.youths.plan_sheet import PlanSheet


class Evening(QObject):
    """Opens the look back, past nights and the plan; says what was counted, with a way back."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window, rail = window, window.rail
        rail.end_wanted.connect(self._on_end_wanted)
        rail.plan_wanted.connect(self._on_plan_wanted)
        rail.counting.counted.connect(self._on_counted)
        rail.counting.undone.connect(self._on_undone)
        # What was given may come to stand below the note that is open: its words are kept first.
        rail.meeting_again.connect(window.pages.save_now)
        rail.form.past_wanted.connect(self._on_past_wanted)
        rail.form.forgotten_wanted.connect(self._on_end_wanted)
        PlaceSuggestions(rail.form.place.edit, window.tasks)
        window.drawer_wanted.connect(self.open)
        window.pages.gone.connect(self._on_gone)
        # All but Ctrl+Z work while the caret is in a note; there, that one undoes what was typed.
        for keys, does in (
            ("Alt+P", rail.card.pause_button.click),
            ("Alt+E", rail.end),
            ("F6", self.open_calendar),
            ("Alt+Z", rail.counting.take_back),
            ("Ctrl+Z", rail.counting.take_back),
        ):
            QShortcut(QKeySequence(keys), window.board, does)

    @cached_property
    def review(self) -> "ReviewSheet":
        """What is not finished, and the numbers."""
        from ui.nights.review import ReviewSheet

        sheet = ReviewSheet(self._window.tasks, self._window)
        sheet.youth_chosen.connect(self._window.found)
        sheet.outbox_wanted.connect(self._window.status.waiting_button.click)
        sheet.contact_wanted.connect(self._window.rail.new_meeting)
        sheet.ended.connect(self._window.reload)
        self._window.rail.counting.changed.connect(sheet.refresh)
        return sheet

    @cached_property
    def past(self) -> "PastSheet":
        """Earlier nights, month by month."""
        from ui.nights.past import PastSheet

        sheet = PastSheet(self._window.tasks, self._window)
        sheet.night_chosen.connect(self._on_end_wanted)
        return sheet

    @cached_property
    def calendar(self) -> "CalendarSheet":
        """What a month holds."""
        from ui.calendar.sheet import CalendarSheet

        sheet = CalendarSheet(self._window.tasks, self._window)
        sheet.night_chosen.connect(self._on_end_wanted)
        sheet.youth_chosen.connect(self._window.found)
        return sheet

    @cached_property
    def places(self) -> "PlacesSheet":
        """Where nights were."""
        from ui.places.sheet import PlacesSheet

        sheet = PlacesSheet(self._window.tasks, self._window)
        sheet.night_chosen.connect(self._on_end_wanted)
        return sheet

    @cached_property
    def plan(self) -> "PlanSheet":
        """Tonight's plan, to be changed."""
        from ui.youths.plan_sheet import PlanSheet

        sheet = PlanSheet(self._window.tasks, self._window)
        PlaceSuggestions(sheet.fields.place.edit, self._window.tasks)
        sheet.changed.connect(self._window.rail.reload)
        return sheet

    @Slot(str)
    def open(self, key: str) -> None:
        """Do what was chosen by name."""
        rail = self._window.rail
        does = {
            "nights": self._on_past_wanted,
            "calendar": self.open_calendar,
            "places": self._on_places_wanted,
            "end-night": rail.end,
            "pause": rail.card.pause_button.click,
            "undo": rail.counting.take_back,
        }
        if key in does:
            does[key]()

    @Slot(object)
    def _on_end_wanted(self, night: OutreachId) -> None:
        self._window.pages.save_now()  # commits what is being composed
        contact = vars(self._window.rail).get("sheet")
        self.review.begin(night, is_half_typed=contact is not None and contact.is_touched())

    @Slot(object)
    def _on_plan_wanted(self, night: Outreach) -> None:
        self.plan.begin(night)

    @Slot()
    def _on_past_wanted(self) -> None:
        self.past.begin()

    @Slot()
    def open_calendar(self) -> None:
        """Show this month; once more while it is there: close it."""
        if "calendar" in vars(self) and self.calendar.isVisible():
            self.calendar.leave()
        else:
            self._window.pages.save_now()
            self.calendar.begin()

    @Slot()
    def _on_places_wanted(self) -> None:
        self.places.begin()

    @Slot(object)
    def _on_gone(self, _: YouthId) -> None:
        if "calendar" in vars(self):
            self.calendar.forget()

    @Slot(object)
    def _on_counted(self, step: Counted) -> None:
        name, toast = tally_words(step.tally), self._window.toast
        if not step.moved:
            toast.say(
                tr("{name}: nothing to take back. Who has a row below stays counted.", name=name)
            )
            return
        said = tr("{name}: one more", name=name) if step.moved > 0 else _fewer(name)
        toast.offer(said, tr("Undo"), self._window.rail.counting.take_back)

    @Slot(object)
    def _on_undone(self, step: Counted) -> None:
        name = tally_words(step.tally)
        said = tr("{name}: one more", name=name) if step.moved > 0 else _fewer(name)
        self._window.toast.say(tr("Undone. {said}", said=said))


def _fewer(name: str) -> str:
    return tr("{name}: one taken back", name=name)
