"""A second step before a backup is put beside the damaged vault, and what came of it."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot

from desktop.errors import AppError
from i18n import formats, tr
from ui import messages
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field


class PutBackPage(Stage):
    """Emits `chosen` with a name for the lock screen, and `door_wanted` once it is there."""

    chosen = Signal(str)
    back_wanted = Signal()
    door_wanted = Signal()

    def __init__(self) -> None:
        """Say what stays as it is, and ask for a name."""
        lead = tr("It becomes another vault beside the damaged one, whole or not at all. The same "
                  "passphrase and recovery code open it.")  # fmt: skip
        super().__init__(tr("Put the newest whole backup beside it"), lead)
        hint = tr("It tells the new vault from the damaged one. Never a young person's name.")
        self.label = Field(tr("Name on the lock screen"), hint)
        self.label.edit.setObjectName("put-back-label")
        self.act_button = Button(tr("Put it beside"), "primary", "history", pressed=self._on_act)
        self.act_button.sized("large").setObjectName("put-back-act")
        self.done_button = Button(
            tr("Go to the lock screen"), "primary", pressed=self.door_wanted.emit
        )
        self.done_button.sized("large").setObjectName("put-back-done")
        self.notice = Notice("circle-alert", "", "danger")
        self.back_button = Button(tr("Back"), "quiet", "arrow-left")
        self.back_button.clicked.connect(self.back_wanted)
        self.add(self.label, self.notice, self.act_button, self.done_button)
        self.notice.hide()
        self.done_button.hide()
        self.foot.addWidget(self.back_button)
        self.foot.addStretch()
        self.label.changed.connect(self._show_ready)
        self.label.entered.connect(self._on_act)
        self.setFocusProxy(self.label.edit)
        self._show_ready()

    def say_failed(self, error: AppError) -> None:
        """Say why it is not there; the name stays."""
        self._say("circle-alert", messages.sentence(error), "danger")
        self._show_busy(is_busy=False)

    def show_done(self, made_at: datetime) -> None:
        """Say of when it is, and lead to the lock screen."""
        words = tr("Everything of {when} is back, in the vault called {name}.",
                   when=formats.day_and_clock(made_at), name=self.label.words())  # fmt: skip
        self._say("circle-check", words, "ok")
        for part in (self.label, self.act_button, self.back_button):
            part.hide()
        self.done_button.show()
        self.done_button.setFocus()

    @Slot()
    def _on_act(self) -> None:
        if self.act_button.isEnabled():
            self._say("hourglass", tr("Reading all of the backup and putting it there…"), "info")
            self._show_busy(is_busy=True)
            self.chosen.emit(self.label.words())

    @Slot()
    def _show_ready(self) -> None:
        self.act_button.setEnabled(bool(self.label.words()))

    def _say(self, icon: str, words: str, tone: str) -> None:
        self.notice.show_words(icon, words, tone)
        self.notice.show()

    def _show_busy(self, *, is_busy: bool) -> None:
        for part in (self.label, self.act_button, self.back_button):
            part.setEnabled(not is_busy)
