"""Pages as they will be in the file: the only door to Qt's PDF writer.

What is shown before and what is written are drawn by the same function over the same layout. The
file is made in memory: nothing of it is on any disk until a person has chosen where.
"""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from ui import style

_DOTS = 96
_WIDE, _HIGH = 794, 1123
"""A4 at 96 dots an inch."""
_SIDE, _TOP, _FOOT = 68, 92, 76
_BODY = QSizeF(_WIDE - 2 * _SIDE, _HIGH - _TOP - _FOOT)
_SIZE, _HEAD, _TITLE, _SMALL = 14, 16, 22, 11
_INK, _GREY, _PALE = QColor("#111111"), QColor("#555555"), QColor("#E7E7E7")
_AT_ONCE = 20
"""Lines laid out in one step: about a millisecond."""
_LEAN = -32
"""Degrees."""


@dataclass(frozen=True, slots=True)
class Part:
    """A head and the lines under it."""

    head: str
    lines: tuple[str, ...]
    is_under: bool = False
    """Whether it belongs to the part before it."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands on every page: above, below, and pale across it."""

    above: str
    below: str
    across: str


@dataclass(frozen=True, slots=True)
class Told:
    """What goes onto paper: a title, parts, and what marks every page."""

    title: str
    parts: tuple[Part, ...]
    marked: Marked


@dataclass(frozen=True, slots=True)
class Shown:
    """The pages as pictures, and their words for a screen reader."""

    pictures: tuple[QImage, ...]
    words: str


def shown(told: Told, width: int) -> Shown:
    """Draw every page so many pixels wide. It takes a while: off the painting thread."""
    paper = Paper(told)
    pictures = tuple(paper.picture(page, width) for page in range(paper.pages()))
    return Shown(pictures, paper.words())


def pdf(told: Told) -> bytes:
    """Return the file, of exactly these pages. Off the painting thread, too."""
    return Paper(told).pdf()


class Paper:
    """A summary laid out on A4. It holds the words until it is dropped."""

    def __init__(self, told: Told) -> None:
        """Lay out the words; they are plain text, whatever signs are in them."""
        self._loop = QEventLoop()  # the layout has a timer, which needs one on its thread
        self._marked = told.marked
        self._document = QTextDocument()
        self._document.setUndoRedoEnabled(False)
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(_font(_SIZE))
        self._document.setPageSize(_BODY)
        # From here on each edit is laid out by itself: no step is so long that keys wait for it.
        self._document.documentLayout()
        cursor = QTextCursor(self._document)
        _write(cursor, told.title, (_TITLE, QFont.Weight.Bold), above=0)
        heads = []
        for part in told.parts:
            heads.append(cursor.document().blockCount())
            _write_part(cursor, part)
        _keep_with_next(self._document, heads)

    def pages(self) -> int:
        """Return how many pages there are."""
        return self._document.pageCount()

    def words(self) -> str:
        """Return what stands on it, for a screen reader."""
        return self._document.toPlainText()

    def picture(self, page: int, width: int) -> QImage:
        """Return one page, counted from 0, as it will be in the file."""
        grown = width / _WIDE
        image = QImage(width, round(_HIGH * grown), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(grown, grown)
        self._draw(painter, page)
        painter.end()
        return image

    def pdf(self) -> bytes:
        """Return the file."""
        kept = QBuffer()
        kept.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(kept)
        writer.setCreator("Bammajung")
        writer.setResolution(_DOTS * 10)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        painter = QPainter(writer)
        painter.scale(writer.width() / _WIDE, writer.height() / _HIGH)
        for page in range(self.pages()):
            if page:
                writer.newPage()
            self._draw(painter, page)
        painter.end()
        return bytes(kept.data().data())

    def _draw(self, painter: QPainter, page: int) -> None:
        painter.save()
        self._draw_across(painter)
        self._draw_edges(painter, page)
        body = QRectF(QPointF(0, page * _BODY.height()), _BODY)
        painter.translate(_SIDE, _TOP - body.top())
        painter.setClipRect(body)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = body
        context.palette.setColor(QPalette.ColorRole.Text, _INK)
        self._document.documentLayout().draw(painter, context)
        painter.restore()

    def _draw_across(self, painter: QPainter) -> None:
        painter.save()
        painter.setPen(_PALE)
        painter.setFont(_font(24, QFont.Weight.Bold))
        painter.translate(_WIDE / 2, _HIGH / 2)
        painter.rotate(_LEAN)
        for n in range(-3, 4):
            room = QRectF(-_WIDE, n * 190 - 24, 2 * _WIDE, 48)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._marked.across)
        painter.restore()

    def _draw_edges(self, painter: QPainter, page: int) -> None:
        painter.setPen(_GREY)
        painter.setFont(_font(_SMALL))
        wide = _WIDE - 2 * _SIDE
        left = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(_SIDE, 38, wide, 40), left, self._marked.above)
        low = QRectF(_SIDE, _HIGH - 58, wide, 34)
        painter.drawText(low.adjusted(0, 0, -80, 0), left, self._marked.below)
        number = f"{page + 1} / {self.pages()}"
        painter.drawText(low, Qt.AlignmentFlag.AlignRight, number)


def _font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    face = QFont(style.FAMILIES)  # not `style.font`: paper does not grow with the screen's words
    face.setPixelSize(pixels)
    face.setWeight(weight)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face


def _write_part(cursor: QTextCursor, part: Part) -> None:
    size, above = (_SIZE, 12) if part.is_under else (_HEAD, 22)
    lines = [(part.head, size, QFont.Weight.DemiBold, above)]
    lines += [(each, _SIZE, QFont.Weight.Normal, 4) for each in part.lines]
    for start in range(0, len(lines), _AT_ONCE):
        cursor.beginEditBlock()
        for words, high, weight, room in lines[start : start + _AT_ONCE]:
            _write(cursor, words, (high, weight), above=room)
        cursor.endEditBlock()


def _write(cursor: QTextCursor, words: str, face: tuple[int, QFont.Weight], above: int) -> None:
    block, letters = QTextBlockFormat(), QTextCharFormat()
    block.setTopMargin(above)
    block.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    letters.setFont(_font(*face))
    if cursor.position():
        cursor.insertBlock(block, letters)
    else:
        cursor.setBlockFormat(block)
        cursor.setCharFormat(letters)
    cursor.insertText(words, letters)


def _keep_with_next(document: QTextDocument, heads: list[int]) -> None:
    """Let no head stand alone at the foot of a page; each is a block's number."""
    layout = document.documentLayout()
    for number in heads:
        head, after = document.findBlockByNumber(number), document.findBlockByNumber(number + 1)
        if not after.isValid():
            continue
        # A block may begin on one page and have all of its first line on the next.
        head_ends = layout.blockBoundingRect(head).bottom()
        first = after.layout().lineAt(0).rect().bottom()
        line_ends = layout.blockBoundingRect(after).top() + first
        if int(head_ends // _BODY.height()) != int(line_ends // _BODY.height()):
            dress = head.blockFormat()
            dress.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(head).setBlockFormat(dress)
