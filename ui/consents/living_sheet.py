"""Every consent of one young person: what is in force, for whom, until when; what ended."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.ids import ConsentId, YouthId
from desktop.domain.living import Living
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import living, withdrawals
from desktop.services.living import SHOWN, Standing
from i18n import ntr, tr
from ui.consents.ending import EndingPart
from ui.consents.living_row import EndedRow, LivingRow
from ui.messages import sentence
from ui.tasks import Tasks
from ui.widgets.card import Notice
from ui.widgets.in_place import Buttons, filled, keyboard_at, keyboard_to
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet

_Row = TypeVar("_Row", LivingRow, EndedRow)


class LivingSheet(Sheet):
    """Each row in force ends in two clicks, with a line or without."""

    withdrawn, slip_wanted = Signal(object), Signal(object)
    again_wanted = Signal(object, object)
    """Whose page it is about, and the consent to ask for again."""
    outbox_wanted = Signal()

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Consents"), tr("Close"), width=660)
        self.setObjectName("living-sheet")
        self._tasks = tasks
        self._about: Youth | None = None
        self._found: Standing | None = None
        self.lead = wrapped("", "caption", "text2")
        self.notice = Notice("circle-check", "", "ok")
        self.rows: tuple[LivingRow, ...] = ()
        self.ended: tuple[EndedRow, ...] = ()
        self.ended_title: QLabel = text(tr("Ended"), "caption", "text3", "semibold")
        self.note = wrapped(
            tr("These are the newest {n} askings; earlier ones stand in So far (F7).", n=SHOWN),
            "caption", "text3",
        )  # fmt: skip
        self._in_force, self._over = QVBoxLayout(), QVBoxLayout()
        self._in_force.setSpacing(8)
        self._over.setSpacing(6)
        for part in (self.lead, self.notice):
            self.body.addWidget(part)
        self.body.addLayout(self._in_force)
        self.body.addWidget(self.ended_title)
        self.body.addLayout(self._over)
        self.body.addWidget(self.note)
        self.body.addStretch()
        self.closed.connect(self._drop)

    def begin(self, about: Youth) -> None:
        """Ask how they stand, then show it."""
        self._about, self._found = about, None
        self.notice.hide()
        self._ask()

    def refresh(self) -> None:
        """Ask again while it is in front, but for the moment between two clicks."""
        is_asking = any(
            each.confirm_button.isVisible() for each in _endings(self.rows, self.ended)
        )
        if self.isVisible() and not is_asking:
            self._ask()

    def _ask(self) -> None:
        about, now = self._about, self._tasks.moment().now
        if about is not None:
            self._tasks.run(
                lambda vault: living.standing(vault, about.id, now),
                lambda found: self._show(about, found),
            )

    def let_go(self, youth: YouthId) -> None:
        """Keep nothing of a young person here: it is about to be destroyed."""
        if self._about is not None and self._about.id == youth:
            self.leave()

    def _show(self, about: Youth, found: Standing) -> None:
        if about is not self._about or found == self._found:
            return  # somebody else was chosen meanwhile, or nothing has changed
        self._found = found
        count = len(found.in_force)
        self.lead.setText(_lead_words(about.alias, count))
        self._show_rows(found)
        self.ended_title.setVisible(bool(found.ended))
        self.note.setVisible(count + len(found.ended) >= SHOWN)
        if not self.isVisible():
            self.open()  # the keyboard begins on nothing that ends anything
        self.fit()

    def _show_rows(self, found: Standing) -> None:
        # Whoever is as before stays, with what was pressed once and with the keyboard.
        place = keyboard_at(_buttons(self.rows, self.ended))
        rows = tuple(_same(self.rows, each) or self._row(each) for each in found.in_force)
        over = tuple(_same(self.ended, each) or self._ended_row(each) for each in found.ended)
        filled(self._in_force, self.rows, rows)
        filled(self._over, self.ended, over)
        self.rows, self.ended = rows, over
        if place is not None:
            keyboard_to(place, _buttons(rows, over), self.close_button)

    def _row(self, each: Living) -> LivingRow:
        row = LivingRow(each, self._tasks.moment().now)
        row.again_wanted.connect(self._on_again_wanted)
        row.slip_wanted.connect(self.slip_wanted)
        self._can_end(row)
        return row

    def _ended_row(self, each: Living) -> EndedRow:
        row = EndedRow(each)
        row.outbox_wanted.connect(self._on_outbox_wanted)
        self._can_end(row)
        return row

    def _can_end(self, row: LivingRow | EndedRow) -> None:
        row.withdrawal_wanted.connect(self._on_withdrawal_wanted)
        for button in (row.ending.withdraw_button, row.ending.keep_button):
            button.clicked.connect(self.fit)

    @Slot(object)
    def _on_withdrawal_wanted(self, consent: ConsentId) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: withdrawals.withdraw(vault, consent, moment),
            self._on_withdrawn,
            self._on_failed,
        )

    def _on_withdrawn(self, withdrawal: withdrawals.Withdrawal) -> None:
        told = tr("Withdrawn. Nothing more is sent under it.")
        self.notice.show_words("circle-check", told, "ok")
        self.notice.show()
        self.close_button.setFocus()  # the row that was pressed goes
        self._ask()
        self.withdrawn.emit(withdrawal)

    def _on_failed(self, error: AppError) -> None:
        for each in _endings(self.rows, self.ended):
            each.confirm_button.setEnabled(True)
        self.notice.show_words("circle-alert", sentence(error), "danger")
        self.notice.show()
        self.fit()

    @Slot(object)
    def _on_again_wanted(self, consent: object) -> None:
        about = self._about
        self.leave()
        if about is not None:
            self.again_wanted.emit(about.id, consent)

    @Slot()
    def _on_outbox_wanted(self) -> None:
        self.leave()
        self.outbox_wanted.emit()

    @Slot()
    def _drop(self) -> None:
        self._about = self._found = None
        self._show_rows(Standing((), ()))


def _same(rows: Sequence[_Row], each: Living) -> _Row | None:
    return next((row for row in rows if row.about == each), None)


def _lead_words(alias: str, count: int) -> str:
    if not count:
        return tr("{alias}: no consent is in force. Nothing is sent.", alias=alias)
    return ntr(
        "{alias}: {n} consent in force. Withdrawing one is as easy as giving it was.",
        "{alias}: {n} consents in force. Withdrawing one is as easy as giving it was.",
        count, alias=alias,
    )  # fmt: skip


def _endings(rows: tuple[LivingRow, ...], ended: tuple[EndedRow, ...]) -> list[EndingPart]:
    return [row.ending for row in rows] + [row.ending for row in ended]


def _buttons(rows: tuple[LivingRow, ...], ended: tuple[EndedRow, ...]) -> Buttons:
    in_force = {
        str(row.consent.id): (row.again_button, row.slip_button, *row.ending.buttons)
        for row in rows
    }
    over = {str(row.about.consent.id): (row.outbox_button, *row.ending.buttons) for row in ended}
    return in_force | over
