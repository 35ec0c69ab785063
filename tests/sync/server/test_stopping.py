"""A signal ends the hub in good order, and an office command with a sentence and a failure."""

import json
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from hub_for_tests import HubForTests

_WHO_WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def started(home, *words):
    return subprocess.Popen(
        [
            sys.executable, "-m", "sync.server",
            "--home", home, "--world", "practice", *map(str, words),
        ],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def until(is_so):
    deadline = time.monotonic() + 15
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def stopped(postgres, tmp_path):
    """Run an office command that waits for the database, and stop it by a signal."""
    address = postgres.new()
    HubForTests(tmp_path, database=address).close()

    def stop(sent, *words):
        with psycopg.connect(address) as line:
            line.execute("LOCK TABLE meta IN ACCESS EXCLUSIVE MODE")
            process = started(tmp_path / "hub", "--database", address, *words)
            until(lambda: line.execute(_WHO_WAITS).fetchone()[0])
            process.send_signal(sent)
            return *process.communicate(timeout=15), process.returncode

    yield stop
    postgres.drop(address)


def test_a_backup_that_is_stopped_says_so_and_leaves_nothing(stopped, tmp_path):
    done = stopped(signal.SIGTERM, "backup", tmp_path / "copy")

    assert done == ("", "Stopped. Nothing was copied.\n", 143)
    assert not list(tmp_path.glob("copy*"))


def test_another_command_that_is_stopped_says_so_without_a_traceback(stopped):
    said, complaint, code = stopped(signal.SIGINT, "restored")

    assert (said, complaint.count("\n"), code) == ("", 1, 130)
    assert complaint.startswith("Stopped. Nothing is done by half")


def test_a_hub_that_is_stopped_by_hand_ends_well_and_without_a_traceback(tmp_path):
    HubForTests(tmp_path).close()
    process = started(tmp_path / "hub", "--port", "0")
    process.stdout.readline()

    process.send_signal(signal.SIGINT)
    _, log = process.communicate(timeout=15)

    assert process.returncode == 0
    assert [json.loads(line)["event"] for line in log.splitlines()][-1] == "stopped"
