"""Tonight on the left, the note in the middle, consent and referral beside it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.domain.ids import MeetingId, YouthId
from desktop.errors import AppError
from desktop.services import exchange, youths
from desktop.services.exchange import Round
from desktop.services.youths import YouthFile
from desktop.settings import Settings
from ui import messages
from ui.syncing.bar import StatusBar
from ui.tasks import Tasks
from ui.widgets.toast import Toast
from ui.window.board import Board
from ui.window.followed import FollowedDoor
from ui.window.header import Header
from ui.window.pages import Pages
from ui.window.sheets import Sheets
from ui.window.side import Side
from ui.youths.half_typed import HalfTyped
from ui.youths.rail import Rail

if TYPE_CHECKING:
    from ui.consents.handing import Handing


class Window(Sheets):
    """Everything a counselor works with; HandOver replaces all of it while it is shown."""

    sync_wanted, theme_wanted, settings_wanted = Signal(), Signal(), Signal()
    line_switched = Signal(bool)

    def __init__(self, tasks: Tasks, settings: Settings, chance: Callable[[int], bytes]) -> None:
        """Build the board once; `chance` makes the keys of a seal."""
        super().__init__(tasks, settings, chance)
        self._open: tuple[YouthId, MeetingId | None] | None = None
        self.header = Header()
        self.rail, self.side, self.status = Rail(tasks, self), Side(self), StatusBar(tasks)
        self.board = Board(self.header, self.rail, self.side, self.status)
        self.addWidget(self.board)
        self.pages = Pages(tasks, self.board)
        self.half_typed, self.toast = HalfTyped(tasks, self.rail), Toast(self)
        self.followed = FollowedDoor(self, self.pages, self.side)
        self.status.show_autolock(settings.lock_after_minutes)
        self._connect_people()
        self._connect_referral()
        self._connect_program()
        tasks.failed.connect(self.say_failed)
        tasks.run(exchange.line, self.status.show_line)

    def show_settings(self, settings: Settings) -> None:
        """Follow settings that were changed anywhere."""
        super().show_settings(settings)
        self.status.show_autolock(settings.lock_after_minutes)
        self.header.show_theme()

    def rescue(self) -> None:
        """Keep what is unsaved anywhere: nobody can be asked any more."""
        self.pages.rescue()
        self.half_typed.rescue()
        self.rescuing.emit()
        super().rescue()

    def show_round(self, done: Round) -> None:
        """Show how a round with the hub went, and what it brought."""
        self.status.show_round(done)
        self._tasks.run(self.status.asking(), self.status.show_glance)
        if done.has_moved:
            self.reload()

    @Slot(object)
    def say_failed(self, error: AppError) -> None:
        """Say a failure that no page has said."""
        if self.currentWidget() is self.board:
            self.toast.say(messages.sentence(error))

    @Slot()
    def reload(self) -> None:
        """Show again what is open."""
        self.rail.reload()
        if self._open is not None:
            self.open_file(*self._open)
        self.reloaded.emit()

    def let_go(self, youth: YouthId) -> None:
        """Take a young person off the page: what is kept about them is about to be destroyed."""
        self._open = None if self._open and self._open[0] == youth else self._open
        self.letting_go.emit(youth)
        self.pages.let_go(youth)

    @Slot(object, object)
    def open_file(self, youth: YouthId, meeting: MeetingId | None) -> None:
        """Open the file of one young person at one meeting."""
        self._open = (youth, meeting)
        self.pages.make()
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: youths.open_file(vault, youth, meeting, moment), self._show_file
        )

    def _show_file(self, file: YouthFile) -> None:
        if self._open is not None and file.youth.id == self._open[0]:
            self.pages.show_file(file)

    def _connect_people(self) -> None:
        self.rail.youth_chosen.connect(self.open_file)
        self.rail.youth_met.connect(self.pages.write_next)
        self.rail.writing_wanted.connect(self.pages.write)
        self.found.connect(self._on_found)
        self.pages.note_saved.connect(self.rail.reload)
        self.pages.judged.connect(self.reload)
        self.pages.stayed.connect(self._on_found)
        self.header.new_button.clicked.connect(self.board.new_meeting)
        # On the board, so that they rest while the laptop is in a young person's hands.
        QShortcut(QKeySequence("Ctrl+N"), self.board, self.board.new_meeting)

    def _connect_referral(self) -> None:
        self.pages.handover_wanted.connect(self.ask_for_pin)
        self.pages.report_wanted.connect(self.side.emergency.open_report)
        self.pages.withdrawn.connect(self._on_sending)
        self.pages.compose_wanted.connect(self.write_referral)
        self.pages.preview_wanted.connect(self.show_preview)
        self.draft_kept.connect(self.reload)
        self.released.connect(self._on_sending)
        self.hand_over_wanted.connect(self._on_hand_over)
        self.handed_back.connect(self._on_handed_back)

    def _connect_program(self) -> None:
        self.header.lock_button.clicked.connect(self.lock_wanted)
        self.header.theme_button.clicked.connect(self.theme_wanted)
        self.header.settings_button.clicked.connect(self.settings_wanted)
        self.header.search_button.clicked.connect(self._on_search)
        self.status.sync_wanted.connect(self.sync_wanted)
        self.status.line_switched.connect(self.line_switched)
        QShortcut(QKeySequence("Ctrl+K"), self.board, self._on_search)
        self.action_chosen.connect(self._on_action)

    @Slot()
    def _on_search(self) -> None:
        self.palette_sheet.open_at(self.header.search_button)

    @Slot(str)
    def _on_action(self, key: str) -> None:
        does = {
            "new-meeting": self.board.new_meeting,
            "lock": self.lock_wanted.emit,
            "theme": self.theme_wanted.emit,
            "sync": self.sync_wanted.emit,
            "report": self.side.emergency.open_report,
            "settings": self.settings_wanted.emit,
        }
        does.get(key, partial(self.drawer_wanted.emit, key))()

    @Slot(object, object)
    def _on_found(self, youth: YouthId, meeting: MeetingId | None) -> None:
        self.rail.select(meeting)
        self.pages.write_next()
        self.open_file(youth, meeting)

    @Slot()
    def _on_sending(self) -> None:
        self.reload()
        self.sync_wanted.emit()

    @Slot(object)
    def _on_hand_over(self, handing: "Handing") -> None:
        self.pages.save_now()
        self.toast.hide()
        self.hand_over.begin(handing)
        self.setCurrentWidget(self.hand_over)

    @Slot(object)
    def _on_handed_back(self, consent: object) -> None:
        self.setCurrentWidget(self.board)
        if consent is not None:
            self._on_sending()
