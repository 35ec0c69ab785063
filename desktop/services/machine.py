"""What this machine does with what the program cannot protect: the disk and the swap.

Hints for `bammajung doctor`, read from what the system shows to anyone. They prove nothing.
"""

import os
from enum import StrEnum
from pathlib import Path


class Cover(StrEnum):
    """Whether a device seems to be encrypted."""

    ENCRYPTED = "encrypted"
    PLAIN = "plain"
    ABSENT = "absent"
    UNKNOWN = "unknown"


def disk_cover(folder: Path, system: Path = Path("/")) -> Cover:
    """Return a hint about the disk that holds `folder`. `system` is where /sys and /proc are."""
    if not (system / "sys/dev/block").is_dir():
        return Cover.UNKNOWN
    nearest = next(p for p in (folder, *folder.parents) if p.exists())
    device = nearest.stat().st_dev
    block = system / "sys/dev/block" / f"{os.major(device)}:{os.minor(device)}"
    # Network, overlay and in-memory file systems have no block device of their own.
    return _block_cover(block) if block.exists() else Cover.UNKNOWN


def swap_cover(system: Path = Path("/")) -> Cover:
    """Return a hint about swap: the worst of all swap areas, zram counting as absent."""
    try:
        lines = (system / "proc/swaps").read_text("utf-8").splitlines()[1:]
    except OSError:
        return Cover.UNKNOWN
    names = [line.split()[0] for line in lines if line.strip()]
    on_disk = [name for name in names if not name.startswith("/dev/zram")]
    if not on_disk:
        return Cover.ABSENT
    covers = {_named_cover(Path(name), system) for name in on_disk}
    return next(c for c in (Cover.PLAIN, Cover.UNKNOWN, Cover.ENCRYPTED) if c in covers)


def _named_cover(name: Path, system: Path) -> Cover:
    if not name.is_relative_to("/dev"):
        return disk_cover(name, system)
    return _block_cover(system / "sys/class/block" / name.resolve().name)


def _block_cover(block: Path) -> Cover:
    """Say whether a block device, or anything it stands on, is a dm-crypt mapping."""
    if not block.exists():
        return Cover.UNKNOWN
    try:
        if (block / "dm/uuid").read_text("utf-8").startswith("CRYPT-"):
            return Cover.ENCRYPTED
    except OSError:
        pass
    below = list((block / "slaves").iterdir()) if (block / "slaves").is_dir() else []
    if below and all(_block_cover(under) is Cover.ENCRYPTED for under in below):
        return Cover.ENCRYPTED
    return Cover.PLAIN
