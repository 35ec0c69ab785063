"""Somebody calls with the number of their slip: what it leads to, and ending it here."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import ConsentId
from desktop.errors import AppError
from desktop.services import elsewhere, slips
from desktop.services.elsewhere import Called, Numbered
from i18n import tr
from ui.consents.numbered_row import NumberedRow
from ui.messages import sentence
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.in_place import filled, keyboard_at, keyboard_to
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet


class NumberedSheet(Sheet):
    """Whoever calls is asked for the number and for nothing else."""

    withdrawn, sync_wanted = Signal(), Signal()
    ours_found = Signal(object)
    """Whose consent it is: this laptop asked for it."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Somebody called with a number"), tr("Close"), width=600)
        self.setObjectName("numbered-sheet")
        self._tasks = tasks
        self._typed, self._found = "", Numbered()
        self.lead = wrapped(
            tr("The number on their slip is enough. Please ask for no name and no reason."),
            "body", "text2",
        )  # fmt: skip
        hint = tr("Three groups of four: digits, and letters from A to F.")
        self.field = Field(tr("Number on the slip"), hint)
        self.look_button = Button(tr("Look it up"), "primary", "search", pressed=self._on_look)
        self.look_button.setObjectName("numbered-look")
        self.notice = Notice("info", "", "info")
        self.sync_button = Button(tr("Sync now"), "plain", "refresh-cw", pressed=self._on_sync)
        self.sync_button.setObjectName("numbered-sync")
        self.rows: tuple[NumberedRow, ...] = ()
        self._list = QVBoxLayout()
        self._lay_out()

    def begin(self, number: str = "") -> None:
        """Wait for a number, or look up the one that was typed elsewhere."""
        self._drop()
        self.field.edit.setText(number)
        self.open(self.field.edit)
        if number:
            self._on_look()

    def refresh(self) -> None:
        """Ask again while it is in front, but for the moment between two clicks."""
        is_asking = any(row.ending.confirm_button.isVisible() for row in self.rows)
        if self.isVisible() and self._typed and not is_asking:
            self._ask()

    def _lay_out(self) -> None:
        self._list.setSpacing(8)
        self.field.line.addWidget(self.look_button)
        self.field.entered.connect(self._on_look)
        for part in (self.lead, self.field, self.notice):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(self.sync_button)
        self.closed.connect(self._drop)

    @Slot()
    def _on_look(self) -> None:
        typed = self.field.words()
        is_one = slips.is_a_number(typed)
        wrong = tr("This is not a whole number yet: please read it once more, twelve in all.")
        self.field.say_wrong("" if is_one else wrong)
        if is_one:
            self._typed, self._found = typed, Numbered()
            self.notice.hide()
            self._ask()
        self.fit()

    def _ask(self) -> None:
        typed = self._typed
        self._tasks.run(
            lambda vault: elsewhere.numbered(vault, typed), lambda found: self._show(typed, found)
        )

    def _show(self, typed: str, found: Numbered) -> None:
        if typed != self._typed or not self.isVisible():
            return  # closed meanwhile, or another number was typed
        if found.ours:
            self.leave()
            self.ours_found.emit(found.ours[0].id)
            return
        if self.rows and found == self._found:
            return
        # Whatever is as it was stays, with what was pressed once; but for another call all is new.
        before = {row.called: row for row in self.rows if self._found.elsewhere}
        self._found = found
        was_unknown, is_unknown = not self.rows, not found.elsewhere
        now = self._tasks.moment().now
        rows = (before.get(each) or self._row(each, now) for each in found.elsewhere)
        self._show_rows(tuple(rows))
        self.sync_button.setVisible(is_unknown)
        if is_unknown:
            self.notice.show_words("info", _unknown_words(), "info")
        if is_unknown or was_unknown:
            self.notice.setVisible(is_unknown)
        self.fit()

    def _show_rows(self, rows: tuple[NumberedRow, ...]) -> None:
        place = keyboard_at(_buttons(self.rows))
        filled(self._list, self.rows, rows)
        self.rows = rows
        if place is not None:
            keyboard_to(place, _buttons(rows), self.close_button)

    def _row(self, called: Called, now: datetime) -> NumberedRow:
        row = NumberedRow(called, now)
        row.withdrawal_wanted.connect(self._on_withdrawal_wanted)
        for button in (row.ending.withdraw_button, row.ending.keep_button):
            button.clicked.connect(self.fit)
        return row

    @Slot()
    def _on_sync(self) -> None:
        self.sync_wanted.emit()

    @Slot(object)
    def _on_withdrawal_wanted(self, consent: ConsentId) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: elsewhere.withdraw(vault, consent, moment),
            self._on_withdrawn,
            self._on_failed,
        )

    def _on_withdrawn(self, _: None) -> None:
        told = tr("Withdrawn. Below you see how far the word of it has come.")
        self.notice.show_words("circle-check", told, "ok")
        self.notice.show()
        self.close_button.setFocus()  # the row that was pressed goes
        self._ask()
        self.withdrawn.emit()

    def _on_failed(self, error: AppError) -> None:
        for row in self.rows:
            row.ending.confirm_button.setEnabled(True)
        self.notice.show_words("circle-alert", sentence(error), "danger")
        self.notice.show()
        self.fit()

    @Slot()
    def _drop(self) -> None:
        self._typed, self._found = "", Numbered()
        self.field.edit.clear()
        self.field.say_wrong("")
        self._show_rows(())
        self.notice.hide()
        self.sync_button.hide()


def _buttons(rows: tuple[NumberedRow, ...]) -> dict[str, tuple[QWidget, ...]]:
    return {str(row.called.consent): row.ending.buttons for row in rows}


def _unknown_words() -> str:
    return tr(
        "This laptop knows of nothing in force under this number. There may be something all the "
        "same: what an agency had finished before this laptop synced is known only where it was "
        "asked. Please sync, then look once more. If it stays so, write the number down: the "
        "colleague who asked can end it on their own laptop."
    )
