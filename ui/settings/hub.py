"""Joining a real hub with what the centre handed over."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import AppError
from desktop.services.enrolment import EnrolmentState, Invitation
from i18n import tr
from ui import messages
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.labels import text

_KEY_LETTERS = 64


class HubPart(QWidget):
    """Three lines to copy from the letter of the centre, until this laptop has joined."""

    join_wanted = Signal(str, object)

    def __init__(self) -> None:
        """Show the lines; `show_state` hides them again."""
        super().__init__()
        self.notice = Notice("plug", "", "neutral")
        self.address = Field(tr("Hub address"), tr("Starts with https://"))
        self.code = Field(tr("One-time code"))
        self.key = Field(tr("Network key"), tr("64 letters and numbers; paste is fine."))
        for name, field in (("address", self.address), ("code", self.code), ("key", self.key)):
            field.edit.setObjectName(f"hub-{name}")
        self.join_button = Button(tr("Join"), "primary", "plug", pressed=self._on_join)
        self.join_button.setObjectName("hub-join")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(text(tr("Hub"), "note", weight="semibold"))
        for part in (self.notice, self.address, self.code, self.key, self.join_button):
            column.addWidget(part)
        self.show_state(EnrolmentState.NONE, "")

    def show_state(self, state: EnrolmentState, hub: str) -> None:
        """Say how far joining is."""
        for part in (self.address, self.code, self.key, self.join_button):
            part.setVisible(state is EnrolmentState.NONE)
        match state:
            case EnrolmentState.ENROLLED:
                words = tr("Joined: {hub}", hub=hub)
                self.notice.show_words("circle-check", words, "ok")
            case EnrolmentState.PENDING:
                words = tr("The hub knows this laptop. Your center still has to approve it.")
                self.notice.show_words("hourglass", words, "info")
            case EnrolmentState.NONE:
                words = tr("Not joined. Notes work without a hub; sending needs one.")
                self.notice.show_words("plug", words, "neutral")

    def say_failed(self, error: AppError) -> None:
        """Say why it did not work."""
        self.join_button.setEnabled(True)
        self.notice.show_words("circle-alert", messages.sentence(error), "danger")

    @Slot()
    def _on_join(self) -> None:
        key = "".join(self.key.words().split()).lower()
        is_key = len(key) == _KEY_LETTERS and all(letter in "0123456789abcdef" for letter in key)
        is_address = self.address.words().startswith(("https://", "http://127.0.0.1"))
        self.address.say_wrong("" if is_address else tr("The address starts with https://"))
        self.code.say_wrong("" if self.code.words() else tr("Type the code from your center."))
        self.key.say_wrong("" if is_key else tr("The key has 64 letters and numbers (0-9, a-f)."))
        if is_key and is_address and self.code.words():
            self.join_button.setEnabled(False)
            invitation = Invitation(self.code.words(), bytes.fromhex(key))
            self.join_wanted.emit(self.address.words(), invitation)
