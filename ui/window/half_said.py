"""What was half typed about somebody when the screen locked: there again on their page."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject

from desktop.domain.forms import FormName, UnfinishedForm
from desktop.domain.ids import YouthId
from desktop.services import forms
from ui.tasks import Tasks


class Saying(Protocol):
    """A sheet in which words about somebody are typed."""

    def half_said(self) -> tuple[YouthId, Mapping[str, str]] | None:
        """Return about whom, and what stands there; None where nothing does."""


class HalfSaid(QObject):
    """One form, about one young person at a time."""

    def __init__(self, tasks: Tasks, name: FormName) -> None:
        """Ask what was kept."""
        super().__init__()
        self._tasks, self._name = tasks, name
        self._kept: dict[str, str] = {}
        tasks.run(forms.kept, self._fill)

    def keep(self, youth: YouthId, words: Mapping[str, str]) -> None:
        """At lock: keep what is typed about somebody."""
        told = {f"{youth}/{field}": said for field, said in words.items() if said}
        form, moment = UnfinishedForm(self._name, told), self._tasks.moment()
        if told:
            self._tasks.run(lambda vault: forms.set_aside(vault, form, moment), lambda _: None)

    def keep_of(self, door: QObject) -> None:
        """At lock: keep what is half said in the sheet of this door, if it was ever made."""
        sheet: Saying | None = vars(door).get("sheet")
        half = sheet.half_said() if sheet else None
        if half is not None:
            self.keep(*half)

    def take(self, youth: YouthId) -> dict[str, str]:
        """Return what was kept about somebody, once: from now on it stands in the form again."""
        mine = {
            name.removeprefix(f"{youth}/"): said
            for name, said in self._kept.items()
            if name.startswith(f"{youth}/")
        }
        if mine:
            self._kept = {}
            name = self._name
            self._tasks.run(lambda vault: forms.drop(vault, name), lambda _: None)
        return mine

    def _fill(self, kept: tuple[UnfinishedForm, ...]) -> None:
        for form in kept:
            if form.name is self._name:
                self._kept = dict(form.words)
