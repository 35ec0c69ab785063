"""What a member can do about their own keys, and how it stands."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.escrow import State
from i18n import later, tr
from ui.members.escrow import standing_words
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import Icon, Rule, text, wrapped

NAME, PASSPHRASE, CODE, RENEW, ESCROW = "name", "passphrase", "code", "renew", "escrow"
_ROWS: Final = (
    (NAME, "user-round", later("Name on the lock screen"), "", later("Change")),
    (PASSPHRASE, "lock", later("Passphrase"),
     later("Opens your notes. Nobody can look it up for you."), later("Change")),
    (CODE, "file-text", later("Recovery code"),
     later("On paper, for when the passphrase is forgotten."), later("Make a new one")),
    (RENEW, "key-round", later("New keys"),
     later("When somebody may have copied your vault or known your passphrase."),
     later("Make new keys")),
    (ESCROW, "users", later("The organization's way in"), "", later("Look at it")),
)  # fmt: skip


class KeyList(QWidget):
    """A row for each; `chosen` names the one that is wanted."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Show the rows; `show_state` fills in what is only known in the vault."""
        super().__init__()
        self.notice = Notice("circle-check", "", "ok")
        self.notice.hide()
        self.buttons: dict[str, Button] = {}
        self._about = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.notice)
        for number, (key, icon, title, about, action) in enumerate(_ROWS):
            if number:
                column.addWidget(Rule())
            self._about[key] = wrapped(tr(about) if about else "", "caption", "text2")
            button = Button(tr(action), "plain", pressed=partial(self.chosen.emit, key))
            button.setObjectName(f"keys-{key}")
            button.setAccessibleName(f"{tr(title)}: {tr(action)}")
            self.buttons[key] = button
            column.addLayout(self._row(icon, tr(title), key))
        self.setFocusProxy(self.buttons[NAME])

    def say(self, words: str) -> None:
        """Say what was done; with "" nothing."""
        self.notice.show_words("circle-check", words, "ok")
        self.notice.setVisible(bool(words))

    def show_state(self, name: str, state: State) -> None:
        """Say what one is called and whether the organisation has a way in."""
        self._about[NAME].setText(name or tr("None yet. Choose one if others share this laptop."))
        self._about[ESCROW].setText(standing_words(state)[1])

    def _row(self, icon: str, title: str, key: str) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(14)
        words.setSpacing(2)
        words.addWidget(text(title, "body", weight="semibold"))
        words.addWidget(self._about[key])
        row.addWidget(Icon(icon, "text2", 20))
        row.addLayout(words, 1)
        row.addWidget(self.buttons[key])
        return row
