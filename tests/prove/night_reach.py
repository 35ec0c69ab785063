"""On every screen all can be read, heard and reached by keyboard, with the largest words too.

One fault is a screen in a language at 1366 × 768. A screen with the usual words is looked at in
its pictures. Controls: a button without a name, one that Tab leaves out, words that are cut off,
and a part that is shown as a window of its own.
"""

from gallery import reach
from gallery.apart import cases, looked_at
from gallery.pictures import LANGUAGES
from gallery.screens import SCREENS
from prove.proof import Proof, scratch, tell

from ui.widgets.buttons import Button, icon_button
from ui.widgets.labels import text

NAME = "night-reach"
FULL = len(SCREENS) * len(LANGUAGES)
_LARGEST = 130  # per cent
_CONTROL = "settings"


def run(count: int) -> Proof:
    """Look at so many screens, evenly chosen."""
    chosen = cases(count)
    found = looked_at(reached, [*chosen, (_CONTROL, "control")])
    missed = [line for line in found if line.startswith("missed")]
    broken = [line for line in found if line not in missed]
    tell(NAME, broken + missed)
    return Proof(len(chosen), len(broken), not missed)


def reached(screen: str, language: str) -> list[str]:
    """Return what is wrong on a screen."""
    if language == "control":
        return controls()
    with scratch("reach") as place:
        stage = SCREENS[screen].up(place, language, _LARGEST)
        try:
            return [f"{screen} {language}: {problem}" for problem in reach.problems(stage)]
        finally:
            stage.leave()


def controls() -> list[str]:
    """Return which of the faults put in were not noticed."""
    with scratch("reach") as place:
        stage = SCREENS[_CONTROL].up(place, "ko", _LARGEST)
        try:
            body = stage.window.settings.body
            nameless, left_out, cut = icon_button("x", ""), Button("밖"), text("잘린 말")
            for each in (nameless, left_out, cut):
                body.insertWidget(0, each)
            cut.setFixedWidth(20)
            left_out.focusNextPrevChild = lambda forward: True
            stray = text("길 잃음")
            stray.show()
            stage.settle()
            stray.hide()
            seen = " ".join(line.partition(":")[0] for line in reach.problems(stage))
        finally:
            stage.leave()
    wanted = ("no name", "clipped", "a window of its own", "not by Tab")
    return [f"missed: {each}" for each in wanted if each not in seen]
