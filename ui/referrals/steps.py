"""How far a referral has come, told only from steps that services report as proven."""

from dataclasses import dataclass, replace

from desktop.domain.referrals import LEFT_UNTOLD, Tracking
from i18n import formats, tr
from sync.protocol.states import Delivery, TaskStatus, has_ended

_TAKEN_ON = (
    TaskStatus.ACCEPTED,
    TaskStatus.IN_PROGRESS,
    TaskStatus.ON_HOLD,
    TaskStatus.COMPLETED,
)
_KEYS = (
    (Delivery.QUEUED,),
    (Delivery.SENT,),
    (Delivery.DELIVERED,),
    (Delivery.OPENED,),
    _TAKEN_ON,
)


@dataclass(frozen=True, slots=True)
class Progress:
    """What the row of steps shows: names, times under them, where it is, whether it stopped."""

    names: tuple[str, ...]
    times: tuple[str, ...]
    at: int
    is_stopped: bool


def of_draft(*, has_consent: bool) -> Progress:
    """Return the steps of something still being written."""
    names = (tr("Written"), tr("Consent"), tr("Waiting"), tr("Sent"), tr("Accepted"))
    return Progress(names, ("",) * 5, 2 if has_consent else 1, is_stopped=False)


def of_tracking(tracking: Tracking) -> Progress:
    """Return the steps of something released. A step without its proof is not shown as done."""
    return replace(at_a_glance(tracking), times=_times(tracking))


def at_a_glance(tracking: Tracking) -> Progress:
    """Return the same without the times."""
    names = (tr("Waiting"), tr("Sent"), tr("Arrived"), tr("Opened"), tr("Accepted"))
    proven = [any(str(key) in tracking.steps for key in keys) for keys in _KEYS]
    # `queued` is proven from the start: waiting is over only when the hub's receipt is there.
    ahead = next((n for n, done in enumerate(proven) if not done), len(names))
    at = 0 if ahead == 1 else ahead
    # Where a part was left untold, the rest of it is still under way.
    is_stuck = bool(tracking.problem) and tracking.problem != LEFT_UNTOLD
    is_over = has_ended(tracking.status)
    stopped = is_stuck or (is_over and tracking.status is not TaskStatus.COMPLETED)
    return Progress(names, ("",) * len(names), at, is_stopped=stopped)


def _times(tracking: Tracking) -> tuple[str, ...]:
    """Return when each was proven: under the first its day, under others where it is another."""
    times, day = [], ""
    for keys in _KEYS:
        at = next((tracking.steps[str(key)] for key in keys if str(key) in tracking.steps), None)
        if at is None:
            times.append("")
            continue
        before, day = day, formats.short_day(at)
        times.append(formats.clock(at) if day == before else f"{formats.clock(at)}\n{day}")
    return tuple(times)
