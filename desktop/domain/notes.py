"""What a counselor wrote about a meeting. Notes never leave this computer (D-003)."""

from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from desktop.domain.ids import AddendumId, MeetingId, NoteId, YouthId
from desktop.domain.text import Checked, clean


@dataclass(frozen=True, slots=True)
class Mark:
    """One passage marked as sensitive (PIPA 23), counted in characters from the beginning."""

    start: int
    length: int

    def __post_init__(self) -> None:
        """Refuse what is no passage."""
        if self.start < 0 or self.length < 1:
            raise ValueError("no passage")

    @property
    def end(self) -> int:
        """Return where the first character after it stands."""
        return self.start + self.length


Marks = tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on the paper: the words, and which passages are marked as sensitive."""

    text: str
    marks: Marks = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a note and when. From then on its words stay."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Addendum:
    """Words that came after the signature. They stay, too."""

    id: AddendumId
    who: str
    at: datetime
    text: Checked


@dataclass(frozen=True, slots=True)
class Note:
    """One meeting, in the counselor's words. A later `version` replaces the text of a draft.

    The text is checked once, where it comes in: a note is saved every few seconds.
    """

    id: NoteId
    youth: YouthId
    meeting: MeetingId
    saved_at: datetime
    text: Checked
    version: int = 1
    finished_at: datetime | None = None
    """When it was signed; without a signature: finished by an earlier program, and still open."""
    marks: Marks = ()
    signature: Signature | None = None
    addenda: tuple[Addendum, ...] = ()
    adding: str = ""
    """Words of an addendum that is being written."""

    @property
    def is_signed(self) -> bool:
        """Whether its words stay as they are."""
        return self.signature is not None


def without_sensitive(text: str, marks: Marks, stand_in: str) -> str:
    """Return `text` with `stand_in` where a passage is marked: what may be told or printed."""
    told, parts = 0, []
    for mark in joined(marks):
        parts += [text[told : mark.start], stand_in]
        told = mark.end
    return "".join([*parts, text[told:]])


def joined(marks: Marks) -> Marks:
    """Return the same passages in their order, those that touch as one."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda each: each.start):
        if found and mark.start <= found[-1].end:
            last = found.pop()
            mark = Mark(last.start, max(last.end, mark.end) - last.start)
        found.append(mark)
    return tuple(found)


def fitted(written: Written, kept: Checked) -> Marks:
    """Return the marks where their passages stand in the text as it is `kept`."""
    inside = _inside(written.marks, len(written.text))
    if not inside or kept == written.text:
        return inside
    # What is kept is composed and has no control characters: every border moves with that.
    borders = sorted({border for mark in inside for border in (mark.start, mark.end)})
    pieces = [
        clean(written.text[start:end]) for start, end in zip([0, *borders], borders, strict=False)
    ]
    at = dict(zip(borders, accumulate(map(len, pieces)), strict=True))
    moved = (Mark(at[m.start], at[m.end] - at[m.start]) for m in inside if at[m.end] > at[m.start])
    return _inside(tuple(moved), len(kept))


def _inside(marks: Marks, length: int) -> Marks:
    return joined(
        tuple(
            Mark(mark.start, min(mark.end, length) - mark.start)
            for mark in marks
            if mark.start < length
        )
    )
