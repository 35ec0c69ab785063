"""Sealed backups at the hub: whether they are kept there, and bringing a lost laptop's."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget

from desktop.errors import AppError
from desktop.services import devices
from desktop.services.devices import Device, Standing
from i18n import tr
from ui.devices import backup_words
from ui.devices.asking import Asking
from ui.devices.lost_row import LostRow
from ui.leaving import Leaving
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import text, wrapped

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.services.backups import Vault
    from desktop.services.lost_laptops import LostBackup
    from desktop.services.office_backups import Progress, Watch
    from sync.client.transport import HttpHub

    Found = tuple[bool, tuple[LostBackup, ...]]
    Why = Callable[[AppError], str]
    Asked = Callable[[Vault, HttpHub, datetime], Found]


class HubBackupsPart(QWidget):
    """The rule in two steps, then what each laptop left last. Everything asks the hub."""

    resized = Signal()
    asked = Signal(QWidget)
    """A question is open: whoever scrolls shows it."""

    def __init__(self, tasks: Tasks, leaving: Leaving) -> None:
        """Know nothing yet; `tasks` are the line's, and `leaving` carries what is brought."""
        super().__init__()
        self._tasks, self._leaving = tasks, leaving
        self._devices: dict[str, Device] = {}
        self._found: Found | None = None
        self._is_bringing = False
        self.rule = wrapped("", "body", "text")
        self.switch_button = Button(" ", "plain", "hard-drive", pressed=self._on_switch)
        self.switch_button.setObjectName("hub-backups-switch")
        self.asking, self.notice = Asking(), Notice("info", "", "neutral")
        self.bar = QProgressBar()
        self.rows: tuple[LostRow, ...] = ()
        self.left = text(tr("What laptops left last"), "caption", "text3", "semibold")
        self._list = QVBoxLayout()
        self._lay_out()
        self.asking.keep_button.clicked.connect(self._rest)
        self.asking.sure_button.clicked.connect(self._on_sure)

    def begin(self) -> None:
        """Ask the hub how it stands."""
        if not self._is_bringing:
            self.notice.hide()
        self._rest()
        self._ask(_looked)

    def show_devices(self, found: tuple[Device, ...]) -> None:
        """Know whose each backup is."""
        self._devices = {each.id: each for each in found}
        if self._found is not None:
            self._show(self._found)

    def _show(self, found: "Found") -> None:
        self._found = found
        is_on, lost = found
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = _rows(lost, self._devices)
        for row in self.rows:
            row.wanted.connect(self._on_bring)
            row.unwanted.connect(self._on_unwanted)
            row.resized.connect(self.resized)
            row.asked.connect(self.asked)
            self._list.addWidget(row)
            row.show()  # at once: what is not shown yet takes no room
        self.left.setVisible(bool(self.rows))
        self.rule.setText(backup_words.rule(is_on=is_on))
        self.switch_button.say(
            tr("Stop keeping them there…") if is_on else tr("Keep them at the hub…")
        )
        self._rest()

    @Slot()
    def _on_switch(self) -> None:
        is_on = self._found is not None and self._found[0]
        asks = backup_words.turn_off() if is_on else backup_words.turn_on()
        self.asking.ask(*asks, kind="danger" if is_on else "primary")
        self.switch_button.hide()
        self.asked.emit(self.asking)

    @Slot()
    def _on_sure(self) -> None:
        if self._found is not None:
            self.asking.wait()
            self.resized.emit()
            self._ask(partial(_decided, is_on=not self._found[0]))

    @Slot(object)
    def _on_bring(self, lost: "LostBackup") -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose the USB stick"))
        if not chosen:
            return
        self._is_bringing = True
        self.bar.setRange(0, 0)
        self._rest()
        self._say("hourglass", tr("Bringing it. Leave the stick in; you can go on working."))
        bring = partial(_brought, which=lost, place=Path(chosen))
        self._leaving.beside(bring, self._show_progress, self._on_brought, self._on_not_brought)

    def _show_progress(self, progress: "Progress") -> None:
        self.bar.setRange(0, 1_000)
        self.bar.setValue(1_000 * progress.done // max(1, progress.total))

    def _on_brought(self, place: Path) -> None:
        self._is_bringing = False
        self._rest()
        self._say("circle-check", backup_words.brought(place.parent.parent.name), "ok")

    @Slot(object)
    def _on_unwanted(self, lost: "LostBackup") -> None:
        def then(found: "Found") -> None:
            self._show(found)
            self._say("circle-check", tr("It is destroyed at the hub."), "ok")
            self.switch_button.setFocus()  # the row that had the keyboard is gone

        self._ask(partial(_destroyed, device=lost.device), then)

    def _ask(self, work: "Asked", then: "Callable[[Found], None] | None" = None) -> None:
        now = self._tasks.moment().now
        self._tasks.run(
            lambda vault: devices.over_line(vault, lambda hub: work(vault, hub, now)),
            then or self._show,
            self._on_failed,
        )

    def _on_not_brought(self, error: AppError) -> None:
        self._is_bringing = False
        self._on_failed(error, backup_words.not_brought)

    def _on_failed(self, error: AppError, why: "Why" = backup_words.not_done) -> None:
        self._rest()
        self._say("circle-alert", why(error), "danger")

    def _say(self, icon: str, words: str, tone: str = "info") -> None:
        self.notice.show_words(icon, words, tone)
        self.notice.show()
        self.resized.emit()

    @Slot()
    def _rest(self) -> None:
        self.asking.hide()
        self.bar.setVisible(self._is_bringing)
        self.switch_button.setVisible(self._found is not None)
        for row in self.rows:
            row.rest(is_free=not self._is_bringing)
        self.resized.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(text(tr("Sealed backups at the hub"), "note", weight="semibold"))
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("On its way from the hub"))
        column.addWidget(self.rule)
        column.addWidget(self.asking)
        column.addWidget(self.switch_button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.notice, self.bar, self.left):
            column.addWidget(part)
        column.addLayout(self._list)
        self.left.hide()
        self.notice.hide()


def _rows(lost: "tuple[LostBackup, ...]", known: dict[str, Device]) -> tuple[LostRow, ...]:
    sets: dict[str, list[LostBackup]] = {}
    for each in lost:  # the newest comes first
        sets.setdefault(each.device, []).append(each)
    found = ((each[0], known.get(device)) for device, each in sets.items())
    return tuple(
        LostRow(*each, earlier=tuple(sets[each[0].device][1:]))
        for each in sorted(found, key=_is_in)
    )


def _is_in(found: "tuple[LostBackup, Device | None]") -> bool:
    return found[1] is not None and found[1].standing is not Standing.REVOKED


def _looked(vault: "Vault", hub: "HttpHub", now: "datetime") -> "Found":
    from desktop.services import lost_laptops, office_backups

    return office_backups.rule(vault, hub, now), lost_laptops.lost(vault, hub, now)


def _decided(vault: "Vault", hub: "HttpHub", now: "datetime", *, is_on: bool) -> "Found":
    from desktop.services import lost_laptops, office_backups

    stands = office_backups.decide(vault, hub, now, is_on=is_on)
    return stands, lost_laptops.lost(vault, hub, now)


def _destroyed(vault: "Vault", hub: "HttpHub", now: "datetime", *, device: str) -> "Found":
    from desktop.services import lost_laptops

    return True, lost_laptops.destroy(vault, hub, device, now)


def _brought(vault: "Vault", watch: "Watch", *, which: "LostBackup", place: Path) -> Path:
    from desktop.services import lost_laptops

    return devices.over_line(
        vault, lambda hub: lost_laptops.bring(vault, hub, which, place, watch)
    )
