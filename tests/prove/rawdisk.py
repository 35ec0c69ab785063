"""A small disk of its own, mounted from an image that can be read raw afterwards.

Mounting needs root and a loop device. Where there is neither, the disk is a plain folder and there
is no image: what was unlinked and overwritten is then out of sight, and stderr says so once.
"""

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SIZE = 96 << 20  # sparse: only what is written takes room, or time to read


@dataclass(frozen=True)
class Disk:
    """`image` may be read once the disk is away; None when there is none."""

    folder: Path
    image: Path | None


@contextmanager
def disk(place: Path):
    """Lend a fresh disk; on leaving it is flushed and away, and its image remains."""
    folder, image = place / "disk", place / "disk.img"
    folder.mkdir()
    is_mounted = _mounted(image, folder)
    try:
        yield Disk(folder, image if is_mounted else None)
    finally:
        if is_mounted:
            subprocess.run(["umount", folder], check=True)


def _mounted(image: Path, folder: Path) -> bool:
    with image.open("wb") as file:
        file.truncate(_SIZE)
    try:
        subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True, capture_output=True)
        subprocess.run(["mount", "-o", "loop", image, folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        print("  no raw image is searched: that needs root and a loop device", file=sys.stderr)
        return False
    (folder / "lost+found").rmdir()
    return True
