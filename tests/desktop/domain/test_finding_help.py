"""Help is found by what is needed; what the directory does not say hides nobody."""

from dataclasses import replace
from datetime import datetime

import pytest

from desktop.domain.agencies import Agency, AgencyKind, Category, Service
from desktop.domain.finding_help import Need, Now, fits, opening_of
from desktop.domain.ids import AgencyId
from desktop.domain.opening import Hours, Opening
from desktop.domain.outreach import KOREA
from desktop.domain.youths import Gender

SATURDAY_NIGHT = Now(datetime(2026, 11, 28, 23, tzinfo=KOREA), lambda _: False)
BED = Service(
    "b", "긴급 보호", Category.PROTECT, "", 9, 24, Gender.FEMALE,
    frozenset({"vi"}), (Hours(frozenset(range(7)), 0, 1440),), 2, ("경기도",),
)  # fmt: skip
TALK = Service("t", "상담", Category.COUNSEL, "", 9, 18)
SHELTER = Agency(
    AgencyId("s"), "쉼터", AgencyKind.COUNSELING_CENTER, services=(BED, TALK),
    opening=(Hours(frozenset(range(5)), 540, 1080),), district="서울특별시 관악구",
)  # fmt: skip


@pytest.mark.parametrize(
    ("need", "is_so"),
    [
        (Need(), True),
        (Need(Category.PROTECT, age=24), True),
        (Need(Category.COUNSEL, age=24), False),
        (Need(Category.HEALTH), False),
        (Need(Category.PROTECT, sex=Gender.MALE), False),
        (Need(Category.COUNSEL, sex=Gender.MALE), True),
        (Need(district="서울특별시 관악구"), True),
        (Need(Category.PROTECT, district="경기도 수원시 장안구"), True),
        (Need(Category.COUNSEL, district="경기도 수원시 장안구"), False),
        (Need(language="vi"), True),
        (Need(language="th"), False),
        (Need(Category.PROTECT, is_open=True), True),
        (Need(Category.COUNSEL, is_open=True), False),
        (Need(Category.PROTECT, has_room=True), True),
    ],
)
def test_one_service_meets_all_of_the_need(need, is_so):
    assert fits(SHELTER, need, SATURDAY_NIGHT) is is_so


def test_only_a_known_lack_of_room_hides():
    full = replace(SHELTER, services=(replace(BED, free=0),))
    unsaid = replace(SHELTER, services=(replace(BED, free=None),))

    assert not fits(full, Need(has_room=True), SATURDAY_NIGHT)
    assert fits(unsaid, Need(has_room=True), SATURDAY_NIGHT)


def test_a_place_is_open_when_any_of_its_services_is():
    assert opening_of(SHELTER, SATURDAY_NIGHT) is Opening.OPEN
    assert opening_of(replace(SHELTER, services=(TALK,)), SATURDAY_NIGHT) is Opening.CLOSED
