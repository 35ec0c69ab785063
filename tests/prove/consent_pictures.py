"""Every screen that is handed over, in every language: no letter missing, no word cut off.

One fault is a way through the hand-over in one language, as a young person or a child under 14
with their guardian, by day at 1366 × 768, by night at 1440 × 900, or in the largest words. Every
letter must be in one of our own faces, every word must have room, and nothing makes a screen
wider than it is; in usual words, without the Korean beside them, the answers stand on the screen
without scrolling. The screens lie side by side under build/consents, for the eye. Controls: an
organisation's text in a script that no face of ours has, with words too long for their places;
and a label that is too narrow.
"""

from functools import cache, partial
from itertools import product
from pathlib import Path

from consent_texts_for_tests import OWN
from gallery import reach
from prove.handed import MANNERS, Handed
from prove.proof import Proof, found, tell
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QRawFont
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from desktop.domain.consents import LANGUAGES
from desktop.domain.text_versions import put
from ui import style
from ui.consents import texts

NAME = "consent-pictures"
LOOKS = {
    "day": (QSize(1366, 768), style.LIGHT, 100),
    "night": (QSize(1440, 900), style.DARK, 100),
    "large": (QSize(1366, 768), style.LIGHT, 130),
}
CASES = [(each, who, look) for look, who, each in product(LOOKS, MANNERS, LANGUAGES)]
FULL = len(CASES)
BUILD = Path(__file__).parents[2] / "build" / "consents"
_CONTROL = ("ko", "youth", "control")
_ABREAST = 3
_AT_ONCE = 6
_WHOLE = Qt.AspectRatioMode.KeepAspectRatio


def run(count: int) -> Proof:
    """Walk so many ways, evenly chosen."""
    count = min(count, FULL)
    chosen = [CASES[at * FULL // count] for at in range(count)]
    every = found(partial(_piece, [*chosen, _CONTROL]), count + 1, _AT_ONCE, NAME)
    missed = [line for line in every if "missed: " in line]
    broken = [line for line in every if line not in missed]
    tell(NAME, broken + missed)
    return Proof(count, len(broken), not missed)


def _piece(chosen, seed: str, count: int):
    first = int(seed.split()[-1]) * _AT_ONCE
    for case in chosen[first : first + count]:
        yield from walked(*case)


def walked(language: str, who: str, look: str) -> list[str]:
    """Return what is wrong on the way, and put its screens side by side."""
    if look == "control":
        return controls()
    handed, wrong, taken = Handed(language, who, *LOOKS[look]), [], []
    try:
        for screen in handed.screens():
            wrong += [f"{language} {who} {look}, {screen}: {each}" for each in problems(handed)]
            taken.append(handed.page.grab().toImage())
    finally:
        handed.leave()
    _side_by_side(taken, BUILD / f"{look}-{who}-{language}.png")
    return wrong


def problems(handed) -> list[str]:
    """Return what cannot be read on the screen that is shown."""
    page = handed.page
    shown = [each for each in page.findChildren(QWidget) if each.isVisibleTo(page)]
    wrong = [f"no face has {letters!r}" for each in shown if (letters := _missing(each))]
    wrong += reach.cut_off(shown)
    if page.width() > handed.size.width():
        wrong.append(f"wider than the screen by {page.width() - handed.size.width()}")
    question = page.question
    may_scroll = handed.percent > 100 or page.foot.korean_button.isChecked()
    answers = (question.yes_button, question.no_button, question.later_button)
    for answer in () if may_scroll else answers:
        if answer in shown and not _is_in_sight(answer, page.pages):
            wrong.append(f"below the edge: {answer.text()}")
    return wrong


def controls() -> list[str]:
    """Return which of the faults put in were not noticed."""
    words = put(OWN, "ko", ("youth", "15", "title"), "ይህን ልጻፍ?")
    for row in ("who", "if_no"):
        words = put(words, "ko", ("youth", "15", row, 1), "말이 많으면 읽지 않아요. " * 26)
    texts.use(put(words, "ko", ("yes",), "동의해요 " * 8))
    handed = Handed("ko", "youth", *LOOKS["day"])
    next(handed.screens())
    handed.page.foot.law.setFixedWidth(20)
    handed.page.foot.how.setMinimumWidth(1400)
    handed.settle()
    seen = "\n".join(problems(handed))
    handed.leave()
    texts.use(None)
    wanted = ("no face has", "clipped: Button consent-yes", "clipped: QLabel", "below the edge",
              "wider than the screen")  # fmt: skip
    return [f"missed: {each}" for each in wanted if each not in seen]


def _missing(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    if isinstance(widget, QLineEdit):
        words += widget.placeholderText()
    weight = widget.font().weight()
    return "".join(sorted({each for each in words if not _is_drawn(each, weight)}))


@cache
def _is_drawn(letter: str, weight: int) -> bool:
    if letter.isspace():
        return True
    return any(face.supportsCharacter(ord(letter)) for face in _faces(weight))


@cache
def _faces(weight: int) -> list[QRawFont]:
    """Return our own faces, and nothing that the system would put in their place."""
    ours = style.font().families()
    faces = [QRawFont.fromFont(_only(family, weight)) for family in ours]
    return [face for face in faces if face.familyName() in ours]


def _only(family: str, weight: int) -> QFont:
    face = QFont(family)
    face.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    face.setWeight(QFont.Weight(weight))
    return face


def _is_in_sight(widget: QWidget, pages: QWidget) -> bool:
    area = QRect(widget.mapTo(pages, QPoint()), widget.size())
    return pages.rect().adjusted(-2, -2, 2, 2).contains(area)


def _side_by_side(taken: list[QImage], file: Path) -> None:
    each = taken[0].size() / 2
    rows = -(-len(taken) // _ABREAST)
    sheet = QImage(each.width() * _ABREAST, each.height() * rows, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.gray)
    painter = QPainter(sheet)
    for number, image in enumerate(taken):
        smaller = image.scaled(each, _WHOLE, Qt.TransformationMode.SmoothTransformation)
        down, across = divmod(number, _ABREAST)
        painter.drawImage(across * each.width(), down * each.height(), smaller)
    painter.end()
    file.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(str(file))
