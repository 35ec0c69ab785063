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
    ("templates", "notebook-pen", later("How notes begin"),
     later("The heads of a new note, and the phrases under it.")),
    ("texts", "shield-check", later("Consent texts"),
     later("What the hand-over says, in eight languages, and who wrote it.")),
    ("entrusting", "file-text", later("Entrusted by law"),
     later("Whether a passport or registration number may be asked for: off until recorded.")),
    ("devices", "user-round-check", later("Devices of the organization"),
     later("Who waits to be let in, who is in, and a new key when somebody leaves.")),
    ("ending", "hourglass", later("Ends soon"),
     later("What has to be destroyed and when, and what was destroyed.")),
    ("anew", "refresh-cw", later("Begin practice anew"),
     later("Destroys what was practised on this laptop, and nothing real.")),
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
        self.rows: dict[str, QWidget] = {}
        for key, icon, title, about in _DOORS:
            self.rows[key] = self._row(key, icon, tr(title), tr(about))
            column.addWidget(self.rows[key])
        self.show_devices(is_there=False)
        self.show_anew(is_there=False)

    def show_devices(self, *, is_there: bool) -> None:
        """Show the door that only who looks after devices has."""
        self.rows["devices"].setVisible(is_there)

    def show_anew(self, *, is_there: bool) -> None:
        """Show the door that there is in practice alone."""
        self.rows["anew"].setVisible(is_there)

    def _row(self, key: str, icon: str, title: str, about: str) -> QWidget:
        button = Button(tr("Open"), "plain", icon, pressed=partial(self.wanted.emit, key))
        button.setObjectName(f"settings-{key}")
        button.setAccessibleName(title)
        self.buttons[key] = button
        made = QWidget()
        row, words = QHBoxLayout(made), QVBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        words.setSpacing(2)
        words.addWidget(text(title, "note", weight="semibold"))
        words.addWidget(wrapped(about, "caption", "text2"))
        row.addLayout(words, 1)
        row.addWidget(button)
        return made
