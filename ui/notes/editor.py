"""The paper a counselor writes on: plain text, whatever is typed or pasted."""

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QPaintEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from desktop.domain.notes import Marks, Written
from desktop.domain.templates import Template
from ui.notes import marks
from ui.notes.arrival import Arrival
from ui.notes.heads import Heads, Kind, block_format, dress
from ui.notes.paper import paint_quotes

_LEAST = 48  # pixels: a line or two, when a small window has to show more above it


class NoteEditor(QTextEdit):
    """Shows one note's words and says when a person changed them."""

    changed = Signal()

    def __init__(self) -> None:
        """Be an empty sheet."""
        super().__init__()
        self.revision = 0
        self.is_composing = False
        self._is_quiet = False
        self._line = 0
        self.setObjectName("note_editor")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setProperty("bare", "true")
        self.setProperty("paper", "true")
        self.setMinimumHeight(_LEAST)
        self.document().setDocumentMargin(0)
        self._heads = Heads(self.document())
        self._arrival = Arrival(self._heads)
        self._arrival.ended.connect(self._on_arrived)
        self.document().contentsChange.connect(self._on_contents_change)
        self.cursorPositionChanged.connect(self._on_cursor_moved)

    def follow(self, own: Template | None) -> None:
        """Know an organisation's own heads."""
        self._heads.follow(own)

    def show_text(self, text: str, found: Marks = ()) -> None:
        """Put another note's words on the paper. There is nothing to undo."""
        self._arrival.drop()
        self._is_quiet = True
        self.setUndoRedoEnabled(False)
        self.clear()
        self._line, self._heads.marked = 0, None
        self.setCurrentCharFormat(QTextCharFormat())
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(block_format(self._heads.kind(text.partition("\n")[0])))
        self._arrival.start(Written(text, found), cursor, is_loading=True)
        self._is_quiet = False

    def words(self) -> str:
        """Return what is written, with what a paste is still bringing; heads alone are nothing."""
        return self.written().text

    def written(self) -> Written:
        """Return the same, and which passages are marked as sensitive."""
        # Qt's plain text has a space for each that does not break.
        text = self.document().toRawText().replace("\u2029", "\n")
        found = marks.of(self._heads.marked, text) if self._heads.marked else ()
        whole = self._arrival.whole(Written(text, found))
        return Written("") if self._heads.are_all(whole.text) else whole

    def toggle_sensitive(self) -> None:
        """Mark what is selected, or the line being written; a second time, take the mark off."""
        marks.toggle(self.textCursor())

    def length(self) -> int:
        """Return the number of characters without reading them."""
        return self.document().characterCount() - 1

    def is_arriving(self) -> bool:
        """Say whether a long text is still coming onto the page."""
        return self._arrival.is_under_way()

    def add_phrase(self, phrase: str) -> None:
        """Write a phrase at the end of the line being written."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        line = cursor.block().text()
        is_words = self._heads.kind(line) is not Kind.HEAD
        cursor.insertText(("\n" if not is_words else " " if line.strip() else "") + phrase)
        self.setTextCursor(cursor)
        self.setFocus()

    def go_to_where_writing_goes_on(self) -> None:
        """Put the caret under the first head of a new note, or at the end of an old one."""
        cursor = self.textCursor()
        if self._heads.are_all(self.document().firstBlock().next().text()):
            cursor.setPosition(self.document().firstBlock().next().position())
        if self.words():
            cursor.movePosition(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def recolour(self) -> None:
        """Follow the theme and the language."""
        self._is_quiet = True
        self._heads.recolour()
        self._is_quiet = False

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take a paste, however long."""
        told = marks.pasted(source)
        if told is not None or source.hasText():
            self._arrival.start(told or Written(source.text()), self.textCursor())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give the clipboard words without a dress, and for another note their marks."""
        text = self.textCursor().selection().toRawText().replace("\u2029", "\n")
        return marks.copied(text, marks.selected(self.textCursor()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a line without the mark of the line before."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._heads.marked:
            cursor = self.textCursor()
            if not cursor.block().text():
                self.setCurrentCharFormat(marks.plain_again(self.currentCharFormat()))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know whether a syllable is still being composed."""
        if not self.isReadOnly():  # Qt would put what comes late on a paper that is only read
            super().inputMethodEvent(event)
            self.is_composing = bool(event.preeditString())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Set a bar of lamplight beside what the young person said."""
        super().paintEvent(event)
        paint_quotes(self)

    @Slot(int, int, int)
    def _on_contents_change(self, _at: int, _removed: int, _added: int) -> None:
        if not (self._is_quiet or self._arrival.is_loading):
            self.revision += 1
            self.changed.emit()

    @Slot()
    def _on_arrived(self) -> None:
        if not self.isUndoRedoEnabled():
            self.setUndoRedoEnabled(True)
        self._on_cursor_moved()

    @Slot()
    def _on_cursor_moved(self) -> None:
        here = self.textCursor().blockNumber()
        if here == self._line or self.is_composing or self._arrival.is_under_way():
            return
        for number in (self._line, here):
            self._dress(self.document().findBlockByNumber(number))
        self._line = here

    def _dress(self, block: QTextBlock) -> None:
        was_quiet, self._is_quiet = self._is_quiet, True
        dress(block, self._heads.kind(block.text()))
        self._is_quiet = was_quiet
