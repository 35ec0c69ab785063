"""A place is found as people write it, under the name that is valid today."""

from datetime import date

import pytest

from desktop.regions.reading import regions_on


@pytest.fixture(scope="module")
def today():
    return regions_on(date(2026, 11, 28))


def _first(regions, query):
    found = regions.find(query)
    return found[0].full if found else None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("관악", "서울특별시 관악구"),
        ("ㄱㅇㄱ 신림", "서울특별시 관악구 신림동"),
        ("서울 신림", "서울특별시 관악구 신림동"),
        ("서울시 ㄱㅇㄱ ㅅㄹㄷ", "서울특별시 관악구 신림동"),
        ("서울", "서울특별시"),
        ("경기", "경기도"),
        ("충북 오창", "충청북도 청주시 청원구 오창읍"),
        ("분당", "경기도 성남시 분당구"),
        ("조치원", "세종특별자치시 조치원읍"),
    ],
)
def test_by_part_by_initials_and_in_short(today, typed, found):
    assert _first(today, typed) == found


@pytest.mark.parametrize(
    ("typed", "found", "code"),
    [
        ("강원도 춘천", "강원특별자치도 춘천시", "51110"),
        ("전라북도 군산", "전북특별자치도 군산시", "52130"),
        ("경북 군위", "대구광역시 군위군", "27720"),
        ("여주군", "경기도 여주시", "41670"),
        ("광주 광산", "전남광주통합특별시 광산구", "12330"),
        ("전남 목포", "전남광주통합특별시 목포시", "12110"),
        ("인천 동구 송현", "인천광역시 제물포구 송현동", "28125"),
        ("인천 을왕", "인천광역시 영종구 을왕동", "28155105"),
        ("화성 봉담", "경기도 화성시 효행구 봉담읍", "41593"),
    ],
)
def test_what_was_renamed_or_moved_is_found_by_both_names(today, typed, found, code):
    assert today.find(typed)[0].full == found
    assert today.find(typed)[0].code == code


def test_a_day_before_a_change_has_what_was_valid_then():
    before, after = regions_on(date(2023, 6, 30)), regions_on(date(2023, 7, 1))

    assert _first(before, "군위군") == "경상북도 군위군"
    assert _first(after, "군위군") == "대구광역시 군위군"
    assert before.find("전북 군산")[0].full == "전라북도 군산시"
    assert before.find("강원 춘천")[0].code == "51110"


def test_every_place_stands_once_and_lies_in_what_its_code_says(today):
    found = today._all

    assert len({region.full for region in found}) > 5000
    provinces = [region for region in found if region.depth == 0]
    assert len(provinces) == 16
    for region in found:
        if region.within is not None:
            assert region.code.startswith(region.within.code[:2])
    districts = [region.code for region in found if region.depth == 1]
    assert len(set(districts)) == len(districts)


def test_nonsense_and_nothing_find_nothing(today):
    assert today.find("  ") == ()
    assert today.find("없는곳") == ()
    assert today.find("서울 없는곳") == ()


@pytest.mark.parametrize(
    ("address", "district"),
    [
        ("서울특별시 관악구 신림로 330", "서울특별시 관악구"),
        ("서울시 관악구 신림로 330", "서울특별시 관악구"),
        ("경기 성남시 분당구 판교로 1", "경기도 성남시 분당구"),
        ("강원도 춘천시 중앙로 1", "강원특별자치도 춘천시"),
        ("경상북도 군위군 군위읍", "대구광역시 군위군"),
        ("광주광역시 동구 금남로 1", "전남광주통합특별시 동구"),
    ],
)
def test_an_address_says_its_district_under_any_name(today, address, district):
    assert today.district_of(address).full == district


def test_an_address_of_no_official_district_has_none(today):
    assert today.district_of("가온시 달빛구 달맞이로 24") is None
    assert today.district_of("") is None
