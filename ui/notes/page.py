"""The page where a counselor writes about a meeting and judges risk."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.notes import Note
from desktop.errors import ResidentNumberFound
from desktop.services.youths import YouthFile
from i18n import tr
from ui.notes.editor import NoteEditor
from ui.notes.foot import NoteFoot
from ui.notes.header import NoteHeader
from ui.notes.heads import template
from ui.notes.judging import Judging
from ui.notes.owed import OwedLooks
from ui.notes.resident import ResidentNotice
from ui.notes.saving import Saver, Standing, State
from ui.notes.signing import Signing
from ui.tasks import Tasks
from ui.widgets.card import Card


class NotePage(QWidget):
    """One young person's note. Another one is shown only when this one is kept."""

    note_saved = Signal(object)
    judged = Signal(object)
    stayed = Signal(object, object)
    """This young person and meeting stay on the page: their words could not be kept."""

    def __init__(self, tasks: Tasks) -> None:
        """Lay out an empty page."""
        super().__init__()
        self.setObjectName("note_page")
        self._tasks = tasks
        self._file: YouthFile | None = None
        self._next: YouthFile | None = None
        self.editor = NoteEditor()
        self.editor.setAccessibleName(tr("Counseling note"))
        self.saver, self.judging = Saver(tasks, self.editor), Judging(tasks)
        self.signing = Signing(tasks, self.editor)
        self.header, self.owed = NoteHeader(self.judging.level), OwedLooks(tasks)
        self.notice = ResidentNotice(self.editor)
        self.foot = NoteFoot(self.editor.add_phrase, self.save_now, self.signing.ask)
        self.foot.sensitive_button.clicked.connect(self.editor.toggle_sensitive)
        keys = QShortcut(QKeySequence("Ctrl+M"), self.editor, self.editor.toggle_sensitive)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)  # never under a sheet
        self._lay_out()
        self.editor.changed.connect(self._on_changed)
        self.saver.stood.connect(self._on_stood)
        self.saver.note_saved.connect(self.note_saved)
        self.saver.note_saved.connect(self.owed.settle)
        self.signing.agreed.connect(self.saver.save_now)
        self.signing.changed.connect(self._on_signed)
        self.judging.judged.connect(self.judged)
        self.judging.panel.shown.connect(self.foot.make_room)

    def show_file(self, file: YouthFile) -> None:
        """Show a young person's meeting, after what is on the page is kept."""
        self._next = None
        if self._file is not None and _is_shown(file, self._file, self.saver):
            self._refresh(file)
        elif self.saver.is_saved():
            self._open(file)
        else:
            self._next = file
            self.saver.save_now()

    @Slot()
    def save_now(self) -> None:
        """Save without waiting, the syllable being composed included."""
        self.saver.save_at_once()

    def rescue(self) -> None:
        """At lock: keep every word, the grounds that are being written too."""
        self.saver.rescue()
        self.signing.rescue()
        self.judging.rescue()

    def let_go(self, youth: YouthId) -> None:
        """Keep nothing about a young person here, not even words for another time."""
        self.judging.let_go(youth)
        if self._file is not None and self._file.youth.id == youth:
            self._file = self._next = None
            self.notice.close_notice()
            self.signing.addenda.let_go()
            self.saver.let_go()

    def is_saved(self) -> bool:
        """Say whether every word on the page is kept."""
        return self.saver.is_saved()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of words."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.editor.recolour()

    def _open(self, file: YouthFile) -> None:
        if self._file is not None:
            self.judging.set_aside(self._file.youth.id)
        self._file = file
        self.notice.close_notice()
        self.editor.follow(file.template)
        self.foot.show_phrases(file.template)
        note = file.note
        about = (file.youth.id, file.meeting.id) if file.meeting else None
        self.editor.show_text(*((note.text, note.marks) if note else (template(file.template),)))
        self.signing.show_note(note, may_write=about is not None)
        self.saver.follow(about, note)
        self._refresh(file)
        self.judging.take_up(file.youth.id, file.unfinished)
        self.editor.go_to_where_writing_goes_on()
        self._on_changed()

    def _refresh(self, file: YouthFile) -> None:
        self._file = file
        self.header.show_file(file, self._tasks.moment().now)
        self.judging.show_judgement(file.youth.id, file.judgement)

    @Slot()
    def _on_changed(self) -> None:
        note = self.saver.note
        self.foot.show_length(self.editor.length(), len(note.marks) if note else 0)

    @Slot(object)
    def _on_stood(self, standing: Standing) -> None:
        self.foot.show_standing(standing)
        if standing.state is State.SAVING:
            return
        self._on_changed()
        if isinstance(standing.error, ResidentNumberFound):
            self.notice.show_number(standing.error)
            QTimer.singleShot(0, self.editor.ensureCursorVisible)
        elif standing.error is None:
            self.notice.close_notice()
        if standing.error is not None:
            self._stay()
        elif self.saver.is_saved():
            self._go_on()

    def _stay(self) -> None:
        self.signing.stay()
        if self._next is not None and self._file is not None and self._file.meeting is not None:
            self._next = None
            self.stayed.emit(self._file.youth.id, self._file.meeting.id)

    def _go_on(self) -> None:
        self.signing.go_on(self.saver.note)
        if self._next is not None:
            file, self._next = self._next, None
            self._open(file)

    @Slot(object)
    def _on_signed(self, note: Note) -> None:
        if self.saver.note is not None and self.saver.note.id == note.id:
            self.saver.take(note)
            self.signing.show_note(note, may_write=True)
        self.note_saved.emit(note)

    def _lay_out(self) -> None:
        paper = Card(margin=30)
        paper.body.setContentsMargins(30, 22, 30, 14)
        parts = (self.notice, self.signing.addenda, self.signing.notice, self.foot)
        paper.add(self.editor, *parts)
        paper.body.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.header, self.owed, self.judging.panel):
            column.addWidget(part)
        column.addWidget(paper, 1)


def _is_shown(file: YouthFile, shown: YouthFile, saver: Saver) -> bool:
    """Say whether this stands on the page. What was given is put below a note from elsewhere."""
    version = saver.note.version if saver.note else 0
    is_newer = file.note is not None and file.note.version > version
    return _same(file, shown) and not (is_newer and saver.is_saved())


def _same(one: YouthFile, other: YouthFile) -> bool:
    """Say whether two files are about the same meeting."""
    if one.meeting is None or other.meeting is None:
        return one.youth.id == other.youth.id and one.meeting is other.meeting
    return one.meeting.id == other.meeting.id
