"""What stands between pressing the icon and the first window, and need not."""

import gc
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_EVERY: Final = 1_000  # milliseconds


def prepare() -> None:
    """Load Qt's Python without its slow habits. Called once, before anything of Qt is imported."""
    gc.disable()  # until the first window is painted: what is loaded now is never garbage
    import PySide6.QtCore  # noqa: F401 - brings the module below

    # PySide reads, and keeps, the source of every module imported after it, to look for
    # `from __feature__ import …`, which nothing here uses: 0.1 ms and 11 KB for each of 370.
    features = sys.modules.get("shibokensupport.feature")
    if features is not None:
        vars(features)["_mod_uses_pyside"] = _never


def collect_here(window: "QObject") -> None:
    """Collect garbage from now on, on the painting thread only and between two events.

    Python collects on whichever thread happens to ask for memory. What belongs to Qt must end on
    its own thread: a timer that the vault's thread took away ended the program (D-051).

    What is there by now, before anything is unlocked, is never garbage either, and never looked
    through again: that took 25 ms to 150 ms each time, on this thread.
    """
    from PySide6.QtCore import QTimer

    gc.disable()
    gc.freeze()
    timer = QTimer(window)
    timer.setInterval(_EVERY)
    timer.timeout.connect(_collect)
    timer.start()


def _collect() -> None:
    """Do what Python would have done by itself."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return


def _never(_: object) -> bool:
    return False
