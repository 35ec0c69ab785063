"""The list of promises, in the place of the night: overdue, today, coming, and who is quiet."""

from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QVBoxLayout

import i18n
from desktop.domain.promises import Outcome, Promise, PromiseId, Snooze, snoozed
from desktop.services import promises
from desktop.services.own_data import Waiting, waiting
from desktop.services.promises import QUIET_CHOICES, Lists
from i18n import ntr, tr
from ui.promises.acting import Acting
from ui.promises.delegate import PromiseDelegate
from ui.promises.model import PromiseModel, Row, rows_of
from ui.promises.undoing import Undoing
from ui.tasks import Tasks
from ui.widgets.headed import ROW
from ui.widgets.labels import text, wrapped


class PromiseBoard(Undoing):
    """Enter opens the young person, or asks again; Ctrl+Z undoes what was done here last."""

    youth_chosen, asked_again = Signal(object, object), Signal(object, object)
    changed = Signal()
    undoable = Signal(str)

    def __init__(self, tasks: Tasks) -> None:
        """Lay out an empty list."""
        super().__init__()
        self.setObjectName("promises")
        self._tasks = tasks
        self._before: Promise | None = None
        self.model, self._delegate = PromiseModel(), PromiseDelegate()
        self.view = _view(self.model, self._delegate)
        self.empty = wrapped(
            tr("No promise is open. On a young person's page, Ctrl+D keeps one."), "body", "text3"
        )
        self.acting = Acting()
        self.days = _days_choice()
        self._lay_out()
        self.view.activated.connect(self._on_activated)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.acting.opened.connect(self._on_opened)
        self.acting.ended.connect(self._on_ended)
        self.acting.put_off.connect(self._on_put_off)
        self.days.activated.connect(self._on_days)
        self.undo_wanted.connect(self.undo)

    @Slot()
    def reload(self) -> None:
        """Ask how they stand now; the same one stays chosen."""
        moment, language = self._tasks.moment(), i18n.language()
        self._tasks.run(
            lambda vault: (promises.lists(vault, language, moment), waiting(vault, moment)),
            lambda found: self._show(*found, moment.now),
        )

    @Slot()
    def undo(self) -> None:
        """Make the promise that was changed last what it was."""
        before, self._before = self._before, None
        if before is not None:
            moment = self._tasks.moment()
            self._tasks.run(
                lambda vault: promises.put_back(vault, before, moment), lambda _: self._change()
            )

    def chosen(self) -> Row | None:
        """Return the row that is chosen."""
        row = self.view.currentIndex().data(ROW)
        return row if isinstance(row, Row) and not row.is_head else None

    def forget(self) -> None:
        """Show nothing any more, and undo nothing: somebody is about to be destroyed."""
        self._before = None
        self.model.show(())
        self.acting.hide()

    def _show(self, lists: Lists, asked: tuple[Waiting, ...], now: datetime) -> None:
        chosen, at = self.chosen(), self.view.currentIndex().row()
        self.model.show(rows_of(lists, asked, now))
        rows = self.model.rows
        same = (n for n, row in enumerate(rows) if chosen is not None and row.is_same(chosen))
        to_choose = next(same, self.model.next_from(max(at, 0)))
        if to_choose is not None:
            self.view.setCurrentIndex(self.model.index(to_choose))
        self.view.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows and self.hasFocus():
            self.view.setFocus()
        self.days.setCurrentIndex(self.days.findData(lists.quiet_days))
        self._offer()

    def _offer(self) -> None:
        row = self.chosen()
        if row is None:
            self.acting.hide()
            return
        promise, now = row.promise, self._tasks.moment().now
        tonight = promise and snoozed(promise.due, Snooze.TONIGHT, now, _never)
        self.acting.offer(is_promise=promise is not None, is_tonight_there=tonight is not None)
        self.acting.open_button.say(tr("Open") if row.consent is None else tr("Ask again…"))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._offer()

    @Slot(QModelIndex)
    def _on_activated(self, _: QModelIndex) -> None:
        self._on_opened()

    @Slot()
    def _on_opened(self) -> None:
        if (row := self.chosen()) is not None:
            does = self.youth_chosen if row.consent is None else self.asked_again
            does.emit(row.youth, row.consent)

    @Slot(object)
    def _on_ended(self, outcome: Outcome) -> None:
        key, moment = self._promise(), self._tasks.moment()
        said = tr("Done.") if outcome is Outcome.KEPT else tr("Called off.")
        if key is not None:
            self._tasks.run(
                lambda vault: promises.end(vault, key, outcome, moment),
                lambda before: self._on_changed(before, said),
            )

    @Slot(object)
    def _on_put_off(self, until: Snooze) -> None:
        key, moment = self._promise(), self._tasks.moment()
        if key is not None:
            self._tasks.run(
                lambda vault: promises.put_off(vault, key, until, moment),
                lambda before: self._on_changed(before, tr("Put off.")),
            )

    def _promise(self) -> PromiseId | None:
        row = self.chosen()
        return row.promise.id if row is not None and row.promise is not None else None

    def _on_changed(self, before: Promise, said: str) -> None:
        self._before = before
        self._change()
        self.setFocus()  # the view, if there are still rows: see `_show`
        self.undoable.emit(said)

    def _change(self) -> None:
        self.reload()
        self.changed.emit()

    @Slot()
    def _on_days(self) -> None:
        days, moment = int(self.days.currentData()), self._tasks.moment()
        self._tasks.run(
            lambda vault: promises.choose_quiet_days(vault, days, moment),
            lambda _: self._change(),
        )

    def _lay_out(self) -> None:
        column, quiet = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(10, 4, 10, 8)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.acting)
        quiet.addWidget(text(tr("Not heard of for"), "caption", "text2"))
        quiet.addStretch()
        quiet.addWidget(self.days)
        column.addLayout(quiet)


def _view(model: PromiseModel, delegate: PromiseDelegate) -> QListView:
    view = QListView()
    view.setObjectName("promise-list")
    view.setAccessibleName(tr("Promises"))
    view.setStyleSheet("QListView:focus { border: none; }")  # the row shows the focus
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view


def _days_choice() -> QComboBox:
    box = QComboBox()
    box.setObjectName("quiet-days")
    box.setAccessibleName(tr("Days without a contact until somebody is listed"))
    for days in QUIET_CHOICES:
        box.addItem(ntr("{n} day", "{n} days", days), days)
    return box


def _never(_: object) -> bool:
    return False
