"""Two decisions about one case: ours came too late, and a person chooses what becomes of it."""

from datetime import datetime

from desktop.domain.inbox import LEADS_TO, Decided, Deed, Gone, Received
from sync.protocol.states import TaskStatus


def contested(case: Received) -> Decided | None:
    """Return what was decided here where it differs from what stands; None: nothing to choose."""
    is_told = case.gone in (Gone.HERE, Gone.DECLINED)
    late = case.late if is_told else None
    return late if late and late.status is not case.status else None


def stands_since(case: Received) -> datetime | None:
    """Return when the case came to where it stands; None: not told yet."""
    return max((at for name, at in case.steps if name == case.status.value), default=None)


def after_all(case: Received) -> Deed | None:
    """Return what does ours after all, where the rules allow it from where the case stands."""
    late = contested(case)
    return next((deed for deed in case.may() if late and LEADS_TO[deed] is late.status), None)


def instead(case: Received) -> Deed | None:
    """Return what can be done in place of ours: what was taken on can still not work out."""
    late = contested(case)
    is_no = late is not None and late.status in (TaskStatus.REJECTED, TaskStatus.FAILED)
    return Deed.FAIL if is_no and after_all(case) is None and Deed.FAIL in case.may() else None
