"""What listens on this system."""

import sys

from ui.locking.signs import Listens


def of_this_system(window: int) -> Listens | None:
    """Return what listens on this system, or None where there is nothing to listen to.

    `window` is the number by which the system knows the window.
    """
    if sys.platform == "win32":
        from ui.locking.windows import Messages

        return Messages(window)
    if sys.platform == "darwin":
        from ui.locking.macos import Notices

        return Notices()
    from ui.locking import places

    system, session = places.system_bus(), places.session_bus()
    if not (system or session):
        return None
    from ui.locking.linux import Buses  # loads D-Bus

    return Buses(system, session)
