"""Other programs shall not take a picture of the window, where a system can see to that."""

import ctypes
import sys
from typing import Any

_EXCLUDED, _BLACK = 0x11, 0x01  # <winuser.h>: left out of pictures; from before Windows 10 2004
_NOT_SHARED = 0  # NSWindowSharingNone


def is_possible() -> bool:
    """Tell whether this system has a way. X11 and Wayland have none."""
    return sys.platform in ("win32", "darwin")


def keep_out(window: int) -> None:
    """Ask for it. On Windows and macOS: written, and not run there yet."""
    if sys.platform == "win32":
        user: Any = ctypes.windll.user32
        if not user.SetWindowDisplayAffinity(ctypes.c_void_p(window), _EXCLUDED):
            user.SetWindowDisplayAffinity(ctypes.c_void_p(window), _BLACK)
    elif sys.platform == "darwin":
        _not_shared(window)


def _not_shared(view: int) -> None:
    """Qt's number is that of the view in the window."""
    from ui.locking.objc import send

    send(send(view, "window"), "setSharingType:", _NOT_SHARED)
