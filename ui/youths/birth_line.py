"""A birth date, where it was told: it says an age and is kept nowhere."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit

from desktop.domain.ages import Age
from desktop.domain.birth_dates import age_of
from desktop.errors import AppError
from i18n import tr
from ui.messages import sentence
from ui.widgets.labels import repaint


class BirthLine(QLineEdit):
    """Says by `read` what came of it: an age, or nothing where `wrong` says why."""

    read = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        """Be empty; `today` is asked when something is typed."""
        super().__init__()
        self._today = today
        self.wrong, self._age = "", Age.unknown()
        self.setObjectName("birth_date")
        self.setAccessibleName(tr("Birth date, if it was told"))
        self.setPlaceholderText(tr("or birth date"))
        self.setToolTip(tr("Like 2010-03-05. It only says the age, and is not kept."))
        self.textChanged.connect(self._on_changed)

    def yield_to(self, years: int) -> None:
        """Be empty again where a number says otherwise: what was said last counts."""
        if self.text() and self._age != Age.stated(years):
            self.clear()

    @Slot(str)
    def _on_changed(self, typed: str) -> None:
        self.wrong, self._age = "", Age.unknown()
        try:
            if typed.strip():
                self._age = age_of(typed, self._today())
        except AppError as error:
            self.wrong = sentence(error)
        repaint(self, wrong="true" if self.wrong else "false")
        self.setAccessibleDescription(self.wrong)
        self.read.emit(self._age)
