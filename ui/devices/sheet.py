"""Letting devices in: who waits with which six words, who is in, and a new key for letters."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import AppError
from desktop.services import devices
from desktop.services.devices import Device, Standing
from i18n import formats, tr
from ui import messages
from ui.devices.asking import Asking
from ui.devices.backups import HubBackupsPart
from ui.devices.row import DeviceRow, WaitingRow, name_of
from ui.leaving import Leaving
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import Rule, text, wrapped
from ui.widgets.sheet import Sheet

Decide = Callable[..., tuple[Device, ...]]


class DevicesSheet(Sheet):
    """Everything here asks the hub; nothing is kept on this laptop but a new key."""

    def __init__(
        self, tasks: Tasks, chance: Callable[[int], bytes], leaving: Leaving, window: QWidget
    ) -> None:
        """Be ready over `window`; `tasks` are those of the line."""
        super().__init__(window, tr("Devices of the organization"), tr("Close"), width=720)
        self.setObjectName("devices-sheet")
        self._tasks, self._chance = tasks, chance
        self._decided: Callable[[], None] | None = None
        self.waiting: tuple[WaitingRow, ...] = ()
        self.rows: tuple[DeviceRow, ...] = ()
        self.notice = Notice("hourglass", "", "neutral")
        self.asking = Asking()
        self.key_button = Button(tr("Renew the key"), "plain", "key-round", pressed=self._on_key)
        self.key_button.setObjectName("devices-key")
        self.backups = HubBackupsPart(tasks, leaving)
        self._waiting_list, self._list = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self.backups.resized.connect(self.fit)
        self.backups.asked.connect(self._show_asking)
        self.asking.keep_button.clicked.connect(self._rest)
        self.asking.sure_button.clicked.connect(self._on_sure)

    def _lay_out(self) -> None:
        for part in (self.notice, self.asking):
            self.body.addWidget(part)
        self.body.addLayout(self._waiting_list)
        self.body.addWidget(text(tr("Devices that are in"), "note", weight="semibold"))
        self.body.addLayout(self._list)
        self.body.addWidget(Rule())
        about = tr("When somebody leaves: shut out their device, then renew the key. New letters "
                   "are sealed so that only those who are in can read them.")  # fmt: skip
        self.body.addWidget(wrapped(about, "caption", "text2"))
        self.body.addWidget(self.key_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Rule())
        self.body.addWidget(self.backups)
        self.body.addStretch()
        self.asking.hide()

    def begin(self) -> None:
        """Open it and ask the hub how things stand."""
        self.open(self.close_button)
        self._say("hourglass", tr("Asking the hub …"), "neutral")
        self._ask(lambda vault, hub, moment: devices.all(vault, hub, moment.now))
        self.backups.begin()

    def show_devices(self, found: tuple[Device, ...]) -> None:
        """Show who waits and who is in."""
        for row in (*self.waiting, *self.rows):
            row.hide()
            row.deleteLater()
        self.waiting = tuple(WaitingRow(d) for d in found if d.standing is Standing.PENDING)
        self.rows = tuple(DeviceRow(d) for d in found if d.standing is not Standing.PENDING)
        for row in self.waiting:
            self._waiting_list.addWidget(row)
            row.show()  # at once: what is not shown yet takes no room
            row.approve_button.clicked.connect(partial(self._approve, row.device))
            row.refuse_button.clicked.connect(partial(self._ask_away, row.device))
        for each in self.rows:
            self._list.addWidget(each)
            each.show()
            each.remove_button.clicked.connect(partial(self._ask_out, each.device))
        self.backups.show_devices(found)
        if self.waiting:
            self.notice.hide()
        else:
            self._say("circle-check", tr("Nobody waits at the door."), "ok")
        self._rest()

    def _approve(self, device: Device) -> None:
        self._busy()
        self._ask(lambda vault, hub, moment: devices.approve(vault, hub, device, moment))

    def _ask_away(self, device: Device) -> None:
        self._decided = partial(self._shut_out, device)
        title = tr("Turn “{device}” away?", device=name_of(device))
        words = tr("Its code is used up. Whoever sits there needs a new one.")
        self._ask_first(title, words, tr("Turn away"))

    def _ask_out(self, device: Device) -> None:
        self._decided = partial(self._shut_out, device)
        title = tr("Shut out “{device}”?", device=name_of(device))
        has_left = any(row.lost.device == device.id for row in self.backups.rows)
        self._ask_first(title, _out_words(device, has_left=has_left), tr("Shut out"))

    @Slot()
    def _on_key(self) -> None:
        self._decided = self._renew
        title = tr("Make a new key for letters to us?")
        words = tr("Each device that is in gets it. Other agencies use it once the network's "
                   "keepers have listed it. Old letters stay readable.")  # fmt: skip
        self._ask_first(title, words, tr("Renew the key"))

    @Slot()
    def _on_sure(self) -> None:
        decided, self._decided = self._decided, None
        if decided is not None:
            self.asking.wait()
            self._busy()
            self.fit()
            decided()

    def _ask_first(self, title: str, words: str, sure: str) -> None:
        self.asking.ask(title, words, sure)
        self._show_asking(self.asking)

    @Slot(QWidget)
    def _show_asking(self, asking: QWidget) -> None:
        self.fit()
        self._scroll.ensureWidgetVisible(asking)

    def _shut_out(self, device: Device) -> None:
        self._ask(lambda vault, hub, moment: devices.shut_out(vault, hub, device, moment))

    def _renew(self) -> None:
        chance = self._chance
        self._ask(lambda vault, hub, moment: devices.renew_key(vault, hub, moment, chance))

    def _ask(self, decide: Decide) -> None:
        moment = self._tasks.moment()

        self._tasks.run(
            lambda vault: devices.over_line(vault, lambda hub: decide(vault, hub, moment)),
            self.show_devices,
            self._on_failed,
        )

    def _busy(self) -> None:
        self.key_button.setEnabled(False)
        for row in self.waiting:
            row.approve_button.setEnabled(False)

    @Slot()
    def _rest(self) -> None:
        self._decided = None
        self.asking.hide()
        self.key_button.setEnabled(True)
        self.fit()

    def _say(self, icon: str, words: str, tone: str) -> None:
        self.notice.show_words(icon, words, tone)
        self.notice.show()

    def _on_failed(self, error: AppError) -> None:
        self._rest()
        for row in self.waiting:
            row.approve_button.setEnabled(True)
        self._say("circle-alert", messages.sentence(error), "danger")


def _out_words(device: Device, *, has_left: bool) -> str:
    words = tr("In since {day}. The hub no longer answers it, from now on and for good. What "
               "is on that device stays there, locked. Renew the key afterwards.",
               day=formats.short_day(device.decided_at or device.asked_at))  # fmt: skip
    if not has_left:
        return words
    return words + " " + tr("What it left at the hub stays there for 90 days. Bring it to a "
                            "stick before.")  # fmt: skip
