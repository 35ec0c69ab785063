"""Making a promise: the words for when are read, and what was understood is shown first."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

import i18n
from desktop.domain.ids import YouthId
from desktop.domain.promises import Due, Promise, accepted
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import promises
from desktop.services.promises import NewPromise, Reading
from i18n import tr
from ui.messages import sentence
from ui.promises import words
from ui.promises.form import PromiseForm
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.sheet import Sheet

_PAUSE = 120  # milliseconds without a key, then the words are read


class PromiseSheet(Sheet):
    """Enter keeps it from any line."""

    made = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Promise"), tr("Close"), 560)
        self.setObjectName("promise-sheet")
        self._tasks = tasks
        self._youth: Youth | None = None
        self._read: tuple[str, Reading | AppError] | None = None
        self._is_keeping = False
        self.form = PromiseForm()
        self.keep_button = Button(tr("Keep promise"), "primary", pressed=self._on_keep)
        self.keep_button.setObjectName("keep-promise")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self.body.addWidget(self.form)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(Button(tr("Close"), "quiet", pressed=self.leave))
        self.foot.addWidget(self.keep_button)
        self._timer.timeout.connect(self._ask)
        self.form.when_typed.connect(self._timer.start)
        self.form.entered.connect(self._on_keep)
        self.form.picked.connect(self._on_picked)
        self.form.calendar_wanted.connect(self._on_calendar)
        self.form.resized.connect(self.fit)

    def open_for(self, youth: Youth, found: Reading | None, said: str, now: datetime) -> None:
        """Open about somebody, with what was found in the words at the caret."""
        self._youth, self._is_keeping, self._read = youth, False, None
        self.title.setText(tr("Promise · {alias}", alias=youth.alias))
        self.keep_button.setEnabled(True)
        self.form.fill(found, said, now)
        self._ask()
        self.open(self.form.first())

    def half_said(self) -> tuple[YouthId, dict[str, str]] | None:
        """Return about whom the sheet is open, and what stands in it; None while it is closed."""
        if self._youth is None or self.isHidden():
            return None
        return self._youth.id, self.form.typed()

    def open_again(self, youth: Youth, words: Mapping[str, str], now: datetime) -> None:
        """Open with what was half typed at a lock."""
        self.open_for(youth, None, "", now)
        self.form.put_back(words)
        self._ask()
        self.form.first().setFocus()

    def let_go(self, youth: object) -> None:
        """Keep nothing about somebody who is about to be destroyed."""
        if self._youth is not None and self._youth.id == youth:
            self._youth = None
            self.form.clear_form()
            self.leave()

    @Slot()
    def _ask(self) -> None:
        """Let the words be read; only the answer to the newest counts."""
        self._timer.stop()
        said, moment, language = self.form.when.words(), self._tasks.moment(), i18n.language()
        if not said:
            self._read = None
            self.form.when.say("")
            return
        self._tasks.run(
            lambda vault: promises.read(vault, said, language, moment),
            lambda reading: self._answer(said, reading),
            lambda error: self._answer(said, error),
        )

    def _answer(self, said: str, found: Reading | AppError) -> None:
        if said != self.form.when.words():
            return
        self._read = (said, _judged(found, self._tasks.moment().now))
        if isinstance(self._read[1], AppError):
            self.form.when.say_wrong(sentence(self._read[1]))
        else:
            self._say(self._read[1])
        if self._is_keeping:
            self._is_keeping = False
            self._on_keep()
        self.fit()

    def _say(self, found: Reading) -> None:
        said = words.due_words(found.due, self._tasks.moment().now, found.holiday)
        tone = "warn" if found.holiday else "ok"
        self.form.when.say(tr("Understood: {when}", when=said), tone)

    @Slot()
    def _on_keep(self) -> None:
        QGuiApplication.inputMethod().commit()
        if not self.keep_button.isEnabled() or self._youth is None:
            return
        if self._read is None or self._read[0] != self.form.when.words():
            self._wait_for_words()
            return
        found = self._read[1]
        if isinstance(found, AppError):
            self.form.when.edit.setFocus()
            return
        what, name = self.form.what.words() or found.rest, self.form.name.words()
        new = NewPromise(self._youth.id, what, found.due, self.form.promiser(), name)
        moment = self._tasks.moment()
        self.keep_button.setEnabled(False)
        self._tasks.run(
            lambda vault: promises.make(vault, new, moment), self._on_made, self._on_refused
        )

    def _wait_for_words(self) -> None:
        self._is_keeping = bool(self.form.when.words())
        if self._is_keeping:
            self._ask()
            return
        self.form.when.say_wrong(tr("When was it promised for?"))
        self.form.when.edit.setFocus()
        self.fit()

    def _on_made(self, promise: Promise) -> None:
        self.form.clear_form()
        self.leave()
        self.made.emit(promise)

    def _on_refused(self, error: AppError) -> None:
        self.keep_button.setEnabled(True)
        field = self.form.what if not self.form.what.words() else self.form.when
        field.say_wrong(sentence(error))
        field.edit.setFocus()
        self.fit()

    @Slot(object)
    def _on_picked(self, due: Due) -> None:
        self.form.when.edit.setText(words.typed_words(due, self._tasks.moment().now))
        self._ask()

    @Slot(bool)
    def _on_calendar(self, is_wanted: bool) -> None:
        found = self._read[1] if self._read else None
        if is_wanted:
            due = found.due if isinstance(found, Reading) else None
            self.form.show_picker(due, self._tasks.moment().now)
        else:
            self.form.picker.hide()
        self.fit()


def _judged(found: Reading | AppError, now: datetime) -> Reading | AppError:
    """Return what is wrong with a time that was understood and cannot be promised."""
    if isinstance(found, Reading):
        try:
            accepted(found.due, now)
        except AppError as error:
            return error
    return found
