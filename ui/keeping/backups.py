"""Backups: when the last one was made, making one now, and a copy for a USB stick."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.backups import Generation
from desktop.errors import AppError
from desktop.services import backups
from desktop.services.backups import Found
from i18n import formats, ntr, tr
from ui import messages
from ui.backing_up import BackingUp
from ui.keeping.office import OfficeRows
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import Icon, Rule, text, wrapped
from ui.widgets.sheet import Sheet


class BackupsSheet(Sheet):
    """Nothing here waits: a backup is made beside whoever writes."""

    def __init__(self, tasks: Tasks, backing_up: BackingUp, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Backups"), tr("Close"), width=600)
        self.setObjectName("backups-sheet")
        self._tasks, self._backing_up = tasks, backing_up
        self.last = text("", "body", weight="semibold")
        self.kept = wrapped("", "caption", "text2")
        self.make_button = Button(
            tr("Back up now"), "primary", "hard-drive", pressed=self._on_make
        )
        self.make_button.setObjectName("backup-make")
        self.copy_button = Button(tr("Copy to a USB stick…"), "plain", pressed=self._on_copy)
        self.copy_button.setObjectName("backup-copy")
        self.notice = Notice("circle-check", "", "ok")
        self.office = OfficeRows(backing_up.leaving)
        self._lay_out()
        self.office.resized.connect(self.fit)
        backing_up.made.connect(self._on_made_by_itself)

    def begin(self) -> None:
        """Show how it stands."""
        if self.make_button.isEnabled():
            self.notice.hide()
        self.open(self.make_button)
        self.office.ask()
        self._ask()

    def _ask(self) -> None:
        self._tasks.run(lambda vault: backups.listing(vault.folder), self._show, self._on_failed)

    def _show(self, made: tuple[Generation, ...]) -> None:
        if made:
            newest = max(each.made_at for each in made)
            self.last.setText(tr("Last backup: {time}", time=formats.day_and_clock(newest)))
        else:
            self.last.setText(tr("No backup yet"))
        self.kept.setText(_kept_words(len(made)))
        self.fit()

    @Slot()
    def _on_make(self) -> None:
        self._be_busy(tr("Making a backup and reading all of it through. You can go on working."))
        self._backing_up.make(self._on_made, self._on_failed)

    @Slot()
    def _on_copy(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose the USB stick"))
        if not chosen:
            return
        self._be_busy(tr("Copying to the stick. Leave it in; you can go on working."))
        self._backing_up.copy_to(Path(chosen), self._on_copied, self._on_failed)

    def _on_made(self, _: Generation) -> None:
        self._say("circle-check", tr("A new backup is there, and all of it was read."), "ok")
        self._ask()

    def _on_copied(self, found: Found) -> None:
        words = tr(
            "The copy is on the stick and was read back whole, in the folder {folder}. "
            "Eject the stick, then put it where it can be locked up.",
            folder=found.path.parent.parent.name,
        )
        self._say("circle-check", words, "ok")
        self._ask()

    def _on_failed(self, error: AppError) -> None:
        self._say("circle-alert", messages.sentence(error), "danger")

    @Slot(object)
    def _on_made_by_itself(self, _: Generation) -> None:
        if self.isVisible():
            self._ask()

    def _be_busy(self, words: str) -> None:
        for button in (self.make_button, self.copy_button):
            button.setEnabled(False)
        self.notice.show_words("hourglass", words, "info")
        self.notice.show()
        self.close_button.setFocus()  # a disabled button keeps no keyboard
        self.fit()

    def _say(self, icon: str, words: str, tone: str) -> None:
        for button in (self.make_button, self.copy_button):
            button.setEnabled(True)
        if self.close_button.hasFocus():
            self.make_button.setFocus()
        self.notice.show_words(icon, words, tone)
        self.notice.show()
        self.fit()

    def _lay_out(self) -> None:
        head, words, buttons = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        head.setSpacing(14)
        words.setSpacing(2)
        words.addWidget(self.last)
        words.addWidget(self.kept)
        head.addWidget(Icon("hard-drive", "text2", 24))
        head.addLayout(words, 1)
        buttons.addWidget(self.make_button)
        buttons.addWidget(self.copy_button)
        buttons.addStretch()
        self.body.addLayout(head)
        self.body.addWidget(self.notice)
        self.body.addLayout(buttons)
        self.body.addWidget(Rule())
        self.body.addWidget(self.office)
        self.body.addWidget(Rule())
        self.body.addWidget(text(tr("What a stick keeps"), "body", weight="semibold"))
        for sentence in _stick_words():
            self.body.addWidget(wrapped(sentence, "caption", "text2"))
        self.body.addStretch()
        self.notice.hide()


def _kept_words(count: int) -> str:
    if not count:
        return tr("One is made by itself soon after unlocking, then about once an hour.")
    return ntr(
        "{n} is kept on this laptop. One is made by itself about once an hour while you write; "
        "the last three stay, and the first of each night for a week.",
        "{n} are kept on this laptop. One is made by itself about once an hour while you write; "
        "the last three stay, and the first of each night for a week.",
        count,
    )


def _stick_words() -> tuple[str, ...]:
    return (
        tr(
            "The newest backup of everything in your vault, encrypted. An older copy of it on "
            "the stick is destroyed once the new one was read back."
        ),
        tr("On another laptop it opens with your recovery code. Keep the code somewhere else."),
        tr(
            "What you destroy here stays on a stick until you copy again: copy anew after you "
            "destroyed something."
        ),
    )
