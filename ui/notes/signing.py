"""From a note being written to one that is signed: asked twice, as nothing takes it back."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

from desktop.domain.notes import Note
from desktop.errors import AppError
from desktop.services import notes
from i18n import tr
from ui.messages import sentence
from ui.notes.addenda import AddendaPart
from ui.notes.editor import NoteEditor
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice


class SigningNotice(Notice):
    """Says what signing means, and asks a second time."""

    def __init__(self) -> None:
        """Be hidden."""
        super().__init__("notebook-pen", "", "info")
        self.setObjectName("signing_notice")
        self.sign_button = Button(tr("Sign"), "primary", "check").sized("small")
        self.sign_button.setObjectName("sign_note_really")
        self.later_button = Button(tr("Not yet"), "plain", pressed=self.hide).sized("small")
        self.later_button.setObjectName("sign_not_yet")
        self.row.addWidget(self.later_button)
        self.row.addWidget(self.sign_button)
        self.hide()

    def ask(self) -> None:
        """Ask; the keyboard rests on the way back."""
        words = tr(
            "Once it is signed, these words stay as they are. What comes later is added below, "
            "with its time."
        )
        self.show_words("notebook-pen", words, "info")
        self.sign_button.setEnabled(True)
        self.show()
        self.later_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_failed(self, error: AppError) -> None:
        """Say why it is not signed."""
        self.show_words("circle-alert", sentence(error), "danger")
        self.sign_button.setEnabled(True)


class Signing(QObject):
    """Lets no word onto the paper between the second answer and the signature."""

    agreed = Signal()
    changed = Signal(object)
    """The note as it is kept now: signed, or with words added to it."""

    def __init__(self, tasks: Tasks, editor: NoteEditor) -> None:
        """Make what is asked and what stands below a signed note."""
        super().__init__()
        self._tasks, self._editor = tasks, editor
        self._is_agreed = False
        self.notice, self.addenda = SigningNotice(), AddendaPart(tasks)
        self.notice.sign_button.clicked.connect(self._on_agreed)
        self.notice.later_button.clicked.connect(editor.setFocus)
        self.addenda.changed.connect(self.changed)
        editor.changed.connect(self.notice.hide)

    def show_note(self, note: Note | None, *, may_write: bool) -> None:
        """Show whether a note may be written on."""
        is_signed = note is not None and note.is_signed
        self._is_agreed = False
        self.notice.hide()
        self._editor.setReadOnly(is_signed or not may_write)
        self.addenda.show_note(note if is_signed else None)

    @Slot()
    def ask(self) -> None:
        """Ask whether to sign what is written, if anything is."""
        if self._editor.words().strip() and not self._editor.isReadOnly():
            self.notice.ask()

    def go_on(self, note: Note | None) -> None:
        """Everything is kept: sign it, if that was agreed to."""
        if not self._is_agreed:
            return
        self._is_agreed = False
        if note is None:
            self._reopen()
            return
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: notes.sign(vault, note.id, moment), self._on_signed, self._on_failed
        )

    def stay(self) -> None:
        """The words could not be kept: nothing is signed."""
        if self._is_agreed:
            self._reopen()

    def rescue(self) -> None:
        """At lock: keep words that are being added."""
        self.addenda.keep()

    @Slot()
    def _on_agreed(self) -> None:
        self._is_agreed = True
        self.notice.sign_button.setEnabled(False)
        QGuiApplication.inputMethod().commit()
        self._editor.setReadOnly(True)
        self.agreed.emit()

    def _on_signed(self, note: Note) -> None:
        self.changed.emit(note)
        if self.addenda.isVisible():
            self.addenda.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: AppError) -> None:
        self._reopen()
        self.notice.say_failed(error)
        self.notice.show()

    def _reopen(self) -> None:
        self._is_agreed = False
        self._editor.setReadOnly(False)
        self.notice.hide()
