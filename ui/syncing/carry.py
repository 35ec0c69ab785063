"""Handing over without a line: this laptop's own sealed messages, or a colleague's."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.errors import AppError
from desktop.services import offices
from desktop.services.carrying import Forwarded, Packed, Unpacked
from i18n import tr
from ui import messages
from ui.syncing.carry_asked import CarryAsked
from ui.syncing.carry_line import Chance, OfficeLine
from ui.syncing.carry_parts import ForColleagues, FromHere
from ui.syncing.carry_stick import StickWork
from ui.syncing.carry_words import (
    back_words,
    forwarded_words,
    handed_out_words,
    is_all_through,
)
from ui.tasks import Tasks
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet


class CarrySheet(Sheet):
    """Nothing leaves the outbox here before its receipt is back, so nothing can be lost here."""

    changed = Signal()
    """Something came back and was taken in."""

    def __init__(self, tasks: Tasks, chance: Chance, window: QWidget) -> None:
        """Be ready over `window`; `tasks` are the line's."""
        super().__init__(window, tr("Hand over without a line"), tr("Close"), width=660)
        self.setObjectName("carry-sheet")
        self.office = OfficeLine(tasks, chance)
        self.stick = StickWork(tasks, chance, self)
        self.asked = CarryAsked(tasks, self.stick)
        self.notice = Notice("info", "", "info")
        self.here, self.colleagues = FromHere(), ForColleagues()
        self.body.addWidget(wrapped(_what_it_is(), "caption", "text2"))
        self.body.addWidget(self.notice)
        self.body.addWidget(self.asked)
        self.body.addWidget(self.here)
        self.body.addWidget(self.colleagues)
        self.body.addStretch()
        self._connect()

    @Slot()
    def begin(self) -> None:
        """Show what can be done."""
        if not self.office.is_waiting and not self.here.is_busy:
            self.notice.hide()
        self.open(self.close_button if self.here.is_busy else self.here.stick_button)

    def _connect(self) -> None:
        self.here.stick_wanted.connect(self.stick.hand_out)
        self.here.back_wanted.connect(self.stick.take_back)
        self.here.address_given.connect(self._on_address)
        self.here.resized.connect(self.fit)
        self.colleagues.stick_wanted.connect(self.stick.carry)
        self.colleagues.wait_wanted.connect(self._on_wait)
        self.colleagues.stop_wanted.connect(self.office.stop)
        self.closed.connect(self.office.stop)
        self.stick.begun.connect(self._be_busy)
        self.stick.done.connect(self._say)
        self.stick.came_back.connect(self._on_back)
        self.stick.failed.connect(self._on_failed)
        self.asked.begun.connect(self._be_busy)
        self.asked.came_back.connect(self._on_back)
        self.asked.failed.connect(self._on_failed)
        self.office.packed.connect(self._on_packed)
        self.office.came_back.connect(lambda came: self._on_back((came,)))
        self.office.waiting.connect(self._on_waiting)
        self.office.asked.connect(self._on_asked)
        self.office.brought.connect(self._on_brought)
        self.office.ended.connect(self._on_ended)
        self.office.failed.connect(self._on_failed)

    @Slot(tuple)
    @Slot(tuple, object)
    def _on_back(self, came: tuple[Unpacked, ...], failed: AppError | None = None) -> None:
        self.asked.show_back(came)
        self._say(*back_words(came, failed))
        self.changed.emit()

    @Slot(str)
    def _on_address(self, typed: str) -> None:
        try:
            to = offices.address(typed)
        except AppError as error:
            self.here.say_wrong(messages.sentence(error))
            return
        self._be_busy(tr("Sealing what goes."))
        self.office.give(to)

    @Slot(object)
    def _on_packed(self, packed: Packed) -> None:
        words = tr("Waiting for the answer of the other laptop.")
        self._be_busy(f"{handed_out_words(packed)} {words}")

    @Slot()
    def _on_wait(self) -> None:
        self._be_busy(tr("Getting ready to wait."))
        self.office.wait_for_colleagues()

    @Slot(tuple)
    def _on_waiting(self, addresses: tuple[str, ...]) -> None:
        self.here.hide()
        self.colleagues.show_addresses(addresses)
        self._say_waiting()

    @Slot()
    def _on_asked(self) -> None:
        self.notice.show_words(
            "hourglass", tr("A colleague is here. Bringing it to the Youth Safety Net."), "info"
        )
        self.fit()

    @Slot()
    def _on_ended(self) -> None:
        self.colleagues.show_addresses(None)
        self.here.show()
        self._say(tr("Nobody is waited for any more."), "neutral")

    @Slot(object)
    def _on_brought(self, done: Forwarded) -> None:
        self._say(forwarded_words(done), "ok" if is_all_through(done) else "warn")

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self._say(messages.sentence(error), "danger")

    def _say_waiting(self) -> None:
        words = tr(
            "Type the address below on the laptop without a line. Leave this open: the waiting "
            "ends when this sheet is closed or the laptop locks itself."
        )
        self._say(words, "info")

    @Slot(str)
    def _be_busy(self, words: str) -> None:
        self._enable(is_busy=True)
        self.notice.show_words("hourglass", words, "info")
        self.notice.show()
        self.close_button.setFocus()  # a disabled button keeps no keyboard
        self.fit()

    @Slot(str, str)
    def _say(self, words: str, tone: str) -> None:
        self._enable(is_busy=False)
        icon = {"ok": "circle-check", "danger": "circle-alert", "warn": "triangle-alert"}
        self.notice.show_words(icon.get(tone, "info"), words, tone)
        self.notice.show()
        self.fit()

    def _enable(self, *, is_busy: bool) -> None:
        # Who waits for colleagues does one thing; who does something else cannot be waited at.
        self.here.be_busy(is_busy=is_busy or self.office.is_waiting)
        self.colleagues.be_busy(is_busy=is_busy, is_waiting=self.office.is_waiting)
        self.asked.setEnabled(not is_busy)


def _what_it_is() -> str:
    return tr(
        "For a laptop that cannot reach the Youth Safety Net: a colleague's laptop brings its "
        "sealed messages there and takes the answers back. What goes opens on laptops of your "
        "organization only. If it is lost, nothing is lost here and nobody can read it."
    )
