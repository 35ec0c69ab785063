"""What was told without a consent: the ledger that the organisation must keep, as it stands."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.disclosures import Entry
from desktop.errors import AppError
from desktop.services import ledger
from i18n import formats, ntr, tr
from ui import messages
from ui.keeping import ledger_words as words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped
from ui.widgets.rows import Cells, Columns, RowList
from ui.widgets.sheet import Sheet

_HIGH, _PAGE = 340, 30
_Found = tuple[int, tuple[Entry, ...]]


class LedgerSheet(Sheet):
    """Lists the newest, a page at a time; no line names the young person or who reported."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Told without a consent"), tr("Close"), width=860)
        self.setObjectName("ledger-sheet")
        self._tasks, self._most = tasks, _PAGE
        self.lead, self.how = wrapped(""), wrapped("", "caption", "text2")
        self.empty = wrapped(
            tr("Nothing has been told without a consent from this laptop."), "body", "text3"
        )
        self.list = RowList(tr("Told without a consent, newest first"), Columns(3), _HIGH)
        self.list.setObjectName("ledger-list")
        self.more_button = Button(tr("Show more"), "plain", pressed=self._on_more)
        self.more_button.setObjectName("ledger-more")
        self.save_button = Button(tr("Save as file…"), "plain", "file-text", pressed=self._on_save)
        self.save_button.setObjectName("ledger-save")
        self.notice = Notice("circle-check", "", "ok")
        self._lay_out()

    def begin(self) -> None:
        """Ask for the newest, then show them."""
        self._most = _PAGE
        self.notice.hide()
        self._ask()

    def _ask(self) -> None:
        most = self._most
        self._tasks.run(lambda vault: ledger.page(vault, most), self._show)

    def _show(self, found: _Found) -> None:
        count, entries = found
        was_open, has_any = self.isVisible(), bool(entries)
        self.lead.setText(_lead(count))
        self.list.show_rows(tuple(map(_row, entries)))
        self.how.setText(_how(entries))
        for part in (self.lead, self.list, self.how, self.save_button):
            part.setVisible(has_any)
        self.empty.setVisible(not has_any)
        self.more_button.setVisible(count > len(entries))
        if not was_open:
            self.open(self.list if has_any else self.close_button)
        elif not self.more_button.isVisible():
            self.list.setFocus()  # the button that was pressed is gone
        self.fit()

    @Slot()
    def _on_more(self) -> None:
        self._most += _PAGE
        self._ask()

    @Slot()
    def _on_save(self) -> None:
        day = f"{self._tasks.moment().now:%Y-%m-%d}"
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save the ledger as a file"), f"bammajung-ledger-{day}.csv", "CSV (*.csv)"
        )
        if chosen:
            file, wording = Path(chosen), words.wording()
            self.save_button.setEnabled(False)
            self._tasks.run(
                lambda vault: ledger.save(vault, file, wording),
                lambda _: self._say("circle-check", tr("Saved as {file}.", file=file.name), "ok"),
                self._on_failed,
            )

    def _on_failed(self, error: AppError) -> None:
        self._say("circle-alert", messages.sentence(error), "danger")

    def _say(self, icon: str, words: str, tone: str) -> None:
        self.save_button.setEnabled(True)
        self.notice.show_words(icon, words, tone)
        self.notice.show()
        self.fit()

    def _lay_out(self) -> None:
        self.body.setSpacing(12)
        for part in (self.lead, self.empty, self.list):
            self.body.addWidget(part)
        self.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.how)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch()


def _row(entry: Entry) -> Cells:
    why = f"{words.purpose(entry.purpose)} · {entry.ground.article}"
    return formats.day_and_clock(entry.at), entry.recipient_name, f"{why}\n{words.items(entry)}"


def _lead(count: int) -> str:
    return ntr(
        "{n} record was told without a consent from this laptop. The line stays, nameless.",
        "{n} records were told without a consent from this laptop. The lines stay, nameless.",
        count,
    )


def _how(entries: tuple[Entry, ...]) -> str:
    said = [words.form(each) for each in sorted({entry.form for entry in entries})]
    said += [words.limits(each) for each in sorted({entry.limits for entry in entries})]
    return " ".join(said)
