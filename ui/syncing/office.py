"""The office's line at the sync button: shown only where the organisation keeps backups."""

from PySide6.QtCore import Signal, Slot

from i18n import tr
from ui.leaving import Leaving
from ui.office_part import OfficePart
from ui.widgets.card import Card


class SyncOffice(Card):
    """Hidden while the rule is off, or was never heard of."""

    resized = Signal()

    def __init__(self, leaving: Leaving) -> None:
        """Follow `leaving`."""
        super().__init__(margin=14)
        self.setProperty("card", "sunken")
        self.setAccessibleName(tr("At the hub of your organization"))
        self._leaving, self._is_on = leaving, _is_on(leaving)
        self.office = OfficePart(leaving)
        self.add(self.office)
        self.office.resized.connect(self.resized)
        leaving.changed.connect(self._show)
        if not self._is_on:  # shown while it lies in nothing, it would be a window of its own
            self.hide()

    @Slot()
    def ask(self) -> None:
        """Ask the hub how it stands: the rule may be another, and nothing be there (D-165)."""
        self._leaving.start()

    @Slot()
    def _show(self) -> None:
        was_on, self._is_on = self._is_on, _is_on(self._leaving)
        self.setVisible(self._is_on)
        if was_on != self._is_on:
            self.resized.emit()


def _is_on(leaving: Leaving) -> bool:
    standing = leaving.standing
    return standing is not None and standing.is_on is True
