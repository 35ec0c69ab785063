"""The strip at the foot of the window: where the data is, what waits, how safe it is."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.services import following
from desktop.services.exchange import HubState, LineState, Round
from desktop.services.following import Glance
from i18n import formats, ntr, tr
from ui.syncing.line_signs import LinePill, WaitingButton
from ui.syncing.words import LineWords, line_words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided
from ui.widgets.labels import IconLabel, repaint, text

if TYPE_CHECKING:  # made when it is first needed
    from ui.syncing.outbox import OutboxSheet

_PRACTICE = "practice"


class StatusBar(QWidget):
    """Quiet text, never a dialog. Offline is a state, not an error."""

    line_switched = Signal(bool)
    sync_wanted = Signal()
    removing_agreed = Signal(int)
    ending_wanted = Signal()
    ways_wanted = Signal()
    behind_wanted = Signal()
    carry_wanted = Signal()
    outbox_made = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        """Lay out the strip; `show_line` and `show_round` fill it."""
        super().__init__()
        self.setObjectName("status-bar")
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tasks = tasks
        self._round: Round | None = None
        self.is_cut = False
        self.pill = LinePill(self._on_pill)
        self.waiting_button = WaitingButton()
        self.heard = Elided(text("", "caption", "text2"))
        self.sync_button = _quiet("refresh-cw", "status-sync", tr("Try now"))
        self.ending_button = _quiet("hourglass", "status-ending")
        self.ways_button = _quiet("phone", "status-ways")
        self.switch_button = Button(" ", "plain", "unplug").sized("small")
        self.switch_button.setObjectName("practice-line-switch")
        self.lock = IconLabel("key-round", "", "text2", "caption", 18)
        self.encrypted = IconLabel("hard-drive", tr("Encrypted"), "text2", "caption", 18)
        for label in (self.lock, self.encrypted):
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.outbox: OutboxSheet | None = None
        """What goes and what comes, once it has been opened."""
        self._lay_out()
        self._connect()
        self._show_line_words()

    def show_round(self, round_: Round) -> None:
        """Show how the last round went."""
        self._round = round_
        self.waiting_button.show_count(round_.waiting)
        self._show_line_words()
        if self.outbox is not None:
            self.outbox.show_round(round_, _words(self._round, is_cut=self.is_cut))

    def show_line(self, line: LineState) -> None:
        """Show what is known without asking the hub."""
        self.waiting_button.show_line(line)
        if line.heard_at is None:
            self.heard.setText(tr("Not synced yet"))
        else:
            at = formats.day_and_clock(line.heard_at)
            self.heard.setText(tr("Last synced {time}", time=at))
        self.switch_button.setVisible(line.world == _PRACTICE)
        self._show_line_words()

    def asking(self) -> partial[Glance]:
        """Return what asks the vault for all that is shown here."""
        return partial(following.glance, now=self._tasks.moment().now)

    def show_glance(self, known: Glance) -> None:
        """Show the line, and how many referrals need somebody."""
        self.show_line(known.line)
        self.show_late(known.late)

    def show_autolock(self, minutes: int) -> None:
        """Say when it locks by itself."""
        words = ntr("Locks itself in {n} minute", "Locks itself in {n} minutes", minutes)
        self.lock.show_words("key-round", words)

    def show_ending(self, soon: int) -> None:
        """Say how many things end within two weeks; nothing when none does."""
        self.ending_button.say(_ending_words(soon))
        self.ending_button.setVisible(soon > 0)

    def show_late(self, count: int) -> None:
        """Say how many referrals need somebody; nothing when none does."""
        words = ntr("{n} referral needs you", "{n} referrals need you", count)
        self.ways_button.say(words)
        self.ways_button.setVisible(count > 0)

    def show_cut(self, is_cut: bool) -> None:
        """Show whether the practice line is cut."""
        self.is_cut = is_cut
        self._show_line_words()

    def set_compact(self, is_compact: bool) -> None:
        """Leave out what matters least on a small laptop."""
        self.sync_button.setVisible(not is_compact)

    def _connect(self) -> None:
        self.waiting_button.clicked.connect(self._on_outbox)
        self.sync_button.clicked.connect(self.sync_wanted)
        self.ending_button.clicked.connect(self.ending_wanted)
        self.ways_button.clicked.connect(self.ways_wanted)
        self.switch_button.clicked.connect(self._on_switch)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 20, 6)
        row.setSpacing(8)
        for part in (self.pill, self.waiting_button, self.heard, self.sync_button):
            row.addWidget(part)
        row.addStretch()
        for button in (self.ways_button, self.ending_button, self.switch_button):
            row.addWidget(button)
            button.hide()
        row.addSpacing(12)
        row.addWidget(self.lock)
        row.addSpacing(12)
        row.addWidget(self.encrypted)

    def _show_line_words(self) -> None:
        self.pill.show_words(_words(self._round, is_cut=self.is_cut))
        self.switch_button.say(tr("Connect the line") if self.is_cut else tr("Cut the line"))
        self.switch_button.show_icon("plug" if self.is_cut else "unplug")
        self.switch_button.setToolTip(tr("Practice: see what happens without a line."))
        repaint(self.switch_button, kind="soft" if self.is_cut else "plain")

    @Slot()
    def _on_settled(self) -> None:
        self._tasks.run(self.asking(), self.show_glance)

    @Slot()
    def _on_switch(self) -> None:
        self.show_cut(not self.is_cut)
        self.line_switched.emit(self.is_cut)

    @Slot()
    def _on_pill(self) -> None:
        if _state(self._round) is HubState.ROLLED_BACK and not self.is_cut:
            self.behind_wanted.emit()
        else:
            self._on_outbox()

    @Slot()
    def _on_outbox(self) -> None:
        from ui.syncing.outbox import OutboxSheet

        if self.outbox is None:
            self.outbox = OutboxSheet(self._tasks, self.window())
            self.outbox.sync_wanted.connect(self.sync_wanted)
            self.outbox.carry_wanted.connect(self.carry_wanted)
            self.outbox.removing_agreed.connect(self.removing_agreed)
            self.outbox.going.settled.connect(self._on_settled)
            self.outbox.removing.show_round(self._round)
            self.outbox_made.emit(self.outbox)
        self.outbox.open_with(_words(self._round, is_cut=self.is_cut))


def _words(done: Round | None, *, is_cut: bool) -> LineWords:
    return line_words(_state(done), is_cut=is_cut, problem=done.problem if done else "")


def _state(done: Round | None) -> HubState | None:
    return done.state if done else None


def _quiet(icon: str, name: str, words: str = " ") -> Button:
    button = Button(words, "quiet", icon).sized("small")
    button.setObjectName(name)
    return button


def _ending_words(soon: int) -> str:
    from desktop.services.endings import COUNTED  # no window waits for it

    if soon >= COUNTED:
        return tr("{n} or more end soon", n=COUNTED)
    return ntr("{n} ends soon", "{n} end soon", soon)
