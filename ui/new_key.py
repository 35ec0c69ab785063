"""An agency's new key, shown before its first use: who, since when, and six words to compare."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.domain.ids import AgencyId
from desktop.errors import AppError
from desktop.services import agency_keys
from desktop.services.agency_keys import KeyChange
from i18n import formats, tr
from ui.tasks import Tasks
from ui.widgets.compared import ComparedSteps
from ui.widgets.labels import IconLabel, wrapped
from ui.widgets.six_words import SixWordsPart


class NewKey(QFrame):
    """Hidden while nothing changed; a person says that the words are the same, in two steps."""

    changed = Signal(bool)
    """Whether something has to be compared first."""
    failed = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        """Show nothing yet."""
        super().__init__()
        self._tasks = tasks
        self._agency: AgencyId | None = None
        self.shown: KeyChange | None = None
        self.setProperty("notice", "warn")
        self.title = IconLabel("key-round", "", "warn_text")
        self.lead = wrapped("", "body", "text")
        self.words = SixWordsPart()
        self.steps = ComparedSteps("key")
        self.compared_button, self.use_button = self.steps.compared_button, self.steps.use_button
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        for part in (self.title, self.lead, self.words, self.steps):
            column.addWidget(part)
        self.steps.agreed.connect(self._on_use)
        self.hide()

    def look_at(self, agency: AgencyId) -> None:
        """Ask whether this agency has another key than the one last used."""
        self._show(None)
        self._agency = agency
        self._tasks.run(
            lambda vault: agency_keys.change(vault, agency),
            lambda change: self._show(change) if self._agency == agency else None,
            self._fail,
        )

    def clear(self) -> None:
        """Show nothing: the letter it was about is not in front any more."""
        self._agency = None
        self._show(None)

    def _show(self, change: KeyChange | None) -> None:
        self.shown = change
        self.setVisible(change is not None)
        if change is None:
            self.changed.emit(False)
            return
        self.title.show_words(
            "key-round",
            tr("{agency} has a new key, since {day}.", agency=change.agency_name,
               day=formats.short_day(change.since)),
            "warn_text",
        )  # fmt: skip
        self.setAccessibleName(self.title.label.text())
        self.lead.setText(tr("Call the number you know and compare these six words. If they are "
                             "not the same, do not send."))  # fmt: skip
        self.words.show_words(change.words)
        self.steps.begin()
        self.changed.emit(True)

    @Slot()
    def _on_use(self) -> None:
        shown, moment = self.shown, self._tasks.moment()
        if shown is not None:
            self._tasks.run(
                lambda vault: agency_keys.confirm(vault, shown, moment),
                lambda _: self._show(None),
                self._fail,
            )

    def _fail(self, error: AppError) -> None:
        self.failed.emit(error)
