"""Text as people really type and paste it, made safe to keep."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NewType

from desktop.errors import NothingWritten, ResidentNumberFound, TextTooLong

Checked = NewType("Checked", str)
"""Text that `checked` or `masked` made safe to keep."""

NOTE_LIMIT = 2_000_000
LINE_LIMIT = 200

# Six digits of a birth date and seven more, the first of them 1 to 8: PIPA 24-2 forbids keeping
# these on consent alone. Full-width digits are what a Korean keyboard in 전각 mode types.
_RESIDENT_NUMBER = re.compile(
    r"\d{2}(?<!\d{3})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?[-\u2010-\u2015\u2212.]?\s?[1-8]\d{6}(?!\d)"
)
_LIKE_A_BIRTH_DATE = re.compile(r"\d\d[01０１]")
"""In every such number; hardly ever in a note."""
_A_DIGIT = re.compile(r"\d")
_LONGEST = 17
"""Characters of the longest such number, and one more that may say it is none."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]+")
_WIDE = re.compile("[０-９－]")
_DIGITS = {0xFF10 + n: str(n) for n in range(10)} | {0xFF0D: "-"}

# One call on a whole pasted megabyte would hold Python's lock, and the painting thread with it.
_PIECE = 1 << 15
# No such character is ever composed with what stands before it (NFC).
_BORDER = re.compile(r"[\n -~가-힣]")


def clean(text: str) -> str:
    """Return `text` composed (NFC), with plain line ends and no control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(lines) <= _PIECE:  # nearly always: a list checks hundreds
        return _composed(lines)
    return "".join(_composed(piece) for piece in _pieces(lines))


def checked(text: str, limit: int = NOTE_LIMIT) -> Checked:
    """Return `text` cleaned, or raise `TextTooLong` or `ResidentNumberFound`."""
    cleaned = clean(text)
    if len(cleaned) > limit:
        raise TextTooLong(limit=limit)
    for start, length in _resident_numbers(cleaned):
        raise ResidentNumberFound(start=start, length=length)
    return Checked(cleaned)


def masked(text: str) -> Checked:
    """Return `text` cleaned, with every resident number blotted out: others wrote it, not we."""
    cleaned = clean(text)[:NOTE_LIMIT]
    shown, told = [], 0
    for start, length in _resident_numbers(cleaned):
        shown += [cleaned[told:start], "●" * length]
        told = start + length
    return Checked("".join([*shown, cleaned[told:]]))


def has_resident_number(text: str) -> bool:
    """Say whether `checked` would refuse it for that (PIPA 24-2)."""
    if not _A_DIGIT.search(text):  # nearly always: a consent text has hundreds of pieces
        return False
    return next(_resident_numbers(clean(text)), None) is not None


def line(text: str, field: str) -> str:
    """Return one checked, non-empty line, or raise `NothingWritten` naming the field."""
    cleaned = " ".join(checked(text, LINE_LIMIT).split())
    if not cleaned:
        raise NothingWritten(field=field)
    return cleaned


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        border = _BORDER.search(text, start + _PIECE)
        end = border.start() if border else len(text)
        yield text[start:end]
        start = end


def _composed(piece: str) -> str:
    # A lone surrogate cannot be written as UTF-8; a paste from a broken program may carry one.
    piece = piece.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", piece))


def _resident_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each begins and how long it is, as one search over the whole text would."""
    start = 0
    while start < len(text):
        seen_from, end = max(0, start - 1), start + _PIECE
        seen = text[seen_from : end + _LONGEST]
        if not _LIKE_A_BIRTH_DATE.search(seen):
            start = end
            continue
        seen = seen.translate(_DIGITS) if _WIDE.search(seen) else seen
        for found in _RESIDENT_NUMBER.finditer(seen, start - seen_from):
            at = seen_from + found.start()
            if at >= end:  # the next piece sees all of it
                break
            yield at, len(found.group())
            start = at + len(found.group())
        start = max(start, end)
