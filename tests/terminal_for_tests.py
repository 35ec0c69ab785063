"""The program at a terminal of its own, and a person who answers its questions."""

import os
import pty
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {
    **os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "en_US.UTF-8",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
}  # fmt: skip


def bammajung(home, *words, typed=()):
    """Run a command at a terminal of its own; answer each question that ends in a colon."""
    command = [sys.executable, "-m", "ui", "--home", str(home), "--practice", *map(str, words)]
    terminal, its_end = pty.openpty()
    with subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, start_new_session=True,
        stdin=its_end, stdout=its_end, stderr=its_end,
    ) as process:  # fmt: skip
        os.close(its_end)
        shown = _conversation(terminal, list(typed))
    os.close(terminal)
    return process.returncode, shown


def _conversation(terminal, typed):
    shown, asked = b"", 0
    while True:
        try:
            said = os.read(terminal, 1 << 16)
        except OSError:  # Linux: the other side is gone
            said = b""
        if not said:
            return shown.decode()
        shown += said
        if typed and shown[asked:].rstrip(b" ").endswith(b":"):
            os.write(terminal, typed.pop(0).encode() + b"\n")
            asked = len(shown)
