"""Beside what the young person said stands a bar of lamplight."""

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTextEdit

from ui import style
from ui.notes.heads import Kind, kind_of


def paint_quotes(editor: QTextEdit) -> None:
    """Paint a bar beside every line in sight that is a quote."""
    painter = QPainter(editor.viewport())
    block = editor.cursorForPosition(editor.viewport().rect().topLeft()).block()
    layout, offset = editor.document().documentLayout(), editor.verticalScrollBar().value()
    while block.isValid():
        place = layout.blockBoundingRect(block).translated(0, -offset)
        if place.top() > editor.viewport().height():
            break
        if kind_of(block) == Kind.QUOTE:
            bar = place.adjusted(0, 0, 0, 1)
            bar.setWidth(4)
            painter.fillRect(bar.translated(-place.left(), 0), style.current().color("lamp"))
        block = block.next()
    painter.end()
