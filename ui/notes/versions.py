"""Earlier wordings of a note, quietly: which there are on the left, what has changed beside it."""

from itertools import islice

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.ids import NoteId
from desktop.domain.versions import Change, Piece, Saved
from desktop.services import versions
from desktop.services.versions import Comparison, History
from i18n import formats, ntr, tr
from ui import style
from ui.tasks import Tasks
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet

_LEFT, _FRAME, _LEAST, _ROW = 250, 240, 300, 32
_SPOKEN, _MOST = 40, 200_000
"""Pieces read out, and characters shown, of a comparison: more would stall the window."""


class VersionsSheet(Sheet):
    """Reads only: nothing here puts an older wording back over a newer one."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Earlier versions"), tr("Close"), width=940)
        self.setObjectName("versions-sheet")
        self._tasks = tasks
        self._note: NoteId | None = None
        self._saved: tuple[Saved, ...] = ()
        self.lead = wrapped("", "caption", "text2")
        self.query = Field(tr("Find a word in earlier versions"))
        self.list = QListWidget()
        self.list.setObjectName("versions-list")
        self.list.setAccessibleName(tr("Earlier versions"))
        self.paper = QTextEdit()
        self.paper.setObjectName("version-text")
        self.paper.setReadOnly(True)
        self.paper.setTabChangesFocus(True)
        self.paper.setAccessibleName(tr("What has changed since"))
        self.key = wrapped(
            tr("Underlined: written since. Struck through: not there any more."), "caption"
        )
        self._sides = QWidget()
        self._lay_out_sides()
        self.list.currentRowChanged.connect(self._on_chosen)
        self.query.entered.connect(self._on_find)
        self.query.changed.connect(self._on_find_changed)

    def begin(self, note: NoteId) -> None:
        """Ask what is kept of a note, and show it."""
        self._note = note
        self.query.edit.clear()
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: versions.of(vault, note, moment), self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the window's height."""
        self._sides.setFixedHeight(max(_LEAST, self.height() - _FRAME))
        super().resizeEvent(event)

    def _show(self, history: History) -> None:
        self._saved = history.versions
        self.list.clear()
        for saved in self._saved:
            item = QListWidgetItem(_words(saved))
            item.setSizeHint(QSize(0, style.scaled(_ROW)))
            self.list.addItem(item)
        self.paper.clear()
        self.lead.setText(
            ntr(
                "{n} earlier version is kept, and goes when the note goes. No search finds it.",
                "{n} earlier versions are kept, and go when the note goes. No search finds them.",
                len(self._saved),
            )
            if self._saved
            else tr("Nothing is kept from before yet. A version stays after each pause or lock.")
        )
        for part in (self._sides, self.query, self.key):
            part.setVisible(bool(self._saved))
        self.open(self.list if self._saved else self.close_button)
        self.list.setCurrentRow(0)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        if self._note is None or not 0 <= row < len(self._saved):
            return
        note, version = self._note, self._saved[row].version
        self._tasks.run(lambda vault: versions.compare(vault, note, version), self._show_one)

    def _show_one(self, found: Comparison) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._saved) or found.version.version != self._saved[row].version:
            return  # another one was chosen meanwhile
        self.paper.clear()
        cursor, room = QTextCursor(self.paper.document()), _MOST
        for change, piece in found.pieces:
            cursor.insertText(piece[:room], _dress(change))
            room = max(0, room - len(piece))
        self.paper.setAccessibleDescription(_spoken(found.pieces))
        self.paper.moveCursor(QTextCursor.MoveOperation.Start)

    @Slot()
    def _on_find(self) -> None:
        word, note = self.query.words(), self._note
        if word and note is not None:
            self._tasks.run(lambda vault: versions.holding(vault, note, word), self._show_holding)

    @Slot(str)
    def _on_find_changed(self, words: str) -> None:
        if not words:
            self._show_holding(frozenset(saved.version for saved in self._saved))

    def _show_holding(self, holding: frozenset[int]) -> None:
        self.query.say_wrong("" if holding else tr("No earlier version holds that word."))
        for row, saved in enumerate(self._saved):
            item = self.list.item(row)
            if item is not None:
                item.setHidden(bool(holding) and saved.version not in holding)
        rows = [n for n, saved in enumerate(self._saved) if saved.version in holding]
        if rows:
            self.list.setCurrentRow(rows[0])

    def _lay_out_sides(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.query)
        left.addWidget(self.list, 1)
        right.addWidget(text(tr("What has changed since"), "body", weight="semibold"))
        right.addWidget(self.paper, 1)
        right.addWidget(self.key)
        self.list.setFixedWidth(style.scaled(_LEFT))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sides = QHBoxLayout(self._sides)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(18)
        sides.addLayout(left)
        sides.addLayout(right, 1)
        self.body.addWidget(self.lead)
        self.body.addWidget(self._sides)


def _words(saved: Saved) -> str:
    length = ntr("{n} character", "{n} characters", saved.length)
    return f"{formats.day_and_clock(saved.saved_at)} · {length}"


def _dress(change: Change) -> QTextCharFormat:
    dress, theme = QTextCharFormat(), style.current()
    if change is Change.NEW:
        dress.setFontUnderline(True)
        dress.setForeground(QColor(theme.ok_text))
    elif change is Change.GONE:
        dress.setFontStrikeOut(True)
        dress.setForeground(QColor(theme.danger_text))
    return dress


def _spoken(pieces: tuple[Piece, ...]) -> str:
    """Say for a screen reader what colour and line say to the eye."""
    told = (piece for piece in pieces if piece[0] is not Change.SAME)
    return "\n".join(_said(*piece) for piece in islice(told, _SPOKEN))


def _said(change: Change, words: str) -> str:
    if change is Change.NEW:
        return tr("Written since: {words}", words=words.strip())
    return tr("Taken out: {words}", words=words.strip())
