"""Before a night ends: what is not finished, and the numbers. It may end all the same."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import OutreachId
from desktop.services import nights, outreach
from desktop.services.nights import Review
from i18n import tr
from ui.nights import words
from ui.nights.counts import CountsTable
from ui.nights.loose_list import LooseList
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet


class ReviewSheet(Sheet):
    """One calm step: nothing has to be finished, and everything can be opened from here."""

    youth_chosen = Signal(object, object)
    outbox_wanted = Signal()
    contact_wanted = Signal()
    ended = Signal()

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Ending the night"), tr("Close"), width=620)
        self.setObjectName("review-sheet")
        self._tasks = tasks
        self._night: OutreachId | None = None
        self._is_half_typed = False
        self.lead = wrapped("", "body", "text2")
        self.left = Notice("circle-check", "", "ok")
        self.list = LooseList()
        self.list.opened.connect(self.leave)
        self.list.youth_chosen.connect(self.youth_chosen)
        self.list.outbox_wanted.connect(self.outbox_wanted)
        self.list.contact_wanted.connect(self.contact_wanted)
        self._numbers = text(tr("The numbers"), "body", weight="semibold")
        self.counts = CountsTable()
        self.promised = wrapped("", "caption", "text2")
        self.promised.setObjectName("night-promises")
        self.copy_button = Button(tr("Copy the numbers"), "plain", "copy", pressed=self._on_copy)
        self.copy_button.setObjectName("night-copy")
        self.on_button = Button(tr("Go on"), "quiet", pressed=self.leave)
        self.on_button.setObjectName("night-go-on")
        self.end_button = Button(tr("End the night"), "primary", pressed=self._on_end)
        self.end_button.setObjectName("end_outreach_yes")
        self.copied = text(tr("Copied, for half a minute"), "caption", "ok")
        self._lay_out()

    def begin(self, night: OutreachId, *, is_half_typed: bool = False) -> None:
        """Ask how a night stands, then show it: to end it, or to look at it again.

        `is_half_typed`: a new contact was not kept yet, which needs a night under way.
        """
        self._night, self._is_half_typed = night, is_half_typed
        self._ask(self._show)

    @Slot()
    def refresh(self) -> None:
        """Show the numbers as they are now: keys count also while this stands open."""
        if self.isVisible():
            self._ask(self._fill)

    def _ask(self, then: Callable[[Review], None]) -> None:
        night, moment = self._night, self._tasks.moment()
        if night is not None:
            self._tasks.run(lambda vault: nights.review(vault, night, moment), then)

    def _show(self, review: Review) -> None:
        self._fill(review)
        is_over = review.night.outreach.ended_at is not None
        # While something is left, the harmless one: whoever presses Space twice has not looked.
        at_end = self.on_button if self.list.rows else self.end_button
        self.open(self.copy_button if is_over else at_end)
        self.fit()

    def _fill(self, review: Review) -> None:
        night, is_over = review.night, review.night.outreach.ended_at is not None
        self._name(tr("The night is over") if is_over else tr("Ending the night"))
        title = words.night_title(night)
        self.lead.setText(f"{title}\n{words.when(night)}" if is_over else title)
        self.list.show_review(review, is_half_typed=self._is_half_typed)
        count = len(self.list.rows)
        tone, icon = ("neutral", "list-checks") if count else ("ok", "circle-check")
        self.left.show_words(icon, words.left_words(count, is_over=is_over), tone)
        self.counts.show_counts(
            f"{title} · {words.when(night)}" if is_over else title, night.counts
        )
        self.promised.setText(words.promised_words(review.promised))
        self.promised.setVisible(bool(self.promised.text()))
        self.on_button.say(tr("Close") if is_over else tr("Go on"))
        self.end_button.setVisible(not is_over)
        self.end_button.setEnabled(True)
        self._order(is_over=is_over)
        self.copied.hide()

    def _order(self, *, is_over: bool) -> None:
        """What is left comes first before the end, and the numbers after it."""
        for at, part in enumerate(
            (self._numbers, self.counts, self.promised), 1 if is_over else 3
        ):
            self.body.removeWidget(part)
            self.body.insertWidget(at, part)

    def _name(self, title: str) -> None:
        self.title.setText(title)
        self.setAccessibleName(title)

    def _lay_out(self) -> None:
        for part in (self.lead, self.left, self.list, self._numbers, self.counts, self.promised):
            self.body.addWidget(part)
        self.body.addStretch()
        self.foot.addWidget(self.copy_button)
        self.foot.addWidget(self.copied)
        self.foot.addStretch()
        self.foot.addWidget(self.on_button)
        self.foot.addWidget(self.end_button)

    @Slot()
    def _on_copy(self) -> None:
        self.counts.copy()
        self.copied.show()

    @Slot()
    def _on_end(self) -> None:
        QGuiApplication.inputMethod().commit()
        night, moment = self._night, self._tasks.moment()
        if night is not None:
            self.end_button.setEnabled(False)
            self._tasks.run(lambda vault: outreach.end(vault, night, moment), self._on_ended)

    def _on_ended(self, _: None) -> None:
        self.ended.emit()
        self._ask(self._show_over)

    def _show_over(self, review: Review) -> None:
        self._fill(review)
        self.copy_button.setFocus()
        self.fit()
