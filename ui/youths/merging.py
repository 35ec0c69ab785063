"""Two records that turned out to be one person: side by side, then together; and parted again."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.people_errors import CannotMerge
from desktop.services import merging
from desktop.services.merging import Side
from desktop.services.youths import YouthFile
from i18n import tr
from ui.merging_words import why_words
from ui.messages import sentence
from ui.met_before import KnownBefore
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet
from ui.youths.parting import Parting
from ui.youths.sides import Sides


class MergingSheet(Sheet):
    """Find the other record, look at both, say which one stays. It can be undone here, too."""

    leaving = Signal(object)
    """What is on this young person's page is about to move."""
    grown = Signal(object, bool)
    """As whom they are kept now, and whether a sweep has to follow."""

    def __init__(self, tasks: Tasks, window: QWidget, is_saved: Callable[[], bool]) -> None:
        """Be ready over the window; `is_saved` tells of the page under it."""
        super().__init__(window, tr("Put together or part"), tr("Close"), 600)
        self.setObjectName("merging")
        self._tasks, self._is_saved = tasks, is_saved
        self._file: YouthFile | None = None
        self.lead = wrapped("")
        self.other = Field(tr("The other record"), tr("An alias, or its first consonants"))
        self.other.edit.setObjectName("merge_find")
        self.known, self.sides, self.parting = KnownBefore(tasks), Sides(), Parting()
        self.problem = wrapped("", "caption", "danger")
        self.merge_button = Button(tr("Put together"), "primary", pressed=self._on_merge)
        self.merge_button.setObjectName("merge-act")
        self._lay_out()
        self.other.changed.connect(self.known.look_for)
        self.known.chosen.connect(self._on_chosen)
        self.sides.changed.connect(self._on_changed)
        self.parting.wanted.connect(self._on_part)
        for grows in (self.known.changed, self.sides.resized):
            grows.connect(self.fit)

    def begin(self, file: YouthFile) -> None:
        """Show it for whoever is in front."""
        self._file = file
        self.lead.setText(
            tr("Is {alias} somebody you keep a second record of?", alias=file.youth.alias)
        )
        self.parting.show_merged(file.youth, file.merged)
        self.other.edit.clear()
        self.other.show()
        self.sides.clear()
        self._rest()
        self.open(self.other.edit)

    def say_wrong(self, words: str) -> None:
        """Say why it was not done."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.fit()

    def _rest(self) -> None:
        self.merge_button.setEnabled(not self.sides.isHidden())
        self.say_wrong("")

    @Slot(object)
    def _on_chosen(self, youth: Youth) -> None:
        if self._file is None:
            return
        pair, moment = (self._file.youth.id, youth.id), self._tasks.moment()
        if pair[0] == pair[1]:
            self.say_wrong(why_words(CannotMerge("same-person")))
            return
        self._tasks.run(
            lambda vault: merging.compare(vault, pair, moment), self._on_compared, self._on_failed
        )

    def _on_compared(self, found: tuple[Side, Side]) -> None:
        for part in (self.other, self.known, self.parting):
            part.hide()
        self.sides.compare(found)
        self._rest()
        self.sides.keeps.buttons["0"].setFocus()

    @Slot()
    def _on_changed(self) -> None:
        self._rest()

    @Slot()
    def _on_merge(self) -> None:
        wrong = self.sides.wrong()
        if not wrong:
            wrong = self._unsaved()
        self.say_wrong(wrong)
        if wrong or self._file is None or not self.merge_button.isEnabled():
            return
        (kept, other), agreed = self.sides.kept_and_other(), self.sides.agreed()
        self._begin(self._file.youth.id)
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: merging.merge(vault, other, kept, moment, agreed),
            lambda _: self._on_done(kept, is_gone=agreed is False),
            self._on_failed,
        )

    @Slot(object)
    def _on_part(self, other: YouthId) -> None:
        wrong = self._unsaved()
        self.say_wrong(wrong)
        if self._file is None or wrong:
            return
        self._begin(self._file.youth.id)
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: merging.part(vault, other, moment),
            lambda kept: self._on_done(kept, is_gone=False),
            self._on_failed,
        )

    def _unsaved(self) -> str:
        if self._is_saved():
            return ""
        return tr("What is on the page is not kept yet. Close this and look at the note.")

    def _begin(self, youth: YouthId) -> None:
        self.merge_button.setEnabled(False)
        self.leaving.emit(youth)

    def _on_done(self, kept: YouthId, *, is_gone: bool) -> None:
        self.leave()
        self.grown.emit(kept, is_gone)

    def _on_failed(self, error: AppError) -> None:
        if self._file is not None:  # its page was let go
            self.grown.emit(self._file.youth.id, False)
        self._rest()
        self.say_wrong(why_words(error) if isinstance(error, CannotMerge) else sentence(error))

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(14)
        parts: tuple[QWidget, ...] = (
            self.parting, self.lead, self.other, self.known, self.sides, self.problem,
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
        self.body.addLayout(column)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(Button(tr("Close"), "quiet", pressed=self.leave))
        self.foot.addWidget(self.merge_button)
