"""A resident registration number in a note: said gently, with the law and the way out."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QTextEdit

from desktop.domain.text import clean
from desktop.errors import ResidentNumberFound
from i18n import tr
from ui import style
from ui.notes.editor import NoteEditor
from ui.widgets.buttons import Button
from ui.widgets.card import Notice


class ResidentNotice(Notice):
    """Shows where the number is and offers to take it out."""

    def __init__(self, editor: NoteEditor) -> None:
        """Be hidden."""
        super().__init__(
            "shield-alert",
            tr(
                "There is a resident registration number here. The Personal Information "
                "Protection Act, article 24-2, lets no one keep it, even with consent. "
                "Take it out and the note is saved. If the screen locks first, it is blotted out "
                "and every other word is kept."
            ),
            "warn",
        )
        self.setObjectName("resident_notice")
        self._editor = editor
        self._number = ""
        self._place = QTextCursor()
        self.remove_button = Button(tr("Take the number out"), "plain", pressed=self._on_remove)
        self.remove_button.sized("small").setObjectName("remove_number")
        self.row.addWidget(self.remove_button)
        self.hide()

    def show_number(self, found: ResidentNumberFound) -> None:
        """Select the number, once: the next key must not select it again."""
        text = self._editor.toPlainText()
        number = clean(text)[found.start : found.start + found.length]
        is_new = number != self._number or self.isHidden()
        self._number = number
        self._place = self._find(text, number)
        self._mark()
        if is_new:
            self._editor.setTextCursor(self._place)
        self.show()

    def close_notice(self) -> None:
        """The number is gone."""
        self._number = ""
        self._editor.setExtraSelections([])
        self.hide()

    def _find(self, text: str, number: str) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        at = text.find(number)
        if at >= 0:
            start = _units(text[:at])
            cursor.setPosition(start)
            cursor.setPosition(start + _units(number), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark(self) -> None:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = self._place
        mark.format.setBackground(QColor(style.current().warn_soft))
        self._editor.setExtraSelections([mark])

    @Slot()
    def _on_remove(self) -> None:
        self._place.removeSelectedText()
        self._editor.setFocus()


def _units(text: str) -> int:
    """Count as Qt counts: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
