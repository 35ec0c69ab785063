"""What is loaded before the first window is on the screen, and how the program starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
HEAVY = (
    "cryptography", "sqlcipher3", "requests", "msgspec", "babel", "keyring", "platformdirs",
    "sqlite3", "concurrent.futures", "subprocess", "ssl", "sync", "desktop.vault",
    "desktop.services", "ui.window", "ui.notes", "ui.tour", "ui.doctor", "holidays",
    "desktop.days_off", "ui.promise", "ui.questionnaires",
)  # fmt: skip
LOOK = """
import sys
import ui.main
from ui.__main__ import start

def painted(program):
    print(*sys.modules, sep="\\n")
    print("Qt" if "Qt" in vars(sys.modules["PySide6.QtCore"]) else "")
    program._app.exit(0)
    program.frame.close()

ui.main.Program._on_painted = painted
sys.argv = ["bammajung", *sys.argv[1:]]
sys.exit(start())
"""


def loaded(home, *more):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", LOOK, "--home", str(home), *more],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return set(ended.stdout.split("\n"))


@pytest.mark.parametrize("world", [(), ("--practice",)])
@pytest.mark.parametrize("has_vault", [True, False])
def test_nothing_heavy_is_loaded_before_the_first_window_is_painted(tmp_path, world, has_vault):
    if has_vault:
        folder = tmp_path / ("practice" if world else "real") / "vault"
        folder.mkdir(parents=True)
        (folder / "hdr.a").write_bytes(b"")

    modules = loaded(tmp_path, *world)

    assert not [name for name in modules if name.startswith(HEAVY)]
    assert "ui.unlock.pages" in modules
    # Python enums of all of `Qt` are a sixth of the time to the first window.
    assert "Qt" not in modules or not has_vault


def test_help_names_what_can_be_asked_for():
    ended = subprocess.run(
        [sys.executable, "-m", "ui", "--help"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip

    for word in ("--home", "--practice", "--tour", "doctor"):
        assert word in ended.stdout
