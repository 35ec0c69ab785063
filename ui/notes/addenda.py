"""Below a signed note: what was added to it, and a place to add more."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.ids import NoteId
from desktop.domain.looks import ORGANISATION
from desktop.domain.notes import Addendum, Note
from desktop.errors import AppError
from desktop.services import notes
from i18n import formats, tr
from ui import style
from ui.messages import sentence
from ui.retrying import Retry
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.labels import Rule, text, wrapped

_PAUSE = 600
"""Milliseconds after the last key until words being added are kept."""
_MOST = 110
"""Pixels: more of what was added is scrolled to."""


class AddingBox(QPlainTextEdit):
    """A few lines; Ctrl+Enter adds them."""

    confirmed = Signal()

    def __init__(self) -> None:
        """Be empty."""
        super().__init__()
        self.setObjectName("addendum")
        self.setAccessibleName(tr("Words to add"))
        self.setPlaceholderText(tr("What came later. It is added below the signed words."))
        self.setTabChangesFocus(True)
        self.setFixedHeight(style.scaled(54))
        self.setProperty("written", "true")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter adds."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)


class AddendaPart(QWidget):
    """Hidden until the note is signed."""

    changed = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        """Be hidden."""
        super().__init__()
        self.setObjectName("addenda")
        self._tasks = tasks
        self._note: Note | None = None
        self._kept: str | None = ""
        self._retry = Retry(self, self.keep)
        self._is_filling = False
        self.list, self._lines = QScrollArea(), QVBoxLayout()
        self.box = AddingBox()
        self.add_button = Button(tr("Add"), "soft", "plus", pressed=self._on_add).sized("small")
        self.add_button.setObjectName("add_addendum")
        self.problem = wrapped("", "caption", "danger")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.keep)
        self.box.textChanged.connect(self._on_typed)
        self.box.confirmed.connect(self._on_add)
        self._lay_out()
        self.hide()

    def show_note(self, note: Note | None) -> None:
        """Show what was added to a signed note; None: it is not signed."""
        self.keep()
        is_same = note is not None and self._note is not None and note.id == self._note.id
        self._note = note
        self.setVisible(note is not None)
        self.problem.hide()
        if note is None:
            self._fill("")
            return
        if not is_same:
            self._fill(note.adding)
        self._show_addenda(note.addenda)

    @Slot()
    def keep(self) -> None:
        """Keep the words that are being added, the syllable being composed included."""
        self._timer.stop()
        if self._note is None:
            return
        QGuiApplication.inputMethod().commit()
        note, words, moment = self._note.id, self.box.toPlainText(), self._tasks.moment()
        if words == self._kept:
            return
        was_unkept, self._kept = self._kept is None, words
        self._tasks.run(
            lambda vault: notes.set_adding_aside(vault, note, words, moment),
            lambda _: self.problem.setVisible(self.problem.isVisible() and not was_unkept),
            partial(self._on_unkept, note),
        )

    def _on_unkept(self, note: NoteId, error: AppError) -> None:
        if self._note is not None and self._note.id == note:
            self._kept = None
            self.problem.setText(self._retry.after(error))
            self.problem.show()

    def let_go(self) -> None:
        """Keep nothing: the note is about to be destroyed."""
        self._note = None
        self._timer.stop()
        self._fill("")
        self.hide()

    def _fill(self, words: str) -> None:
        self._is_filling, self._kept = True, words
        self.box.setPlainText(words)
        self._is_filling = False
        self.add_button.setEnabled(bool(words.strip()))

    def _show_addenda(self, addenda: tuple[Addendum, ...]) -> None:
        inner, self._lines = QWidget(), QVBoxLayout()
        inner.setProperty("clear", "true")
        inner.setLayout(self._lines)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(4)
        for added in addenda:
            self._lines.addWidget(text(_head(added), "caption", "text2", "semibold"))
            words = wrapped(added.text, "note", "text")
            words.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            words.setAccessibleName(f"{_head(added)}\n{added.text}")
            self._lines.addWidget(words)
        self.list.setWidget(inner)
        self.list.setVisible(bool(addenda))
        self.list.setFixedHeight(min(_MOST, inner.sizeHint().height() + 24))
        QTimer.singleShot(0, self._to_the_end)

    @Slot()
    def _to_the_end(self) -> None:
        bar = self.list.verticalScrollBar()
        bar.setValue(bar.maximum())

    @Slot()
    def _on_typed(self) -> None:
        self.add_button.setEnabled(not self.box.document().isEmpty())
        if not self._is_filling:
            self._timer.start()

    @Slot()
    def _on_add(self) -> None:
        QGuiApplication.inputMethod().commit()
        if self._note is None or not self.box.toPlainText().strip():
            return
        self._timer.stop()
        self.add_button.setEnabled(False)
        note, words, moment = self._note.id, self.box.toPlainText(), self._tasks.moment()
        self._tasks.run(
            lambda vault: notes.add(vault, note, words, moment), self._on_added, self._on_failed
        )

    def _on_added(self, note: Note) -> None:
        if self._note is not None and self._note.id == note.id:
            self._fill("")
            self.show_note(note)
        self.changed.emit(note)

    def _on_failed(self, error: AppError) -> None:
        self.problem.setText(sentence(error))
        self.problem.show()
        self.add_button.setEnabled(True)

    def _lay_out(self) -> None:
        self.list.setWidgetResizable(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column, line = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line.setSpacing(8)
        line.addWidget(self.box, 1)
        line.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        for part in (Rule(), self.list, self.problem):
            column.addWidget(part)
        column.addLayout(line)


def _head(added: Addendum) -> str:
    when = formats.day_and_clock(added.at)
    is_ours = added.who != ORGANISATION
    who = tr("You") if is_ours else tr("The organization, two people")
    return tr("Added {when} · {who}", when=when, who=who)
