"""Every fault harness runs, finds nothing, and would have found something."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARES = {
    "night-texts": 0.0003,
    "night-words": 0.0002,
    "vault-kill": 0.0002,
    "vault-power": 0.002,
    "vault-torn": 0.001,
    "vault-io": 0.0005,
    "vault-short-memory": 0.0001,
    "vault-full": 0.005,
    "vault-header": 0.004,
    "vault-slots": 0.004,
    "vault-epoch": 0.004,
    "vault-migration": 0.004,
    "vault-draft": 0.003,
    "vault-owner": 0.02,
    "vault-rollback": 0.02,
    "vault-purge": 0.005,
    "vault-flips": 0.0005,
    "vault-bits": 0.002,
    "vault-needles": 0.02,
    "vault-memory": 0.005,
    "vault-crash": 0.02,
    "vault-log": 0.02,
    "vault-keyring": 0.1,
    "vault-headers": 0.01,
    "vault-backup": 0.02,
    "vault-journal": 0.04,
    "vault-pages": 0.01,
    "vault-witness": 0.02,
    "vault-salvage": 0.02,
    "vault-lock-triggers": 0.001,
    "exchange-api": 0.001,
    "exchange-auth": 0.03,
    "exchange-cuts": 0.003,
    "exchange-desks": 0.0002,
    "exchange-fuzz": 0.004,
    "exchange-line": 0.0005,
    "exchange-machine": 0.00003,
    "exchange-backups": 0.004,
    "exchange-bundles": 0.0005,
    "exchange-writers": 0.017,
    "exchange-hub-blind": 0.05,
    "night-clocks": 0.002,
    "night-journeys": 0.02,
    "night-pictures": 0.007,
    "night-reach": 0.008,
    "consent-gate": 0.0001,
    "consent-basis": 0.0003,
    "consent-histories": 0.0005,
    "consent-wire": 0.01,
    "consent-pictures": 0.02,
    "consent-journeys": 0.02,
}
LINE = re.compile(r"prove (\S+) done=(\d+) failed=(\d+) control=(caught|missed)")


def prove(what):
    command = [sys.executable, "tests/prove", "--what", what]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def played(request):
    """What was said when the harnesses asked for were played, a group of them in one process.

    To start takes as long as to play one at its share.
    """
    asked = [each.callspec.params["name"] for each in request.session.items if _plays(each)]
    groups = {name.partition("-")[0]: [] for name in asked}
    for name in asked:
        groups[name.partition("-")[0]].append(f"{name}={SHARES[name]}")
    return {group: prove(",".join(names)) for group, names in groups.items()}


def _plays(item):
    return item.fspath == __file__ and hasattr(item, "callspec")


@pytest.mark.parametrize("name", SHARES)
def test_a_harness_breaks_nothing_and_catches_its_control(name, played):
    done = played[name.partition("-")[0]]

    said = {line[1]: line for line in map(LINE.fullmatch, done.stdout.splitlines()) if line}
    assert name in said, done.stdout + done.stderr
    assert int(said[name][2]) >= 1
    assert said[name][3] == "0", done.stderr
    assert said[name][4] == "caught"


def test_the_command_succeeds_when_all_hold():
    done = prove("vault-bits=0.002,vault-owner=0.02")

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2


def test_an_unknown_harness_is_an_error():
    done = prove("vault-nothing")

    assert done.returncode != 0
    assert "vault-nothing" in done.stderr


def test_no_harness_is_left_out_here():
    files = (ROOT / "tests" / "prove").glob("*_*.py")
    harnesses = {file.stem.replace("_", "-") for file in files if not file.stem.startswith("__")}

    assert harnesses == set(SHARES)
