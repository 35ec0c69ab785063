"""The ways from the settings to keys, team, backups, and what ends."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n import later, tr
from ui.widgets.buttons import Button
from ui.widgets.labels import text, wrapped

_DOORS: Final = (
    ("keys", "key-round", later("My keys"),
     later("Name on the lock screen, passphrase, recovery code, the organization's way in.")),
    ("team", "users", later("The team"),
     later("A board that the colleagues on this laptop share.")),
    ("backups", "hard-drive", later("Backups"),
     later("When the last one was made, and a copy for a USB stick.")),
    ("ending", "hourglass", later("Ends soon"),
     later("What has to be destroyed and when, and what was destroyed.")),
)  # fmt: skip


class DoorsPart(QWidget):
    """Emits the key of the one that is wanted."""

    wanted = Signal(str)

    def __init__(self) -> None:
        """Lay them out."""
        super().__init__()
        self.buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for key, icon, title, about in _DOORS:
            column.addLayout(self._row(key, icon, tr(title), tr(about)))

    def _row(self, key: str, icon: str, title: str, about: str) -> QHBoxLayout:
        button = Button(tr("Open"), "plain", icon, pressed=partial(self.wanted.emit, key))
        button.setObjectName(f"settings-{key}")
        button.setAccessibleName(title)
        self.buttons[key] = button
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(14)
        words.setSpacing(2)
        words.addWidget(text(title, "note", weight="semibold"))
        words.addWidget(wrapped(about, "caption", "text2"))
        row.addLayout(words, 1)
        row.addWidget(button)
        return row
