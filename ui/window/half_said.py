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
    """One form; what is half typed about one young person stands beside what is about others."""

    def __init__(self, tasks: Tasks, name: FormName) -> None:
        """Ask what was kept."""
        super().__init__()
        self._tasks, self._name = tasks, name
        self._kept: dict[str, str] = {}
        tasks.run(forms.kept, self._fill)

    def keep(self, youth: YouthId, words: Mapping[str, str]) -> None:
        """Keep what is typed about somebody: there again at the next `take`."""
        name, moment = self._name, self._tasks.moment()
        if any(words.values()):
            self._kept |= {f"{youth}/{field}": said for field, said in words.items() if said}
            self._tasks.run(
                lambda vault: forms.keep_about(vault, name, youth, words, moment), lambda _: None
            )

    def keep_of(self, door: QObject, name: str = "sheet") -> None:
        """At lock: keep what is half said in the sheet of this door, if it was ever made."""
        self.is_said(door, None, name)

    def is_said(self, door: QObject, youth: YouthId | None, name: str = "sheet") -> bool:
        """Before its sheet is about somebody: keep what it says about anybody else.

        Tells whether it is open about them already; then nothing of it is to be begun anew.
        """
        sheet: Saying | None = vars(door).get(name)
        half = sheet.half_said() if sheet else None
        if half is not None and half[0] != youth:
            self.keep(*half)
        return half is not None and half[0] == youth

    def take(self, youth: YouthId) -> dict[str, str]:
        """Return what was kept about somebody, once: from now on it stands in the form again."""
        own, name, moment = f"{youth}/", self._name, self._tasks.moment()
        mine = [field for field in self._kept if field.startswith(own)]
        words = {field.removeprefix(own): self._kept.pop(field) for field in mine}
        if words:
            self._tasks.run(
                lambda vault: forms.keep_about(vault, name, youth, {}, moment), lambda _: None
            )
        return words

    def _fill(self, kept: tuple[UnfinishedForm, ...]) -> None:
        for form in kept:
            if form.name is self._name:
                self._kept = dict(form.words)
