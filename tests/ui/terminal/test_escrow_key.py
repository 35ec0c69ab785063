"""An organisation makes its key: each half is seen alone, and together they are that key."""

import os
import pty
import re
import subprocess
import sys

import pytest
from builders import NOON
from terminal_for_tests import ENVIRONMENT, ROOT
from vaults_for_tests import PASSPHRASE, WORLD, a_keychain, a_vault, vmk

from desktop.services import escrow, members
from desktop.services.members import Proven

_CODE = re.compile(r"\b(?:[0-9A-Z]{2,4}-){6}[0-9A-Z]{2,4}\b")


def run(tmp_path, to):
    """Type back whatever half is shown; return how it ended and what was shown."""
    command = [sys.executable, "-m", "ui", "--home", str(tmp_path), "escrow-key", "--to", str(to)]
    terminal, its_end = pty.openpty()
    with subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, start_new_session=True,
        stdin=its_end, stdout=its_end, stderr=its_end,
    ) as process:  # fmt: skip
        os.close(its_end)
        shown = type_back(terminal)
    os.close(terminal)
    return process.returncode, shown


@pytest.fixture
def made(tmp_path):
    """Return what was shown and the public text."""
    to = tmp_path / "public.txt"
    ended, shown = run(tmp_path, to)
    assert ended == 0, shown
    return shown, to.read_text("utf-8")


def type_back(terminal):
    shown, asked = "", 0
    while True:
        try:
            said = os.read(terminal, 1 << 16).decode()
        except OSError:  # Linux: the other side is gone
            return shown
        if not said:
            return shown
        shown += said
        if shown[asked:].rstrip(" ").endswith("paper:"):
            os.write(terminal, _CODE.findall(shown)[-1].lower().encode() + b"\n")
            asked = len(shown)


def opens(folder, public, halves):
    vault, chance = a_vault(folder), os.urandom
    escrow.switch_on(vault, public, Proven(vmk()))
    vault.close()
    making = {
        "world": WORLD, "chance": chance, "keychain": a_keychain(), "cost": members.FLOOR,
    }  # fmt: skip
    unlocked = escrow.open_with_two(folder, halves, PASSPHRASE, now=NOON, **making)
    unlocked.vault.close()
    return bool(unlocked.recovery_code)


def test_both_halves_together_open_what_is_sealed_to_the_public_text(made, tmp_path):
    shown, public = made
    first, second = dict.fromkeys(_CODE.findall(shown))

    assert first != second
    assert opens(tmp_path / "vault", public, (first, second))


def test_each_half_is_off_the_screen_before_anything_else_is_shown(made):
    shown, public = made
    screens = [screen for screen in shown.split("\x1b[2J") if _CODE.search(screen)]

    assert len(screens) == 2
    assert all(len(set(_CODE.findall(screen))) == 1 for screen in screens)
    assert escrow.fingerprint(public) in shown


def test_a_folder_that_is_not_there_is_named_before_any_half_is_shown(tmp_path):
    ended, shown = run(tmp_path, tmp_path / "stick" / "public.txt")

    assert ended == 1
    assert not _CODE.search(shown)
    assert f"There is no folder {tmp_path / 'stick'}." in " ".join(shown.split())


def test_where_the_text_cannot_be_written_it_is_shown(tmp_path):
    to = tmp_path / "public.txt"
    to.symlink_to(tmp_path / "stick" / "public.txt")

    ended, shown = run(tmp_path, to)

    first, second = dict.fromkeys(_CODE.findall(shown))
    public = shown[shown.index("bammajung-escrow-") :]
    assert ended == 0
    assert opens(tmp_path / "vault", public, (first, second))
