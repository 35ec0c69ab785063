"""Places of nights: how many nights, how many met, when last, and which nights."""

from builders import a_moment

from desktop.domain.youths import Age
from desktop.services import outreach, places, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth

STATION, SQUARE = "관악구 신림동 · 신림역 3번 출구", "영등포역 광장"


def a_night(vault, place, days, met, is_over=True):
    night = outreach.begin(vault, Plan(place), a_moment(days=days))
    for n in range(met):
        who = NewYouth(f"별{days}{n}", Age.stated(16))
        youths.meet(vault, who, "벤치", a_moment(days=days, minutes=n))
    if is_over:
        outreach.end(vault, night.id, a_moment(days=days, hours=2))
    return night.id


def test_places_come_by_their_newest_night_with_their_numbers(vault):
    first = a_night(vault, STATION, 0, 2)
    a_night(vault, SQUARE, 1, 1)
    under_way = a_night(vault, STATION, 2, 1, is_over=False)

    found = places.every(vault)

    told = [(each.name, each.nights, each.met, each.last) for each in found.places]
    assert told == [
        (STATION, 2, 3, a_moment(days=2).now), (SQUARE, 1, 1, a_moment(days=1).now),
    ]  # fmt: skip
    assert not found.has_more
    there = places.nights_at(vault, STATION)
    assert found.there == there
    assert [(each.id, each.met) for each in there] == [(under_way, 1), (first, 2)]


def test_nights_without_a_place_do_not_exist_and_before_the_first_there_is_none(vault):
    assert places.every(vault) == places.Places((), has_more=False)
