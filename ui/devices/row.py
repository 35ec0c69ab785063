"""One device: who waits with six words, or who is in."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.devices import Device, Standing
from i18n import formats, language, later, tr
from ui.widgets.buttons import Button
from ui.widgets.labels import Pill, text, wrapped
from ui.widgets.six_words import SixWordsPart
from ui.widgets.twice import SecondButton

ROLES = {
    "counselor": later("Counselor"),
    "desk": later("Agency desk"),
    "admin": later("Looks after devices"),
    "supervisor": later("Supervisor"),
    "coordinator": later("Network coordinator"),
}


def role_words(device: Device) -> str:
    """Return what a device is used for."""
    return tr(ROLES.get(device.role, device.role))


def name_of(device: Device) -> str:
    """Return by what a device is told from another that does the same."""
    return f"{role_words(device)} · {short_words(device)}"


class WaitingRow(QFrame):
    """A device at the door: compare its words, then let it in or turn it away, in two steps."""

    def __init__(self, device: Device) -> None:
        """Show it, with nothing decided."""
        super().__init__()
        self.device = device
        self.setProperty("card", "true")
        name = name_of(device)
        self.setAccessibleName(name)
        self.words = SixWordsPart()
        self.words.show_words(device.words)
        self.first_button = Button(tr("I have compared them"), "plain", pressed=self._on_compared)
        self.first_button.setObjectName("device-compared")
        self.approve_button = SecondButton(tr("Let in"), "primary", "check")
        self.approve_button.setObjectName("device-approve")
        self.approve_button.setAccessibleName(f"{name}: {tr('Let in')}")
        self.refuse_button = Button(tr("Turn away"), "quiet")
        self.refuse_button.setObjectName("device-refuse")
        self.refuse_button.setAccessibleName(f"{name}: {tr('Turn away')}")
        call = tr("Call whoever sits there. Their screen shows the same six words.")
        self.lead = wrapped(call, "body", "text")
        self.approve_button.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        head.addWidget(text(role_words(self.device), "body", weight="semibold"))
        head.addStretch()
        asked = tr("since {day}", day=formats.short_day(self.device.asked_at))
        head.addWidget(text(asked, "caption", "text2"))
        column.addLayout(head)
        column.addWidget(self.lead)
        column.addWidget(self.words)
        foot.addWidget(self.refuse_button)
        foot.addStretch()
        foot.addWidget(self.first_button)
        foot.addWidget(self.approve_button)
        column.addLayout(foot)

    @Slot()
    def _on_compared(self) -> None:
        self.first_button.hide()
        self.approve_button.show()
        self.approve_button.setFocus()
        role = role_words(self.device)
        self.lead.setText(tr("Let this device in as “{role}”? It can then read what "
                             "your organization receives.", role=role))  # fmt: skip


class DeviceRow(QWidget):
    """A device that is in, or was."""

    def __init__(self, device: Device) -> None:
        """Show it."""
        super().__init__()
        self.device = device
        day = tr("since {day}", day=formats.short_day(device.decided_at or device.asked_at))
        name = name_of(device)
        self.setAccessibleName(f"{name} · {day}")
        self.remove_button = Button(tr("Shut out"), "quiet").sized("small")
        self.remove_button.setObjectName("device-remove")
        self.remove_button.setAccessibleName(f"{name}: {tr('Shut out')}")
        is_in = device.standing is not Standing.REVOKED
        row, words = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        words.setSpacing(2)
        words.addWidget(text(role_words(device), "body", weight="semibold"))
        words.addWidget(text(short_words(device), "caption", "text3"))
        row.addLayout(words)
        if device.is_this:
            row.addWidget(Pill(tr("This device")))
        if not is_in:
            row.addWidget(Pill(tr("Shut out"), "neutral"))
        row.addStretch()
        row.addWidget(text(day, "caption", "text2"))
        row.addWidget(self.remove_button)
        self.remove_button.setVisible(is_in and not device.is_this)


def short_words(device: Device) -> str:
    """Return the first of its six words, by which a device is told from another."""
    shown = device.words.en if language() == "en" else device.words.ko
    return " ".join(shown[:3])
