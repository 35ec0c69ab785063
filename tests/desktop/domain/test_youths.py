"""Ages as they are really known, and who must be asked before a child consents."""

import pytest
from builders import a_youth

from desktop.domain.youths import Age, AgeBasis
from desktop.errors import AgeUnlikely, NothingWritten


@pytest.mark.parametrize(
    ("age", "needs_guardian"),
    [
        (Age.stated(13), True),
        (Age.stated(14), False),
        (Age.estimated(14), True),
        (Age.estimated(15), False),
        (Age.between(13, 16), True),
        (Age.between(14, 16), False),
        (Age.unknown(), True),
    ],
)
def test_an_uncertain_age_near_fourteen_counts_as_under(age, needs_guardian):
    assert age.may_be_under_14() is needs_guardian


@pytest.mark.parametrize(("lowest", "highest"), [(0, 5), (-1, 3), (17, 15), (15, 31)])
def test_an_age_nobody_young_has_is_refused(lowest, highest):
    with pytest.raises(AgeUnlikely):
        Age(AgeBasis.RANGE, lowest, highest)


def test_a_young_person_needs_something_to_be_called():
    with pytest.raises(NothingWritten):
        a_youth(alias=" ")
