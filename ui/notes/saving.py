"""When a note is saved, and what may be said about it: the tick only stands for what is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from desktop.domain.ids import MeetingId, YouthId
from desktop.domain.notes import Note, Written
from desktop.errors import AppError
from desktop.services import notes
from ui.notes.editor import NoteEditor
from ui.retrying import Retry
from ui.tasks import Tasks

PAUSE, LONGEST = 600, 4_000  # milliseconds: after typing stops; while it goes on


class State(Enum):
    """Where the words on screen are."""

    EMPTY = auto()
    SAVING = auto()
    SAVED = auto()
    UNSAVED = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the line under the note says."""

    state: State
    at: datetime | None = None
    is_signed: bool = False
    error: AppError | None = None


class Saver(QObject):
    """Saves the note on the paper, one save at a time, off the painting thread."""

    stood = Signal(object)
    note_saved = Signal(object)

    def __init__(self, tasks: Tasks, editor: NoteEditor) -> None:
        """Watch the paper."""
        super().__init__()
        self._tasks, self._editor = tasks, editor
        self._about: tuple[YouthId, MeetingId] | None = None
        self._note: Note | None = None
        self._sent: Written | None = Written("")
        self._kept_revision = self._under_way = 0
        self._is_wanted_again = False
        self._retry = Retry(self, self._on_pause)
        self._pause, self._longest = QTimer(self), QTimer(self)
        for timer, wait in ((self._pause, PAUSE), (self._longest, LONGEST)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
        self._pause.timeout.connect(self._on_pause)
        self._longest.timeout.connect(self.save_now)
        editor.changed.connect(self._on_changed)

    @property
    def note(self) -> Note | None:
        """Return the note as it was last kept."""
        return self._note

    def follow(self, about: tuple[YouthId, MeetingId] | None, note: Note | None) -> None:
        """Watch over another note, just put on the paper."""
        self._rest()
        self._about, self._note = about, note
        self._sent = self._editor.written()
        self._kept_revision = self._editor.revision
        self._stand()

    def take(self, note: Note) -> None:
        """Know the note as it is kept now, with the same words."""
        self._note = note
        self._stand()

    def is_saved(self) -> bool:
        """Say whether every word on the paper is kept."""
        is_same = self._kept_revision == self._editor.revision
        return not self._under_way and (is_same or self._about is None)

    @Slot()
    def save_now(self) -> None:
        """Save without waiting, after the save that is under way if there is one."""
        QGuiApplication.inputMethod().commit()
        if self._under_way:
            self._is_wanted_again = True
        else:
            self._save()

    def save_at_once(self) -> None:
        """Ask for the save now, behind one that is under way: at lock no answer comes any more."""
        QGuiApplication.inputMethod().commit()
        self._save()

    def let_go(self) -> None:
        """Watch over nothing. What is unsaved is kept first, should it not be destroyed after."""
        self.save_at_once()
        self._editor.show_text("")
        self.follow(None, None)

    def rescue(self) -> None:
        """At lock: ask for a save that nothing refuses. A resident number is blotted out."""
        QGuiApplication.inputMethod().commit()
        self._rest()
        if self._about is None:
            return
        (youth, meeting), paper, moment = self._about, self._editor.written(), self._tasks.moment()
        self._tasks.run(
            lambda vault: notes.rescue(vault, youth, meeting, paper, moment), lambda _: None
        )

    def _save(self) -> None:
        if self._about is None:
            return
        self._rest()
        paper, revision = self._editor.written(), self._editor.revision
        if paper == self._sent:
            self._stand_if_kept(paper, revision)
            return
        self._under_way += 1
        if self._sent is not None:  # "Not saved yet" stands until it is not so any more
            self.stood.emit(Standing(State.SAVING))
        self._sent = paper
        youth, meeting = self._about
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: notes.save(vault, youth, meeting, paper, moment),
            partial(self._keep, paper, revision),
            self._stay_unsaved,
        )

    def _keep(self, paper: Written, revision: int, note: Note | None) -> None:
        self._under_way -= 1
        self._note = note
        if note is not None:
            self.note_saved.emit(note)
        self._stand_if_kept(paper, revision)
        if self._is_wanted_again and not self._under_way:
            self._is_wanted_again = False
            self._save()

    def _stand_if_kept(self, paper: Written, revision: int) -> None:
        """Give the tick only when nothing is on its way and these are the words on the paper."""
        if self._under_way:
            return
        self._kept_revision = revision
        if self._editor.revision == revision and self._sent == paper:
            self._is_wanted_again = False
            self._stand()

    def _stay_unsaved(self, error: AppError) -> None:
        self._under_way -= 1
        self._is_wanted_again = False
        self._sent = None
        self._retry.after(error)
        self.stood.emit(Standing(State.UNSAVED, error=error))

    def _stand(self) -> None:
        self.stood.emit(_kept(self._note))

    def _rest(self) -> None:
        for timer in (self._pause, self._longest, self._retry):
            timer.stop()

    @Slot()
    def _on_pause(self) -> None:
        # Saving ends a composition: someone who rests in the middle of a syllable would find
        # it cut in two. The longest wait saves it all the same.
        if self._editor.is_composing and self._longest.isActive():
            self._pause.start()
        else:
            self.save_now()

    @Slot()
    def _on_changed(self) -> None:
        if self._about is None:
            return
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
            self.stood.emit(Standing(State.SAVING))


def _kept(note: Note | None) -> Standing:
    if note is None:
        return Standing(State.EMPTY)
    signature = note.signature
    at = signature.at if signature else note.saved_at
    return Standing(State.SAVED, at, is_signed=signature is not None)
