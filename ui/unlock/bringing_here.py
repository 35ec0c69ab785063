"""A backup on its way to this laptop: how far it is, why it stopped, and what comes next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from desktop.errors import AppError, BackupFailed, DiskFailed, DiskFull
from i18n import formats, tr
from ui import messages
from ui.unlock.recovery_code import keyring_notice
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped

if TYPE_CHECKING:
    from datetime import datetime

    from ui.unlock.bring import Back


class HerePage(Stage):
    """It goes on by itself until it is stopped; whatever happens, nothing half is left."""

    stop_wanted = Signal()
    again_wanted = Signal()
    back_wanted = Signal()
    door_wanted = Signal()

    def __init__(self, made_at: "datetime", parts: int) -> None:
        """Show that nothing of its `parts` is here yet."""
        self._when = formats.day_and_clock(made_at)
        lead = tr("It appears here once all of it was read and proven, or not at all.")
        super().__init__(tr("The backup of {when}", when=self._when), lead)
        self._parts = parts
        self.notice = Notice("hourglass", "", "info")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("How much of it was copied"))
        self.stop_button = Button(tr("Stop"), "plain", pressed=self._on_stop)
        self.again_button = Button(tr("Try again"), "primary", pressed=self.again_wanted.emit)
        self.door_button = Button(
            tr("Go to the lock screen"), "primary", pressed=self.door_wanted.emit
        )
        self.back_button = Button(tr("Back"), "quiet", "arrow-left")
        self.back_button.clicked.connect(self.back_wanted)
        for name in ("stop", "again", "door"):
            button: Button = getattr(self, f"{name}_button")
            button.sized("large").setObjectName(f"bring-{name}")
        self.add(self.notice, self.bar, self.stop_button, self.again_button, self.door_button)
        self.foot.addWidget(self.back_button)
        self.foot.addStretch()
        self.show_going()

    def show_going(self) -> None:
        """Begin, or begin again."""
        self._say("hourglass", tr("Copying it to this laptop. Leave the stick in."), "info")
        self.bar.setRange(0, self._parts)
        self.bar.setValue(0)
        self.stop_button.setEnabled(True)
        self._only(self.stop_button)
        self.bar.show()

    @Slot(int)
    def show_part(self, number: int) -> None:
        """So many parts are here; after the last one, all of it is read and proven."""
        if number < self._parts:
            self.bar.setValue(number)
        elif self.bar.maximum() and self.stop_button.isEnabled():
            self.bar.setRange(0, 0)
            words = tr("Reading every page and every entry, and proving them…")
            self._say("hourglass", words, "info")

    def say_failed(self, error: AppError, *, is_stopped: bool) -> None:
        """Say why nothing was put here, and what to do."""
        if is_stopped:
            self._say("info", tr("Stopped. Nothing was put on this laptop."), "neutral")
        else:
            self._say("circle-alert", _why(error), "danger")
        self._only(self.again_button, self.back_button)

    def say_unfinished(self, error: AppError) -> None:
        """It is here, but what was chosen for it is not in force yet."""
        words = tr("Everything is here, but it could not be made ready yet. Try again, or open it "
                   "at the lock screen with the recovery code.")  # fmt: skip
        self._say("circle-alert", f"{words} {messages.sentence(error)}", "warn")
        self._only(self.again_button, self.door_button)

    def show_back(self, back: "Back", *, is_real: bool) -> None:
        """Say of when it is, and what comes next."""
        self.title.setText(tr("Everything of {when} is back", when=self._when))
        self.lead.setText(tr("What was written after that is not in it."))
        self._say("circle-check", tr("All of it was read and proven. Unlock it to go on."), "ok")
        steps: list[QWidget] = []
        if back.is_member and is_real:
            words = tr("If the laptop from before was shut out, this laptop joins again in "
                       "Settings. Ask your admin for a new code.")  # fmt: skip
            steps.append(wrapped(words))
        if back.keyring_failed:
            steps.append(keyring_notice())
        for at, step in enumerate(steps):
            self.body.insertWidget(1 + at, step)
        self._only(self.door_button)

    @Slot()
    def _on_stop(self) -> None:
        self.stop_button.setEnabled(False)
        self._say("hourglass", tr("Stopping…"), "info")
        self.stop_wanted.emit()

    def _only(self, *wanted: QPushButton) -> None:
        self.bar.hide()
        for button in (self.stop_button, self.again_button, self.door_button, self.back_button):
            button.setVisible(button in wanted)
        self.setFocusProxy(wanted[0])
        wanted[0].setFocus()

    def _say(self, icon: str, words: str, tone: str) -> None:
        self.notice.show_words(icon, words, tone)


def _why(error: AppError) -> str:
    if isinstance(error, BackupFailed | DiskFailed):
        return tr("The stick or this computer's disk could not be read to the end. Nothing was "
                  "put here. Put the stick in again and try again.")  # fmt: skip
    if isinstance(error, DiskFull):
        return tr("There is not enough room on this computer. Nothing half is left here. Free "
                  "some space and try again.")  # fmt: skip
    return messages.sentence(error)
