import json
import os
import subprocess
import sys

import pytest

from sync.client.errors import Unreachable
from sync.client.transport import HttpHub
from sync.practice.hub import HubProcess
from sync.practice.watch import Held, is_alive


def run(home, parent):
    return subprocess.Popen(
        [
            sys.executable, "-m", "sync.practice",
            "--home", str(home), "--parent", str(parent), "--pace", "0.05",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )  # fmt: skip


def address_of(home, process):
    file = home / "address.json"
    while not file.exists():
        assert process.poll() is None, process.stdout.read()
        os.sched_yield()
    return json.loads(file.read_text("utf-8"))


@pytest.fixture
def a_parent():
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield parent
    parent.stdin.close()
    parent.wait()


def test_it_says_where_it_is_and_ends_with_its_parent_hub_and_all(tmp_path, a_parent):
    network = run(tmp_path, a_parent.pid)
    said = address_of(tmp_path, network)
    hub = HttpHub(said["url"], None, "practice", None)
    assert hub.hello().world == "practice"
    assert said["pid"] == network.pid
    assert len(bytes.fromhex(said["root"])) == 32

    second = run(tmp_path, a_parent.pid)
    assert second.communicate(timeout=60)[0] == b""
    assert second.returncode == 0
    assert json.loads((tmp_path / "address.json").read_text("utf-8")) == said

    a_parent.stdin.close()
    a_parent.wait()
    assert network.communicate(timeout=60)[0] == b""
    assert network.returncode == 0
    with pytest.raises(Unreachable):
        hub.hello()
    hub.close()


def test_killed_it_leaves_no_hub_behind_starts_again_and_ends_with_its_address(tmp_path):
    network = run(tmp_path, os.getpid())
    said = address_of(tmp_path, network)
    network.kill()
    network.communicate()

    (tmp_path / "address.json").rename(tmp_path / "address.before")
    again = run(tmp_path, os.getpid())
    assert address_of(tmp_path, again)["root"] == said["root"]
    (tmp_path / "address.json").unlink()  # as whoever begins practice anew does
    again.communicate(timeout=60)

    assert again.returncode == 0


def test_only_one_holds_a_folder(tmp_path):
    first, second = Held(tmp_path / "lock"), Held(tmp_path / "lock")

    assert first.take()
    assert not second.take()
    first.close()
    assert second.take()
    second.close()


def test_a_process_that_has_ended_is_not_alive():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()

    assert is_alive(os.getpid())
    assert not is_alive(ended.pid)


def test_nobody_else_is_given_the_port_of_a_hub_that_has_not_started_yet(tmp_path):
    # What asks the system for any port gets one from 32768 on: such a hub once answered for ours.
    for _ in range(20):
        port = HubProcess(tmp_path / "hub").port
        assert 20_000 <= port < 32_000

    assert HubProcess(tmp_path / "hub", port).port == port
