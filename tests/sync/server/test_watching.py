"""Figures and log lines tell how a hub fares, and nothing of whom it serves."""

import asyncio
import io
import json
import logging
import re
import urllib.request

import pytest
from full_disk_for_tests import a_full_disk
from hub_for_tests import ADDRESS, WORDS, HubForTests, Question, header_of

from sync.protocol.answers import Exchange
from sync.protocol.bodies import Stage
from sync.protocol.codec import packed
from sync.protocol.messages import Message
from sync.server.logs import Lines
from sync.server.upkeep import look_after


@pytest.fixture
def lines():
    """What a hub would have written on stderr."""
    written = io.StringIO()
    log, shown = logging.getLogger("bammajung.hub"), logging.StreamHandler(written)
    shown.setFormatter(Lines())
    logging.getLogger().addHandler(shown)
    log.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(shown)
    log.setLevel(logging.NOTSET)


@pytest.fixture
def evening(house):
    """A referral there and back, a withdrawal, and some requests that fail; all their ids."""
    centre, shelter = house.centre, house.shelter
    consent = centre.fresh()
    message = centre.referral(consent, shelter)
    ref = header_of(message).ref
    note = shelter.note(ref, centre)
    house.exchange(centre, centre.consent(consent, shelter), message, Message(b"{}"))
    house.exchange(shelter, shelter.receipt(message, Stage.DELIVERED), note)
    house.exchange(shelter, shelter.moves(ref, "accepted"), after=1)
    house.exchange(centre, centre.withdrawal(consent), after=2)
    house.get(f"/v1/{ref}?ref={ref}")
    house.post("/v1/enrol", house.newcomer(centre).own.own_request("SECRETCODE"))
    stranger = house.newcomer(centre)
    house.ask(stranger.signed("POST", "/v1/exchange", packed(Exchange())))
    parties = [house.centre, house.shelter, house.clinic, stranger]
    ids = {consent, ref, header_of(message).id, header_of(note).id, house.hub.id, house.hub.epoch}
    return ids | {p.org for p in parties} | {p.keys.device for p in parties}


def figures(house):
    found = {}
    for line in house.app.state.metrics.text().splitlines():
        if not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            found[name.removeprefix("bammajung_hub_")] = float(value)
    return found


def test_the_figures_tell_what_was_done(house, evening):
    said = figures(house)

    served = 'requests_total{endpoint="/v1/exchange",problem="",status="2xx"}'
    assert said[served] == 4
    unknown = 'requests_total{endpoint="/v1/exchange",problem="unknown-key",status="4xx"}'
    assert said[unknown] == 1
    assert said['requests_total{endpoint="unknown",problem="not-found",status="4xx"}'] == 1
    assert said['messages_total{kind="referral.request",outcome="accepted",reason=""}'] == 1
    rejected = 'messages_total{kind="unreadable",outcome="rejected",reason="malformed"}'
    assert said[rejected] == 1
    assert said['events_total{kind="referral.request"}'] == 1
    assert said['request_seconds_count{endpoint="/v1/exchange"}'] == 5
    assert said["waiting"] == 0


def test_no_figure_names_anybody(house, evening):
    text = house.app.state.metrics.text()

    assert [name for name in evening if name in text] == []
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", text)
    assert "127.0.0.1" not in text


def test_what_was_waited_is_no_slowness(house, shelter):
    house.exchange(shelter, wait=1)

    slow = 'request_seconds_bucket{endpoint="/v1/exchange",le="0.5"}'
    assert figures(house)[slow] == 1


def test_each_request_leaves_one_line(house, lines):
    house.exchange(house.centre)
    house.get("/v1/nothing")

    first, second = (line for line in lines() if line["event"] == "request")
    assert (first["endpoint"], first["method"], first["status"]) == ("/v1/exchange", "POST", 200)
    assert first["bytes_in"] == len(packed(Exchange()))
    assert first["bytes_out"] > 100
    assert (second["endpoint"], second["status"], second["problem"]) == (
        "unknown", 404, "not-found",
    )  # fmt: skip
    assert first["request"] != second["request"]
    assert second["level"] == "warning"


def test_no_line_names_anybody(house, lines, evening):
    written = json.dumps(lines())

    assert len(lines()) == 7
    assert [name for name in evening if name in written] == []
    assert "127.0.0.1" not in written


def test_text_planted_anywhere_is_in_no_line(house, lines, monkeypatch):
    needle = "하늘이의비밀"
    words = needle.encode().decode("latin-1")

    def fails(*_given):
        raise KeyError(needle)

    for method, path in ((words, "/v1/hello"), ("POST", "/v1/exchange"), ("GET", f"/{words}")):
        question = Question(method, f"{ADDRESS}{path}?{words}={words}", body=needle.encode())
        names = ("Host", "User-Agent", "Signature", "Signature-Input", "X-Forwarded-For", words)
        question.headers.update(dict.fromkeys(names, words))
        house.ask(question)
    house.exchange(house.centre, Message(needle.encode(), needle.encode()))
    monkeypatch.setattr("sync.server.desk.Desk.exchange", fails)
    house.ask(house.centre.signed("POST", "/v1/exchange", packed(Exchange())))
    logging.getLogger("uvicorn.error").error("%s", needle, exc_info=KeyError(needle))

    written = json.dumps(lines(), ensure_ascii=False)
    shown = [written, house.app.state.metrics.text()]
    assert [text for text in shown if needle in text or words in text] == []
    assert [line["error"] for line in lines() if "error" in line] == ["KeyError"] * 2
    assert WORDS not in written


def test_the_figures_are_served_on_loopback_alone(house):
    metrics = house.app.state.metrics
    server = metrics.serve(0)

    with urllib.request.urlopen(f"{server.url}") as answer:
        said = answer.read().decode()
    server.close()

    assert server.url.startswith("http://127.0.0.1:")
    assert "bammajung_hub_waiting 0.0" in said
    assert house.get("/metrics").status == 404


def test_a_full_disk_is_named_in_log_and_figures_and_nothing_else_of_it(tmp_path, lines):
    made = HubForTests(tmp_path)
    made.clock.turn(days=2)
    consent = made.centre.consent(made.centre.fresh(), made.shelter)
    question = made.centre.signed("POST", "/v1/exchange", packed(Exchange((consent,))))

    async def turn():
        stopping = asyncio.Event()
        stopping.set()
        await look_after(made.app.state.house, stopping)

    with a_full_disk(tmp_path / "hub", "hub.db-wal"):
        answer = made.ask(question)
        asyncio.run(turn())

    told = [(line["event"], line["error"]) for line in lines() if "error" in line]
    assert answer.problem == "busy"
    assert told == [("store failed", "full"), ("upkeep failed", "full")]
    assert figures(made)['upkeep_total{ended="full"}'] == 1
    made.close()
