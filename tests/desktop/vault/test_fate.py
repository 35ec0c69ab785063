"""Killed processes and full disks lose nothing that was called kept (P2, R-02, R-06)."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from vaults_for_tests import a_closed_vault, by_key

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL, no limits on files")
CHILD = Path(__file__).with_name("child.py")
ROOT = CHILD.parents[3]


def child(what, folder):
    return subprocess.Popen(
        [sys.executable, CHILD, what, folder],
        stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_killed_at_any_moment_everything_called_kept_is_there(tmp_path, rows, seed):
    folder = a_closed_vault(tmp_path / "vault")
    enough = random.Random(seed).randint(1, 200)
    process = child("save", folder)

    kept = []
    while len(kept) < enough:
        kept.append(int(process.stdout.readline()))
    process.send_signal(signal.SIGKILL)
    # What stood in the pipe when it died was called kept, too.
    kept += [int(line) for line in process.stdout if line.endswith("\n")]
    process.stdout.close()
    process.wait()

    vault = by_key(folder)
    found = rows.numbers(vault)
    assert set(kept) <= found <= set(range(max(kept) + 2))
    vault.verify()
    vault.close()


def test_a_full_disk_refuses_loses_nothing_and_takes_the_retry(tmp_path, rows):
    folder = a_closed_vault(tmp_path / "vault")

    process = child("fill", folder)
    told, _ = process.communicate()

    result = json.loads(told)
    assert result["refusals"] >= 12
    assert result["kept"] == 12
    vault = by_key(folder)
    assert rows.numbers(vault) == set(range(12))
    vault.close()
