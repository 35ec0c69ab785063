import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from sync.client import errors
from sync.client.signing import DeviceKeys
from sync.client.transport import ANSWER_BYTES, HttpHub
from sync.protocol.answers import Exchange, Exchanged, Problem
from sync.protocol.codec import PROBLEM_TYPE, WIRE_TYPE, canonical, packed
from sync.protocol.http import CLOCK_SKEW, PROBLEM_PREFIX

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
ANSWER = packed(Exchanged("hub", "practice", "life-1", 0, NIGHT))


def http(body=ANSWER, status="200 OK", kind=WIRE_TYPE, more=""):
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    )
    return head.encode() + body


def problem(status, code, time=None, more=""):
    body = canonical(
        Problem(type=PROBLEM_PREFIX + code, title="no", status=int(status[:3]), time=time)
    )
    return http(body, status, PROBLEM_TYPE, more)


class Line:
    """A server on a real socket that says exactly what it is told to, one answer a question."""

    def __init__(self, *answers, stays_open=False, drip=False):
        self.questions, self.released = [], threading.Event()
        self._answers, self._stays_open, self._drip = answers, stays_open, drip
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self):
        connection, _ = self._listener.accept()
        with connection:
            for answer in self._answers:
                self.questions.append(self._read(connection))
                self._say(connection, answer)
            if self._stays_open:
                self.released.wait(10)

    def _say(self, connection, answer):
        if not self._drip:
            connection.sendall(answer)
            return
        for byte in answer:
            if self.released.wait(0.005):
                return
            connection.sendall(bytes([byte]))

    @staticmethod
    def _read(connection):
        seen = b""
        while b"\r\n\r\n" not in seen:
            seen += connection.recv(65536)
        head, _, body = seen.partition(b"\r\n\r\n")
        length = next(
            (
                int(line[15:])
                for line in head.lower().split(b"\r\n")
                if line[:15] == b"content-length:"
            ),
            0,
        )
        while len(body) < length:
            body += connection.recv(65536)
        return head.decode().lower()

    def close(self):
        self.released.set()
        self._listener.close()
        self._thread.join(5)


@contextmanager
def a_line(*answers, hub_id="hub", seconds=5.0, chance=None, **manners):
    line = Line(*answers, **manners)
    keys = DeviceKeys.make("this-laptop", chance) if chance else None
    hub = HttpHub(line.url, keys, "practice", hub_id)
    hub.answer_seconds = seconds
    try:
        yield hub, line
    finally:
        hub.close()
        line.close()


def test_a_true_answer_arrives():
    with a_line(http()) as (hub, line):
        assert hub.exchange(Exchange(), NIGHT).epoch == "life-1"

    assert line.questions[0].startswith("post /v1/exchange http/1.1")


def test_one_connection_serves_round_after_round():
    with a_line(http(), http(), http()) as (hub, line):
        for _ in range(3):
            hub.exchange(Exchange(), NIGHT)

    assert len(line.questions) == 3


def test_a_device_signs_what_it_asks(chance):
    with a_line(http(), chance=chance) as (hub, line):
        hub.exchange(Exchange(), NIGHT)

    assert 'keyid="this-laptop"' in line.questions[0]
    assert "content-digest: sha-256=" in line.questions[0]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", errors.Unreachable),
        (http()[:-3], errors.Unreachable),
        (http()[:20], errors.LineError),
        (b"what?\r\n\r\n", errors.Unreachable),
        (http(b"<html>Please log in</html>", kind="text/html"), errors.Lying),
        (http(b"\xc1"), errors.Lying),
        (http(ANSWER[:-1]), errors.Lying),
        (http(ANSWER + b"\x00"), errors.Lying),
        (http(packed({"hub": "hub"})), errors.Lying),
        (http(b"", "204 No Content"), errors.Lying),
        (http(b"", "404 Not Found", "text/html"), errors.Lying),
        (http(b"{", "403 Forbidden", PROBLEM_TYPE), errors.Lying),
        (http(b"", "502 Bad Gateway", "text/html"), errors.Busy),
        (problem("503 Unavailable", "busy"), errors.Busy),
        (problem("429 Too Many", "rate"), errors.Busy),
        (problem("403 Forbidden", "device-revoked"), errors.Refused),
        (problem("401 Unauthorized", "unknown-key"), errors.Refused),
        (problem("426 Upgrade", "protocol"), errors.Refused),
        (http(packed(Exchanged("other", "practice", "e", 0, NIGHT))), errors.AnotherHub),
        (http(packed(Exchanged("hub", "real", "e", 0, NIGHT))), errors.AnotherHub),
    ],
)
def test_every_other_answer_becomes_one_of_our_errors(answer, error):
    with a_line(answer) as (hub, _), pytest.raises(error):
        hub.exchange(Exchange(), NIGHT)


