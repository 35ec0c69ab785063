"""A form about one young person: what was half typed stands in it again, and then it is kept."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from desktop.domain.forms import FormName
from desktop.domain.ids import YouthId
from desktop.errors import AppError
from desktop.services import forms
from ui.half_filled import Fillable
from ui.tasks import Tasks


class HalfAbout(QObject):
    """Until the vault has said what was kept, the empty form says nothing: nothing is kept."""

    failed = Signal(object)
    """What stands in the form was not kept, and why: an `AppError`."""

    def __init__(self, tasks: Tasks, name: FormName, form: Fillable) -> None:
        """Be about nobody yet; it lives as long as whoever holds it."""
        super().__init__()
        self._tasks, self._name, self._form = tasks, name, form
        self._youth: YouthId | None = None
        self._is_filled = False
        self._last: dict[str, str] | None = None
        """What the vault has of it, as far as is known."""
        self._unkept: dict[YouthId, dict[str, str]] = {}

    def begin(self, youth: YouthId) -> None:
        """Be about somebody: empty, then as it was left. What stood there is to be kept before."""
        self._youth, self._is_filled, name = youth, False, self._name
        self._form.fill({})
        self._tasks.run(
            lambda vault: forms.typed_about(vault, name, youth),
            lambda words: self._fill(youth, words),
        )

    def keep(self) -> None:
        """Keep every word, also when nobody can be asked any more."""
        QGuiApplication.inputMethod().commit()
        if self._youth is not None and self._is_filled:
            self._write(self._youth, self._form.typed())

    @Slot()
    def look(self) -> None:
        """Keep what was typed since it was last kept; no syllable is ended for it."""
        if self._youth is not None and self._is_filled:
            words = self._form.typed()
            if words != self._last:
                self._write(self._youth, words)

    def _write(self, youth: YouthId, words: dict[str, str]) -> None:
        name, moment = self._name, self._tasks.moment()
        self._last = words
        self._tasks.run(
            lambda vault: forms.keep_about(vault, name, youth, words, moment),
            lambda _: None,
            lambda error: self._on_failed(youth, words, error),
        )

    def _on_failed(self, youth: YouthId, words: dict[str, str], error: AppError) -> None:
        self._last = None
        if youth == self._youth and self._is_filled:
            self.failed.emit(error)
        else:  # they stand in no form any more: there again when it is about them
            self._unkept[youth] = words
            self._tasks.failed.emit(error)

    def _fill(self, youth: YouthId, words: dict[str, str]) -> None:
        if youth == self._youth and not self._is_filled:
            self._is_filled = True
            self._last = words
            words = self._unkept.pop(youth, words)
            if words:
                self._form.fill(words)
