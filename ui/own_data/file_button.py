"""The way from somebody's data to a file of it."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog

from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import own_data
from i18n import tr
from ui import messages
from ui.own_data.words import written
from ui.tasks import Tasks
from ui.widgets.buttons import Button


class FileButton(Button):
    """Asks where to put it, writes it and says what came of it."""

    told = Signal(str, str, str)
    """An icon, the words, and their tone."""

    def __init__(self, tasks: Tasks) -> None:
        """Be about nobody yet."""
        super().__init__(tr("Save their data as a file…"), "plain", "file-text")
        self.setObjectName("own-data-save")
        self._tasks = tasks
        self._about: Youth | None = None
        self.clicked.connect(self._on_save)

    def begin(self, about: Youth | None) -> None:
        """Be about somebody, or nobody."""
        self._about = about
        self.setEnabled(True)

    def save_as(self, file: Path) -> None:
        """Write all of it to a file, after writing down that it was taken out."""
        about, moment = self._about, self._tasks.moment()
        if about is None:
            return
        self.setEnabled(False)
        self._tasks.run(
            lambda vault: own_data.save(
                vault, about.id, file, lambda data: written(data, moment.now), moment
            ),
            lambda _: self._on_saved(file),
            self._on_not_saved,
        )

    @Slot()
    def _on_save(self) -> None:
        name = f"{self._tasks.moment().now:%Y%m%d-%H%M}.txt"  # it says not even whose program
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Where should the file be?"), name, tr("Text (*.txt)")
        )
        if chosen:
            self.save_as(Path(chosen))

    def _on_saved(self, file: Path) -> None:
        self.setEnabled(True)
        words = tr(
            "Saved as {name}, and written down here. Anyone who has the file can read it: print "
            "it or hand it over, then delete it and empty the trash.",
            name=file.name,
        )
        self.told.emit("circle-check", words, "ok")

    def _on_not_saved(self, error: AppError) -> None:
        self.setEnabled(True)
        self.told.emit("circle-alert", messages.sentence(error), "danger")
