"""What can be done with a text that is being written; in force only after a second click."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from i18n import ntr, tr
from ui.widgets.buttons import Button
from ui.widgets.labels import wrapped


class WordingFoot(QWidget):
    """While anything is to mend, the way leads to the next of it."""

    next_wanted = Signal()
    seen_wanted = Signal()
    load_wanted = Signal(object)
    save_wanted = Signal(object)
    confirmed = Signal()

    def __init__(self) -> None:
        """Lay out the buttons."""
        super().__init__()
        self._count = 0
        self.told = wrapped("", "caption", "text2")
        self.load_button = Button(tr("Load a file…"), "quiet", "file-text")
        self.save_button = Button(tr("Save as a file…"), "quiet", "hard-drive")
        self.seen_button = Button(tr("See it as they will"), "plain", "eye")
        self.next_button = Button(" ", "soft", "circle-alert")
        self.force_button = Button(tr("Put in force"), "primary", "check")
        self.wait_button = Button(tr("Leave it as it is"), "quiet")
        self.confirm_button = Button(tr("Yes, from now on"), "primary", "check")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for name, button in self._named().items():
            button.setObjectName(f"wording-{name}")
        row.addWidget(self.load_button)
        row.addWidget(self.save_button)
        row.addWidget(self.told, 1)
        for button in list(self._named().values())[2:]:
            row.addWidget(button)
        self._connect()
        self.settle()

    def show_count(self, count: int) -> None:
        """Say how much is to mend."""
        self._count = count
        self.next_button.say(ntr("Next of {n} to mend", "Next of {n} to mend", count))
        self.settle()

    @Slot()
    def settle(self) -> None:
        """Return to before the first click."""
        self._show(is_asking=False)

    @Slot()
    def _on_force(self) -> None:
        self._show(is_asking=True)
        self.wait_button.setFocus()

    @Slot()
    def _on_load(self) -> None:
        kind = tr("Consent texts (*.json)")
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Load consent texts"), "", kind)
        if chosen:
            self.load_wanted.emit(Path(chosen))

    @Slot()
    def _on_save(self) -> None:
        kind, name = tr("Consent texts (*.json)"), tr("consent texts") + ".json"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save consent texts"), name, kind)
        if chosen:
            self.save_wanted.emit(Path(chosen))

    def _show(self, *, is_asking: bool) -> None:
        told = tr("Every later asking on this laptop shows it. Earlier consents stay as they are.")
        self.told.setText(told if is_asking else "")
        for button in (self.load_button, self.save_button, self.seen_button):
            button.setVisible(not is_asking)
        self.next_button.setVisible(not is_asking and self._count > 0)
        self.force_button.setVisible(not is_asking and self._count == 0)
        self.wait_button.setVisible(is_asking)
        self.confirm_button.setVisible(is_asking)

    def _named(self) -> dict[str, Button]:
        return {
            "load": self.load_button,
            "save": self.save_button,
            "seen": self.seen_button,
            "next": self.next_button,
            "force": self.force_button,
            "wait": self.wait_button,
            "confirm": self.confirm_button,
        }

    def _connect(self) -> None:
        self.load_button.clicked.connect(self._on_load)
        self.save_button.clicked.connect(self._on_save)
        self.seen_button.clicked.connect(self.seen_wanted)
        self.next_button.clicked.connect(self.next_wanted)
        self.force_button.clicked.connect(self._on_force)
        self.wait_button.clicked.connect(self.settle)
        self.confirm_button.clicked.connect(self.confirmed)
