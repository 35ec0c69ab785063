"""What somebody still has to look at, beside what waits for a yes or no."""

from datetime import timedelta
from uuid import uuid4

import pytest
from builders import NOON

from desktop.domain.ids import AgencyId, ReferralId
from desktop.domain.inbox import Decided, Received
from desktop.domain.inbox_news import is_unseen, needs_eyes
from desktop.domain.referrals import Urgency
from sync.protocol.states import TaskStatus

OURS = Decided(TaskStatus.REJECTED, "no-room", NOON)


@pytest.mark.parametrize(
    ("status", "facts", "days", "wanted"),
    [
        (TaskStatus.ACCEPTED, {}, 0, (False, False)),
        (TaskStatus.ACCEPTED, {"unseen_at": NOON}, 29, (True, True)),
        (TaskStatus.ACCEPTED, {"unseen_at": NOON}, 30, (False, False)),
        (TaskStatus.ACCEPTED, {"late": OURS}, 99, (False, True)),
        (TaskStatus.REQUESTED, {"unseen_at": NOON}, 0, (True, False)),
    ],
)
def test_what_waits_for_an_answer_is_counted_there_alone(status, facts, days, wanted):
    case = Received(
        ReferralId(uuid4()), AgencyId("a"), "경찰서", NOON, Urgency.ROUTINE, status, **facts
    )
    now = NOON + timedelta(days=days)

    assert (is_unseen(case, now), needs_eyes(case, now)) == wanted
