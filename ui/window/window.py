"""Tonight on the left, the note in the middle, consent and referral beside it."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.domain.agencies import Agency
from desktop.domain.ids import MeetingId, YouthId
from desktop.errors import AppError
from desktop.services import exchange, youths
from desktop.services.exchange import Round
from desktop.services.youths import YouthFile
from ui import messages
from ui.notes.page import NotePage
from ui.searching.palette import Palette
from ui.syncing.bar import StatusBar
from ui.tasks import Tasks
from ui.widgets.toast import Toast
from ui.window.board import Board, Middle
from ui.window.header import Header
from ui.window.sheets import Sheets
from ui.window.side import Side
from ui.youths.rail import Rail


class Window(Sheets):
    """Everything a counselor works with; HandOver replaces all of it while it is shown."""

    sync_wanted = Signal()
    theme_wanted = Signal()
    settings_wanted = Signal()
    line_switched = Signal(bool)

    def __init__(self, tasks: Tasks, chance: Callable[[int], bytes]) -> None:
        """Build the board once; `chance` makes the keys of a seal."""
        super().__init__(tasks, chance)
        self._open: tuple[YouthId, MeetingId | None] | None = None
        self._is_to_write = False
        self.header = Header()
        self.rail, self.note_page, self.side = Rail(tasks), NotePage(tasks), Side(tasks, self)
        self.status = StatusBar(tasks)
        self.middle = Middle(self.note_page)
        self.board = Board(self.header, self.rail, self.middle, self.side, self.status)
        self.addWidget(self.board)
        self.palette_sheet = Palette(tasks, self)
        self.toast = Toast(self)
        self._connect_people()
        self._connect_referral()
        self._connect_program()
        tasks.failed.connect(self.say_failed)
        tasks.run(exchange.line, self.status.show_line)

    def show_round(self, done: Round) -> None:
        """Show how a round with the hub went, and what it brought."""
        self.status.show_round(done)
        self._tasks.run(exchange.line, self.status.show_line)
        if done.sent or done.came:
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

    @Slot(object, object)
    def open_file(self, youth: YouthId, meeting: MeetingId | None) -> None:
        """Open the file of one young person at one meeting."""
        self._open = (youth, meeting)
        self._tasks.run(lambda vault: youths.open_file(vault, youth, meeting), self._show_file)

    def _show_file(self, file: YouthFile) -> None:
        if self._open is not None and file.youth.id == self._open[0]:
            self.note_page.show_file(file)
            self.side.show_file(file)
            self.middle.setCurrentWidget(self.note_page)
            if self._is_to_write:
                self._is_to_write = False
                self.note_page.editor.setFocus()

    def _connect_people(self) -> None:
        self.rail.youth_chosen.connect(self.open_file)
        self.rail.youth_met.connect(self._on_met)
        self.rail.writing_wanted.connect(self.note_page.editor.setFocus)
        self.palette_sheet.youth_chosen.connect(self._on_found)
        self.note_page.note_saved.connect(self.rail.reload)
        self.note_page.judged.connect(self.reload)
        self.note_page.stayed.connect(self._on_found)
        self.header.new_button.clicked.connect(self.rail.new_meeting)
        # On the board, so that they rest while the laptop is in a young person's hands.
        QShortcut(QKeySequence("Ctrl+N"), self.board, self.rail.new_meeting)

    def _connect_referral(self) -> None:
        consent, referral = self.side.consent, self.side.referral
        consent.handover_wanted.connect(self.ask_for_pin)
        consent.report_wanted.connect(self.side.emergency.report.open)
        consent.withdrawn.connect(self._on_sending)
        referral.compose_wanted.connect(self.write_referral)
        referral.preview_wanted.connect(self.show_preview)
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
        self.palette_sheet.action_chosen.connect(self._on_action)

    @Slot()
    def _on_search(self) -> None:
        self.palette_sheet.open_at(self.header.search_button)

    @Slot(str)
    def _on_action(self, key: str) -> None:
        {
            "new-meeting": self.rail.new_meeting,
            "lock": self.lock_wanted.emit,
            "theme": self.theme_wanted.emit,
            "sync": self.sync_wanted.emit,
            "report": self.side.emergency.report.open,
            "settings": self.settings_wanted.emit,
        }[key]()

    @Slot()
    def _on_met(self) -> None:
        self._is_to_write = True

    @Slot(object, object)
    def _on_found(self, youth: YouthId, meeting: MeetingId | None) -> None:
        self.rail.select(meeting)
        self._is_to_write = True
        self.open_file(youth, meeting)

    @Slot()
    def _on_sending(self) -> None:
        self.reload()
        self.sync_wanted.emit()

    @Slot(object, object, str)
    def _on_hand_over(self, file: YouthFile, agency: Agency, pin: str) -> None:
        self.note_page.save_now()
        self.toast.hide()
        self.hand_over.begin(file, agency, pin)
        self.setCurrentWidget(self.hand_over)

    @Slot(object)
    def _on_handed_back(self, consent: object) -> None:
        self.setCurrentWidget(self.board)
        if consent is not None:
            self._on_sending()
