"""What the hub's answer means: a value, or the error that says why there is none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard, TypeVar

from sync.client.errors import Busy, ClockSkew, LineError, Lying, Refused
from sync.protocol.answers import Problem
from sync.protocol.codec import PROBLEM_TYPE, WIRE_TYPE, Unreadable, read_json, unpacked
from sync.protocol.http import CLOCK_SKEW, PROBLEM_PREFIX
from sync.protocol.messages import is_likely

T = TypeVar("T")

_CODE = re.compile(r"[a-z-]{1,40}")
"""It is kept and shown: whoever answers may not choose our words."""
_REST_SECONDS = 30
_LONGEST_REST = 3600


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, before anything in it is believed. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Return the content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def read(answer: Answer, kind: type[T]) -> T:
    """Return what the answer says, or raise what it means."""
    if answer.status != 200:
        raise problem_of(answer)
    if answer.media_type != WIRE_TYPE:
        raise Lying("content type")
    try:
        return unpacked(kind, answer.body)
    except Unreadable as error:
        raise Lying("body") from error


def problem_of(answer: Answer) -> LineError:
    """Return the error that an answer other than 200 means."""
    if answer.status == 429 or answer.status >= 500:
        return Busy(_rest(answer.headers.get("retry-after", "")))
    if answer.status < 400 or answer.media_type != PROBLEM_TYPE:
        return Lying(f"status {answer.status}")
    try:
        problem = read_json(Problem, answer.body)
    except Unreadable:
        return Lying("problem")
    code = problem.type.removeprefix(PROBLEM_PREFIX)
    if not _CODE.fullmatch(code):
        return Lying("problem")
    if answer.status == 401 and code == CLOCK_SKEW and _is_said(problem.time):
        return ClockSkew(problem.time)
    return Refused(code, answer.status)


def _is_said(time: datetime | None) -> TypeGuard[datetime]:
    return time is not None and is_likely(time)


def _rest(asked: str) -> int:
    return min(int(asked), _LONGEST_REST) if asked.isascii() and asked.isdigit() else _REST_SECONDS
