"""A report by law is followed until the authority has it in hand, or a person has seen to it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from builders import NOON

from desktop.domain.disclosures import SEEN_TO, Disclosure, Ground, Stage
from desktop.domain.following import Next
from desktop.domain.following_reports import (
    every_followed,
    followed,
    may_be_seen_to,
    may_be_written_again,
)
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.domain.referrals import Reply
from sync.protocol.states import Delivery, TaskStatus

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
YOUTH = YouthId(uuid4())


def a_report(**changes):
    usual = Disclosure(
        ReferralId(uuid4()), YOUTH, Ground.ABUSE, AgencyId("police"), "별빛경찰서", NOON,
        Stage.ASKED, Delivery.QUEUED, TaskStatus.REQUESTED,
    )  # fmt: skip
    return replace(usual, **changes)


def sent(**changes):
    usual = {
        "stage": Stage.QUEUED,
        "delivery": Delivery.SENT,
        "steps": {"signed": NOON, "sent": NOON},
    }
    return a_report(**usual | changes)


SIGNED = {"stage": Stage.SIGNED, "steps": {"signed": NOON}}
WAYS = {
    "a question": (a_report(), HOUR - MINUTE, Next.WAIT),
    "a question of an hour": (a_report(), HOUR, Next.CALL),
    "a question past its life": (a_report(), 7 * DAY, Next.LOOK),
    "a question without a line": (a_report(is_unasked=True), HOUR - MINUTE, Next.REACH_HUB),
    "an hour without a line": (a_report(is_unasked=True), HOUR, Next.FIND_LINE),
    "never asked in its life": (a_report(is_unasked=True), 7 * DAY, Next.LOOK),
    "not signed": (a_report(stage=Stage.REFUSED), MINUTE, Next.LOOK),
    "refused by the hub": (a_report(problem="cosign-missing"), MINUTE, Next.LOOK),
    "signed": (a_report(**SIGNED), HOUR - MINUTE, Next.REACH_HUB),
    "signed an hour ago": (a_report(**SIGNED), HOUR, Next.FIND_LINE),
    "sent": (sent(), HOUR - MINUTE, Next.WAIT),
    "sent an hour ago": (sent(), HOUR, Next.CALL),
    "opened, and then silence": (sent(delivery=Delivery.OPENED), 3 * DAY, Next.CALL),
    "answered in words": (sent(replies=(Reply("갑니다", NOON),)), 3 * DAY, Next.NOTHING),
    "taken on": (sent(status=TaskStatus.ACCEPTED), 3 * DAY, Next.NOTHING),
    "declined": (sent(status=TaskStatus.REJECTED), MINUTE, Next.LOOK),
    "given up": (sent(status=TaskStatus.FAILED), MINUTE, Next.LOOK),
    "taken back": (a_report(stage=Stage.ENDED), 3 * DAY, Next.NOTHING),
}


@pytest.mark.parametrize(("report", "after", "wanted"), WAYS.values(), ids=WAYS)
def test_somebody_is_told_whom_to_call_at_every_stage(report, after, wanted):
    found = followed(report, NOON + after)

    waits = {Next.WAIT, Next.REACH_HUB, Next.NOTHING}
    assert (found.next, found.needs_a_person) == (wanted, wanted not in waits)


@pytest.mark.parametrize(
    "stuck", [way for way, (_, _, wanted) in WAYS.items() if wanted == "look"]
)
def test_a_newer_report_on_the_same_ground_settles_one_that_is_stuck(stuck):
    old, after, _ = WAYS[stuck]
    now = NOON + after
    newer = a_report(asked_at=now)
    others = {
        "of another": replace(newer, youth=YouthId(uuid4())),
        "of another ground": replace(newer, ground=Ground.LIFE),
        "taken back": replace(newer, stage=Stage.ENDED),
        "as old": replace(newer, asked_at=NOON),
    }

    assert every_followed((newer, old), now)[1].next is Next.NOTHING
    assert {every_followed((each, old), now)[1].next for each in others.values()} == {Next.LOOK}


def test_a_newer_report_settles_no_silence():
    assert followed(sent(), NOON + HOUR, (a_report(asked_at=NOON + HOUR),)).next is Next.CALL


def test_what_somebody_has_seen_to_comes_again_when_the_authority_declines():
    steps = {"signed": NOON, "sent": NOON, SEEN_TO: NOON + HOUR}
    seen = sent(steps=steps)
    declined = replace(
        seen, status=TaskStatus.REJECTED, steps=steps | {"rejected": NOON + 2 * HOUR}
    )
    again = replace(declined, steps=declined.steps | {SEEN_TO: NOON + 2 * HOUR})

    nexts = [followed(each, NOON + DAY).next for each in (seen, declined, again)]
    assert nexts == [Next.NOTHING, Next.LOOK, Next.NOTHING]


def test_only_what_waiting_would_not_help_can_be_seen_to():
    ends = {
        way
        for way, (report, after, _) in WAYS.items()
        if may_be_seen_to(report, followed(report, NOON + after))
    }
    assert ends == {
        "a question past its life", "never asked in its life", "not signed", "refused by the hub",
        "sent an hour ago", "opened, and then silence", "declined", "given up",
    }  # fmt: skip


def test_what_nobody_acts_on_can_be_written_again_until_a_newer_one_is_asked():
    newer = a_report(asked_at=NOON + MINUTE)
    ways = {
        way
        for way, (report, after, _) in WAYS.items()
        if may_be_written_again(report, NOON + after, (report,))
    }

    assert ways == {
        "a question past its life", "never asked in its life", "not signed", "refused by the hub",
        "declined", "given up", "taken back",
    }  # fmt: skip
    assert not any(
        may_be_written_again(report, NOON + after, (newer, report))
        for report, after, _ in WAYS.values()
    )
