"""The slip that somebody wished to take along, seen before it becomes a file to print."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.consents import Consent
from desktop.errors import AppError
from desktop.services import slips
from i18n import tr
from i18n.formats import SEOUL
from ui import messages
from ui.consents.around import around
from ui.printing.paper import Marked, Part, Shown, Told, pdf, shown
from ui.printing.preview import PreviewPart
from ui.style import load_script
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet


class SlipSheet(Sheet):
    """It opens once the laptop is back, or when it is asked for; closing it prints nothing."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("A slip to take along"), tr("Close"), width=720)
        self.setObjectName("slip-sheet")
        self._tasks = tasks
        self._made: tuple[Consent, Told] | None = None
        told = tr("They wished for it. There is no name on it, no agency and no answer.")
        self.lead, self.preview = wrapped(told, "body", "text2"), PreviewPart()
        self.notice = Notice("triangle-alert", "", "warn")
        self.save_button = Button(
            tr("Save as a PDF file…"), "primary", "file-text", pressed=self._on_save
        )
        self.save_button.setObjectName("slip-save")
        for part in (self.lead, self.preview, self.notice):
            self.body.addWidget(part)
        self.foot.addStretch()
        self.foot.addWidget(self.save_button)
        self.closed.connect(self._drop)

    def begin(self, consent: Consent, language: str) -> None:
        """Show the slip of one asking, in the language it was read in."""
        load_script(language)
        told, width = told_of(consent, language), self.preview.width_of_a_page()
        self._made = (consent, told)
        self.save_button.setEnabled(False)
        self._tasks.run(
            lambda _: shown(told, width), lambda pages: self._show(told, pages), self._on_failed
        )
        warning = tr(
            "A slip that somebody finds can endanger them. Ask once more whether they want it, "
            "and delete the file when it has been printed."
        )
        self.notice.show_words("triangle-alert", warning, "warn")
        self.open(self.close_button)
        self.fit()

    def _show(self, told: Told, pages: Shown) -> None:
        if self._made is None or self._made[1] is not told:
            return  # closed meanwhile
        self.preview.show_pages(pages, "")
        self.save_button.setEnabled(True)
        self.fit()

    def save_as(self, file: Path) -> None:
        """Write the file, after writing down that it was printed."""
        if self._made is None:
            return
        (consent, told), moment = self._made, self._tasks.moment()
        self.save_button.setEnabled(False)
        self._tasks.run(
            lambda vault: slips.save(vault, consent, pdf(told), file, moment),
            lambda _: self._on_saved(file),
            self._on_failed,
        )

    @Slot()
    def _on_save(self) -> None:
        name = f"{self._tasks.moment().now:%Y%m%d-%H%M}.pdf"  # it says not even whose program
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Where should the file be?"), name, "PDF (*.pdf)"
        )
        if chosen:
            self.save_as(Path(chosen))

    def _on_saved(self, file: Path) -> None:
        told = tr("Saved as {name}. Print it, then delete it and empty the trash.", name=file.name)
        self.notice.show_words("circle-check", told, "ok")
        self.close_button.setFocus()
        self.fit()

    def _on_failed(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self.notice.show_words("circle-alert", messages.sentence(error), "danger")
        self.fit()

    @Slot()
    def _drop(self) -> None:
        self._made = None
        self.preview.clear()


def told_of(consent: Consent, language: str) -> Told:
    """Return the slip: a number, a day, and how to stop it or to see what is kept."""
    words = around(language)
    day = consent.asked_at.astimezone(SEOUL)
    number = words["slip_number"].format(number=slips.number_of(consent.id))
    lines = (
        words["slip_day"].format(day=f"{day:%Y-%m-%d}"),
        words["slip_change"],
        words["slip_see"],
    )
    return Told(words["slip_title"], (Part(number, lines),), Marked("", "", ""))
