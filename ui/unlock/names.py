"""Whose vault is opened: a quiet row of names, where several people share a laptop."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from i18n import tr
from ui import style
from ui.widgets.buttons import Button
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from desktop.services.members import Person


class Names(QWidget):
    """The one used last stands first and is chosen. Nothing more is told."""

    chosen = Signal()

    def __init__(self, folders: tuple[Path, ...]) -> None:
        """Leave room; `show_people` says who they are."""
        super().__init__()
        self.setAccessibleName(tr("Whose vault"))
        self.setMinimumHeight(style.scaled(34))
        self._order = folders
        self.folder = folders[0]
        self.buttons: dict[Path, Button] = {}
        self._group = QButtonGroup(self)
        self._flow = Flow(self)

    def show_people(self, people: "tuple[Person, ...]") -> None:
        """Show their names; whoever chose none is shown as a colleague with a number."""
        labels = {person.folder: person.label for person in people}
        for folder in self._order:
            if folder in labels and folder not in self.buttons:
                self._add(folder, labels[folder] or tr("Colleague {n}", n=len(self.buttons) + 1))
        self._choose(self.folder)

    def name(self) -> str:
        """Return who is chosen."""
        return self.buttons[self.folder].text() if self.folder in self.buttons else ""

    def step(self, by: int) -> None:
        """Choose the next one, going round at the ends."""
        at = self._order.index(self.folder)
        self._choose(self._order[(at + by) % len(self._order)])

    def _add(self, folder: Path, words: str) -> None:
        button = Button(words, "chip", "user-round")
        button.setCheckable(True)
        button.setObjectName("person")
        button.toggled.connect(lambda is_on: self._on_toggled(folder, is_on=is_on))
        self.buttons[folder] = button
        self._group.addButton(button)
        self._flow.addWidget(button)

    def _choose(self, folder: Path) -> None:
        if folder in self.buttons:
            self.buttons[folder].setChecked(True)

    def _on_toggled(self, folder: Path, *, is_on: bool) -> None:
        if is_on and folder != self.folder:
            self.folder = folder
            self.chosen.emit()
