"""What another process uses: its memory, and the time it has worked."""

import os
from pathlib import Path


def resident(process):
    """Return its resident memory, in bytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def worked(process):
    """Return the seconds that it has kept a processor busy."""
    facts = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")
