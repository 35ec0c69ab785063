"""Past nights by month: what a centre reports, to copy or to save as a file."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.domain.nights import Month
from desktop.errors import AppError
from desktop.services import nights
from desktop.services.nights import MonthPage
from i18n import tr
from ui import messages
from ui.nights import words
from ui.nights.counts import CountsTable
from ui.nights.month_list import MonthList
from ui.tasks import Tasks
from ui.widgets.buttons import Button, icon_button
from ui.widgets.card import Notice
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet


class PastSheet(Sheet):
    """Asks for the nights of one month at a time."""

    night_chosen = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Earlier nights"), tr("Close"), width=760)
        self.setObjectName("past-sheet")
        self._tasks = tasks
        self._page: MonthPage | None = None
        self.earlier = icon_button("chevron-left", tr("The month before"), self._on_earlier)
        self.later = icon_button("chevron-right", tr("The month after"), self._on_later)
        self.month = text("", "note", weight="semibold")
        self.list = MonthList()
        self.empty = wrapped(tr("No night in this month."), "body", "text3")
        self.star = wrapped(
            tr("* Nobody ended it; it was closed with its last entry."), "caption", "text3"
        )
        self.counts = CountsTable()
        self.notice = Notice("circle-check", "", "ok")
        self.copy_button = Button(tr("Copy the numbers"), "plain", "copy", pressed=self._on_copy)
        self.save_button = Button(
            tr("Save the month as a file…"), "plain", "file-text", pressed=self._on_save
        )
        self.list.selectionModel().currentChanged.connect(self._on_row)
        self.list.activated.connect(self._on_activated)
        self._lay_out()

    def begin(self) -> None:
        """Show the month that is now."""
        self._ask(nights.this_month(self._tasks.moment().now))

    def _ask(self, month: Month) -> None:
        now = self._tasks.moment().now
        self._tasks.run(lambda vault: nights.month(vault, month, now), self._show)

    def _show(self, page: MonthPage) -> None:
        was_open = self.isVisible()
        self._page = page
        self.month.setText(words.month_title(page.month))
        self.list.show_page(page)
        for part in (self.counts, self.copy_button, self.save_button):
            part.setVisible(bool(page.nights))
        self.empty.setVisible(not page.nights)
        self.star.setVisible(any(night.was_forgotten for night in page.nights))
        goes_on = {self.earlier: page.has_earlier, self.later: page.has_later}
        # A button that becomes disabled keeps no keyboard.
        is_last = any(button.hasFocus() and not more for button, more in goes_on.items())
        for button, more in goes_on.items():
            button.setEnabled(more)
        self.notice.hide()
        if not was_open:
            self.open(self.list if page.nights else self.close_button)
        elif is_last:
            (self.list if page.nights else self.close_button).setFocus()
        self.fit()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        page = self._page
        if page is None or not now.isValid():
            return
        if now.row() == 0:
            self.counts.show_counts(words.month_title(page.month), page.total)
        else:
            night = page.nights[now.row() - 1]
            title = f"{words.night_title(night)} · {words.when(night)}"
            self.counts.show_counts(title, night.counts)
        self.notice.hide()
        self.fit()

    @Slot(QModelIndex)
    def _on_activated(self, row: QModelIndex) -> None:
        if self._page is not None and row.row() > 0:
            self.leave()
            self.night_chosen.emit(self._page.nights[row.row() - 1].outreach.id)

    @Slot()
    def _on_earlier(self) -> None:
        if self._page is not None:
            self._ask(self._page.month.moved(-1))

    @Slot()
    def _on_later(self) -> None:
        if self._page is not None:
            self._ask(self._page.month.moved(1))

    @Slot()
    def _on_copy(self) -> None:
        self.counts.copy()
        self._say(tr("Copied, for half a minute. No name of a person is in it."))

    @Slot()
    def _on_save(self) -> None:
        page = self._page
        if page is None:
            return
        month = page.month
        name = f"bammajung-{month.year}-{month.number:02}.csv"
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save the month as a file"), name, "CSV (*.csv)"
        )
        if chosen:
            file, heads = Path(chosen), words.heads()
            self._tasks.run(
                lambda _: nights.save(file, page, heads),
                lambda _: self._say(tr("Saved as {name}.", name=file.name)),
                self._on_failed,
            )

    def _on_failed(self, error: AppError) -> None:
        self._say(messages.sentence(error), is_problem=True)

    def _say(self, said: str, *, is_problem: bool = False) -> None:
        looks = ("circle-alert", said, "danger") if is_problem else ("circle-check", said, "ok")
        self.notice.show_words(*looks)
        self.notice.show()
        self.fit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (self.earlier, self.month, self.later):
            head.addWidget(part)
        head.addStretch()
        self.earlier.setObjectName("month-earlier")
        self.later.setObjectName("month-later")
        self.copy_button.setObjectName("month-copy")
        self.save_button.setObjectName("month-save")
        self.body.addLayout(head)
        for shown in (self.list, self.empty, self.star, self.counts, self.notice):
            self.body.addWidget(shown)
        self.body.addStretch()
        self.foot.addWidget(self.copy_button)
        self.foot.addWidget(self.save_button)
        self.foot.addStretch()
