"""What is in memory stays there: no core dump, and no other program may look in (R-30)."""

import sys

_NO_DUMPS = 4  # PR_SET_DUMPABLE, from <linux/prctl.h>


def refuse() -> bool:
    """Ask the system for it; say whether it agreed. Windows has nothing to ask here."""
    if sys.platform == "win32":
        return False
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform != "linux":
        return True
    # Also against a crash reporter that the kernel pipes cores to, whatever their limit.
    import ctypes

    return bool(ctypes.CDLL(None).prctl(_NO_DUMPS, 0, 0, 0, 0) == 0)
