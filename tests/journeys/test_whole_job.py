"""The whole job, by the installed command, a real hub on loopback, and a process that locks."""

import os
import re
import subprocess
import sys

STEPS = ("1.1", "1.2", "2.1", "2.2", *(f"3.{n}" for n in range(1, 10)), "4.1", "4.2",
         "5.1", "5.2", "5.3", "6.1", "6.2", "6.3", "6.4",
         *(f"7.{n}" for n in range(1, 7)))  # fmt: skip
SCREENS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def test_a_note_a_consent_a_referral_and_an_answer(tmp_path):
    without_a_screen = {k: v for k, v in os.environ.items() if k not in SCREENS}

    done = subprocess.run(
        [sys.executable, "-m", "ui", "--tour", tmp_path, "--by-day"],
        env=without_a_screen, capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert set(STEPS) <= set(re.findall(r"^✓ (\d\.\d)", done.stdout, re.MULTILINE))
    pictures = {file.name for file in (tmp_path / "pictures").glob("*.png")}
    assert len(pictures) >= 31
    assert all(name.endswith("-light.png") for name in pictures)
