"""Which consent text holds, what held before, and the way to write another."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.consents import LANGUAGES
from desktop.domain.text_versions import Texts, Version, whole
from desktop.errors import AppError
from desktop.services import text_versions
from desktop.services.text_versions import Shelf
from i18n import tr
from ui.consents import fault_words
from ui.consents.seen import SeenSheet
from ui.consents.shelf_files import ShelfFiles
from ui.consents.texts import programs_own
from ui.consents.version_row import VersionRow
from ui.consents.wording import WordingSheet
from ui.messages import sentence
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet
from ui.widgets.twice import SecondButton


class ShelfSheet(Sheet):
    """Anybody may look; only a supervisor or who looks after devices may write."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Consent texts"), tr("Close"), width=780)
        self.setObjectName("shelf-sheet")
        self._tasks = tasks
        self._shelf: Shelf | None = None
        self._own: Texts = {}
        self.notice = Notice("circle-check", "", "ok")
        self.problems = wrapped("", "caption", "danger")
        self.may_not = wrapped(
            tr(
                "A supervisor, or whoever looks after devices, writes them on their laptop and "
                "saves a signed file for yours."
            ),
            "caption", "text2",
        )  # fmt: skip
        self.rows: tuple[VersionRow, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.back_button = _button("back", tr("Back to the program's own"), "quiet", "undo-2")
        self.sure_button = _button("sure", tr("Yes, back to it"), "danger", "undo-2", SecondButton)
        self.write_button = _button("write", tr("Write a text"), "primary", "pencil")
        self.load_button = _button("load", tr("Load a signed text…"), "quiet", "file-text")
        self.wording, self.seen = WordingSheet(tasks, window), SeenSheet(window)
        self.files = ShelfFiles(tasks, self)
        self._lay_out()
        self._connect()

    @Slot()
    def begin(self) -> None:
        """Show how it stands."""
        self._tasks.run(
            lambda vault: (text_versions.shelf(vault), programs_own()), self._show, self._say_wrong
        )

    def _show(self, found: tuple[Shelf, Texts]) -> None:
        shelf, self._own = found
        self._shelf = shelf
        self._show_state(shelf)
        for old in self.rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = tuple(
            VersionRow(each, is_newest=number == 0, may_write=shelf.may_write)
            for number, each in enumerate(shelf.versions)
        )
        for row in self.rows:
            row.seen_button.clicked.connect(partial(self._on_seen, row.version))
            row.write_button.clicked.connect(partial(self._on_write_on, row.version))
            row.save_button.clicked.connect(partial(self.files.ask_to_save, row.version))
            self._list.addWidget(row)
        self.may_not.setVisible(not shelf.may_write)
        self.write_button.setVisible(shelf.may_write)
        self.write_button.say(tr("Go on writing") if shelf.draft else tr("Write a text"))
        is_own = bool(shelf.versions) and shelf.versions[0].is_own
        self.back_button.setVisible(shelf.may_write and is_own)
        self.sure_button.hide()
        self.open(self.write_button if shelf.may_write else self.close_button)
        self.fit()

    def _show_state(self, shelf: Shelf) -> None:
        newest = shelf.versions[0] if shelf.versions else None
        if newest is None or not newest.is_own:
            told = tr("The hand-over shows the program's own text.")
            self.notice.show_words("info", told, "neutral")
        elif shelf.faults:
            told = tr("Your text lacks something, so the hand-over shows the program's own.")
            self.notice.show_words("circle-alert", told, "danger")
        else:
            told = tr("The hand-over shows your text, version {n}.", n=newest.number)
            self.notice.show_words("circle-check", told, "ok")
        self.problems.setText(fault_words.listed(shelf.faults))
        self.problems.setVisible(bool(shelf.faults))

    @Slot()
    def _on_write(self) -> None:
        if self._shelf is None:
            return
        if self._shelf.draft is not None:
            self._write(self._shelf.draft.texts)
        elif self._shelf.versions:
            self._on_write_on(self._shelf.versions[0])
        else:
            self._write(self._own)

    def _on_write_on(self, version: Version) -> None:
        self._tasks.run(
            lambda vault: text_versions.of_version(vault, version) or self._own, self._write
        )

    def _write(self, texts: Texts) -> None:
        self.hide()
        self.wording.begin(whole(texts, self._own))

    def _on_seen(self, version: Version) -> None:
        self._tasks.run(
            lambda vault: text_versions.of_version(vault, version) or self._own,
            lambda texts: self.seen.show_text(texts, LANGUAGES[0], ""),
        )

    @Slot()
    def _on_back(self) -> None:
        self.back_button.hide()
        self.sure_button.show()
        self.close_button.setFocus()  # the harmless one: a second Space does nothing

    @Slot()
    def _on_sure(self) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: text_versions.use_programs_own(vault, moment),
            lambda _: self.begin(),
            self._say_wrong,
        )

    def _say_wrong(self, error: AppError) -> None:
        self._say(sentence(error), "danger")

    @Slot(str, str)
    def _say(self, words: str, tone: str) -> None:
        self.notice.show_words("circle-check" if tone == "ok" else "circle-alert", words, tone)
        self.fit()

    def _connect(self) -> None:
        self.wording.closed.connect(self.begin)
        self.files.taken.connect(self.begin)
        self.files.told.connect(self._say)
        self.load_button.clicked.connect(self.files.ask_to_take)
        self.back_button.clicked.connect(self._on_back)
        self.sure_button.clicked.connect(self._on_sure)
        self.write_button.clicked.connect(self._on_write)

    def _lay_out(self) -> None:
        told = tr(
            "What young people and guardians read before they answer, in eight languages. Every "
            "text says all that the law requires, or it is shown to nobody."
        )
        self.body.addWidget(wrapped(told, "body", "text2"))
        for part in (self.notice, self.problems):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        self.body.addWidget(self.may_not)
        self.body.addStretch()
        for button in (self.load_button, self.back_button, self.sure_button, self.write_button):
            self.foot.addWidget(button)
        self.foot.insertStretch(2)


def _button(name: str, words: str, kind: str, icon: str, made: type[Button] = Button) -> Button:
    button = made(words, kind, icon)
    button.setObjectName(f"shelf-{name}")
    return button
