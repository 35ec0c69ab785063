"""One sealed backup at the hub: whose laptop left it, bringing it to a stick, and its end."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.devices import Device, Standing
from i18n import formats, tr
from ui.devices import backup_words
from ui.devices.asking import Asking
from ui.devices.row import name_of
from ui.widgets.buttons import Button
from ui.widgets.labels import Pill, text, wrapped

if TYPE_CHECKING:
    from desktop.services.lost_laptops import LostBackup

_MEGABYTE = 1_000_000


class LostRow(QWidget):
    """Says nothing of what is in it: nobody here can know."""

    wanted = Signal(object)
    unwanted = Signal(object)
    """A person said twice that the hub shall destroy it."""
    resized = Signal()
    asked = Signal(QWidget)

    def __init__(
        self, lost: "LostBackup", device: Device | None, earlier: "tuple[LostBackup, ...]" = ()
    ) -> None:
        """Show it; `device` is None where the hub no longer tells of it."""
        super().__init__()
        self.lost, self._name, self._is_out = lost, _name(device), _is_out(device)
        self.line = _line(lost)
        self.earlier = tuple(self._earlier(each) for each in earlier)
        self.more_button = self._button(tr("Earlier ones"), "quiet", "lost-earlier")
        self.ends = _ends(device)
        self.asking = Asking()
        self.bring_button = self._button(tr("Bring to a stick…"), "plain", "lost-bring")
        self.destroy_button = self._button(tr("Destroy it there…"), "quiet", "lost-destroy")
        self._lay_out()
        self.setAccessibleName(f"{self._name}. {self.line} {self.ends}".rstrip())
        self.bring_button.clicked.connect(lambda: self.wanted.emit(lost))
        self.destroy_button.clicked.connect(self._on_destroy)
        self.more_button.clicked.connect(self._on_more)
        self.asking.keep_button.clicked.connect(self._on_keep)
        self.asking.sure_button.clicked.connect(self._on_sure)

    def rest(self, *, is_free: bool) -> None:
        """Ask nothing; while something is brought, nothing else is done."""
        for button in (self.bring_button, *self.earlier):
            button.setEnabled(is_free)
        self.destroy_button.setEnabled(is_free)
        self.destroy_button.setVisible(self._is_out)
        self.asking.hide()

    @Slot()
    def _on_more(self) -> None:
        self.more_button.hide()
        for button in self.earlier:
            button.show()
        self.earlier[0].setFocus()
        self.resized.emit()

    @Slot()
    def _on_destroy(self) -> None:
        self.asking.ask(*backup_words.destroy(self._name))
        self.destroy_button.hide()
        self.asked.emit(self.asking)

    @Slot()
    def _on_keep(self) -> None:
        self.rest(is_free=True)
        self.destroy_button.setFocus()
        self.resized.emit()

    @Slot()
    def _on_sure(self) -> None:
        self.asking.wait()
        self.unwanted.emit(self.lost)
        self.resized.emit()

    def _button(self, words: str, kind: str, name: str) -> Button:
        button = Button(words, kind).sized("small")
        button.setObjectName(name)
        button.setAccessibleName(f"{self._name}: {words}")
        return button

    def _earlier(self, lost: "LostBackup") -> Button:
        button = self._button(f"{_line(lost)} · {tr('Bring to a stick…')}", "quiet", "lost-bring")
        button.clicked.connect(lambda: self.wanted.emit(lost))
        return button

    def _lay_out(self) -> None:
        row, words, column = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        words.setSpacing(2)
        words.addWidget(text(self._name, "body", weight="semibold"))
        words.addWidget(text(self.line, "caption", "text2"))
        row.addLayout(words)
        if self.lost.is_own:
            row.addWidget(Pill(tr("This device")))
        elif self._is_out:
            row.addWidget(Pill(tr("Shut out"), "neutral"))
        row.addStretch()
        row.addWidget(self.destroy_button)
        row.addWidget(self.bring_button)
        column.setSpacing(2)
        column.addLayout(row)
        if self.ends:
            column.addWidget(wrapped(self.ends, "caption", "warn"))
        for button in (self.more_button, *self.earlier):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.hide()
        self.more_button.setVisible(bool(self.earlier))
        column.addWidget(self.asking)
        self.rest(is_free=True)


def _line(lost: "LostBackup") -> str:
    return tr(
        "Everything until {made} · {size} MB",
        made=formats.day_and_clock(lost.generation.made_at),
        size=formats.number(max(1, round(lost.size / _MEGABYTE))),
    )


def _is_out(device: Device | None) -> bool:
    return device is not None and device.standing is Standing.REVOKED


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
