"""The practice network: a program of its own beside the window."""

import shutil
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.tasks import Worker

if TYPE_CHECKING:  # loaded when practice starts, after the first window is painted
    from subprocess import Popen

_PATIENCE, _GLANCE, _ENDS = 60.0, 0.1, 15.0  # seconds


@dataclass(frozen=True, slots=True)
class Address:
    """Where the practice hub listens, and its invitation."""

    url: str
    code: str
    root: bytes


class Practice(QObject):
    """Starts the practice network as a program of its own; it ends when this one does."""

    ready = Signal(object)
    missing = Signal()

    def __init__(self, folder: Path, pid: int, pace: float, *, has_week: bool = False) -> None:
        """Keep everything of it under `folder`; it watches over `pid`.

        `has_week`: a week of invented work is laid out in a vault where nothing is yet.
        """
        super().__init__()
        self._folder, self._pid, self._pace = folder, pid, pace
        self.has_week = has_week
        self._worker = Worker("practice")
        self._left = threading.Event()
        self.address: Address | None = None

    def start(self) -> None:
        """Start it and wait for its address on a thread of our own."""
        self._worker.do(self._wait, self._on_address)

    def leave(self) -> None:
        """Wait no longer: the program ends."""
        self._left.set()

    def _on_address(self, address: Address | None) -> None:
        self.address = address
        if address is None:
            self.missing.emit()
        else:
            self.ready.emit(address)

    def _wait(self) -> Address | None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._folder / "address.json"
        before = _stamp(file)
        running = self._launch()
        for _ in range(int(_PATIENCE / _GLANCE)):
            # After a lock the network of the process we replaced still runs: ours then gives way.
            if file.exists() and (_stamp(file) != before or running.poll() is not None):
                return _read(file)
            if self._left.wait(_GLANCE):
                break
        return None

    def _launch(self) -> "Popen[bytes]":
        import subprocess

        command = [
            sys.executable, "-m", "sync.practice", "--home", str(self._folder),
            "--parent", str(self._pid), "--pace", str(self._pace),
        ]  # fmt: skip
        return subprocess.Popen(  # noqa: S603 - our own program with our own folder
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parent.parent,
        )


def destroy(practice: Path) -> None:
    """Destroy everything that was practised; its network sees its address gone, and ends."""
    (practice / "network" / "address.json").unlink(missing_ok=True)
    for _ in range(int(_ENDS / _GLANCE)):
        shutil.rmtree(practice, ignore_errors=True)
        if not practice.exists():
            return
        time.sleep(_GLANCE)  # what the network still has open cannot be removed everywhere


def _stamp(file: Path) -> int:
    return file.stat().st_mtime_ns if file.exists() else 0


def _read(file: Path) -> Address:
    import json

    written = json.loads(file.read_text(encoding="utf-8"))
    return Address(written["url"], written["code"], bytes.fromhex(written["root"]))
