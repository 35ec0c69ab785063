import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.errors import Busy, LineError, Lying, Refused
from sync.client.reading import Answer, problem_of, read
from sync.protocol.answers import Exchanged, Problem
from sync.protocol.codec import PROBLEM_TYPE, WIRE_TYPE, canonical, packed
from sync.protocol.directory import Enrolled, OrgDevices
from sync.protocol.http import PROBLEM_PREFIX
from sync.protocol.problems import PROBLEMS

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
TRUE = packed(Exchanged("hub", "practice", "life-1", 0, NIGHT))
KINDS = st.sampled_from([Exchanged, Enrolled, OrgDevices])
HEADERS = st.sampled_from([WIRE_TYPE, PROBLEM_TYPE, "text/html", "", f"{WIRE_TYPE}; q=1"])


@given(st.binary(max_size=300), st.integers(100, 599), HEADERS, KINDS)
def test_whatever_comes_is_a_value_or_one_of_our_errors(body, status, media, kind):
    answer = Answer(status, {"content-type": media}, body)

    with contextlib.suppress(LineError):
        assert isinstance(read(answer, kind), kind)


@given(st.integers(0, len(TRUE) - 1), st.integers(0, 255))
def test_a_true_answer_with_a_byte_changed_is_read_strictly_or_not_at_all(place, byte):
    changed = bytearray(TRUE)
    changed[place] = byte

    try:
        value = read(Answer(200, {"content-type": WIRE_TYPE}, bytes(changed)), Exchanged)
    except Lying:
        return
    assert packed(value) == changed or value == read(
        Answer(200, {"content-type": WIRE_TYPE}, packed(value)), Exchanged
    )


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("7", 7), ("", 30), ("soon", 30), ("-1", 30), ("²", 30), ("9" * 9, 3600)],
)
def test_a_rest_is_what_the_hub_asks_within_reason(asked, seconds):
    error = problem_of(Answer(503, {"retry-after": asked}, b""))

    assert isinstance(error, Busy)
    assert error.seconds == seconds


@pytest.mark.parametrize("code", ["", "x" * 41, "Your password, please", "\u202e", "role\n"])
def test_only_a_code_is_taken_for_one(code):
    said = canonical(Problem(type=PROBLEM_PREFIX + code, title="no", status=403))

    assert isinstance(problem_of(Answer(403, {"content-type": PROBLEM_TYPE}, said)), Lying)


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_code_of_the_hub_is_one(code):
    said = canonical(Problem(type=PROBLEM_PREFIX + code, title="no", status=403))

    error = problem_of(Answer(403, {"content-type": PROBLEM_TYPE}, said))

    assert isinstance(error, Refused)
    assert error.code == code
