"""The real process: how it ends, what it says of itself, what it makes of what is not HTTP."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from hub_for_tests import HubForTests, header_of

from sync.client.errors import Busy
from sync.client.transport import HttpHub
from sync.protocol.answers import Exchange
from sync.protocol.codec import packed
from sync.protocol.problems import PROBLEMS
from sync.server import office, tables
from sync.server.founding import open_hub

_CHUNKED = b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
NOT_HTTP = (
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "malformed"),
    (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "malformed"),
    (b"GET /v1/hello HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 60_000, 431, "header-too-large"),
    (_CHUNKED, 400, "malformed"),
    (b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400, "malformed"),
)


def clock():
    return datetime.now(UTC)  # noqa: TID251 - a real process lives by the real clock


@pytest.fixture
def home(tmp_path):
    """A founded hub, and its three parties on the real clock."""
    made = HubForTests(tmp_path)
    made.close()
    for party in (made.centre, made.shelter, made.clinic):
        party._clock = clock
    return made


@contextmanager
def running(home, *more):
    process = subprocess.Popen(
        [
            sys.executable, "-m", "sync.server", "--home", home.home / "hub",
            "--world", "practice", "--port", "0", *more,
        ],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        said = json.loads(process.stdout.readline())
        yield process, said
    finally:
        process.kill()
        process.communicate()


def line_to(said, party):
    return HttpHub(said["url"], party.keys, "practice", None)


def until(is_so):
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def slowly(said, party, body):
    """Send the head and half of a signed request; return the line, and the other half."""
    question = party.signed("POST", "/v1/exchange", body)
    parts = urlsplit(said["url"])
    question.headers["Host"] = "hub.example"
    question.headers["Content-Length"] = str(len(body))
    head = [b"POST /v1/exchange HTTP/1.1"]
    head += [f"{name}: {value}".encode() for name, value in question.headers.items()]
    line = socket.create_connection((parts.hostname, parts.port), 10)
    line.sendall(b"\r\n".join(head) + b"\r\n\r\n" + body[: len(body) // 2])

    return line, body[len(body) // 2 :]


def test_what_is_in_flight_when_the_hub_stops_is_finished(home):
    consent = home.centre.consent(home.centre.fresh(), home.shelter)
    with running(home, "--public-url", "http://hub.example") as (process, said):
        waits = line_to(said, home.shelter)
        waits.hello()
        line, rest = slowly(said, home.centre, packed(Exchange((consent,))))
        time.sleep(0.2)

        process.send_signal(signal.SIGTERM)
        until(lambda: _is_refused(said["url"]))
        line.sendall(rest)
        heard = _heard(line)
        line.close()
        _, log = process.communicate(timeout=10)
        waits.close()

    assert heard.startswith(b"HTTP/1.1 200")
    assert process.returncode == 0
    events = [json.loads(line)["event"] for line in log.splitlines()]
    assert [e for e in events if e != "request"] == ["started", "stopping", "stopped"]
    _assert_kept(home, header_of(consent).id)


def test_a_second_signal_ends_it_at_once(home):
    with running(home, "--public-url", "http://hub.example") as (process, said):
        line, _rest = slowly(said, home.centre, packed(Exchange()))
        time.sleep(0.2)
        began = time.monotonic()

        process.send_signal(signal.SIGTERM)
        until(lambda: _is_refused(said["url"]))
        process.send_signal(signal.SIGTERM)
        process.wait(5)
        line.close()

    assert process.returncode == 128 + signal.SIGTERM
    assert time.monotonic() - began < 5


def test_a_stop_that_kills_no_transaction_leaves_a_hub_that_opens(home):
    with running(home) as (process, said):
        lines = [line_to(said, home.centre) for _ in range(3)]
        parts = [threading.Thread(target=_talk, args=(line, home), daemon=True) for line in lines]
        for part in parts:
            part.start()
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        process.wait(15)
        for part in parts:
            part.join(10)

    open_hub(home.home / "hub", "practice", os.urandom).store.close()


def test_what_is_not_http_is_answered_with_a_problem(home):
    with running(home) as (process, said):
        heard = [_said_back(said["url"], sent) for sent, *_ in NOT_HTTP]
        process.terminate()
        _, log = process.communicate(timeout=10)

    for (head, body), (_, status, kind) in zip(heard, NOT_HTTP, strict=True):
        assert head.startswith(f"HTTP/1.1 {status}".encode())
        assert b"application/problem+json" in head
        assert json.loads(body)["detail"] == PROBLEMS[kind].detail
    assert "Traceback" not in log
    assert all(json.loads(line) for line in log.splitlines())


def _said_back(url, sent):
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), 10) as line:
        line.sendall(sent)
        head, _, body = _heard(line).partition(b"\r\n\r\n")
    return head, body


def test_a_quiet_log_tells_only_what_did_not_go_well(home):
    with running(home, "--quiet", "--rate-stranger", "2/minute") as (process, said):
        line = line_to(said, home.centre)
        line.hello()
        line.hello()
        with pytest.raises(Busy) as busy:
            line.hello()
        line.close()
        process.terminate()
        _, log = process.communicate(timeout=10)

    (told,) = [json.loads(one) for one in log.splitlines()]
    assert (told["status"], told["problem"]) == (429, "too-often")
    assert 1 <= busy.value.seconds <= 60


def test_the_figures_are_somewhere_else_than_the_hub(home):
    with running(home, "--metrics-port", "0") as (_process, said):
        line = line_to(said, home.centre)
        line.hello()
        line.close()

        def told():
            with urllib.request.urlopen(said["metrics"]) as answer:
                return answer.read().decode()

        # A request is counted when its answer has gone out: who asked may be here before.
        until(lambda: 'endpoint="/v1/hello",problem="",status="2xx"} 1.0' in told())

    assert urlsplit(said["metrics"]).port != urlsplit(said["url"]).port


def test_a_proxys_word_counts_only_if_it_is_ours(home):
    def told(*more):
        with running(home, "--rate-stranger", "1/minute", *more) as (_process, said):
            return [_asked_for(said["url"], f"192.0.2.{n}") for n in range(2)]

    assert told("--behind", "127.0.0.1") == [200, 200]
    assert told() == [200, 429]


def test_a_rate_that_is_none_is_said_in_one_line(home):
    done = subprocess.run(
        [
            sys.executable, "-m", "sync.server", "--home", home.home / "hub",
            "--world", "practice", "--rate-device", "often",
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.startswith("This is not a rate: often")


def test_what_laptops_call_is_remembered_for_the_codes(home):
    with running(home, "--public-url", "https://hub.example.kr"):
        pass

    hub = open_hub(home.home / "hub", "practice", secrets.token_bytes)
    known = office.address(hub)
    hub.store.close()
    assert known == "https://hub.example.kr"


def test_two_processes_on_one_database_are_one_hub(tmp_path, postgres):
    address = postgres.new()
    made = _on_two_nodes(tmp_path, address)
    other = SimpleNamespace(home=tmp_path / "two")
    consent = made.centre.fresh()
    message = made.centre.referral(consent, made.shelter)
    told = Exchange((made.centre.consent(consent, made.shelter), message))

    on = ("--database", address, "--metrics-port", "0")
    with running(made, *on) as (first, here), running(other, *on) as (_second, there):
        came, seconds = _woken(here, there, made, told)
        first.kill()
        again = line_to(there, made.shelter)
        after = again.exchange(Exchange(), clock())
        again.close()
    postgres.drop(address)

    assert [event.message for event in came.events] == [message]
    assert seconds < 15
    assert after.events == came.events


def _on_two_nodes(tmp_path, address):
    made = HubForTests(tmp_path / "one", database=address)
    made.close()
    (tmp_path / "two" / "hub").mkdir(parents=True)
    shutil.copy(tmp_path / "one" / "hub" / "hub.key", tmp_path / "two" / "hub")
    made.centre._clock = made.shelter._clock = clock
    return made


def _woken(here, there, made, told):
    """Let the shelter wait here; return what it is told when the centre speaks there, and when."""
    waits, brings = line_to(here, made.shelter), line_to(there, made.centre)
    came = []
    ask = Exchange(wait=25)
    waiting = threading.Thread(target=lambda: came.append(waits.exchange(ask, clock())))
    waiting.start()
    until(lambda: _figure(here, "waiting") == 1)
    began = time.monotonic()
    brings.exchange(told, clock())
    waiting.join(30)
    waits.close()
    brings.close()
    return came[0], time.monotonic() - began


def test_a_process_with_another_key_does_not_serve(tmp_path, postgres):
    address = postgres.new()
    HubForTests(tmp_path / "one", database=address).close()

    done = subprocess.run(
        [
            sys.executable, "-m", "sync.server", "--home", tmp_path / "two",
            "--world", "practice", "--database", address,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    postgres.drop(address)

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def _figure(said, name):
    with urllib.request.urlopen(said["metrics"]) as answer:
        for line in answer.read().decode().splitlines():
            if line.startswith(f"bammajung_hub_{name} "):
                return float(line.rpartition(" ")[2])
    return None


def _asked_for(url, address):
    asked = urllib.request.Request(f"{url}/v1/hello", headers={"X-Forwarded-For": address})
    try:
        with urllib.request.urlopen(asked) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def _talk(line, home):
    try:
        for _ in range(200):
            item = home.centre.consent(home.centre.fresh(), home.shelter)
            line.exchange(Exchange((item,)), clock())
    except Exception:  # noqa: BLE001 - the hub ends under it
        line.close()


def _heard(line):
    heard = b""
    while piece := line.recv(1 << 16):
        heard += piece
    return heard


def _is_refused(url):
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port), 1).close()
    except OSError:
        return True
    return False


def _assert_kept(home, message):
    hub = open_hub(home.home / "hub", "practice", os.urandom)
    with hub.store.reading() as db:
        assert db.one(tables.message, id=message) is not None
    hub.store.close()
