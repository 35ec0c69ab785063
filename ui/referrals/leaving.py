"""What would leave, row by row, each of which can be taken out; and beside it what stays here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.referrals import Urgency
from i18n import formats, tr
from sync.protocol.bodies import Packet
from ui import style
from ui.item_words import told as told_of
from ui.people import keep_reason_words
from ui.referrals import words
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import IconLabel, Rule, text, wrapped

_LABEL, _DOWN = 136, 6


class LeavingCard(Card):
    """Every part of the packet that says something. The last words cannot be taken out."""

    moved = Signal(object)
    """An item that should stay here after all."""

    def __init__(self) -> None:
        """Be empty."""
        super().__init__(margin=18)
        self.buttons: dict[Item, Button] = {}

    def show_packet(self, packet: Packet) -> None:
        """Show a row for each item, then what else the packet says."""
        told = {item: packet.words[item] for item in Item if item in packet.words}
        self.buttons = {item: self._button(item) for item in told if len(told) > 1}
        rows: list[QWidget] = [text(tr("Leaves, word for word"), "note", weight="semibold")]
        for item, said in told.items():
            rows += [_said(words.item(item), told_of(item, said), self.buttons.get(item)), Rule()]
        _fill(self, (*rows, *_besides(packet)))

    def _button(self, item: Item) -> Button:
        button = Button(tr("Take out"), "quiet", "minus", pressed=lambda: self.moved.emit(item))
        button.setObjectName(f"preview-out-{item}")
        button.setAccessibleName(f"{words.item(item)}: {button.text()}")
        return button.sized("small")


class StayingCard(Card):
    """What is not agreed to or was taken out just now, and what never leaves."""

    moved = Signal(object)
    """An item that should leave after all; whether it may, the consent says."""

    def __init__(self) -> None:
        """Be empty."""
        super().__init__(margin=18)
        self.buttons: dict[Item, Button] = {}

    def show_staying(self, refused: tuple[Item, ...], taken_out: tuple[Item, ...]) -> None:
        """Show both; beside what was taken out, the way to put it back."""
        self.buttons = {item: self._button(item) for item in taken_out}
        rows: list[QWidget] = [text(tr("Stays on this device"), "note", weight="semibold")]
        for item, button in self.buttons.items():
            told = tr("{item}: taken out", item=words.item(item))
            rows.append(_beside(_stay(told, "minus"), button))
        rows += [
            _stay(tr("{item}: not agreed to", item=words.item(item)), "hand") for item in refused
        ]
        rows += [
            _stay(tr("Every counseling note"), "notebook-pen"),
            _stay(tr("Risk level and its grounds"), "shield"),
            _stay(tr("Where and when you met"), "map-pin"),
            _stay(tr("Everyone else"), "users"),
        ]
        _fill(self, tuple(rows))

    def _button(self, item: Item) -> Button:
        button = Button(tr("Put back"), "quiet", "plus", pressed=lambda: self.moved.emit(item))
        button.setObjectName(f"preview-back-{item}")
        button.setAccessibleName(f"{words.item(item)}: {button.text()}")
        return button.sized("small")


def _besides(packet: Packet) -> tuple[QWidget, ...]:
    helps = formats.names(tuple(words.category(Category(each)) for each in packet.categories))
    urgency = words.urgency(Urgency(packet.urgency))
    rows: list[QWidget] = [_said(tr("Services"), helps), Rule(), _said(tr("Urgency"), urgency)]
    if packet.keep_from_guardian:
        why = keep_reason_words(packet.keep_reason or "")
        told = (tr("Must not be told"), *((why,) if why else ()))
        rows += [Rule(), _said(tr("Guardian"), " · ".join(told))]
    when = formats.day_and_clock(packet.written_at)
    number = tr("Case number {number}, written {time}", number=packet.ref[:8], time=when)
    return (*rows, Rule(), _said(tr("Also"), number))


def _said(name: str, said: str, button: Button | None = None) -> QWidget:
    row = QWidget()
    label, value = text(name, "caption", "text3"), wrapped(said, "body", "text", "medium")
    label.setFixedWidth(style.scaled(_LABEL))
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    value.setAccessibleName(f"{name}: {said}")
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(value, 1)
    if button is not None:
        for part in (label, value):
            part.setContentsMargins(0, _DOWN, 0, 0)  # on the line of the button's words
        value.setAlignment(Qt.AlignmentFlag.AlignTop)
        across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return row


def _stay(said: str, icon: str) -> QWidget:
    return IconLabel(icon, said, "text2")


def _beside(told: QWidget, button: Button) -> QWidget:
    row = QWidget()
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(told, 1)
    across.addWidget(button)
    return row


def _fill(card: Card, parts: tuple[QWidget, ...]) -> None:
    while item := card.body.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    card.add(*parts)
    card.body.addStretch()
