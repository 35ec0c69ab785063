"""Signed consent texts from one laptop of the organisation to another."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.consent_errors import TextsRefused
from desktop.domain.text_versions import Version
from desktop.errors import AppError
from desktop.services import signed_texts
from i18n import tr
from ui.consents import fault_words
from ui.messages import sentence
from ui.tasks import Tasks


class ShelfFiles(QObject):
    """Asks for the file, then says what came of it: words and their tone."""

    told = Signal(str, str)
    taken = Signal()

    def __init__(self, tasks: Tasks, sheet: QWidget) -> None:
        """Ask over `sheet`."""
        super().__init__(sheet)
        self._tasks, self._sheet = tasks, sheet

    def ask_to_take(self) -> None:
        """Let a person choose the file that a supervisor saved."""
        kind = tr("Consent texts (*.json)")
        chosen, _ = QFileDialog.getOpenFileName(self._sheet, tr("Load consent texts"), "", kind)
        if chosen:
            self.take(Path(chosen))

    def ask_to_save(self, version: Version) -> None:
        """Let a person choose where a version goes."""
        kind, name = tr("Consent texts (*.json)"), f"{version.form}.json"
        chosen, _ = QFileDialog.getSaveFileName(self._sheet, tr("Save consent texts"), name, kind)
        if chosen:
            self.save(version, Path(chosen))

    def take(self, file: Path) -> None:
        """Put in force what is signed there, or say everything that is wrong with it."""
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: signed_texts.take(vault, file, moment),
            lambda _: self.taken.emit(),
            lambda error: self._say_wrong(file, error),
        )

    def save(self, version: Version, file: Path) -> None:
        """Write a version, signed, into a file."""
        told = tr("Saved as {file}. Load it on the other laptops.", file=file.name)
        self._tasks.run(
            lambda vault: signed_texts.save(vault, version, file),
            lambda _: self.told.emit(told, "ok"),
            lambda error: self._say_wrong(file, error),
        )

    def _say_wrong(self, file: Path, error: AppError) -> None:
        faults = error.faults if isinstance(error, TextsRefused) else ()
        words = [f"{file.name}: {sentence(error)}", fault_words.listed(faults)]
        self.told.emit("\n".join(filter(None, words)), "danger")
