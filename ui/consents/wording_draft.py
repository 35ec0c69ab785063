"""The draft of a consent text between the window and the vault: kept, loaded, put in force."""

from pathlib import Path as File

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.domain.text_versions import Texts
from desktop.errors import AppError
from desktop.services import text_versions
from ui.consents.wording_state import Written
from ui.tasks import Tasks

_PAUSE = 600
"""Milliseconds after the last key until it is kept."""


class WordingDraft(QObject):
    """Holds what is written; keeps it a moment after it was changed."""

    loaded = Signal(object)
    """Texts, by language: they are in the draft now."""
    refused = Signal(object, object)
    """File and error: nothing of the file was taken."""
    saved = Signal(object)
    held = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        """Hold nothing yet."""
        super().__init__()
        self._tasks = tasks
        self.written = Written({}, {})
        self._is_dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.keep)

    def begin(self, texts: Texts) -> None:
        """Go on with `texts`."""
        self._timer.stop()
        self.written, self._is_dirty = Written.of(texts), False

    def change(self, written: Written) -> None:
        """Take what was written; it is kept in a moment."""
        self.written, self._is_dirty = written, True
        self._timer.start()

    @Slot()
    def keep(self) -> None:
        """Keep it now, whatever it lacks."""
        self._timer.stop()
        if not self._is_dirty:
            return
        self._is_dirty = False
        texts, moment = self.written.texts, self._tasks.moment()
        self._tasks.run(
            lambda vault: text_versions.keep_draft(vault, texts, moment),
            lambda _: None,
            self._on_unkept,
        )

    def _on_unkept(self, error: AppError) -> None:
        self._is_dirty = True  # kept with the next change, or when it is closed or locked
        self.failed.emit(error)

    def load(self, file: File) -> None:
        """Take a file's languages into the draft, all of them or none."""
        self._tasks.run(
            lambda _: text_versions.load(file),
            self._on_loaded,
            lambda error: self._on_refused(file, error),
        )

    def save(self, file: File) -> None:
        """Write every language into a file."""
        texts = self.written.texts
        self._tasks.run(
            lambda _: text_versions.save(texts, file),
            lambda _: self.saved.emit(file),
            self.failed.emit,
        )

    def put_in_force(self) -> None:
        """Make it what every later asking shows."""
        self.keep()
        texts, moment = self.written.texts, self._tasks.moment()
        self._tasks.run(
            lambda vault: text_versions.put_in_force(vault, texts, moment),
            self.held.emit,
            self.failed.emit,
        )

    def _on_loaded(self, read: Texts) -> None:
        self.change(Written.of({**self.written.texts, **read}))
        self.keep()
        self.loaded.emit(read)

    def _on_refused(self, file: File, error: AppError) -> None:
        self.refused.emit(file, error)
