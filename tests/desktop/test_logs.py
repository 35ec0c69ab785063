"""Logs hold ids and counts. Whatever is thrown at them, no word of a person gets in (R-33)."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from desktop.errors import ConsentMissing
from desktop.logs import Log

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
NEEDLE = "하늘이는 역 앞 분수대에서 잔다"
VAULT = UUID(int=7)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def log(tmp_path):
    return Log(tmp_path / "logs", lambda: NOON)


def lines(tmp_path):
    text = (tmp_path / "logs" / "bammajung.log").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_counts_and_ids_are_written(log, tmp_path):
    log.say("synced", sent=3, came=1, vault=VAULT)

    assert lines(tmp_path) == [
        {"time": NOON.isoformat(), "event": "synced", "sent": 3, "came": 1, "vault": str(VAULT)}
    ]


@pytest.mark.parametrize(
    "facts",
    [{"alias": NEEDLE}, {"sent": NEEDLE}, {"vault": NEEDLE}, {"note": VAULT}, {"sent": [NEEDLE]},
     {"alias": 5}, {NEEDLE: 5}, {"vault": 5}],
)  # fmt: skip
def test_what_is_not_allow_listed_is_left_out(log, tmp_path, facts):
    log.say("synced", **facts)

    assert lines(tmp_path) == [{"time": NOON.isoformat(), "event": "synced"}]


def test_an_unknown_event_has_no_name(log, tmp_path):
    log.say(NEEDLE)

    assert lines(tmp_path)[0]["event"] == "failed"


def _chained():
    raise RuntimeError(f"PRAGMA key = {NEEDLE}") from ValueError(NEEDLE)


def _noted():
    error = OSError(2, NEEDLE, NEEDLE)
    error.add_note(NEEDLE)
    raise error


def _named():
    raise ConsentMissing(agency=NEEDLE)


def _grouped():
    raise ExceptionGroup(NEEDLE, [ValueError(NEEDLE)])


@pytest.mark.parametrize("fail", [_chained, _noted, _named, _grouped])
def test_a_failure_says_its_kind_and_place_and_nothing_else(log, tmp_path, fail):
    try:
        fail()
    except (RuntimeError, OSError, ConsentMissing, ExceptionGroup) as error:
        log.failed(error)
        kind = type(error).__name__

    (line,) = lines(tmp_path)
    assert line["kind"] == kind
    assert NEEDLE not in (tmp_path / "logs" / "bammajung.log").read_text("utf-8")
    assert NEEDLE not in json.loads(json.dumps(line)).values()


def test_a_failure_in_our_code_names_the_module_and_line_but_no_folder(log, tmp_path):
    from desktop.domain.text import checked

    try:
        checked(None)
    except AttributeError as error:
        log.failed(error)

    (place,) = lines(tmp_path)[0]["at"][-1:]
    assert place.startswith("desktop.domain.text:")
    assert "/" not in str(lines(tmp_path))


def test_the_log_does_not_grow_for_ever(log, tmp_path):
    for number in range(9000):
        log.say("synced", sent=number, came=number, waiting=number, vault=VAULT)

    sizes = [path.stat().st_size for path in (tmp_path / "logs").iterdir()]
    assert len(sizes) == 2
    assert sum(sizes) < 1_200_000


_LOUD = """
import sys, threading
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from desktop.logs import Log, keep_quiet

keep_quiet(Log(Path(sys.argv[1]), lambda: datetime(2026, 7, 1, tzinfo=UTC)))

def fails(*_):
    raise ValueError(sys.argv[2])

class Finalised:
    __del__ = fails

thread = threading.Thread(target=fails)
thread.start()
thread.join()
Finalised()
done = Future()
done.add_done_callback(fails)
done.set_result(None)
"""


def test_what_python_would_print_goes_to_the_log_without_its_words(tmp_path):
    command = [sys.executable, "-c", _LOUD, tmp_path / "logs", NEEDLE]

    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout + done.stderr == ""
    assert [line["kind"] for line in lines(tmp_path)] == ["ValueError", "ValueError"]
    assert NEEDLE not in (tmp_path / "logs" / "bammajung.log").read_text("utf-8")
