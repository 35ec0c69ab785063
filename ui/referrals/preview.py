"""Exactly what would leave, read back from the bytes that would be sealed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.referrals import Draft, Tracking, Urgency
from desktop.errors import AppError, PreviewChanged
from desktop.services import referrals
from desktop.services.youths import YouthFile
from i18n import formats, tr
from sync.protocol.bodies import Packet
from sync.protocol.codec import read_json
from ui.messages import sentence
from ui.new_key import NewKey
from ui.people import keep_reason_words
from ui.referrals import words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Notice
from ui.widgets.labels import IconLabel, Rule, text, wrapped
from ui.widgets.sheet import Sheet


class PreviewSheet(Sheet):
    """Left: every word that leaves. Right: what stays here."""

    released = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget, chance: Callable[[int], bytes]) -> None:
        """Be ready over `window`; `chance` makes the keys of the seal."""
        super().__init__(window, tr("See what would be sent"), tr("Close"), width=1000)
        self._tasks, self._chance = tasks, chance
        self._draft: Draft | None = None
        self._preview: referrals.Preview | None = None
        self.to = Notice("building-2", "", "info")
        self.leaving, self.staying = Card(margin=18), Card(margin=18)
        self.problem = Notice("triangle-alert", "", "danger")
        self.new_key = NewKey(tasks)
        self.release_button = Button(tr("Send exactly this"), "primary", "send")
        self.release_button.setObjectName("preview-release")
        self.back_button = Button(tr("Do not send yet"), "plain", pressed=self.leave)
        self.back_button.setObjectName("preview-back")
        self._lay_out()
        self.release_button.clicked.connect(self._on_release)
        self.new_key.changed.connect(self.release_button.setDisabled)
        self.new_key.failed.connect(self._say_wrong)

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self.leaving, 3)
        sides.addWidget(self.staying, 2)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.new_key)
        self.body.addWidget(self.to)
        self.body.addLayout(sides)
        self.body.addStretch()
        seal = tr("It is sealed so that only this agency can open it.")
        self.foot.addWidget(IconLabel("lock", seal, size="caption"), 1)
        self.foot.addWidget(self.back_button)
        self.foot.addWidget(self.release_button)

    def open_for(self, file: YouthFile) -> None:
        """Ask what would leave, then show it."""
        self._draft = file.draft
        if self._draft is not None:
            self._ask(self._draft)

    def shown_words(self) -> dict[Item, str]:
        """Return the words on the left, by item."""
        return dict(self._preview.rows) if self._preview else {}

    def _ask(self, draft: Draft) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: referrals.preview(vault, draft, moment), self._show, self._say_wrong
        )

    def _show(self, preview: referrals.Preview) -> None:
        self._preview = preview
        self.problem.hide()
        for part in (self.to, self.leaving, self.staying):
            part.show()
        self.to.show_words("building-2", _to_whom(preview), "info")
        _fill(self.leaving, _leaving(read_json(Packet, preview.packet)))
        _fill(self.staying, _staying(preview))
        self.release_button.setEnabled(True)
        self.new_key.look_at(preview.referral.agency)
        # Nothing is under Enter: sending is a person's move.
        self.open(self.close_button)

    def _say_wrong(self, error: AppError) -> None:
        self.problem.show_words("triangle-alert", sentence(error), "danger")
        self.problem.show()
        is_stale = isinstance(error, PreviewChanged)
        for part in (self.to, self.leaving, self.staying):
            part.setVisible(is_stale)
        self.release_button.setEnabled(False)
        self.open(self.close_button)

    @Slot()
    def _on_release(self) -> None:
        preview, moment, chance = self._preview, self._tasks.moment(), self._chance
        if preview is None:
            return
        self.release_button.setEnabled(False)
        self._tasks.run(
            lambda vault: referrals.release(vault, preview, moment, chance),
            self._on_released,
            self._say_wrong,
        )

    def _on_released(self, tracking: Tracking) -> None:
        self._preview = None
        self.leave()
        self.released.emit(tracking)


def _to_whom(preview: referrals.Preview) -> str:
    return tr(
        "To {agency}, under the consent of {asked}, valid until {until}.",
        agency=preview.agency_name,
        asked=formats.day_and_clock(preview.consent.asked_at),
        until=formats.full_day(preview.consent.valid_until),
    )


def _leaving(packet: Packet) -> tuple[QWidget, ...]:
    """Return a row for every part of the packet that says something."""
    urgency = words.urgency(Urgency(packet.urgency))
    helps = formats.names(tuple(words.category(Category(each)) for each in packet.categories))
    parts: list[QWidget] = [text(tr("Leaves, word for word"), "note", weight="semibold")]
    for item in (item for item in Item if item in packet.words):
        parts += [_said(words.item(item), packet.words[item]), Rule()]
    parts += [_said(tr("Services"), helps), Rule(), _said(tr("Urgency"), urgency)]
    if packet.keep_from_guardian:
        why = keep_reason_words(packet.keep_reason or "")
        told = (tr("Must not be told"), *((why,) if why else ()))
        parts += [Rule(), _said(tr("Guardian"), " · ".join(told))]
    when = formats.day_and_clock(packet.written_at)
    number = tr("Case number {number}, written {time}", number=packet.ref[:8], time=when)
    parts += [Rule(), _said(tr("Also"), number)]
    return tuple(parts)


def _staying(preview: referrals.Preview) -> tuple[QWidget, ...]:
    parts: list[QWidget] = [text(tr("Stays on this device"), "note", weight="semibold")]
    for item in preview.staying:
        parts.append(_stay(tr("{item}: not agreed to", item=words.item(item)), "hand"))
    parts += [
        _stay(tr("Every counseling note"), "notebook-pen"),
        _stay(tr("Risk level and its grounds"), "shield"),
        _stay(tr("Where and when you met"), "map-pin"),
        _stay(tr("Everyone else"), "users"),
    ]
    return tuple(parts)


def _said(name: str, said: str) -> QWidget:
    row = QWidget()
    label, value = text(name, "caption", "text3"), wrapped(said, "body", "text", "medium")
    label.setFixedWidth(136)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    value.setAccessibleName(f"{name}: {said}")
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(value, 1)
    return row


def _stay(said: str, icon: str) -> QWidget:
    return IconLabel(icon, said, "text2")


def _fill(card: Card, parts: tuple[QWidget, ...]) -> None:
    while item := card.body.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    card.add(*parts)
    card.body.addStretch()
