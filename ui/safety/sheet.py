"""The safety plan over the window: one keystroke away, kept as it is typed."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.safety import PLAN_LIMIT, Plan
from desktop.domain.text import checked
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import safety
from i18n import formats, tr
from ui.messages import sentence
from ui.retrying import Retry
from ui.safety.boxes import StepBoxes
from ui.safety.reading import ReadingPart
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.labels import repaint, wrapped
from ui.widgets.segmented import Choice, Segmented
from ui.widgets.sheet import Sheet

_PAUSE = 600
"""Milliseconds after the last key until it is kept."""
_WRITE, _READ = "write", "read"


class PlanSheet(Sheet):
    """Writes the plan that counts; shows earlier ones for reading only."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Safety plan"), tr("Close"), width=760)
        self.setObjectName("plan-sheet")
        self._tasks = tasks
        self._youth: YouthId | None = None
        self._plans: tuple[Plan, ...] = ()
        self._is_dirty = False
        self.way = Segmented(tr("Safety plan"), _ways())
        self.earlier = QComboBox()
        self.earlier.setObjectName("plan-versions")
        self.earlier.setAccessibleName(tr("Versions"))
        self.boxes, self.reading = StepBoxes(), ReadingPart()
        self.state = wrapped("", "caption", "text2")
        self.state.setObjectName("plan-state")
        self.done_button = Button(tr("Done"), "primary", "check", pressed=self.leave)
        self.done_button.setObjectName("plan-done")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._retry = Retry(self, self.keep)
        self._lay_out()
        self._timer.timeout.connect(self.keep)
        self.boxes.changed.connect(self._on_typed)
        self.way.chosen.connect(self._on_way)
        self.earlier.activated.connect(self._on_version)

    def begin(self, youth: Youth) -> None:
        """Ask for somebody's plan and show it: to read when there is one, else to write."""
        self._youth, self._is_dirty = youth.id, False
        self.title.setText(tr("Safety plan of {alias}", alias=youth.alias))
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: safety.plans(vault, youth.id, moment), self._show)

    @Slot()
    def keep(self) -> None:
        """Keep what is written now."""
        self._timer.stop()
        words = self.boxes.words()
        if self._youth is None or not self._is_dirty:
            return
        self._is_dirty = False
        youth, moment = self._youth, self._tasks.moment()
        self._tasks.run(
            lambda vault: safety.keep(vault, youth, words, moment), self._on_kept, self._on_failed
        )

    def rescue(self) -> None:
        """At lock: keep every word; a resident number is blotted out."""
        words = self.boxes.words()
        if self._youth is None or not self._is_dirty:
            return
        youth, moment = self._youth, self._tasks.moment()
        self._tasks.run(lambda vault: safety.rescue(vault, youth, words, moment), lambda _: None)

    def let_go(self, youth: YouthId) -> None:
        """Keep nothing of somebody who is about to be destroyed."""
        if youth == self._youth:
            self._timer.stop()
            self._youth, self._is_dirty = None, False
            self.boxes.show_words({})
            self.reading.show_words({})
            self.hide()

    def may_close(self) -> bool:
        """Close when every word can be kept."""
        try:
            for words in self.boxes.words().values():
                checked(words, PLAN_LIMIT)
        except AppError as error:
            self._say(sentence(error), "danger")
            return False
        self.keep()
        return True

    def _show(self, plans: tuple[Plan, ...]) -> None:
        self._plans = plans
        is_there = bool(plans) and not plans[0].is_empty
        self.boxes.show_words(plans[0].words if plans else {})
        self._show_versions()
        self.way.choose(_READ if is_there else _WRITE)
        self._on_way(self.way.key())
        self._say(tr("Kept as it is typed, encrypted on this device."), "text2")
        self.open(self.reading if is_there else next(iter(self.boxes.boxes.values())))

    def _show_versions(self) -> None:
        self.earlier.clear()
        for number, plan in enumerate(self._plans):
            when = formats.day_and_clock(plan.kept_at)
            self.earlier.addItem(tr("Now · {when}", when=when) if number == 0 else when)
        self.earlier.setVisible(len(self._plans) > 1)

    @Slot(str)
    def _on_way(self, way: str) -> None:
        is_reading = way == _READ
        if is_reading:
            self.earlier.setCurrentIndex(0)
            self.reading.show_words(self.boxes.words())
        self.boxes.setVisible(not is_reading)
        self.reading.setVisible(is_reading)
        self.fit()

    @Slot(int)
    def _on_version(self, number: int) -> None:
        shown = self._plans[number].words if number else self.boxes.words()
        self.way.choose(_READ)
        self.boxes.hide()
        self.reading.show_words(shown)
        self.reading.show()
        self.fit()

    @Slot()
    def _on_typed(self) -> None:
        self._is_dirty = True
        self._timer.start()

    def _on_kept(self, plan: Plan | None) -> None:
        if plan is None or plan.youth != self._youth:
            return
        older = self._plans[1:] if self._plans and self._plans[0].id == plan.id else self._plans
        self._plans = (plan, *older)
        self._show_versions()
        if not self._is_dirty:
            self._say(tr("Kept {when}", when=formats.clock_with_seconds(plan.kept_at)), "ok")

    def _on_failed(self, error: AppError) -> None:
        self._is_dirty = True
        self._say(self._retry.after(error), "danger")
        if self.isHidden():
            self.open(self.done_button)

    def _say(self, words: str, tone: str) -> None:
        self.state.setText(words)
        repaint(self.state, tone=tone)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.way)
        top.addStretch()
        top.addWidget(self.earlier)
        self.body.addLayout(top)
        self.body.addWidget(self.boxes)
        self.body.addWidget(self.reading)
        self.body.addStretch()
        self.foot.addWidget(self.state, 1)
        self.foot.addWidget(self.done_button)


def _ways() -> tuple[Choice, ...]:
    return (
        Choice(_WRITE, tr("Write"), "notebook-pen"),
        Choice(_READ, tr("Read together"), "eye"),
    )
