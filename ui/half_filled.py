"""A form about nobody: what was half typed when the screen locked stands in it again."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.domain.forms import FormName, UnfinishedForm
from desktop.services import forms
from ui.tasks import Tasks


class Fillable(Protocol):
    """A form whose fields are known by name."""

    def typed(self) -> dict[str, str]:
        """Return what stands in it, by field; nothing but blanks is nothing."""

    def fill(self, words: Mapping[str, str]) -> None:
        """Let this stand in it; without words it is empty again."""


class HalfFilled(QObject):
    """Keeps one form at a lock, for as long as it was not sent or emptied."""

    def __init__(self, tasks: Tasks, name: FormName, form: Fillable) -> None:
        """Keep what is typed there; it lives as long as whoever holds it."""
        super().__init__()
        self._tasks, self._name, self._form = tasks, name, form
        self._is_filled = False
        """Until then, an empty form was not emptied by anybody."""

    def take(self, then: Callable[[], None]) -> None:
        """Let what was kept stand where nothing else does; `then` the form may be shown."""
        if self._is_typed():
            then()
            return
        self._is_filled = False
        self._tasks.run(forms.kept, lambda kept: self._fill(kept, then))

    def keep(self) -> None:
        """At lock: keep what is typed; what was emptied is forgotten."""
        QGuiApplication.inputMethod().commit()
        half = UnfinishedForm(self._name, self._form.typed())
        moment = self._tasks.moment()
        if self._is_typed():
            self._tasks.run(lambda vault: forms.set_aside(vault, half, moment), lambda _: None)
        elif self._is_filled:
            self._drop()

    def let_go(self) -> None:
        """It became what it was for, or came from elsewhere."""
        self._form.fill({})
        self._drop()

    def _drop(self) -> None:
        name = self._name
        self._tasks.run(lambda vault: forms.drop(vault, name), lambda _: None)

    def _is_typed(self) -> bool:
        return any(words.strip() for words in self._form.typed().values())

    def _fill(self, kept: tuple[UnfinishedForm, ...], then: Callable[[], None]) -> None:
        self._is_filled = True
        for half in kept:
            if half.name is self._name and not self._is_typed():
                self._form.fill(half.words)
        then()
