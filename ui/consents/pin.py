"""The PIN that gives the laptop back: kept in memory, for one handing over."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from i18n import tr
from ui import style
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped

LONGEST_WAIT = 300
SHORTEST, LONGEST = 4, 8


def wait_after(wrong: int) -> int:
    """Return how many seconds to wait after so many wrong tries: 2, 4, 8 … 300."""
    return min(1 << wrong, LONGEST_WAIT)


def is_a_pin(words: str) -> bool:
    """Say whether these are four to eight digits."""
    return words.isascii() and words.isdigit() and SHORTEST <= len(words) <= LONGEST


class PinPage(QWidget):
    """Asks for the PIN. It shows nothing of the counselor's; only the right PIN leads away."""

    opened = Signal()
    reading_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self) -> None:
        """Lay out one field."""
        super().__init__()
        self._pin, self._wrong, self.waits = "", 0, 0
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(LONGEST)
        self.field.setProperty("large", "true")
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setObjectName("handover-pin")
        self.title = text("", "title")
        self.message = wrapped("", "body", "text2")
        self.open_button = Button(" ", "primary", "lock-open", pressed=self._on_try).sized("large")
        self.reading_button = Button(" ", "quiet", "arrow-left", pressed=self.reading_wanted.emit)
        self.lock_button = Button(" ", "quiet", "lock", pressed=self.lock_wanted.emit)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_second)
        self.field.returnPressed.connect(self._on_try)
        self._lay_out()

    def begin(self, pin: str) -> None:
        """Take the PIN of this handing over."""
        self._pin, self._wrong, self.waits = pin, 0, 0
        self._timer.stop()
        self._refresh()

    def ask(self) -> None:
        """Say what is wanted and wait for digits."""
        self.title.setText(tr("Give back to the counselor"))
        self.field.setAccessibleName(tr("PIN"))
        self.field.setPlaceholderText(tr("PIN"))
        self.open_button.say(tr("Take the laptop back"))
        self.reading_button.say(tr("Read on"))
        self.lock_button.say(tr("I forgot the PIN: lock the screen"))
        self._refresh()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str) -> None:
        """Say why it could not be given back yet."""
        self.message.setText(words)

    def _lay_out(self) -> None:
        card = Card(margin=28)
        card.setFixedWidth(style.scaled(460))
        for name, button in (("open", self.open_button), ("reading", self.reading_button),
                             ("lock", self.lock_button)):  # fmt: skip
            button.setObjectName(f"handover-{name}")
        card.add(self.title, self.field, self.message, self.open_button)
        below = QHBoxLayout()
        below.addWidget(self.reading_button)
        below.addStretch()
        below.addWidget(self.lock_button)
        card.body.addLayout(below)
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch()

    def _refresh(self) -> None:
        self.field.clear()
        if self.waits:  # else Qt would move the keyboard to the next button
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setEnabled(not self.waits)
        self.open_button.setEnabled(not self.waits)
        self.message.setText(self._state())

    def _state(self) -> str:
        if self.waits:
            return tr("That was not the PIN. Try again in {seconds} s.", seconds=self.waits)
        return tr("The counselor types the PIN chosen when handing over.")

    @Slot()
    def _on_try(self) -> None:
        if self.waits or not self.field.text():
            return
        if self._pin and self.field.text() == self._pin:
            self.field.clear()  # a second press takes nothing back twice
            self.opened.emit()
            return
        self._wrong += 1
        self.waits = wait_after(self._wrong)
        self._timer.start()
        self._refresh()

    @Slot()
    def _on_second(self) -> None:
        self.waits -= 1
        if self.waits > 0:
            self.message.setText(self._state())
            return
        self._timer.stop()
        self.waits = 0
        self._refresh()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
