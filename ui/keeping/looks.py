"""Who looked: the access record about one young person, or of the last month."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import access_record
from desktop.services.access_record import Page, Taking
from i18n import ntr, tr
from ui import messages
from ui.keeping import look_words
from ui.keeping.look_list import LookList
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import Rule, text, wrapped
from ui.widgets.segmented import Choice, Segmented
from ui.widgets.sheet import Sheet

_DAYS = ("30", "365", "731")
_SHOWN = 30


class LooksSheet(Sheet):
    """Reads the record; saving it as a file is written down in it."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Who looked"), tr("Close"), width=660)
        self.setObjectName("looks-sheet")
        self._tasks = tasks
        self._about: Youth | None = None
        self.lead = wrapped("")
        self.empty = wrapped(tr("Nobody has looked yet."), "body", "text3")
        self.list, self.rest = LookList(), wrapped("", "caption", "text3")
        self.saving = SavingPart()
        self.body.setSpacing(12)
        for part in (self.lead, self.empty, self.list, self.rest, Rule(), self.saving):
            self.body.addWidget(part)
        self.body.addStretch()
        self.saving.save_button.clicked.connect(self._on_save)

    def begin(self, about: Youth | None) -> None:
        """Ask who looked at one young person, or with None at anybody; then show it."""
        self._about = about
        self.saving.rest()
        self._ask()

    def _ask(self) -> None:
        youth, moment = self._about.id if self._about else None, self._tasks.moment()
        self._tasks.run(lambda vault: access_record.page(vault, youth, moment, _SHOWN), self._show)

    def _show(self, page: Page) -> None:
        was_open = self.isVisible()
        self.lead.setText(_lead(self._about, page.count))
        self.list.show_page(page)
        self.rest.setText(_rest(page))
        self.rest.setVisible(page.count > len(page.looks))
        self.lead.setVisible(bool(page.looks))
        self.list.setVisible(bool(page.looks))
        self.empty.setVisible(not page.looks)
        if not was_open:
            self.open(self.list if page.looks else self.close_button)
        self.fit()

    @Slot()
    def _on_save(self) -> None:
        day = f"{self._tasks.moment().now:%Y-%m-%d}"
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save the record as a file"), f"bammajung-{day}.csv", "CSV (*.csv)"
        )
        if not chosen:
            return
        file, moment = Path(chosen), self._tasks.moment()
        words = (look_words.file_heads(), look_words.file_line)
        taking = Taking(self.saving.days(), self.saving.aliases.isChecked(), *words)
        self.saving.save_button.setEnabled(False)
        self._tasks.run(
            lambda vault: access_record.save(vault, file, taking, moment),
            lambda _: self._on_saved(file),
            self._on_failed,
        )

    def _on_saved(self, file: Path) -> None:
        self.saving.say(tr("Saved as {name}. This was written down here, too.", name=file.name))
        self._ask()

    def _on_failed(self, error: AppError) -> None:
        self.saving.say(messages.sentence(error), is_problem=True)
        self.fit()


class SavingPart(QWidget):
    """For how long back, with or without aliases, and what came of it."""

    def __init__(self) -> None:
        """Offer a month, without aliases."""
        super().__init__()
        words = (tr("30 days"), tr("One year"), tr("All of it, two years"))
        choices = tuple(Choice(key, word) for key, word in zip(_DAYS, words, strict=True))
        self.span = Segmented(tr("How far back"), choices)
        self.aliases = QCheckBox(tr("With aliases: then the file says who each one is"))
        self.aliases.setObjectName("looks-aliases")
        self.save_button = Button(tr("Save as file…"), "plain", "file-text")
        self.save_button.setObjectName("looks-save")
        self.notice = Notice("circle-check", "", "ok")
        about = tr(
            "The file tells about everybody, not only about one. It holds numbers instead of "
            "names and no word of a note, and anyone can open it: hand it over yourself."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(text(tr("For the supervisor"), "body", weight="semibold"))
        column.addWidget(wrapped(about, "caption", "text2"))
        for part in (self.span, self.aliases, self.notice, self.save_button):
            column.addWidget(part)
        self.rest()

    def rest(self) -> None:
        """Begin anew: a month, without aliases, nothing said."""
        self.span.choose(_DAYS[0])
        self.aliases.setChecked(False)
        self.notice.hide()

    def days(self) -> int:
        """Return how many days back."""
        return int(self.span.key() or _DAYS[0])

    def say(self, words: str, *, is_problem: bool = False) -> None:
        """Say what came of it."""
        self.save_button.setEnabled(True)
        looks = ("circle-alert", words, "danger") if is_problem else ("circle-check", words, "ok")
        self.notice.show_words(*looks)
        self.notice.show()


def _lead(about: Youth | None, count: int) -> str:
    if about is None:
        return ntr(
            "{n} look at anybody's records in the last 30 days. It is kept for two years.",
            "{n} looks at anybody's records in the last 30 days. They are kept for two years.",
            count,
        )
    return ntr(
        "{n} look at what is kept about {alias}. They may ask you about it.",
        "{n} looks at what is kept about {alias}. They may ask you about it.",
        count,
        alias=about.alias,
    )


def _rest(page: Page) -> str:
    return tr("The newest {n} are listed; the file holds all of them.", n=len(page.looks))
