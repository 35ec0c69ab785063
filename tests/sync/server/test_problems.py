"""Whatever is refused is a problem in the standard form, with a code and a sentence."""

import ast
import asyncio
import json
from pathlib import Path

import pytest
from hub_for_tests import ADDRESS, WORDS, Question, asked

import sync.server
from sync.protocol.answers import Exchange
from sync.protocol.codec import packed
from sync.protocol.problems import PROBLEMS, REASONS
from sync.server import speech

SERVER = Path(sync.server.__file__).parent


def raised(name):
    """Yield the literal arguments of every `name(…)` in the server."""
    for file in SERVER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield [arg.value for arg in node.args if isinstance(arg, ast.Constant)]


def test_every_problem_the_hub_knows_has_its_status_and_one_sentence():
    whole = [tuple(args[:2]) for args in raised("Refused") if len(args) > 1]

    assert len(whole) > 15
    assert [(s, kind) for s, kind in whole if PROBLEMS[kind].status != s] == []
    assert [k for k, said in PROBLEMS.items() if not said.detail.endswith(".")] == []
    assert [k for k, said in PROBLEMS.items() if ". " in said.detail or len(k) > 30] == []


def test_every_reason_to_reject_a_message_has_one_sentence():
    codes = {args[0] for args in raised("Rejected") if args}

    assert len(codes) > 8
    assert codes - set(REASONS) == set()
    assert [r for r, said in REASONS.items() if not said.endswith(".") or ". " in said] == []


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/", 404, "not-found"),
        ("GET", "/v1/hello/", 404, "not-found"),
        ("GET", "/v1/../etc/passwd", 404, "not-found"),
        ("GET", "/v1/exchange", 405, "method-not-allowed"),
        ("DELETE", "/v1/exchange", 405, "method-not-allowed"),
        ("한글".encode().decode("latin-1"), "/v1/hello", 405, "method-not-allowed"),
        ("GET", "/hsds/organizations?page=0", 400, "malformed"),
        ("GET", "/v1/hello?" + "a" * 2100, 414, "address-too-long"),
        ("POST", "/v1/enrol", 400, "malformed"),
        ("POST", "/v1/exchange", 401, "bad-signature"),
    ],
)
def test_what_is_refused_is_a_problem(house, method, path, status, kind):
    answer = house.ask(Question(method, ADDRESS + path))

    said = json.loads(answer.body)
    assert (answer.status, answer.problem) == (status, kind)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert (said["status"], said["detail"]) == (status, PROBLEMS[kind].detail)


def test_a_wrong_method_is_told_the_right_one(house):
    answer = house.ask(Question("GET", f"{ADDRESS}/v1/exchange"))

    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("headers", "status", "kind"),
    [
        ({"Content-Type": "application/json"}, 415, "not-msgpack"),
        ({"Content-Type": "application/msgpack", "Content-Encoding": "gzip"}, 415, "not-msgpack"),
        ({"Content-Length": str(1 << 40)}, 413, "too-large"),
        ({"YSN-Protocol": "0"}, 426, "protocol-too-old"),
        ({"YSN-Protocol": "zero"}, 400, "malformed"),
        ({"X": "a" * 17_000}, 431, "header-too-large"),
        ({f"x-{n}": "a" for n in range(65)}, 431, "header-too-large"),
    ],
)
def test_a_head_that_does_not_fit_is_refused(house, headers, status, kind):
    question = house.centre.signed("POST", "/v1/exchange", packed(Exchange()))
    question.headers.update(headers)

    answer = house.ask(question)

    assert (answer.status, answer.problem) == (status, kind)


@pytest.mark.parametrize("kind", ["application/msgpack", "Application/MsgPack; v=1"])
def test_what_a_body_is_may_be_said_in_the_usual_ways(house, kind):
    question = house.centre.signed("POST", "/v1/exchange", packed(Exchange()))
    question.headers.update({"Content-Type": kind, "YSN-Protocol": "1"})

    assert house.ask(question).status == 200


def test_a_program_that_is_too_old_is_told_what_to_speak(house):
    question = Question("GET", f"{ADDRESS}/v1/hello")
    question.headers["YSN-Protocol"] = "0"

    answer = house.ask(question)

    assert (answer.status, answer.headers["upgrade"]) == (426, "YSN/1")


def test_a_stranger_is_not_read_for_as_long_as_a_device(house):
    answer = house.ask(Question("POST", f"{ADDRESS}/v1/enrol", body=bytes(20_000)))

    assert (answer.status, answer.problem) == (413, "too-large")
    assert answer.headers["connection"] == "close"


def test_a_line_that_falls_silent_is_not_waited_for(house, monkeypatch):
    monkeypatch.setattr(speech, "STALL_SECONDS", 0.05)
    pieces = [{"type": "http.request", "body": b"half", "more_body": True}]
    said = []

    async def receive():
        return pieces.pop(0) if pieces else await asyncio.Future()

    async def send(piece):
        said.append(piece)

    scope = {"type": "http", "method": "POST", "path": "/v1/exchange", "headers": []}
    more = {"raw_path": b"/v1/exchange", "query_string": b"", "root_path": "", "scheme": "http"}
    asyncio.run(house.app({**scope, **more}, receive, send))

    assert said[0]["status"] == 408


def test_who_hangs_up_halfway_leaves_no_bug(house, caplog):
    async def hangs_up():
        return {"type": "http.disconnect"}

    async def send(piece):
        raise AssertionError("nobody listens")

    scope = {"type": "http", "method": "POST", "path": "/v1/exchange", "headers": []}
    more = {"raw_path": b"/v1/exchange", "query_string": b"", "root_path": "", "scheme": "http"}
    asyncio.run(house.app({**scope, **more}, hangs_up, send))

    assert [record.msg for record in caplog.records] == ["request"]
    assert caplog.records[0].facts["status"] == 499


def test_no_problem_repeats_what_was_sent(house):
    words = WORDS.encode().decode("latin-1")
    question = Question("POST", f"{ADDRESS}/v1/{words}?{words}", body=WORDS.encode())
    question.headers.update({"X": words, "Host": words, "Content-Type": words})

    told = [house.ask(question).body]
    told += [house.ask(Question("POST", ADDRESS + p, body=WORDS.encode())).body for p in PATHS]

    assert [said for said in told if b"type" not in said or WORDS.encode() in said] == []


PATHS = ("/v1/enrol", "/v1/exchange", "/v1/devices/approve", "/v1/hello")


def test_a_right_question_is_not_refused(house):
    """The control: what the tests above refuse is refused for its one fault."""
    answer = asyncio.run(asked(house.app, Question("GET", f"{ADDRESS}/v1/hello")))

    assert answer.status == 200
