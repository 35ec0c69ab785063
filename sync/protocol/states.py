"""How a referral moves: HL7 FHIR R4 Task.status as narrowed by Gravity SDOH 3.0 (D-011)."""

from datetime import timedelta
from enum import StrEnum


class Delivery(StrEnum):
    """How far the sealed packet has come. Separate from what the agency decides."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"


class TaskStatus(StrEnum):
    """What the agency has decided."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered-in-error"


class Party(StrEnum):
    """Who moves the task."""

    REQUESTER = "requester"
    TARGET = "target"


CONSENT_WITHDRAWN = "consent-withdrawn"
CALLED_OFF = "no-longer-needed"
"""Why a requester cancels, in the clear: the hub and the agency learn no more of it."""

# Reasons of a hub-made `reminder`. A loop that may stay silent is not closed.
SILENT = "silent"
"""The agency has not answered in time; told to both sides."""
STILL_SILENT = "still-silent"
"""As long again has passed; told to both sides and, but for reports, to the coordinator."""
ERASURE_OVERDUE = "erasure-overdue"
"""The agency has not said in time that it destroyed what it had; told to all three."""

ANSWER_WITHIN = timedelta(hours=24)
URGENT_ANSWER_WITHIN = timedelta(hours=1)
ERASURE_WITHIN = timedelta(days=5)
"""PIPA 37(4) says without delay; five days is the standard guideline's reading."""


def answer_within(priority: str) -> timedelta:
    """Return how long an agency may take to say yes or no."""
    return URGENT_ANSWER_WITHIN if priority == "urgent" else ANSWER_WITHIN


_S = TaskStatus
_ENDED = {_S.REJECTED, _S.COMPLETED, _S.FAILED, _S.CANCELLED, _S.ENTERED_IN_ERROR}
UNDER_WAY = frozenset(set(_S) - _ENDED)
"""Where something more is expected."""
_MOVES: dict[TaskStatus, set[TaskStatus]] = {
    _S.REQUESTED: {_S.ACCEPTED, _S.REJECTED, _S.CANCELLED},
    _S.ACCEPTED: {_S.IN_PROGRESS, _S.ON_HOLD, _S.CANCELLED, _S.COMPLETED, _S.FAILED},
    _S.IN_PROGRESS: {_S.ON_HOLD, _S.CANCELLED, _S.COMPLETED, _S.FAILED},
    _S.ON_HOLD: {_S.IN_PROGRESS, _S.CANCELLED, _S.COMPLETED, _S.FAILED},
}
_REQUESTER_SETS = {_S.CANCELLED, _S.ENTERED_IN_ERROR}


def has_ended(status: TaskStatus) -> bool:
    """Say whether nothing more is expected."""
    return status in _ENDED


def may_move(status: TaskStatus, to: TaskStatus, by: Party) -> bool:
    """Say whether `by` may move a task from `status` to `to`."""
    if to is TaskStatus.ENTERED_IN_ERROR:
        return by is Party.REQUESTER and status is not to
    allowed_here = to in _MOVES.get(status, set())
    return allowed_here and (by is Party.TARGET or to in _REQUESTER_SETS)
