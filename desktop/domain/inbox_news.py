"""What somebody at this laptop still has to see of the cases that came in."""

from datetime import datetime, timedelta

from desktop.domain.inbox import Received
from desktop.domain.late_decisions import contested
from sync.protocol.states import TaskStatus

NEWS = timedelta(days=30)
"""For so long everybody here should come to know what became of a case."""


def is_unseen(case: Received, now: datetime) -> bool:
    """Say whether something happened to it that was not looked at on this laptop."""
    return case.unseen_at is not None and now - case.unseen_at < NEWS


def needs_eyes(case: Received, now: datetime) -> bool:
    """Say whether somebody has to look, beside those that wait for a yes or no."""
    is_asked = case.is_open and case.status is TaskStatus.REQUESTED
    return not is_asked and (is_unseen(case, now) or contested(case) is not None)
