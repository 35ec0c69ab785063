"""Which of somebody's referrals stands in front on their page."""

from dataclasses import replace
from datetime import datetime

from desktop.domain.following import Following, Next, every_followed
from desktop.domain.ids import ReferralId
from desktop.domain.referrals import Tracking
from desktop.services.youths import YouthFile

_ORDER = tuple(Next)
Standing = tuple[Tracking, Following]


def standing(file: YouthFile, now: datetime) -> tuple[Standing, ...]:
    """Return each referral and where it stands at `now`, newest first."""
    return tuple(zip(file.trackings, every_followed(file.trackings, now), strict=True))


def changed(file: YouthFile, tracking: Tracking) -> YouthFile:
    """Return a file in which one referral stands as it does now."""
    same = tracking.referral.id
    every = (tracking if each.referral.id == same else each for each in file.trackings)
    return replace(file, trackings=tuple(every))


def first_of(
    file: YouthFile, before: YouthFile | None, shown: ReferralId | None, now: datetime
) -> ReferralId | None:
    """Return which one to show of `file`; `shown` is the one in front of the file `before`.

    On the same page it stays, whatever has come: only what was released here takes its place.
    """
    known = tuple(each.referral.id for each in file.trackings)
    if before is None or before.youth.id != file.youth.id:
        return _first(file, now)
    if before.draft and not file.draft:
        had = {each.referral.id for each in before.trackings}
        return next((each for each in known if each not in had), shown or _first(file, now))
    is_draft_alone = shown is None and before.draft is not None and file.draft is not None
    return shown if shown in known or is_draft_alone else _first(file, now)


def _first(file: YouthFile, now: datetime) -> ReferralId | None:
    """Return the most pressing that needs a person; else the newest.

    Beside a draft what has ended needs no room of its own.
    """
    each = standing(file, now)
    needing = sorted(
        (one for one in each if one[1].needs_a_person), key=lambda one: _ORDER.index(one[1].next)
    )
    rest = (one for one in each if file.draft is None or one[1].next is not Next.NOTHING)
    return next((tracking.referral.id for tracking, _ in (*needing, *rest)), None)
