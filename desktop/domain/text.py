"""Text as people really type and paste it, made safe to keep."""

import re
import unicodedata

from desktop.errors import NothingWritten, ResidentNumberFound, TextTooLong

NOTE_LIMIT = 2_000_000
LINE_LIMIT = 200

# Six digits of a birth date and seven more, the first of them 1 to 8: PIPA 24-2 forbids keeping
# these on consent alone. Full-width digits are what a Korean keyboard in 전각 mode types.
_RESIDENT_NUMBER = re.compile(
    r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?[-\u2010-\u2015\u2212.]?\s?[1-8]\d{6}(?!\d)"
)
_UNSEEN = {code: None for code in range(32) if chr(code) not in "\n\t"} | {
    0x7F: None,
    0xFEFF: None,
}
_DIGITS = {0xFF10 + n: str(n) for n in range(10)} | {0xFF0D: "-"}


def clean(text: str) -> str:
    """Return `text` composed (NFC), with plain line ends and no control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    # A lone surrogate cannot be written as UTF-8; a paste from a broken program may carry one.
    lines = lines.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", lines.translate(_UNSEEN))


def checked(text: str, limit: int = NOTE_LIMIT) -> str:
    """Return `text` cleaned, or raise `TextTooLong` or `ResidentNumberFound`."""
    cleaned = clean(text)
    if len(cleaned) > limit:
        raise TextTooLong(limit=limit)
    found = _RESIDENT_NUMBER.search(cleaned.translate(_DIGITS))
    if found:
        raise ResidentNumberFound(start=found.start(), length=len(found.group()))
    return cleaned


def masked(text: str) -> str:
    """Return `text` cleaned, with every resident number blotted out: others wrote it, not we."""
    cleaned = clean(text)[:NOTE_LIMIT]
    for found in _RESIDENT_NUMBER.finditer(cleaned.translate(_DIGITS)):
        cleaned = cleaned[: found.start()] + "●" * len(found.group()) + cleaned[found.end() :]
    return cleaned


def line(text: str, field: str) -> str:
    """Return one checked, non-empty line, or raise `NothingWritten` naming the field."""
    cleaned = " ".join(checked(text, LINE_LIMIT).split())
    if not cleaned:
        raise NothingWritten(field=field)
    return cleaned
