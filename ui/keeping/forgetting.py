"""A young person asks to be forgotten (PIPA 36, 37): what it means, two steps, what came of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import retention
from desktop.services.retention import Erasing
from i18n import tr
from ui.keeping.forget_pages import MeaningPage, OutcomePage, SurePage
from ui.keeping.upkeep import Upkeep
from ui.tasks import Tasks
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from desktop.services.backups import Vault


class ForgetSheet(Sheet):
    """`destroying` comes before anything is gone, `changed` after."""

    destroying = Signal(object)
    changed = Signal()

    def __init__(self, tasks: Tasks, upkeep: Upkeep, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Asked to be forgotten"), tr("Close"), width=600)
        self.setObjectName("forget-sheet")
        self._tasks, self._upkeep = tasks, upkeep
        self._about: tuple[Youth, Erasing] | None = None
        self._is_busy = self._is_cleaning = self._was_another = False
        self.meaning, self.sure, self.outcome = MeaningPage(), SurePage(), OutcomePage()
        self._lay_out()
        self.sure.decided.connect(self._on_decided)
        upkeep.done.connect(self._on_upkeep)

    def begin(self, youth: Youth) -> None:
        """Ask what stands in the way, then show what it means."""
        now = self._tasks.moment().now

        def foreseen(vault: "Vault") -> tuple[Erasing, bool]:
            from desktop.services import office_backups

            standing = retention.foreseen(vault, youth.id, now)
            return standing, office_backups.left_as_another(vault)

        self._tasks.run(foreseen, lambda found: self._show_meaning(youth, *found))

    def may_close(self) -> bool:
        """Stay until it is said what came of it."""
        return not self._is_busy

    def _show_meaning(self, youth: Youth, standing: Erasing, was_another: bool) -> None:
        if self._is_busy:
            return
        self._about, self._was_another = (youth, standing), was_another
        self._is_cleaning = False
        self.meaning.show_youth(youth, standing, was_another=was_another)
        self.sure.show_youth(youth, standing)
        self._show(self.meaning)

    def _show(self, page: QWidget) -> None:
        for each in (self.meaning, self.sure, self.outcome):
            each.setVisible(each is page)
        first = self.close_button if page is self.outcome else page
        if self.isVisible():
            self.fit()
            first.setFocus()
        else:
            self.open(first)

    @Slot()
    def _on_went_on(self) -> None:
        self._show(self.sure)

    @Slot()
    def _on_back(self) -> None:
        if self._about is not None:
            self.sure.show_youth(*self._about)
        self._show(self.meaning)

    @Slot()
    def _on_decided(self) -> None:
        if self._about is None:
            return
        youth, moment = self._about[0].id, self._tasks.moment()
        self._is_busy = True
        self.destroying.emit(youth)
        self._tasks.run(
            lambda vault: retention.erase(vault, youth, moment), self._on_erased, self._on_failed
        )

    def _on_erased(self, done: Erasing) -> None:
        self._is_busy, self._about = False, None
        self._is_cleaning = done.is_complete
        self.outcome.show_outcome(done, was_another=self._was_another)
        self._show(self.outcome)
        self._upkeep.look()
        self.changed.emit()

    def _on_failed(self, error: AppError) -> None:
        # A part of it may be done; a second time goes on from there.
        self._is_busy = False
        self.sure.say_failed(error)
        self.changed.emit()

    @Slot(object, bool)
    def _on_upkeep(self, _: object, is_clean: bool) -> None:
        if not self._is_cleaning:
            return
        self._is_cleaning = not is_clean
        if is_clean:
            words = tr("It is destroyed, and gone from the file and the backups on this laptop.")
            self.outcome.notice.show_words("circle-check", words, "ok")
        else:
            words = tr("It is destroyed. Cleaning the backups goes on by itself a little later.")
            self.outcome.notice.show_words("hourglass", words, "info")
        self.fit()

    def _lay_out(self) -> None:
        for page in (self.meaning, self.sure, self.outcome):
            self.body.addWidget(page)
        self.body.addStretch()
        self.meaning.went_on.connect(self._on_went_on)
        self.meaning.back_wanted.connect(self.leave)
        self.sure.back_wanted.connect(self._on_back)
        self.sure.resized.connect(self.fit, Qt.ConnectionType.QueuedConnection)
