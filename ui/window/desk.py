"""Everything that exists only while the vault is open: the window, the line, and joining."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.errors import AppError
from desktop.services import enrolment
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.settings import Settings
from i18n import tr
from ui.leaving import Leaving
from ui.line import Join, Line
from ui.lock import Lock
from ui.tasks import Tasks
from ui.unlock.gate import Gate
from ui.window.damage import DamageDoor
from ui.window.evening import Evening
from ui.window.hub import HubDoor
from ui.window.inbox import InboxDoor
from ui.window.learning import LearningDoor
from ui.window.numbered import NumberedDoor
from ui.window.passing import PassingDoor
from ui.window.promising import Promising
from ui.window.questioning import Questioning
from ui.window.reporting import Reporting
from ui.window.supervising import Supervising
from ui.window.window import Window
from ui.window.writing import WritingDoor

if TYPE_CHECKING:  # real work never loads them
    from ui.practice import Address, Practice
    from ui.unlock.joining import JoiningPage
    from ui.window.drawer import Drawer
    from ui.window.practising import Practising

_AFTER_THE_WINDOW = 400
"""Milliseconds until practice begins to lay out its week."""


class Desk(QObject):
    """Shows the window, once a practice vault has joined its network."""

    page_wanted = Signal(QWidget)

    def __init__(
        self, tasks: Tasks, line_tasks: Tasks, settings: Settings, chance: Callable[[int], bytes]
    ) -> None:
        """Build the window and the line; nothing is asked of a hub yet."""
        super().__init__()
        self.tasks, self._line_tasks, self._chance = tasks, line_tasks, chance
        self._practice: Practice | None = None
        self._is_joining = False
        self.line, self.join = Line(line_tasks), Join(line_tasks, chance)
        self.window = Window(tasks, settings, chance)
        self.hub, self.inbox = HubDoor(self.window, line_tasks), InboxDoor(self.window, chance)
        self.evening, self.damage = Evening(self.window), DamageDoor(self.window)
        self.reporting, self.numbered = Reporting(self.window, chance), NumberedDoor(self.window)
        self.writing, self.passing = WritingDoor(self.window), PassingDoor(self.window)
        self.promising, self.supervising = Promising(self.window), Supervising(self.window)
        self.questioning, self.learning = Questioning(self.window), LearningDoor(self.window)
        self.practising: Practising | None = None
        self.joining: JoiningPage | None = None
        self.drawer: Drawer | None = None
        self._connect()

    def begin(self, practice: "Practice | None", notices: tuple[str, ...]) -> None:
        """Show what comes first: the window, or how practice gets ready."""
        self._practice = practice
        self.hub.is_practice = practice is not None
        if practice is not None and practice.has_week:
            self._lay_out_week()
        self.tasks.run(enrolment.state, self._on_state)
        for notice in notices:
            self.window.toast.say(_notice_words(notice))

    def _lay_out_week(self) -> None:
        from ui.window.practising import Practising

        self.practising = Practising(self.window, self._chance)
        for show in (self.window.reload, self.promising.reload, self.supervising.count):
            self.practising.laid.connect(show)
        self.practising.sent.connect(self.line.start)
        self.line.round_done.connect(self.practising.go_on)
        self.learning.offer()
        # After what the window asks for by itself.
        QTimer.singleShot(_AFTER_THE_WINDOW, self.practising.begin)

    def rescue(self) -> None:
        """Keep what is unsaved anywhere: nobody can be asked any more."""
        self.inbox.rescue()
        self.reporting.rescue()
        self.writing.rescue()
        self.promising.page.rescue()
        self.questioning.rescue()
        self.learning.rescue()
        if self.drawer is not None:
            self.drawer.rescue()
        self.window.rescue()

    def open_drawer(self, gate: Gate, lock: Lock, leaving: Leaving, key: str) -> None:
        """Show what few nights need: "keys", "team", "devices" or "carry"."""
        from ui.window.drawer import Drawer

        if self.drawer is None:
            self.drawer = Drawer((self.tasks, self._line_tasks, leaving), self.window, gate, lock)
            # Without a line the round that follows brings nothing, and nobody else would look.
            shows = (self.window.reload, self.inbox.reload, self.reporting.reload)
            for show in (*shows, self.line.start):
                self.drawer.carried.connect(show)
        self.drawer.open(key)

    def _connect(self) -> None:
        for each in (self.window, self.inbox, self.reporting, self.numbered):
            self.line.round_done.connect(each.show_round)
        for tasks in (self.tasks, self._line_tasks):
            tasks.damaged.connect(self.damage.show)
        self.join.joined.connect(self._on_joined)
        self.join.waiting.connect(self._on_waiting)
        self.join.refused.connect(self._on_refused)
        _listen(self.window, self.line, self.join)

    @Slot(object)
    def _on_state(self, state: EnrolmentState) -> None:
        if self._practice is None or state is EnrolmentState.ENROLLED:
            self._show_window()
            self.line.start()
            self.join.go_on()
        else:
            self._show_joining(self._practice)
        if self._practice is not None:
            # Also once joined: its old port may be taken, and then it is found at another.
            self._practice.ready.connect(self._on_address)
            if self._practice.address is not None:
                self._on_address(self._practice.address)

    def _show_window(self) -> None:
        self._is_joining = False
        self.page_wanted.emit(self.window)
        self.window.setFocus()

    def _show_joining(self, practice: "Practice") -> None:
        from ui.unlock.joining import JoiningPage

        self._is_joining = True
        self.joining = JoiningPage()
        self.joining.skipped.connect(self._show_window)
        self.page_wanted.emit(self.joining)
        self.joining.setFocus()
        practice.missing.connect(self._show_window)

    @Slot(object)
    def _on_address(self, address: "Address") -> None:
        if self.joining is not None:
            self.joining.show_step(1)
        self.join.begin(address.url, Invitation(address.code, address.root))

    @Slot(bool)
    def _on_waiting(self, is_known: bool) -> None:
        if is_known and self.joining is not None:
            self.joining.show_step(2)
        if is_known:
            self.hub.show_state(EnrolmentState.PENDING, "")
        else:
            self.hub.show_away()

    @Slot()
    def _on_joined(self) -> None:
        if self._is_joining:
            self._show_window()
        self.line.start()
        if self.practising is not None:
            self.practising.go_on()
        self.hub.show()

    @Slot(object)
    def _on_refused(self, error: AppError) -> None:
        self.window.say_not_joined(error)
        if self.joining is not None:
            self.joining.say_failed(error)


def _listen(window: Window, line: Line, join: Join) -> None:
    """Let the line and joining hear what somebody wants of them."""
    window.sync_wanted.connect(line.start)
    window.status.removing_agreed.connect(line.agree)
    window.line_switched.connect(line.cut)
    window.join_wanted.connect(join.begin)
    window.again_wanted.connect(join.begin_again)
    window.staying_wanted.connect(join.give_up)
    line.round_done.connect(join.sign)


def _notice_words(code: str) -> str:
    return {
        "header_copy_damaged": tr("One copy of the vault's header was damaged and was mended."),
        "anchor_torn": tr("The last save was interrupted. All was checked and is there."),
        "not_closed": tr("The program ended without closing. All was checked and is there."),
        "keyring_failed": tr("The keyring does not answer; the passphrase alone opens the vault."),
    }[code]
