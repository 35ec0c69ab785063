"""The whole record of one asking: who asked, who was there, how it was answered, who is liable.

With the `Consent` it belongs to it holds every field that ISO/IEC TS 27560 makes mandatory, and
what PIPA 15(2), 17(2), 22, 22-2 and 38(4) want told. It never changes: a new answer is a new one.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from desktop.consent_errors import RecordIncomplete
from desktop.domain.agencies import Category
from desktop.domain.ids import ConsentId
from desktop.domain.text import LINE_LIMIT, checked, line

SCHEMA = "bammajung-consent-1"
JURISDICTION = "KR"
STORAGE = "KR"
"""The vault here and the hub in Korea; storage abroad would need a consent of its own (28-8)."""
TELL_US = "tell-us-any-time"
"""How to take it back: by saying so, here or to the centre; two presses (PIPA 38(4))."""
IN_THE_NOTICE = "told-in-the-notice"
"""The right to refuse and what follows are rows of the text whose digest is kept."""
POINT_LIMIT, STROKE_LIMIT = 10_000, 20_000
_SHA256 = 64


class Manner(StrEnum):
    """How it was answered."""

    SCREEN = "screen"
    """Pressed on the screen that was handed over."""
    STROKES = "strokes"
    """Signed there with a pen or the mouse."""
    SPOKEN = "spoken"
    """Said aloud, and somebody else heard it."""
    PAPER = "paper"
    """On a form of paper."""


@dataclass(frozen=True, slots=True)
class Point:
    """One place of the pen: thousandths of the field's width and height, milliseconds since."""

    x: int
    y: int
    ms: int

    def __post_init__(self) -> None:
        """Refuse what no pen drew."""
        if not (0 <= self.x <= POINT_LIMIT and 0 <= self.y <= POINT_LIMIT and self.ms >= 0):
            raise RecordIncomplete


Stroke = tuple[Point, ...]


def _is_drawn(strokes: tuple[Stroke, ...]) -> bool:
    points = [point for stroke in strokes for point in stroke]
    return len(points) <= STROKE_LIMIT and all(a.ms <= b.ms for a, b in pairwise(points))


@dataclass(frozen=True, slots=True)
class Paper:
    """A form of paper: what it was scanned to, and where it lies."""

    sha256: str
    """Of the scanner's file, in hex."""
    lies_at: str

    def __post_init__(self) -> None:
        """Refuse a digest that is none, and paper that nobody could find."""
        if len(self.sha256) != _SHA256 or not set(self.sha256) <= set("0123456789abcdef"):
            raise RecordIncomplete
        object.__setattr__(self, "lies_at", line(self.lies_at, "paper"))


@dataclass(frozen=True, slots=True)
class Answering:
    """How it was answered, and what shows it. Each manner has its own proof and no other."""

    manner: Manner = Manner.SCREEN
    strokes: tuple[Stroke, ...] = ()
    witness: str = ""
    paper: Paper | None = None

    def __post_init__(self) -> None:
        """Refuse a manner without its proof, and a proof without its manner."""
        proofs = {
            Manner.STROKES: bool(self.strokes) and all(self.strokes),
            Manner.SPOKEN: bool(self.witness.strip()),
            Manner.PAPER: self.paper is not None,
        }
        shown = {manner for manner, is_there in proofs.items() if is_there}
        if shown != {self.manner} - {Manner.SCREEN} or not _is_drawn(self.strokes):
            raise RecordIncomplete


@dataclass(frozen=True, slots=True)
class Responsible:
    """The organisation that asks (개인정보처리자), as it was shown."""

    id: str
    name: str
    contact: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What the answers themselves do not say."""

    asked_by: str = ""
    """The counselor's name. The service writes it where the page leaves it empty."""
    present: tuple[str, ...] = ()
    """Who else was there: an interpreter, a colleague, a friend."""
    answering: Answering = Answering()
    responsible: Responsible | None = None
    """The service writes it: pages do not choose who is responsible."""
    supersedes: ConsentId | None = None
    """The asking in whose place this one stands: a change is a new question (PIPA 17(2))."""
    is_for_children: bool = False
    """Whether the child-level text was read along (PIPA 22-2(3))."""
    verified_at: datetime | None = None
    """When a guardian said which of the seven ways confirms them; what shows it is `answering`."""
    entrusted: str = ""
    """By what paper and article a number could be asked for (PIPA 24); empty where none was."""
    categories: frozenset[Category] = frozenset()
    """The kinds of help that the purpose named; none in a record from before they were kept."""
    refusal: str = IN_THE_NOTICE
    withdrawal: str = TELL_US
    storage: str = STORAGE
    jurisdiction: str = JURISDICTION
    schema: str = SCHEMA

    def __post_init__(self) -> None:
        """Keep each name a checked line; a witness is somebody else than who asks."""
        object.__setattr__(self, "asked_by", checked(self.asked_by, LINE_LIMIT).strip())
        object.__setattr__(self, "present", tuple(line(who, "present") for who in self.present))
        is_own_witness = self.answering.witness and self.answering.witness == self.asked_by
        told = (self.refusal, self.withdrawal, self.storage, self.jurisdiction, self.schema)
        if is_own_witness or not all(told):
            raise RecordIncomplete

    @property
    def is_whole(self) -> bool:
        """Say whether nothing that the law wants kept is missing."""
        return bool(self.asked_by and self.responsible and self.responsible.name)
