"""Joining a real hub with what the centre handed over, after six words were compared."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import AppError
from desktop.services.enrolment import EnrolmentState, Invitation
from i18n import tr
from sync.protocol.tickets import SCHEME, NotATicket, Ticket, plain_code, read_ticket
from sync.protocol.words import SixWords, root_words
from ui import messages
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped
from ui.widgets.six_words import SixWordsPart


class HubPart(QWidget):
    """A code to scan or copy, then six words to compare, until this laptop has joined."""

    root_wanted = Signal(str)
    """Asks for the root of the hub at this address; `show_root` answers."""
    join_wanted = Signal(str, object)
    again_wanted = Signal(str, object)
    """The same, as another device than before."""
    staying_wanted = Signal()

    def __init__(self) -> None:
        """Show the lines; `show_state` hides them again."""
        super().__init__()
        self._address = self._code = ""
        self._root, self._is_again, self._is_asked = b"", False, False
        self.notice = Notice("plug", "", "neutral")
        hint = tr("Scan the picture into this line, or type the 26 letters and numbers.")
        self.code = Field(tr("One-time code"), hint)
        self.address = Field(tr("Hub address"), tr("Starts with https://"))
        for name, field in (("code", self.code), ("address", self.address)):
            field.edit.setObjectName(f"hub-{name}")
        self.next_button = Button(tr("Next"), "primary", pressed=self._on_next)
        self.next_button.setObjectName("hub-next")
        self.again_button = Button(tr("Join again…"), "quiet", "plug", pressed=self._on_again)
        self.again_button.setObjectName("hub-again")
        self.stay_button = Button(tr("Leave it as it is"), "quiet", pressed=self._on_stay)
        self.stay_button.setObjectName("hub-stay")
        self.comparing = _Comparing()
        self.own = _OwnWords()
        self._lay_out()
        self.code.changed.connect(self._on_code)
        self.comparing.same_button.clicked.connect(self._on_same)
        self.comparing.back_button.clicked.connect(self._on_other)
        self.show_state(EnrolmentState.NONE, "")

    def show_state(self, state: EnrolmentState, hub: str) -> None:
        """Say how far joining is."""
        self._is_again = self._is_asked = False
        self._show_lines(is_asking=state is EnrolmentState.NONE)
        self.again_button.setVisible(state is EnrolmentState.ENROLLED)
        if state is not EnrolmentState.PENDING:
            self.own.hide()
        self.notice.show_words(*_state_words(state, hub))

    def show_own_words(self, words: SixWords, *, may_stay: bool = False) -> None:
        """Show by which words the admin of the centre knows this laptop while it waits."""
        self.own.words.show_words(words)
        self.own.show()
        self.stay_button.setVisible(may_stay)

    def show_root(self, root: bytes) -> None:
        """Ask whether the words of this network are those on the letter."""
        self._root = root
        self._show_lines(is_asking=False)
        self.comparing.words.show_words(root_words(root))
        self.comparing.show()
        self.comparing.back_button.setFocus()

    def say_away(self) -> None:
        """Say that the hub does not answer what was asked here; what was typed may be changed."""
        if self._is_asked and self.comparing.isHidden():
            self._show_lines(is_asking=True)
            words = tr(
                "The hub does not answer. It is asked again by itself. Is the address right?"
            )
            self.notice.show_words("hourglass", words, "info")

    def say_failed(self, error: AppError) -> None:
        """Say why it did not work."""
        self._show_lines(is_asking=True)
        self.notice.show_words("circle-alert", messages.sentence(error), "danger")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(text(tr("Hub"), "note", weight="semibold"))
        for part in (self.notice, self.code, self.address, self.next_button, self.comparing,
                     self.own):  # fmt: skip
            column.addWidget(part)
        for button in (self.stay_button, self.again_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_lines(self, *, is_asking: bool) -> None:
        for part in (self.code, self.address, self.next_button):
            part.setVisible(is_asking)
        self.next_button.setEnabled(True)
        self.again_button.hide()
        self.stay_button.setVisible(self._is_again)
        self.comparing.hide()
        if is_asking:
            self._on_code()

    @Slot()
    def _on_again(self) -> None:
        self._is_again = True
        self._show_lines(is_asking=True)
        self.notice.show_words("info", _again_words(), "info")
        self.code.edit.setFocus()

    @Slot()
    def _on_stay(self) -> None:
        self.staying_wanted.emit()

    @Slot()
    def _on_code(self) -> None:
        # A scanned picture says the address as well.
        self.address.setVisible(not self.code.words().strip().startswith(SCHEME))

    @Slot()
    def _on_next(self) -> None:
        code = self.code.words().strip()
        try:
            ticket = read_ticket(code) if code.startswith(SCHEME) else None
            self._code = ticket.code if ticket else plain_code(code)
        except NotATicket:
            self.code.say_wrong(tr("The code has 26 letters and numbers. Look at each again."))
            return
        self.code.say_wrong("")
        self._ask(ticket)

    def _ask(self, ticket: Ticket | None) -> None:
        self._address = ticket.url if ticket else self.address.words().strip()
        if not self._address.startswith(("https://", "http://127.0.0.1")):
            self.address.show()
            self.address.say_wrong(tr("The address starts with https://"))
            return
        self.address.say_wrong("")
        self.next_button.setEnabled(False)
        if ticket:
            self.show_root(ticket.root)
        else:
            self.root_wanted.emit(self._address)

    @Slot()
    def _on_same(self) -> None:
        self._is_asked = True
        self.comparing.hide()
        self.notice.show_words("hourglass", tr("Asking the hub …"), "neutral")
        wanted = self.again_wanted if self._is_again else self.join_wanted
        wanted.emit(self._address, Invitation(self._code, self._root))

    @Slot()
    def _on_other(self) -> None:
        self._show_lines(is_asking=True)
        words = tr("Do not join. Call your center: somebody may be between you and its hub.")
        self.notice.show_words("circle-alert", words, "danger")


class _Comparing(QWidget):
    """Six words, and two answers of which none is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.words = SixWordsPart()
        self.same_button = Button(tr("The same: join"), "primary", "plug")
        self.same_button.setObjectName("hub-join")
        self.back_button = Button(tr("Not the same"), "plain")
        self.back_button.setObjectName("hub-other")
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        about = tr("Are these the six words on the letter from your center, in this order?")
        column.addWidget(wrapped(about, "body", "text"))
        column.addWidget(self.words)
        row.addWidget(self.back_button)
        row.addStretch()
        row.addWidget(self.same_button)
        column.addLayout(row)


class _OwnWords(QWidget):
    """The words of this laptop."""

    def __init__(self) -> None:
        super().__init__()
        self.words = SixWordsPart()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        about = tr("Read these six words to whoever approves it: the same must stand there.")
        column.addWidget(wrapped(about, "body", "text"))
        column.addWidget(self.words)


def _state_words(state: EnrolmentState, hub: str) -> tuple[str, str, str]:
    """Return the icon, the words and the tone."""
    match state:
        case EnrolmentState.ENROLLED:
            return "circle-check", tr("Joined: {hub}", hub=hub), "ok"
        case EnrolmentState.PENDING:
            words = tr("The hub knows this laptop. Your center still has to approve it.")
            return "hourglass", words, "info"
        case EnrolmentState.NONE:
            words = tr("Not joined. Notes work without a hub; sending needs one.")
            return "plug", words, "neutral"


def _again_words() -> str:
    return tr(
        "Only if this laptop was shut out, or its notes were put back on a new one. Ask your "
        "center for a new code. What waits to be sent stays, and goes afterwards."
    )
