"""Whether the organisation keeps sealed backups at its hub, and when the last one was left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n import formats, tr
from ui.leaving import Leaving
from ui.office_part import OfficePart
from ui.widgets.labels import text, wrapped

if TYPE_CHECKING:
    from desktop.services.office_backups import Standing


class OfficeRows(QWidget):
    """Every member sees the rule; where it is on, what is under way as well."""

    resized = Signal()

    def __init__(self, leaving: Leaving) -> None:
        """Follow `leaving`."""
        super().__init__()
        self.setObjectName("backup-office")
        self._leaving = leaving
        self.rule = wrapped("", "body", "text")
        self.last = wrapped("", "caption", "text2")
        self.office = OfficePart(leaving)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(text(tr("At the hub of your organization"), "body", weight="semibold"))
        for part in (self.rule, self.last, self.office):
            column.addWidget(part)
        self.office.resized.connect(self.resized)
        leaving.changed.connect(self._show)
        self._show()

    @Slot()
    def ask(self) -> None:
        """Ask the hub how it stands, beside everything."""
        self._leaving.start()

    @Slot()
    def _show(self) -> None:
        standing = self._leaving.standing
        is_on = standing is not None and standing.is_on is True
        before = self.rule.text()
        self.rule.setText(_rule_words(standing))
        # Where the newest is there, the line under the tick says so.
        self.last.setVisible(is_on and (standing is None or standing.is_due))
        self.last.setText(_last_words(standing))
        self.office.setVisible(is_on)
        if before != self.rule.text():
            self.resized.emit()


def _rule_words(standing: "Standing | None") -> str:
    if standing is None or standing.is_on is None:
        return tr("Not known yet. It shows here once this laptop has reached the hub.")
    if standing.is_on:
        return tr(
            "Your organization keeps sealed backups there, for the day a laptop is lost. Only "
            "your recovery code opens them: neither the hub nor an admin can."
        )
    return tr("Your organization keeps no backups there. Yours stay on this laptop and on sticks.")


def _last_words(standing: "Standing | None") -> str:
    if standing is None or standing.left_at is None:
        return tr("None of this laptop was left there yet.")
    time = formats.day_and_clock(standing.left_at)
    if standing.newest is None:
        return tr("What was left on {time} is not there any more. Tick the line below at your "
                  "center's office, and the newest goes there.", time=time)  # fmt: skip
    made = formats.day_and_clock(standing.newest.made_at)
    return tr(
        "Last left: {time}. It holds everything until {made} and opens with the recovery code of "
        "that day.", time=time, made=made)  # fmt: skip
