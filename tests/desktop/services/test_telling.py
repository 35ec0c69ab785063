"""What becomes known of somebody only later, or was understood wrongly, can be put right."""

import pytest
from builders import a_moment, on_a_night

from desktop.domain.retention import Ground
from desktop.domain.youths import About, Age, Gender
from desktop.services import growing, guardians, retention, youths
from desktop.services.youths import NewYouth

TOLD = About(Age.stated(16), Gender.FEMALE, "vi")


@pytest.fixture(autouse=True)
def whole(vault):
    on_a_night(vault, a_moment())
    yield
    vault.verify()


def meet(vault, alias, age, **more):
    return youths.meet(vault, NewYouth(alias, age, **more), "역 앞", a_moment()).youth.id


def known(vault, youth):
    return youths.open_file(vault, youth, None, a_moment(hours=9)).youth.about


def test_who_told_no_age_at_first_tells_it_with_the_alias(vault):
    youth = meet(vault, "이름 없음 1", Age.unknown(), is_nameless=True)

    is_over = growing.get_to_know(vault, youth, ("하늘", TOLD), a_moment(hours=1))

    file = youths.open_file(vault, youth, None, a_moment(hours=9))
    assert (file.youth.alias, file.youth.about, file.jotting) == ("하늘", TOLD, None)
    assert not is_over
    assert not guardians.as_known(file.youth, None, frozenset()).may_reach_guardian


def test_an_age_typed_wrong_is_put_right_and_a_guardian_is_asked_from_then_on(vault):
    youth = meet(vault, "하늘", Age.stated(18), gender=Gender.MALE)
    about = About(Age.stated(13), Gender.MALE)

    youths.tell(vault, youth, about, a_moment(hours=1))

    assert known(vault, youth) == about
    file = youths.open_file(vault, youth, None, a_moment(hours=9))
    assert guardians.as_known(file.youth, None, frozenset()).may_reach_guardian


def test_a_guardian_who_need_not_be_asked_any_more_is_destroyed(vault):
    youth = meet(vault, "하늘", Age.unknown())
    guardians.name(vault, youth, ("김보호", "010-1234-5678"), a_moment())

    assert not youths.tell(vault, youth, About(Age.stated(13)), a_moment(hours=1))
    assert youths.open_file(vault, youth, None, a_moment(hours=2)).named is not None
    assert youths.tell(vault, youth, About(Age.stated(14)), a_moment(hours=3))

    assert youths.open_file(vault, youth, None, a_moment(hours=4)).named is None
    assert [each.ground for each in retention.log(vault)] == [Ground.ANSWERED]


def test_telling_what_is_known_already_changes_nothing(vault):
    youth = meet(vault, "하늘", Age.stated(16))
    with vault.reading() as db:
        before = db.execute("SELECT count(*) FROM op").fetchone()

    assert not youths.tell(vault, youth, About(Age.stated(16)), a_moment(hours=1))

    with vault.reading() as db:
        assert db.execute("SELECT count(*) FROM op").fetchone() == before
