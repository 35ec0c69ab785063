"""What was said or decided here and does not count: it came too late, or was not taken."""

from dataclasses import dataclass
from datetime import datetime

from sync.protocol.messages import Kind
from sync.protocol.states import TaskStatus


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided here, and came too late: another place had moved the case before."""

    status: TaskStatus
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """What was said here, and the hub did not take."""

    kind: Kind
    at: datetime
    problem: str
    is_left: bool
    """Whether somebody here has seen it, and left it or said it again."""
