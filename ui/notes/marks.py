"""Passages marked as sensitive, as Qt keeps them: a property of their characters.

So a mark moves with its words, comes back with an undo, and grows with what is typed inside it.
"""

from collections.abc import Iterable, Iterator

import msgspec
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextFormat

from desktop.domain.notes import Mark, Marks, Written, fitted, joined
from desktop.domain.text import Checked, clean

_SENSITIVE = QTextFormat.Property.UserProperty.value + 2
MARKED, UNMARKED = 1, -1
"""The state of a line that has a mark, and Qt's own of every other: another would cost time."""
_MIME = "application/x-bammajung-written"


class _Told(msgspec.Struct):
    text: str
    marks: list[tuple[int, int]]


def paint(cursor: QTextCursor, *, is_sensitive: bool) -> None:
    """Mark what the cursor has selected, or take the mark off it."""
    dress = QTextCharFormat()
    dress.setProperty(_SENSITIVE, is_sensitive)
    cursor.mergeCharFormat(dress)


def toggle(cursor: QTextCursor) -> None:
    """Mark what is selected, or else the line; take the mark off where all of it has one."""
    if not cursor.hasSelection():
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    if cursor.hasSelection():
        paint(cursor, is_sensitive=not _is_all_marked(cursor))


def plain_again(dress: QTextCharFormat) -> QTextCharFormat:
    """Return how words beside a mark are written on."""
    dress.clearProperty(_SENSITIVE)
    return dress


def is_sensitive(dress: QTextCharFormat) -> bool:
    """Say whether what is written so is marked."""
    return bool(dress.boolProperty(_SENSITIVE))


def runs(block: QTextBlock) -> list[tuple[int, int]]:
    """Return the marked pieces of one line, in Qt's units."""
    return [(r.start, r.length) for r in block.textFormats() if is_sensitive(r.format)]


def _is_all_marked(cursor: QTextCursor) -> bool:
    """Say whether everything selected is marked already."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    document = cursor.document()
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        here = block.position()
        first, last = max(start - here, 0), min(end - here, block.length() - 1)
        covered = sum(
            max(0, min(last, at + length) - max(first, at)) for at, length in runs(block)
        )
        if covered < last - first:
            return False
        block = block.next()
    return True


def units(lines: QTextCursor) -> Iterator[tuple[int, int]]:
    """Yield where each marked piece in these lines begins and ends, in Qt's units."""
    block = lines.document().findBlock(lines.selectionStart())
    while block.isValid() and block.position() <= lines.selectionEnd():
        if block.userState() == MARKED:
            here = block.position()
            yield from ((here + at, here + at + length) for at, length in runs(block))
        block = block.next()


def of(lines: QTextCursor, text: str) -> Marks:
    """Return every mark in these lines, in characters of `text`, which is the document's."""
    return in_characters(units(lines), text)


def in_characters(spans: Iterable[tuple[int, int]], text: str) -> Marks:
    """Return marks counted in characters; `spans` count as Qt does, in UTF-16 units."""
    encoded = b"" if text.isascii() else text.encode("utf-16-le", "surrogatepass")
    is_plain = len(encoded) in {0, 2 * len(text)}
    found = [
        Mark(start, end - start)
        if is_plain
        else Mark(_characters(encoded, start), len(_between(encoded, start, end)))
        for start, end in spans
    ]
    return _over_line_ends(joined(tuple(found)), text)


def selected(cursor: QTextCursor) -> Marks:
    """Return the marks inside a selection, counted from its beginning."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    inside = [
        (max(first, start) - start, min(last, end) - start)
        for first, last in units(cursor)
        if max(first, start) < min(last, end)
    ]
    return in_characters(inside, cursor.selection().toRawText())


def copied(text: str, found: Marks) -> QMimeData:
    """Return a piece of a note for the clipboard; pasted into a note it is marked as it was."""
    data, kept = QMimeData(), clean(text)
    data.setText(text)
    spans = [(mark.start, mark.length) for mark in fitted(Written(text, found), Checked(kept))]
    if spans:
        data.setData(_MIME, msgspec.json.encode(_Told(kept, spans)))
    return data


def pasted(data: QMimeData) -> Written | None:
    """Return what `copied` put there; None where somebody else did."""
    if not data.hasFormat(_MIME):
        return None
    try:
        told = msgspec.json.decode(data.data(_MIME).data(), type=_Told)
        return Written(told.text, tuple(Mark(start, length) for start, length in told.marks))
    except (msgspec.DecodeError, ValueError):
        return None


def _characters(encoded: bytes, at: int) -> int:
    return len(_between(encoded, 0, at))


def _between(encoded: bytes, start: int, end: int) -> str:
    return encoded[start * 2 : end * 2].decode("utf-16-le", "surrogatepass")


def _over_line_ends(found: Marks, text: str) -> Marks:
    """Let a passage of several lines be one: the end of a line has no format of its own."""
    whole: list[Mark] = []
    for mark in found:
        if whole and text[whole[-1].end : mark.start].strip("\n") == "":
            first = whole.pop()
            whole.append(Mark(first.start, mark.end - first.start))
        else:
            whole.append(mark)
    return tuple(whole)
