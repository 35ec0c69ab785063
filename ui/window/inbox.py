"""The door to the inbox: a button with a count, and the page behind it, made when it is opened."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.domain.ids import ReferralId, YouthId
from desktop.errors import AppError
from desktop.services import inbox, youths
from desktop.services.exchange import Round
from desktop.services.inbox import Count
from desktop.services.youths import YouthFile
from ui import messages
from ui.emergency.strip import NumberStrip
from ui.syncing.line_signs import signs_like
from ui.window.strips import under_header
from ui.window.window import Window

if TYPE_CHECKING:  # most nights nobody opens it
    from ui.inbox.page import InboxPage
    from ui.keeping.upkeep import Upkeep
    from ui.syncing.outbox import OutboxSheet

_MINUTE = 60_000  # milliseconds; what was in time becomes overdue


class InboxDoor(QObject):
    """Says how many wait for us; puts the inbox in place of the board, and back."""

    emptied = Signal()

    def __init__(self, window: Window, chance: Callable[[int], bytes]) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window, self._chance = window, chance
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self.count)
        self._clock.start()
        window.drawer_wanted.connect(self._on_drawer)
        window.header.inbox_button.clicked.connect(self.open)
        window.status.outbox_made.connect(self._on_outbox)
        window.tasks.failed.connect(self._on_failed)
        self.count()

    @cached_property
    def numbers(self) -> NumberStrip:
        """Whom to call, in one line."""
        return NumberStrip()

    @cached_property
    def page(self) -> "InboxPage":
        """The inbox itself."""
        from ui.inbox.page import InboxPage

        status = self._window.status
        line = signs_like(status.pill, status.waiting_button)
        page = InboxPage(self._window.tasks, self._chance, line)
        page.closed.connect(self._on_closed)
        page.changed.connect(self._on_changed)
        page.emptied.connect(self.emptied)
        page.handed_on.connect(self._on_handed_on)
        self.numbers.number_wanted.connect(self._window.side.emergency.show_number)
        under_header(page, self.numbers, -1)  # at the foot: the board's own are behind this page
        self._window.addWidget(page)
        return page

    @Slot()
    def open(self) -> None:
        """Show the inbox in place of the board."""
        self._window.pages.save_now()
        self.page.reload()
        self._window.setCurrentWidget(self.page)
        self.page.listing.setFocus()

    @Slot(object)
    def open_at(self, ref: ReferralId) -> None:
        """Show one case of the inbox."""
        self.open()
        self.page.open_anew(ref)

    @Slot()
    def count(self) -> None:
        """Ask how many wait for a yes or no, and of how many there is news."""
        tasks = self._window.tasks
        now = tasks.moment().now
        tasks.run(lambda vault: inbox.count(vault, now), self._show)

    @Slot(object)
    def show_round(self, done: Round) -> None:
        """Show what a round with the hub brought."""
        if done.has_moved:
            self.reload()

    @Slot()
    def reload(self) -> None:
        """Show what there is now: something has come."""
        self.count()
        if "page" in vars(self):
            is_seen = self._window.currentWidget() is self.page
            (self.page.reload if is_seen else self.page.reload_unseen)()

    def looked_after_by(self, upkeep: "Upkeep") -> None:
        """Let it sweep after what goes here, and show at once what it has destroyed itself."""
        self.emptied.connect(upkeep.look)
        upkeep.emptied.connect(self.reload)

    def rescue(self) -> None:
        """At lock: keep every word."""
        if "page" in vars(self):
            self.page.rescue()

    @Slot(object)
    def _on_outbox(self, sheet: "OutboxSheet") -> None:
        sheet.going.case_wanted.connect(self.open_at)

    def _show(self, count: Count) -> None:
        self._window.header.show_inbox(count.unanswered, count.late, count.news)

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        if "page" in vars(self) and self._window.currentWidget() is self.page:
            self._window.toast.say(messages.sentence(error))

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "inbox":
            self.open()

    @Slot()
    def _on_closed(self) -> None:
        self.page.keep_typed()
        self._window.setCurrentWidget(self._window.board)
        self._window.header.inbox_button.setFocus()

    @Slot()
    def _on_changed(self) -> None:
        self.count()
        self._window.sync_wanted.emit()

    @Slot(object)
    def _on_handed_on(self, youth: YouthId) -> None:
        self._on_closed()
        self._window.open_file(youth, None)
        tasks = self._window.tasks
        moment = tasks.moment()
        tasks.run(lambda vault: youths.open_file(vault, youth, None, moment), self._write)

    def _write(self, file: YouthFile) -> None:
        self._window.write_referral(file)
