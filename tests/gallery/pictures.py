"""What a screen looks like, kept small, and whether it still looks like that.

A picture is kept at half its size. Two pictures are compared by the mean colour of blocks of 8 by
8 points: a rasteriser that draws edges a little lighter moves a block by a few levels of 255, a
word that is missing or a button elsewhere moves some by fifty. Stated tolerance: `LEVELS` for a
block, and no more than `BLOCKS` blocks beyond it.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from gallery.screens import SCREENS
from ui import style

KEPT = Path(__file__).parent / "kept"
BUILD = Path(__file__).parents[2] / "build" / "pictures"
SIZES = (QSize(1440, 900), QSize(1366, 768))
LANGUAGES = ("ko", "en")
IN_HIGH = ("note", "settings", "consent question", "search words")
"""Screens that are also kept in high contrast, on the small laptop."""
LEVELS, BLOCKS = 14, 3
_BLOCK, _QUALITY = 8, 55


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: which screen, in which language, by which theme, how large."""

    screen: str
    language: str
    theme: str
    size: QSize

    @property
    def file(self) -> Path:
        """Where it is kept."""
        name = f"{self.screen.replace(' ', '-')}-{self.theme}-{self.size.width()}.webp"
        return KEPT / self.language / name


def take(place, screen, language):
    """Bring a screen up; return how it looks by day and by night, large and small."""
    stage = SCREENS[screen].up(place, language)
    try:
        return {
            shot: _look(stage, style.THEMES[number], shot.size)
            for number, shot in _shots(screen, language)
        }
    finally:
        stage.leave()
        style.apply(stage.app, style.LIGHT)


def keep(shot, image):
    """Keep a picture that was looked at."""
    shot.file.parent.mkdir(parents=True, exist_ok=True)
    shot.file.write_bytes(_packed(image))


def kept(shot):
    """Return the picture that is kept, at half its size; a null one if there is none."""
    return QImage(str(shot.file)) if shot.file.exists() else QImage()


def orphans():
    """Return the pictures that are kept of what is no screen any more."""
    wanted = {
        shot.file
        for screen in SCREENS
        for language in LANGUAGES
        for _, shot in _shots(screen, language)
    }
    return sorted(set(KEPT.rglob("*.webp")) - wanted)


def differing(one, other):
    """Return the blocks beyond the tolerance, by row and column; `other` as it is on the screen.

    It is kept as the first one was before they are compared: what that loses is no difference.
    """
    first, second = _blocks(one), _blocks(QImage.fromData(_packed(other), "webp"))
    if first.size() != second.size():
        return [(0, 0)] * (BLOCKS + 1)
    width, step = first.width(), first.bytesPerLine()
    pairs = zip(bytes(first.constBits()), bytes(second.constBits()), strict=True)
    far = [at for at, (a, b) in enumerate(pairs) if abs(a - b) > LEVELS]
    return sorted({(at // step, at % step // 3) for at in far if at % step < width * 3})


def is_same(one, other):
    """Whether two pictures show the same."""
    return len(differing(one, other)) <= BLOCKS


def beside(before, after):
    """Return both, the kept one left, with what differs framed on the right."""
    far, after = differing(before, after), _smaller(after, 2)
    size = after.size()
    if before.isNull():
        before = QImage(size, QImage.Format.Format_RGB888)
        before.fill(Qt.GlobalColor.lightGray)
    both = QImage(size.width() * 2 + 8, size.height(), QImage.Format.Format_RGB888)
    both.fill(Qt.GlobalColor.magenta)
    painter = QPainter(both)
    painter.drawImage(0, 0, before)
    painter.drawImage(size.width() + 8, 0, after)
    painter.setPen(Qt.GlobalColor.red)
    half = _BLOCK // 2
    for row, column in far:
        painter.drawRect(size.width() + 8 + column * half, row * half, half, half)
    painter.end()
    return both


def look(stage):
    """Return how the window of a stage looks now."""
    return stage.frame.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)


def _shots(screen, language):
    """Name the pictures of a screen, with the number of each one's theme."""
    large, small = SIZES
    wanted = [(0, large), (0, small), (1, small), (1, large)]
    wanted += [(2, small), (3, small)] if screen in IN_HIGH else []
    return [(n, Shot(screen, language, style.THEMES[n].name, size)) for n, size in wanted]


def _look(stage, theme, size):
    style.apply(stage.app, theme)
    stage.frame.resize(size)
    stage.settle()
    return look(stage)


def _packed(image):
    room = QBuffer()
    room.open(QBuffer.OpenModeFlag.WriteOnly)
    _smaller(image, 2).save(room, "webp", _QUALITY)
    return bytes(room.data())


def _smaller(image, times):
    return image.scaled(
        image.size() / times, Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )  # fmt: skip


def _blocks(image):
    """Return the mean colours of a picture that is half as large already."""
    small = image if image.isNull() else _smaller(image, _BLOCK // 2)
    return small.convertToFormat(QImage.Format.Format_RGB888)
