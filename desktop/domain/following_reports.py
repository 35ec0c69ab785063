"""Following a report without a consent: who is to be called, and when nobody need be any more."""

from collections.abc import Iterable
from datetime import datetime

from desktop.domain.disclosures import UNHELPED, Disclosure, Stage
from desktop.domain.following import Following, Next
from sync.protocol.disclosures import COSIGN_LIFE
from sync.protocol.states import URGENT_ANSWER_WITHIN, Delivery, TaskStatus


def followed(report: Disclosure, now: datetime, beside: Iterable[Disclosure] = ()) -> Following:
    """Return where a report stands at `now`; `beside` are all about the same young person."""
    if report.stage is Stage.ENDED or report.is_seen_to:
        return Following(Next.NOTHING)
    if _is_stuck(report, now):
        return Following(Next.NOTHING if _is_asked_anew(report, beside) else Next.LOOK)
    if report.stage is Stage.ASKED and not report.is_unasked:
        return _waited_for(report.asked_at, now)
    if report.delivery is Delivery.QUEUED:
        since = report.steps.get(Stage.SIGNED, report.asked_at)
        is_long = now >= since + URGENT_ANSWER_WITHIN
        return Following(Next.FIND_LINE if is_long else Next.REACH_HUB, since)
    if report.status is not TaskStatus.REQUESTED or report.replies:
        return Following(Next.NOTHING)  # it is in their hands
    return _waited_for(report.steps.get(Delivery.SENT, report.asked_at), now)


def every_followed(reports: tuple[Disclosure, ...], now: datetime) -> tuple[Following, ...]:
    """Return where each stands at `now`, in the order given."""
    return tuple(followed(each, now, reports) for each in reports)


def is_lapsed(report: Disclosure, now: datetime) -> bool:
    """Say whether no supervisor signed while the question lived: theirs is destroyed by then."""
    return report.stage is Stage.ASKED and now >= report.asked_at + COSIGN_LIFE


def may_be_seen_to(report: Disclosure, following: Following) -> bool:
    """Say whether a person can put an end to the following; what still waits is taken back."""
    is_out = report.delivery is not Delivery.QUEUED
    return following.next is Next.LOOK or (following.next is Next.CALL and is_out)


def may_be_written_again(
    report: Disclosure, now: datetime, beside: Iterable[Disclosure] = ()
) -> bool:
    """Say whether nobody acts on it as it is, and no newer one stands in its place."""
    is_over = report.stage is Stage.ENDED or _is_stuck(report, now)
    return is_over and not _is_asked_anew(report, beside)


def _is_stuck(report: Disclosure, now: datetime) -> bool:
    is_no = report.stage is Stage.REFUSED or report.status in UNHELPED
    return bool(report.problem) or is_no or is_lapsed(report, now)


def _is_asked_anew(report: Disclosure, beside: Iterable[Disclosure]) -> bool:
    return any(
        each.asked_at > report.asked_at
        and (each.youth, each.ground) == (report.youth, report.ground)
        and each.stage is not Stage.ENDED
        for each in beside
    )


def _waited_for(since: datetime, now: datetime) -> Following:
    by = since + URGENT_ANSWER_WITHIN
    return Following(Next.CALL if now >= by else Next.WAIT, since, by)