WHOLE = http(b"a file")
IN_CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\na file\r\n"
CUT = [answer[:at] for answer in (WHOLE, IN_CHUNKS + b"0") for at in range(len(answer) - 1)]


@pytest.mark.parametrize("answer", CUT, ids=range(len(CUT)))
def test_a_file_that_was_cut_anywhere_is_none(answer):
    with a_line(answer) as (hub, _), pytest.raises(errors.LineError):
        hub.published("root.json", 100)


@pytest.mark.parametrize("answer", [WHOLE, IN_CHUNKS + b"0\r\n\r\n"])
def test_a_whole_file_arrives(answer):
    with a_line(answer) as (hub, _):
        assert hub.published("root.json", 100) == b"a file"


def test_a_redirect_is_not_followed():
    aside = "Location: http://127.0.0.1:9/elsewhere\r\n"
    with a_line(http(b"", "302 Found", more=aside)) as (hub, line), pytest.raises(errors.Lying):
        hub.exchange(Exchange(), NIGHT)

    assert len(line.questions) == 1


def test_an_answer_without_end_is_cut_off():
    endless = http()[: -len(ANSWER)].replace(
        str(len(ANSWER)).encode(), str(ANSWER_BYTES * 2).encode()
    )
    piece = bytes(ANSWER_BYTES + (1 << 20))
    with a_line(endless + piece, stays_open=True) as (hub, _), pytest.raises(errors.Lying) as lie:
        hub.exchange(Exchange(), NIGHT)

    assert lie.value.what == "too long"


@pytest.mark.parametrize("answer", [b"", http()[:30], http()[:-5]])
def test_a_hub_that_hangs_is_left(answer):
    with (
        a_line(answer, stays_open=True, seconds=0.2) as (hub, _),
        pytest.raises(errors.TooSlow),
    ):
        hub.exchange(Exchange(), NIGHT)


def test_a_hub_that_drips_is_left_too():
    with (
        a_line(http(bytes(2000)), drip=True, seconds=0.3) as (hub, _),
        pytest.raises(errors.TooSlow),
    ):
        hub.exchange(Exchange(), NIGHT)


def test_a_hub_may_take_the_time_we_offered_it():
    with a_line(b"", stays_open=True, seconds=0.1) as (hub, _):
        hub.answer_seconds = -0.9
        with pytest.raises(errors.TooSlow):
            hub.exchange(Exchange(wait=1), NIGHT)


def test_nobody_there_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    hub = HttpHub(f"http://127.0.0.1:{port}", None, "practice", None)

    with pytest.raises(errors.Unreachable):
        hub.hello()


def test_a_wrong_clock_is_learnt_and_the_question_asked_once_more(chance):
    there = NIGHT + timedelta(hours=9)
    skewed = problem("401 Unauthorized", CLOCK_SKEW, there)
    with a_line(skewed, http(), http(), chance=chance) as (hub, line):
        hub.exchange(Exchange(), NIGHT)
        hub.exchange(Exchange(), NIGHT + timedelta(seconds=1))

    assert hub.offset == timedelta(hours=9)
    stamps = [question.partition("created=")[2][:10] for question in line.questions]
    assert [int(stamp) - int(NIGHT.timestamp()) for stamp in stamps] == [0, 32400, 32401]


def test_a_clock_that_stays_wrong_is_said_to_be_wrong(chance):
    skewed = problem("401 Unauthorized", CLOCK_SKEW, NIGHT)
    with a_line(skewed, skewed, chance=chance) as (hub, _), pytest.raises(errors.ClockSkew):
        hub.exchange(Exchange(), NIGHT)


def test_the_hub_says_how_long_to_rest():
    busy = problem("503 Unavailable", "busy", more="Retry-After: 7\r\n")
    with a_line(busy) as (hub, _), pytest.raises(errors.Busy) as rest:
        hub.exchange(Exchange(), NIGHT)

    assert rest.value.seconds == 7


def test_cookies_are_not_kept():
    with a_line(http(more="Set-Cookie: trace=1; Path=/\r\n"), http()) as (hub, line):
        hub.exchange(Exchange(), NIGHT)
        hub.exchange(Exchange(), NIGHT)

    assert "cookie" not in line.questions[1]


@pytest.mark.parametrize(
    "url", ["http://hub.example", "ftp://127.0.0.1", "hub.example", "http://127.0.0.1.example"]
)
def test_only_https_or_this_computer_itself(url):
    with pytest.raises(errors.InsecureAddress):
        HttpHub(url, None, "real", None)
