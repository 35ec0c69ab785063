"""What stands above a referral that was sent: a draft in short, and which referral it is."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.agencies import Agency
from desktop.domain.ids import AgencyId
from desktop.domain.referrals import Draft, Tracking
from desktop.services import agencies
from i18n import formats, tr
from ui.referrals.facts import name_of
from ui.tasks import Tasks
from ui.widgets.elided import Elided
from ui.widgets.labels import Pill, Rule, text


class BegunPart(QWidget):
    """To whom a draft is, on one line."""

    def __init__(self, tasks: Tasks) -> None:
        """Be empty."""
        super().__init__()
        self._tasks = tasks
        self._wanted: AgencyId | None = None
        self.agency = Elided(text("", "body", "text"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.agency)

    def show_draft(self, draft: Draft) -> None:
        """Show to whom it is."""
        self._wanted = draft.agency
        self.agency.setText("" if draft.agency else tr("Not chosen yet"))
        if draft.agency:
            self._tasks.run(agencies.all, self._show_name)

    def _show_name(self, known: tuple[Agency, ...]) -> None:
        if self._wanted is not None:
            self.agency.setText(f"→ {name_of(self._wanted, known)}")


class WhichPart(QWidget):
    """When a referral was written; below a draft also how it stands, after a line."""

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__()
        self.rule, self.day, self.state = Rule(), text("", weight="semibold"), Pill()
        row = QHBoxLayout()
        row.addWidget(self.day)
        row.addStretch()
        row.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.rule)
        column.addLayout(row)

    def show_tracking(self, tracking: Tracking, *, is_below: bool) -> None:
        """Say of which day it is; `is_below` a draft, whose state stands in the title."""
        day = formats.short_day(tracking.referral.written_at)
        self.day.setText(tr("Referral of {day}", day=day))
        self.rule.setVisible(is_below)
        self.state.setVisible(is_below)
