"""What stands between pressing the icon and the first window, and need not."""

import gc
import sys


def prepare() -> None:
    """Load Qt's Python without its slow habits. Called once, before anything of Qt is imported."""
    gc.disable()  # until the first window is painted: what is loaded now is never garbage
    import PySide6.QtCore  # noqa: F401 - brings the module below

    # PySide reads, and keeps, the source of every module imported after it, to look for
    # `from __feature__ import …`, which nothing here uses: 0.1 ms and 11 KB for each of 370.
    features = sys.modules.get("shibokensupport.feature")
    if features is not None:
        vars(features)["_mod_uses_pyside"] = _never


def _never(_: object) -> bool:
    return False
