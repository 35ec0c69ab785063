"""An agency is found by what people remember of it."""

import pytest
from pages_for_tests import CENTER

from desktop.domain.agencies import Agency, AgencyKind, Category, Service
from desktop.domain.ids import AgencyId
from ui.referrals.finding import ages, found

CLINIC = Agency(
    AgencyId("clinic"),
    "은하 보건소",
    AgencyKind.HEALTH_CENTER,
    services=(
        Service("m", "야간 진료", Category.HEALTH, "", 9, 18),
        Service("n", "상담", None, "", 14, 24),
    ),
)
ALL = (CENTER, CLINIC)


@pytest.mark.parametrize("query", ["보건", "ㅇㅎ", "야간", "public health", "medical 은하"])
def test_by_name_initials_service_kind_or_help(query):
    assert found(ALL, query, None) == (CLINIC,)


def test_by_kind_of_help():
    assert found(ALL, "", Category.PROTECT) == (CENTER,)


def test_nothing_typed_is_everybody_and_nonsense_is_nobody():
    assert found(ALL, "  ", None) == ALL
    assert found(ALL, "없는말", None) == ()


def test_ages_span_all_services():
    assert ages(CLINIC) == (9, 24)
    assert ages(CENTER) is None
