"""A disk in a file, with a file system on it, whose power can be cut; needs root and Linux."""

import ctypes
import fcntl
import os
import shutil
import subprocess
from pathlib import Path

_NEW_MOUNTS = 0x00020000  # CLONE_NEWNS
_GOES_DOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN: _IOR('X', 125, u32)
_NOTHING_FLUSHED = (2).to_bytes(4, "little")  # EXT4_GOING_FLAGS_NOLOGFLUSH
_SIZE = 64 << 20


def can_be_mounted() -> bool:
    """Whether this account may mount: in most containers it may not, nor in a plain account."""
    if not hasattr(os, "geteuid") or os.geteuid() or not shutil.which("mkfs.ext4"):
        return False
    return subprocess.run([_PROBE], shell=True, capture_output=True, check=False).returncode == 0


_PROBE = """unshare --mount sh -ec '
    place=$(mktemp -d); trap "umount $place/on 2>/dev/null; rm -r $place" EXIT
    truncate --size=8M $place/image; mkfs.ext4 -q -F $place/image; mkdir $place/on
    mount -o loop $place/image $place/on'"""


def keep_mounts_private() -> None:
    """Let what this process mounts be seen by nobody else, and be gone when it ends."""
    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_MOUNTS):
        raise OSError(ctypes.get_errno(), "unshare")
    _run("mount", "--make-rprivate", "/")


class Image:
    """The disk. `at` is where its files are, while it has power."""

    def __init__(self, place: Path):
        self._file, self.at = place / "image", place / "disk"
        self.at.mkdir()
        with self._file.open("wb") as file:
            file.truncate(_SIZE)
        _run("mkfs.ext4", "-q", "-F", str(self._file))
        self.mount()

    def mount(self):
        """Give it power: the file system mends itself by its journal."""
        _run("mount", "-o", "loop", str(self._file), str(self.at))

    def unmount(self):
        """Let go of it; what had no power any more is not written now."""
        _run("umount", str(self.at))

    def flush(self):
        """Put everything on the disk that is on its way."""
        _run("sync", "--file-system", str(self.at))

    def cut(self):
        """Cut the power now: what the file system has not given to the disk is gone."""
        place = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(place, _GOES_DOWN, _NOTHING_FLUSHED)
        finally:
            os.close(place)


def _run(*command):
    subprocess.run(command, check=True, capture_output=True)
