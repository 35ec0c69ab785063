"""The heads of a note's sections, and how the lines of a note are dressed."""

from enum import IntEnum

from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from desktop.domain.templates import Template
from i18n import tr
from ui import style
from ui.notes import marks

_LINE_HEIGHT, _HEADS_ONLY = 160, 4_000
_QUOTES = ("“", "‘", '"', "「", "『")
_KIND = QTextBlockFormat.Property.UserProperty.value + 1


class Kind(IntEnum):
    """What a line of a note is."""

    WORDS = 1
    HEAD = 2
    QUOTE = 3


def heads() -> tuple[str, ...]:
    """Return the section heads in the language in use."""
    return (
        tr("How we met"),
        tr("In their own words"),
        tr("What we noticed"),
        tr("What we agreed"),
    )


def template(own: Template | None = None) -> str:
    """Return what a new note begins with: the organisation's `own` heads, or these."""
    chosen = heads() if own is None else own.heads
    return "\n\n".join(chosen) + "\n" if chosen else ""


class Heads(QSyntaxHighlighter):
    """Colours heads, quotes and marked passages. Qt asks only for lines that changed."""

    def __init__(self, document: QTextDocument) -> None:
        """Know the heads once, not for every line."""
        super().__init__(document)
        self.marked: QTextCursor | None = None
        """From the first line to the last that had a mark since `show_text`; it moves along."""
        self._own: Template | None = None
        self._heads = frozenset(heads())
        self._head, self._quote = QTextCharFormat(), QTextCharFormat()
        self._sensitive = QTextCharFormat()
        self._colour()

    def follow(self, own: Template | None) -> None:
        """Know an organisation's own heads too, and those it had before."""
        self._own = own
        self._heads = frozenset(heads()) | frozenset((*own.heads, *own.former) if own else ())

    def are_all(self, text: str) -> bool:
        """Say whether nothing was written beneath the heads."""
        if len(text) > _HEADS_ONLY:
            return False
        return all(not line.strip() or line.strip() in self._heads for line in text.split("\n"))

    def kind(self, line: str) -> Kind:
        """Say what a line is."""
        if line.strip() in self._heads:
            return Kind.HEAD
        return Kind.QUOTE if line.startswith(_QUOTES) else Kind.WORDS

    def recolour(self) -> None:
        """Follow the theme and the language."""
        self.follow(self._own)
        self._colour()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        kind = self.kind(text)
        if kind is not Kind.WORDS:
            self.setFormat(0, len(text) * 2, self._head if kind is Kind.HEAD else self._quote)
        self._mark(marks.runs(self.currentBlock()))

    def _mark(self, found: list[tuple[int, int]]) -> None:
        if not found:
            if self.currentBlockState() != marks.UNMARKED:
                self.setCurrentBlockState(marks.UNMARKED)
            return
        self._widen(self.currentBlock())
        self.setCurrentBlockState(marks.MARKED)
        for start, length in found:
            dress = QTextCharFormat(self.format(start))
            dress.merge(self._sensitive)
            self.setFormat(start, length, dress)

    def _widen(self, block: QTextBlock) -> None:
        start, end = block.position(), block.position() + block.length() - 1
        if self.marked is None:
            self.marked = QTextCursor(block)
        else:
            start = min(start, self.marked.selectionStart())
            end = max(end, self.marked.selectionEnd())
        self.marked.setPosition(start)
        self.marked.setPosition(end, QTextCursor.MoveMode.KeepAnchor)

    def _colour(self) -> None:
        theme = style.current()
        self._head.setForeground(QColor(theme.accent_text))
        self._head.setFontWeight(QFont.Weight.DemiBold)
        pixels = style.scaled(style.CAPTION + 1)
        self._head.setProperty(QTextCharFormat.Property.FontPixelSize.value, pixels)
        self._quote.setFontWeight(QFont.Weight.Medium)
        self._sensitive.setBackground(QColor(theme.sunken))
        self._sensitive.setUnderlineColor(QColor(theme.text3))
        self._sensitive.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)


def block_format(kind: Kind) -> QTextBlockFormat:
    """Return how a line of this kind stands on the paper."""
    dress = QTextBlockFormat()
    dress.setProperty(_KIND, int(kind))
    height = _LINE_HEIGHT if kind is not Kind.HEAD else 120
    dress.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    dress.setTopMargin(18 if kind is Kind.HEAD else 0)
    dress.setBottomMargin(4)
    dress.setLeftMargin(16 if kind is Kind.QUOTE else 0)
    return dress


def dress(block: QTextBlock, kind: Kind) -> None:
    """Dress a line as what it has become, in the same step as what made it so."""
    if not block.isValid() or kind_of(block) == kind:
        return
    cursor = QTextCursor(block)
    cursor.joinPreviousEditBlock()
    cursor.setBlockFormat(block_format(kind))
    cursor.endEditBlock()


def kind_of(block: QTextBlock) -> int:
    """Return the kind a line is dressed as; 0 when Qt has reset it."""
    return int(block.blockFormat().intProperty(_KIND))
