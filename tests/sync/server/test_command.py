"""The real process on loopback, spoken to by the real client."""

import json
import os
import secrets
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hub_for_tests import WORDS, Writer
from tuf_for_tests import Keepers

from sync.client.transport import HttpHub
from sync.practice.identity import identity_in
from sync.protocol.answers import Exchange
from sync.protocol.tickets import read_ticket
from sync.server import office
from sync.server.founding import open_hub
from sync.trust.making import public_of


def clock():
    return datetime.now(UTC)  # noqa: TID251 - a real process lives by the real clock


def command(home, *more):
    return [sys.executable, "-m", "sync.server", "--home", home, "--world", "practice", *more]


@contextmanager
def running(home, *more, stdin=subprocess.PIPE):
    process = subprocess.Popen(
        command(home, "--port", "0", *more),
        stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process, json.loads(process.stdout.readline())["url"]
    finally:
        process.kill()
        if process.stdin and process.stdin.closed:
            process.stdin = None
        process.communicate()


@pytest.fixture
def two(tmp_path):
    """Two organisations and their first devices, put in by the office."""
    hub = open_hub(tmp_path / "hub", "practice", secrets.token_bytes)
    made, listings = [], []
    for name, role in (("centre", "admin"), ("shelter", "desk")):
        identity = identity_in(tmp_path / name, str(uuid4()), role, secrets.token_bytes)
        listings.append(identity.listing(b"{}"))
        office.add_org(hub, listings[-1], clock())
        asked = identity.own_request()
        office.add_device(hub, asked, identity.approval(asked, role, clock()), clock())
        made.append(Writer(identity, secrets.token_bytes, clock))
    stamps = public_of(hub.key.timestamp_seed)
    office.publish(hub, Keepers(clock(), timestamp=stamps).publish(listings, clock()), clock())
    hub.store.close()
    return made


def test_a_referral_goes_over_the_real_line_and_leaves_no_trace_in_the_log(tmp_path, two):
    centre, shelter = two
    consent = centre.fresh()
    message = centre.referral(consent, shelter)
    with running(tmp_path / "hub") as (process, url):
        lines = [HttpHub(url, party.keys, "practice", None) for party in two]
        came = []
        waiting = threading.Thread(
            target=lambda: came.append(lines[1].exchange(Exchange(wait=20), clock()))
        )
        waiting.start()

        sent = lines[0].exchange(Exchange((centre.consent(consent, shelter), message)), clock())
        waiting.join(15)

        for line in lines:
            line.close()
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=10)
    assert [result.outcome for result in sent.results] == ["accepted", "accepted"]
    assert [event.message for event in came[0].events] == [message]
    assert process.returncode == 0
    for secret in (WORDS, consent, centre.org, centre.keys.device, "?", "127.0.0.1"):
        assert secret.encode() not in said


def test_a_waiting_client_does_not_delay_the_end(tmp_path, two):
    with running(tmp_path / "hub") as (process, url):
        line = HttpHub(url, two[0].keys, "practice", None)
        line.hello()
        waiting = threading.Thread(
            target=lambda: line.exchange(Exchange(wait=20), clock()), daemon=True
        )
        waiting.start()

        process.terminate()
        process.communicate(timeout=4)
        waiting.join(4)

    assert process.returncode == 0
    line.close()


def test_it_stops_when_its_parent_closes_the_pipe(tmp_path):
    with running(tmp_path / "hub", "--stop-with-parent") as (process, _url):
        process.stdin.close()

        assert process.wait(10) == 0


def test_it_does_not_stop_for_want_of_a_pipe(tmp_path):
    with running(tmp_path / "hub", "--stop-with-parent", stdin=subprocess.DEVNULL) as started:
        process, url = started
        line = HttpHub(url, None, "practice", None)

        assert line.hello().world == "practice"
        assert process.poll() is None
        line.close()


def test_the_office_works_beside_the_running_hub(tmp_path, two):
    centre = two[0]
    with running(tmp_path / "hub") as (_process, url):
        code = _office(tmp_path, "new-code", centre.org, "counselor")
        line = HttpHub(url, None, "practice", None)

        laptop = identity_in(tmp_path / "laptop", centre.org, "counselor", secrets.token_bytes)
        answer = line.enrol(laptop.own_request(read_ticket(code.stdout.splitlines()[-1]).code))
        line.close()

    assert code.returncode == 0
    assert (answer.status, answer.org) == ("pending", centre.org)


def _office(tmp_path, *words):
    return subprocess.run(
        command(tmp_path / "hub", *words), capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONWARNINGS": ""},
    )  # fmt: skip


@pytest.mark.parametrize(
    "words", [("revoke", "nobody", "nothing"), ("--world", "real", "restored")]
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path, two, words):
    done = _office(tmp_path, *words)

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [("restored",), ("pending", "x"), ("backup", "copy")], ids=str)
def test_no_command_of_the_office_makes_another_hub(tmp_path, words):
    done = _office(tmp_path, *words)

    assert done.returncode == 1
    assert done.stderr == (
        "There is no hub in this folder. Is --home right, or is --database missing?\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_hub_that_has_never_served_says_that_it_was_founded(tmp_path):
    first, again = _office(tmp_path, "stamp-key"), _office(tmp_path, "stamp-key")

    assert first.stderr == f"A new hub was founded in {tmp_path / 'hub'}.\n"
    assert (again.stderr, again.stdout) == ("", first.stdout)
