"""The two halves of handing over: from this laptop, and for a colleague's."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped


class FromHere(Card):
    """This laptop has no line: to a stick or to a colleague, and what comes back."""

    stick_wanted = Signal()
    back_wanted = Signal()
    address_given = Signal(str)
    resized = Signal()

    def __init__(self) -> None:
        """Ask for nothing yet."""
        super().__init__(tr("This laptop has no line"), margin=16)
        self.setProperty("card", "sunken")
        self.is_busy = False
        self.stick_button = _button(
            tr("Put on a USB stick…"), "sheet-arrow-up", "carry-stick", self.stick_wanted.emit
        )
        self.office_button = _button(
            tr("Send to a laptop in the office…"), "send", "carry-office", self._on_office
        )
        self.back_button = _button(
            tr("Take back from the stick…"),
            "sheet-arrow-down",
            "carry-back",
            self.back_wanted.emit,
        )
        self.address = Field(
            tr("Address on the other laptop's screen"),
            tr("A colleague opens this sheet there and chooses to wait in the office."),
        )
        self.address.edit.setObjectName("carry-address")
        self.address.edit.setPlaceholderText("192.168.0.12")
        self.send_button = Button(tr("Send"), "primary", pressed=self._on_send)
        self.send_button.setObjectName("carry-send")
        self.address.line.addWidget(self.send_button)
        self.address.entered.connect(self._on_send)
        self._lay_out()

    def _lay_out(self) -> None:
        self.add(
            wrapped(tr("1. Hand over what waits here"), "body", "text2"),
            _row(self.stick_button, self.office_button),
            self.address,
            wrapped(
                tr("2. Take back the answer. Over the office line it comes by itself."),
                "body",
                "text2",
            ),
            _row(self.back_button),
        )
        self.address.hide()

    def say_wrong(self, words: str) -> None:
        """Say what is wrong with the address; what was typed stays."""
        self.address.say_wrong(words)
        self.address.edit.setFocus()
        self.resized.emit()

    def be_busy(self, *, is_busy: bool) -> None:
        """Take nothing new while something is on its way."""
        self.is_busy = is_busy
        parts = (self.stick_button, self.office_button, self.back_button, self.send_button)
        for part in (*parts, self.address.edit):
            part.setEnabled(not is_busy)

    @Slot()
    def _on_office(self) -> None:
        self.address.say_wrong("")
        self.address.show()
        self.resized.emit()
        self.address.edit.setFocus()

    @Slot()
    def _on_send(self) -> None:
        self.address.say_wrong("")
        self.address_given.emit(self.address.words())


class ForColleagues(Card):
    """This laptop has a line, and carries for one that has none."""

    stick_wanted = Signal()
    wait_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        """Wait for nobody yet."""
        super().__init__(tr("I carry for a colleague"), margin=16)
        self.setProperty("card", "sunken")
        self.stick_button = _button(
            tr("Bring what is on a stick…"),
            "hard-drive",
            "carry-for-stick",
            self.stick_wanted.emit,
        )
        self.wait_button = _button(
            tr("Wait in the office"), "users", "carry-wait", self.wait_wanted.emit
        )
        self.stop_button = _button(tr("Stop waiting"), "x", "carry-stop", self.stop_wanted.emit)
        self.address_label = text(tr("Type this on the other laptop"), "caption", "text2")
        self.address = text("", "hero")
        self.address.setObjectName("carry-shown-address")
        self.others = wrapped("", "caption", "text2")
        self.add(
            _row(self.stick_button, self.wait_button, self.stop_button),
            self.address_label,
            self.address,
            self.others,
        )
        self.show_addresses(None)

    def show_addresses(self, addresses: tuple[str, ...] | None) -> None:
        """Show where one waits, large enough to read out; None when nobody waits."""
        is_waiting = addresses is not None
        found = addresses or ()
        none = tr("This laptop is in no office network. Use a USB stick.")
        self.address.setText(found[0] if found else "")
        rest = tr("Or, if that does not answer: {addresses}", addresses=", ".join(found[1:]))
        self.others.setText(none if not found else rest)
        self.address_label.setVisible(bool(found))
        self.address.setVisible(bool(found))
        self.others.setVisible(is_waiting and len(found) != 1)
        self.stop_button.setVisible(is_waiting)
        self.wait_button.setVisible(not is_waiting)

    def be_busy(self, *, is_busy: bool, is_waiting: bool) -> None:
        """Take nothing new while something is on its way; waiting can always be stopped."""
        self.stick_button.setEnabled(not is_busy and not is_waiting)
        self.wait_button.setEnabled(not is_busy)


def _button(words: str, icon: str, name: str, pressed: Callable[[], object]) -> Button:
    button = Button(words, "plain", icon, pressed=pressed)
    button.setObjectName(name)
    return button


def _row(*buttons: Button) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for button in buttons:
        layout.addWidget(button)
    layout.addStretch()
    return row
