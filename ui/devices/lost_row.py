"""One sealed backup at the hub: whose laptop left it, when, and bringing it to a stick."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.devices import Device, Standing
from i18n import formats, tr
from ui.devices.row import name_of
from ui.widgets.buttons import Button
from ui.widgets.labels import Pill, text

if TYPE_CHECKING:
    from desktop.services.lost_laptops import LostBackup

_MEGABYTE = 1_000_000


class LostRow(QWidget):
    """Says nothing of what is in it: nobody here can know."""

    wanted = Signal(object)

    def __init__(self, lost: "LostBackup", device: Device | None) -> None:
        """Show it; `device` is None where the hub no longer tells of it."""
        super().__init__()
        self.lost = lost
        name = _name(device)
        self.bring_button = Button(tr("Bring to a stick…"), "plain").sized("small")
        self.bring_button.setObjectName("lost-bring")
        self.bring_button.setAccessibleName(f"{name}: {tr('Bring to a stick…')}")
        self.bring_button.clicked.connect(lambda: self.wanted.emit(lost))
        self.line = tr(
            "Everything until {made} · {size} MB",
            made=formats.day_and_clock(lost.generation.made_at),
            size=formats.number(max(1, round(lost.size / _MEGABYTE))),
        )
        self.ends = _ends(device)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addLayout(self._words(name))
        if lost.is_own:
            row.addWidget(Pill(tr("This device")))
        elif device is not None and device.standing is Standing.REVOKED:
            row.addWidget(Pill(tr("Shut out"), "neutral"))
        row.addStretch()
        row.addWidget(self.bring_button)
        self.setAccessibleName(f"{name}. {self.line} {self.ends}".rstrip())

    def _words(self, name: str) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text(name, "body", weight="semibold"))
        words.addWidget(text(self.line, "caption", "text2"))
        if self.ends:
            words.addWidget(text(self.ends, "caption", "warn"))
        return words


def _ends(device: Device | None) -> str:
    until = device.left_until if device else None
    if until is None:
        return ""
    return tr(
        "The hub destroys it on {day}. Bring it to a stick before.", day=formats.full_day(until)
    )


def _name(device: Device | None) -> str:
    if device is None:
        return tr("A laptop that is gone")
    return name_of(device)
