"""Somebody without a name gets an alias, or turns out to be somebody met before."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.people_errors import CannotMerge
from desktop.services import growing, merging
from desktop.services.youths import YouthFile
from i18n import tr
from ui.merging_words import why_words
from ui.messages import sentence
from ui.people import age_words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet
from ui.youths.agreeing import Agreeing
from ui.youths.new_alias import NewAlias


class GrowingSheet(Sheet):
    """An alias is typed, or somebody met before is chosen; then the answer is asked for."""

    leaving = Signal(object)
    """What is on this young person's page is about to move, or to go."""
    grown = Signal(object, bool)
    """As whom they are kept now, and whether a sweep has to follow."""

    def __init__(self, tasks: Tasks, window: QWidget, is_saved: Callable[[], bool]) -> None:
        """Be ready over the window; `is_saved` tells of the page under it."""
        super().__init__(window, tr("Give an alias"), tr("Close"), 660)
        self.setObjectName("growing")
        self._tasks, self._is_saved = tasks, is_saved
        self._file: YouthFile | None = None
        self._known: Youth | None = None
        self.naming, self.agreeing = NewAlias(tasks), Agreeing()
        self.alias, self.known = self.naming.alias, self.naming.known
        self.chosen = wrapped("", "body", "text")
        self.other_button = Button(tr("A new alias instead"), "quiet", "undo-2").sized("small")
        self.problem = wrapped("", "caption", "danger")
        self.keep_button = Button(tr("Keep"), "primary", pressed=self._on_keep)
        self.keep_button.setObjectName("keep_alias")
        self._lay_out()
        self.naming.entered.connect(self._on_keep)
        self.naming.resized.connect(self.fit)
        self.known.chosen.connect(self._on_known)
        self.agreeing.changed.connect(self._on_answer)
        self.other_button.clicked.connect(self._on_other)

    def begin(self, file: YouthFile) -> None:
        """Show it for somebody who has no alias yet."""
        self._file = file
        self.naming.show_nameless(file.youth)
        self.agreeing.hide()
        self.keep_button.setEnabled(True)
        self._on_other()
        youth = file.youth.id
        self._tasks.run(lambda vault: growing.has_words(vault, youth), self._on_words)
        self.open(self.alias.edit)

    def half_said(self) -> tuple[YouthId, dict[str, str]] | None:
        """Return about whom it is open, and what is typed so far; None while it is closed."""
        if self._file is None or self.isHidden():
            return None
        return self._file.youth.id, self.naming.typed()

    def _on_words(self, has_words: bool) -> None:
        if has_words and self._file is not None:
            self.agreeing.ask_about(self._file.youth.alias)
        self._on_answer()

    @Slot(object)
    def _on_known(self, youth: Youth) -> None:
        self._known = youth
        words = tr(
            "This meeting is put to {alias} ({age}), whom you met before.",
            alias=youth.alias,
            age=age_words(youth.age),
        )
        self.chosen.setText(words)
        self._show_way(is_known=True)
        self.keep_button.setFocus()

    @Slot()
    def _on_other(self) -> None:
        self._known = None
        self._show_way(is_known=False)
        self.alias.edit.setFocus()

    def _show_way(self, *, is_known: bool) -> None:
        self.say_wrong("")
        self.naming.setVisible(not is_known)
        self.chosen.setVisible(is_known)
        self.other_button.setVisible(is_known)
        self._on_answer()

    @Slot()
    def _on_answer(self) -> None:
        is_no = self.agreeing.agreed() is False and not self.agreeing.isHidden()
        self.keep_button.say(tr("Destroy it, and go on") if is_no else tr("Keep"))
        self.say_wrong("")

    def say_wrong(self, words: str) -> None:
        """Say why it was not done."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.fit()

    @Slot()
    def _on_keep(self) -> None:
        QGuiApplication.inputMethod().commit()
        wrong = self._wrong()
        self.say_wrong(wrong)
        if wrong or self._file is None or not self.keep_button.isEnabled():
            return
        self.keep_button.setEnabled(False)
        youth, moment = self._file.youth.id, self._tasks.moment()
        agreed = None if self.agreeing.isHidden() else self.agreeing.agreed()
        known, told = self._known, None if self._known else self.naming.told()
        kept, is_gone = known.id if known else youth, agreed is False
        if known or is_gone:
            self.leaving.emit(youth)
        self._tasks.run(
            lambda vault: (
                growing.get_to_know(vault, youth, told, moment, agreed)
                if told
                else merging.merge(vault, youth, kept, moment, agreed)
            ),
            lambda is_over: self._on_grown(kept, is_gone=is_gone or bool(is_over)),
            self._on_failed,
        )

    def _wrong(self) -> str:
        if not self._known and self.naming.wrong():
            return self.naming.wrong()
        if self.agreeing.is_open():
            return tr("Ask them, and choose one of the two answers.")
        if not self._is_saved():
            return tr("What is on the page is not kept yet. Close this and look at the note.")
        return ""

    def _on_grown(self, kept: YouthId, *, is_gone: bool) -> None:
        self.leave()
        self.grown.emit(kept, is_gone)

    def _on_failed(self, error: AppError) -> None:
        if self._file is not None:  # its page was let go
            self.grown.emit(self._file.youth.id, False)
        self.keep_button.setEnabled(True)
        self.say_wrong(why_words(error) if isinstance(error, CannotMerge) else sentence(error))

    def _lay_out(self) -> None:
        instead = QHBoxLayout()
        instead.addWidget(self.other_button)
        instead.addStretch()
        self.body.addWidget(self.naming)
        self.body.addWidget(self.chosen)
        self.body.addLayout(instead)
        self.body.addWidget(self.agreeing)
        self.body.addWidget(self.problem)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(Button(tr("Close"), "quiet", pressed=self.leave))
        self.foot.addWidget(self.keep_button)
