"""What is half typed about somebody: kept while it is typed, and there again on their page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol
from weakref import ref

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from desktop.domain.forms import FormName, UnfinishedForm
from desktop.domain.ids import YouthId
from desktop.services import forms
from ui.often import look_often
from ui.tasks import Tasks

Half = tuple[YouthId, Mapping[str, str]]


class Saying(Protocol):
    """A sheet in which words about somebody are typed."""

    def half_said(self) -> Half | None:
        """Return about whom, and what stands there; None where nothing does."""


def in_sheet(door: QObject, name: str = "sheet") -> Iterable[Half]:
    """Yield what is half said in the sheet of this door, if it was ever made."""
    sheet: Saying | None = vars(door).get(name)
    half = sheet.half_said() if sheet else None
    if half is not None:
        yield half


class HalfSaid(QObject):
    """One form; what is half typed about one young person stands beside what is about others."""

    def __init__(
        self,
        tasks: Tasks,
        name: FormName,
        door: QObject | None = None,
        said: Callable[[QObject], Iterable[Half]] = in_sheet,
    ) -> None:
        """Ask what was kept; from then on keep what is `said` in the form behind the `door`."""
        super().__init__()
        self._tasks, self._name, self._said = tasks, name, said
        self._kept: dict[str, str] = {}
        self._standing: dict[YouthId, Mapping[str, str]] = {}
        """What stands in the form now, as far as the vault has it."""
        self._door = ref(door) if door is not None else None
        tasks.run(forms.kept, self._fill)
        if door is not None:
            look_often(door, self.look)  # never after the window has gone

    @Slot()
    def look(self) -> None:
        """Keep what was typed since the last look; what stands in the form no more is dropped."""
        # No syllable under composition is ended for it: a lock does that.
        now = {youth: words for youth, words in self._now() if any(words.values())}
        for youth in self._standing.keys() - now.keys():
            self._write(youth, {})
        for youth, words in now.items():
            if words != self._standing.get(youth):
                self._write(youth, words)
        self._standing = now

    def rescue(self) -> None:
        """At lock: keep every word, the syllable under composition too."""
        QGuiApplication.inputMethod().commit()
        self.look()

    def keep(self, youth: YouthId, words: Mapping[str, str]) -> None:
        """Keep what is typed about somebody: there again at the next `take`."""
        was_standing = self._standing.pop(youth, None) is not None
        if any(words.values()):
            self._kept |= {f"{youth}/{field}": said for field, said in words.items() if said}
            self._write(youth, words)
        elif was_standing:
            self._write(youth, {})

    def is_said(self, door: QObject, youth: YouthId | None, name: str = "sheet") -> bool:
        """Before its sheet is about somebody: keep what it says about anybody else.

        Tells whether it is open about them already; then nothing of it is to be begun anew.
        """
        QGuiApplication.inputMethod().commit()
        half = next(iter(in_sheet(door, name)), None)
        if half is not None and half[0] != youth:
            self.keep(*half)
        return half is not None and half[0] == youth

    def keep_of(self, door: QObject, name: str = "sheet") -> None:
        """Before its sheet is opened anew: keep what is half said in it."""
        self.is_said(door, None, name)

    def take(self, youth: YouthId) -> dict[str, str]:
        """Return what was kept about somebody, once: from now on it stands in the form again.

        The vault has it until the form became what it was for, or was closed.
        """
        own = f"{youth}/"
        mine = [field for field in self._kept if field.startswith(own)]
        words = {field.removeprefix(own): self._kept.pop(field) for field in mine}
        if words:
            self._standing[youth] = words
        return words

    def _now(self) -> Iterable[Half]:
        door = self._door() if self._door is not None else None
        return self._said(door) if door is not None else ()

    def _write(self, youth: YouthId, words: Mapping[str, str]) -> None:
        name, moment = self._name, self._tasks.moment()

        def again(_: object) -> None:
            self._standing[youth] = {}  # as if nothing of it were kept: the next look tries again

        self._tasks.run(
            lambda vault: forms.keep_about(vault, name, youth, words, moment),
            lambda _: None,
            again,
        )

    def _fill(self, kept: tuple[UnfinishedForm, ...]) -> None:
        for form in kept:
            if form.name is self._name:
                self._kept = dict(form.words)
