"""Changing tonight's plan: a body joined later, or the team went elsewhere."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.outreach import Outreach
from desktop.errors import AppError
from desktop.services import outreach
from desktop.services.outreach import Plan
from desktop.services.standing import partners_known
from i18n import tr
from ui.messages import sentence
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.sheet import Sheet
from ui.youths.plan_fields import PlanFields


class PlanSheet(Sheet):
    """The same lines that began the night."""

    changed = Signal()

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Change the plan"), tr("Close"), width=520)
        self.setObjectName("plan-sheet")
        self._tasks = tasks
        self._night: Outreach | None = None
        self.fields = PlanFields()
        self.keep_button = Button(tr("Keep the plan"), "primary", pressed=self._on_keep)
        self.keep_button.setObjectName("keep_plan")
        self.fields.entered.connect(self._on_keep)
        self.body.addWidget(self.fields)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(Button(tr("Close"), "quiet", pressed=self.leave))
        self.foot.addWidget(self.keep_button)

    def begin(self, night: Outreach) -> None:
        """Show what was planned."""
        self._night = night
        self._tasks.run(partners_known, self._show)

    def _show(self, bodies: tuple[str, ...]) -> None:
        night = self._night
        if night is not None:
            self.fields.partners.offer(bodies)
            self.fields.show_plan(Plan(night.place, night.route, night.team, night.partners))
            self.open(self.fields.place.edit)
            self.fit()

    @Slot()
    def _on_keep(self) -> None:
        plan, night, moment = self.fields.plan(), self._night, self._tasks.moment()
        if plan is not None and night is not None:
            self._tasks.run(
                lambda vault: outreach.change(vault, night.id, plan, moment),
                self._on_kept,
                self._on_failed,
            )

    def _on_kept(self, _: Outreach) -> None:
        self.leave()
        self.changed.emit()

    def _on_failed(self, error: AppError) -> None:
        self.fields.place.say_wrong(sentence(error))
