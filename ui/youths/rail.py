"""The left of the window: tonight, and everyone met tonight."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.ids import MeetingId, YouthId
from desktop.domain.outreach import Outreach
from desktop.errors import AppError
from desktop.services import outreach
from desktop.services.outreach import Met, Plan, Tonight
from desktop.services.standing import Standing, standing
from ui.messages import sentence
from ui.tasks import Tasks
from ui.widgets.labels import Rule
from ui.youths.begin_form import BeginForm
from ui.youths.counting import Counting
from ui.youths.met_list import MetList
from ui.youths.night_card import NightCard

if TYPE_CHECKING:  # made when it is first needed
    from ui.youths.new_meeting import NewMeeting

_MINUTE = 30_000  # milliseconds; half a minute, so that a minute shows at most that late


class Rail(QWidget):
    """Either the form that begins a night, or the night and its people."""

    youth_chosen = Signal(object, object)
    youth_met = Signal()
    meeting_again = Signal(object, bool)
    """As `NewMeeting.meeting_again`."""
    writing_wanted = Signal()
    outreach_begun = Signal()
    end_wanted = Signal(object)
    plan_wanted = Signal(object)

    def __init__(self, tasks: Tasks, over: QWidget | None = None) -> None:
        """Lay out both and ask which one is true. Sheets stand over `over`, or the window."""
        super().__init__()
        self.setObjectName("rail")
        self._tasks, self._over = tasks, over
        self._tonight: Tonight | None = None
        self._wanted: MeetingId | None = None
        self.counting = Counting(tasks)
        self.form, self.card, self.people = BeginForm(), NightCard(), MetList()
        self._stack = QStackedLayout()
        self._lay_out()
        self.form.wanted.connect(self._on_begin)
        self.card.ended.connect(self.end)
        self.card.paused.connect(self.counting.rest)
        self.card.plan_wanted.connect(self._on_plan)
        self.card.tiles.counted.connect(self.counting.count)
        self.counting.changed.connect(self.reload)
        self.people.row_chosen.connect(self._on_row_chosen)
        self.people.view.activated.connect(self.writing_wanted)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._on_minute)
        self._clock.start()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Ask for tonight again; who is chosen stays chosen."""
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: standing(vault, moment), self._show)

    def select(self, meeting: MeetingId | None) -> None:
        """Show a meeting as the chosen one, without choosing it again."""
        self._wanted = meeting
        self.people.select(meeting)

    @cached_property
    def sheet(self) -> "NewMeeting":
        """Return the sheet for a new contact, made when it is first needed."""
        from ui.youths.new_meeting import NewMeeting

        sheet = NewMeeting(self.window() if self._over is None else self._over, self._tasks)
        sheet.meeting_again.connect(self.meeting_again)
        sheet.met.connect(self._met)
        return sheet

    @Slot()
    def new_meeting(self) -> None:
        """Open the sheet; without a night, the form that begins one."""
        if self._tonight is None:
            self.form.place.edit.setFocus()
        else:
            self.sheet.open_as(len(self._tonight.met) + 1)

    @Slot()
    def end(self) -> None:
        """Ask for the look back before the night ends; nothing where there is none."""
        if self._tonight is not None:
            self.end_wanted.emit(self._tonight.outreach.id)

    def _show(self, now: Standing) -> None:
        tonight = self._tonight = now.tonight
        self._stack.setCurrentIndex(0 if tonight is None else 1)
        if tonight is not None:
            at = self._tasks.moment().now
            self.card.show_night(tonight, at)
            self.people.show_met(tonight.met, self._wanted, at)
        else:
            self.form.show_forgotten(now.forgotten)
            self.form.partners.offer(now.partners)

    @Slot()
    def _on_minute(self) -> None:
        if self._tonight is None:
            return
        night, now = self._tonight.outreach, self._tasks.moment().now
        if night.is_over(now):
            self.reload()
        else:
            self.card.show_time(night, now)

    @Slot(object)
    def _on_begin(self, plan: Plan) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: outreach.begin(vault, plan, moment), self._begun, self._not_begun
        )

    def _begun(self, _: Outreach) -> None:
        self.form.clear_form()
        self.reload()
        self.outreach_begun.emit()

    def _not_begun(self, error: AppError) -> None:
        self.form.say_wrong(sentence(error))

    @Slot()
    def _on_plan(self) -> None:
        if self._tonight is not None:
            self.plan_wanted.emit(self._tonight.outreach)

    @Slot(object)
    def _met(self, met: Met) -> None:
        self.sheet.leave()
        self.sheet.clear_form()
        self._wanted = met.meeting.id
        self.reload()
        self.youth_chosen.emit(met.youth.id, met.meeting.id)
        self.youth_met.emit()

    @Slot(object, object)
    def _on_row_chosen(self, youth: YouthId, meeting: MeetingId) -> None:
        self._wanted = meeting
        self.youth_chosen.emit(youth, meeting)

    def _lay_out(self) -> None:
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(self._stack)
        row.addWidget(Rule("v"))
        for parts in ((self.form,), (self.card, self.people)):
            self._stack.addWidget(_page(*parts))


def _page(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(10, 18, 10, 8)
    column.setSpacing(14)
    for part in parts:  # the last takes what the others leave
        column.addWidget(part, 1 if part is parts[-1] else 0)
    return page
