"""Every screen looks as it did when somebody last looked at it, by day and by night, in ko and en.

One fault is a screen in a language: four pictures, at 1440 × 900 and 1366 × 768. What differs is
put side by side under build/pictures; `python tests/gallery --keep` keeps it after it was looked
at. Controls: a button six points aside, a word that is missing, a colour that is another; and one
the other way round: a rasteriser that draws edges softer must be tolerated.
"""

from gallery import pictures
from gallery.apart import cases, looked_at
from gallery.screens import SCREENS
from prove.proof import Proof, scratch, tell
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter

from ui import style

NAME = "night-pictures"
FULL = len(SCREENS) * len(pictures.LANGUAGES)
_CONTROL = pictures.Shot("night", "ko", "light", QSize(1366, 768))


def run(count: int) -> Proof:
    """Look at so many screens, evenly chosen."""
    chosen = cases(count)
    found = looked_at(compared, [*chosen, (_CONTROL.screen, "control")])
    missed = [line for line in found if line.startswith("missed")]
    broken = [line for line in found if line not in missed]
    broken += [f"kept of no screen: {file.name}" for file in pictures.orphans()]
    tell(NAME, broken + missed)
    return Proof(len(chosen), len(broken), not missed)


def compared(screen: str, language: str) -> list[str]:
    """Return which pictures of a screen are not as they are kept."""
    if language == "control":
        return controls()
    with scratch("pictures") as place:
        taken = pictures.take(place, screen, language)
    far = {shot: pictures.differing(pictures.kept(shot), image) for shot, image in taken.items()}
    return [
        f"{language} {shot.file.stem}: {len(blocks)} blocks differ"
        for shot, blocks in far.items()
        if len(blocks) > pictures.BLOCKS
    ]


def controls() -> list[str]:
    """Return which of the controls were not noticed, or noticed though nothing is wrong."""
    shot, wrong = _CONTROL, []
    with scratch("pictures") as place:
        stage = SCREENS[shot.screen].up(place, shot.language)
        try:
            stage.frame.resize(shot.size)
            stage.settle()
            right = pictures.look(stage)
            for spoil in (_moved, _wordless, _recoloured):
                undo = spoil(stage)
                if pictures.is_same(pictures.kept(shot), pictures.look(stage)):
                    wrong.append(f"missed: {spoil.__name__}")
                undo()
        finally:
            stage.leave()
    if not pictures.is_same(pictures.kept(shot), _softer(right)):
        wrong.append("missed: a softer rasteriser is no fault")
    return wrong


def _moved(stage):
    button = stage.window.header.lock_button
    at = button.pos()
    button.move(at.x() + 6, at.y())
    return lambda: button.move(at)


def _wordless(stage):
    label = stage.window.status.encrypted.label
    words = label.text()
    label.setText("")
    return lambda: label.setText(words)


def _recoloured(stage):
    style.apply(stage.app, style.LIGHT._replace(accent_text=style.LIGHT.danger_text))
    return lambda: style.apply(stage.app, style.LIGHT)


def _softer(image):
    """Return it with a seventh of what lies beside each point mixed in."""
    smooth, softer = Qt.TransformationMode.SmoothTransformation, image.copy()
    blurred = image.scaled(image.size() / 2, mode=smooth).scaled(image.size(), mode=smooth)
    painter = QPainter(softer)
    painter.setOpacity(1 / 7)
    painter.drawImage(0, 0, blurred)
    painter.end()
    return softer
