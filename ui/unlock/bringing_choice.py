"""Which backup is brought back: the folder or stick it is on, and of when it is."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.errors import AppError
from i18n import formats, ntr, tr
from ui import messages
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import text

if TYPE_CHECKING:
    from ui.unlock.bring import Offered

_MEGABYTE, _FIRST = 1_000_000, 3


class ChoicePage(Stage):
    """Emits `folder_chosen`, and then `chosen` with one of the backups that were found there."""

    folder_chosen = Signal(Path)
    chosen = Signal(object)
    back_wanted = Signal()

    def __init__(self, here: Path | None) -> None:
        """Ask where to look: at the backups of the vault at `here`, too, where there is one."""
        lead = tr("Everything in it becomes a vault on this laptop. Nothing that is here already "
                  "is changed or replaced.")  # fmt: skip
        super().__init__(tr("Bring back a backup"), lead)
        self.rows: tuple[Button, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.notice = Notice("circle-alert", "", "danger")
        self.which = text(tr("Which one"), "caption", "text2", "semibold")
        self.older_button = Button(" ", "quiet", pressed=self._on_older)
        self.pick_button = Button(
            tr("Choose the folder or stick…"), "primary", "hard-drive", pressed=self._on_pick
        ).sized("large")
        self.again_button = Button(tr("Choose another folder…"), "quiet", pressed=self._on_pick)
        words, self._here = tr("Look at the backups on this laptop"), here
        self.here_button = Button(words, "plain", pressed=self._on_here).sized("large")
        back = Button(tr("Back"), "quiet", "arrow-left", pressed=self.back_wanted.emit)
        back.setObjectName("bring-back")
        self.add(self.notice, self.which)
        self.body.addLayout(self._list)
        self.add(self.older_button, self.pick_button, self.here_button)
        self.foot.addWidget(back)
        self.foot.addStretch()
        self.foot.addWidget(self.again_button)
        for part in (self.notice, self.which, self.older_button, self.again_button):
            part.hide()
        self.here_button.setVisible(here is not None)
        self.setFocusProxy(self.pick_button)

    def show_found(self, offered: "tuple[Offered, ...]") -> None:
        """Show what was found, newest first; the older ones wait to be asked for."""
        self.notice.setVisible(any(each.is_here for each in offered))
        self.notice.show_words("info", _here_words(), "info")
        self._show(tuple(self._row(each) for each in offered))
        for row in self.rows[_FIRST:]:
            row.hide()
        self.which.show()
        count = len(self.rows) - _FIRST
        self.older_button.say(ntr("Show {n} older one", "Show {n} older ones", max(1, count)))
        self.older_button.setVisible(count > 0)
        self._show_busy(is_busy=False)
        self._focus_first(self.rows)

    def say_failed(self, error: AppError) -> None:
        """Say why there is nothing to choose from."""
        self._show(())
        self.which.hide()
        self.older_button.hide()
        self.notice.show_words("circle-alert", messages.sentence(error), "danger")
        self.notice.show()
        self._show_busy(is_busy=False)
        self._move_focus(self.pick_button)

    @Slot()
    def _on_pick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose the folder or stick"))
        if chosen:
            self._look_at(Path(chosen))

    @Slot()
    def _on_here(self) -> None:
        if self._here is not None:
            self._look_at(self._here)

    def _look_at(self, folder: Path) -> None:
        self._show_busy(is_busy=True)
        self.folder_chosen.emit(folder)

    @Slot()
    def _on_older(self) -> None:
        self.older_button.hide()
        for row in self.rows:
            row.show()
        self._focus_first(self.rows[_FIRST:])

    def _row(self, offered: "Offered") -> Button:
        button = Button(_words(offered), "plain", "history").sized("large")
        button.setObjectName("bring-choice")
        button.clicked.connect(lambda: self.chosen.emit(offered))
        return button

    def _show(self, rows: tuple[Button, ...]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = rows
        for row in rows:
            self._list.addWidget(row)
            row.show()

    def _show_busy(self, *, is_busy: bool) -> None:
        for button in (self.pick_button, self.again_button, self.here_button):
            button.setEnabled(not is_busy)
        if is_busy:
            for row in self.rows:  # whatever is found, others come in their place
                row.setEnabled(False)
        words = tr("Looking for backups…") if is_busy else tr("Choose the folder or stick…")
        self.pick_button.say(words)
        self.pick_button.setVisible(not self.rows)
        self.again_button.setVisible(bool(self.rows))
        self.here_button.setVisible(self._here is not None and not self.rows)

    def _focus_first(self, rows: tuple[Button, ...]) -> None:
        self._move_focus(next((row for row in rows if row.isEnabled()), self.again_button))

    def _move_focus(self, to: QWidget) -> None:
        self.setFocusProxy(to)
        to.setFocus()


def _here_words() -> str:
    return tr(
        "This vault is on this laptop already, and stays there as it is: the backup becomes "
        "another one beside it. That helps where the one here is damaged, or older. Write on in "
        "one of the two only."
    )


def _words(offered: "Offered") -> str:
    line = tr(
        "Everything until {made} · {size} MB",
        made=formats.day_and_clock(offered.found.generation.made_at),
        size=formats.number(max(1, round(offered.size / _MEGABYTE))),
    )
    label = offered.found.header.policy.label
    return f"{label} · {line}" if label else line
