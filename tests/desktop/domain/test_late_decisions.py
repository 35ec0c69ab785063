"""Ours beside what stands: when there is something to choose, and what can be done."""

from datetime import timedelta
from uuid import uuid4

import pytest
from builders import NOON

from desktop.domain import late_decisions
from desktop.domain.ids import AgencyId, ReferralId
from desktop.domain.inbox import Decided, Deed, Gone, Received
from desktop.domain.referrals import Urgency
from sync.protocol.states import TaskStatus

_S = TaskStatus


def a_case(stands, ours, **changes):
    late = Decided(ours, "", NOON)
    who = (ReferralId(uuid4()), AgencyId("a"), "경찰서", NOON)
    return Received(*who, Urgency.ROUTINE, stands, late=late, **changes)


@pytest.mark.parametrize(
    ("stands", "ours", "after_all", "instead"),
    [
        (_S.ACCEPTED, _S.REJECTED, None, Deed.FAIL),
        (_S.IN_PROGRESS, _S.REJECTED, None, Deed.FAIL),
        (_S.IN_PROGRESS, _S.ACCEPTED, None, None),
        (_S.REJECTED, _S.ACCEPTED, None, None),
        (_S.COMPLETED, _S.FAILED, None, None),
        (_S.REQUESTED, _S.COMPLETED, None, None),
        (_S.ON_HOLD, _S.COMPLETED, Deed.COMPLETE, None),
        (_S.ON_HOLD, _S.IN_PROGRESS, Deed.RESUME, None),
        (_S.ACCEPTED, _S.FAILED, Deed.FAIL, None),
    ],
)
def test_ours_can_be_done_where_the_rules_allow_it_and_else_what_is_near_it(
    stands, ours, after_all, instead
):
    case = a_case(stands, ours)

    assert late_decisions.contested(case) == case.late
    assert late_decisions.after_all(case) is after_all
    assert late_decisions.instead(case) is instead


@pytest.mark.parametrize("gone", [Gone.WITHDRAWN, Gone.CANCELLED, Gone.ENDED, Gone.ERASED])
def test_there_is_nothing_to_choose_once_the_case_is_gone(gone):
    assert late_decisions.contested(a_case(_S.CANCELLED, _S.ACCEPTED, gone=gone)) is None


def test_there_is_nothing_to_choose_where_it_came_to_stand_as_ours():
    case = a_case(_S.ACCEPTED, _S.ACCEPTED)

    assert late_decisions.contested(case) is None
    assert late_decisions.after_all(case) is None


def test_it_stands_so_since_the_last_time_it_came_to_that():
    held = tuple((name, NOON + timedelta(hours=n)) for n, name in enumerate(
        ("on-hold", "in-progress", "on-hold")
    ))  # fmt: skip

    assert late_decisions.stands_since(a_case(_S.ON_HOLD, _S.REJECTED, steps=held)) == held[2][1]
    assert late_decisions.stands_since(a_case(_S.ACCEPTED, _S.REJECTED, steps=held)) is None
