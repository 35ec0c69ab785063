"""A safety plan is kept in every version, is a look when it is shown, and goes with its person."""

import pytest
from builders import a_moment

from desktop.domain.looks import Kind
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.safety import Step
from desktop.domain.youths import Age
from desktop.errors import ResidentNumberFound, TextTooLong
from desktop.services import looks, outreach, retention, safety, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth


@pytest.fixture
def haneul(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())
    return youths.meet(vault, NewYouth("하늘", Age.stated(17)), "", a_moment()).youth.id


def keep(vault, youth, words, **later):
    return safety.keep(vault, youth, words, a_moment(**later))


def words(vault, youth):
    return [dict(plan.words) for plan in safety.plans(vault, youth, a_moment())]


def test_nothing_written_is_no_plan(vault, haneul):
    assert keep(vault, haneul, {Step.OWN: " "}) is None
    assert words(vault, haneul) == []


def test_typing_on_is_one_version_and_a_pause_begins_another(vault, haneul):
    keep(vault, haneul, {Step.OWN: "음악"})
    keep(vault, haneul, {Step.OWN: "음악 듣기"}, minutes=1)
    keep(vault, haneul, {Step.OWN: "산책"}, minutes=10)

    assert words(vault, haneul) == [{Step.OWN: "산책"}, {Step.OWN: "음악 듣기"}]
    vault.verify()


def test_after_the_clock_was_ahead_nothing_is_written_over_and_what_came_last_counts(
    vault, haneul
):
    keep(vault, haneul, {Step.ASK: "이모"}, days=30)
    keep(vault, haneul, {Step.OWN: "산책"}, hours=2)
    keep(vault, haneul, {Step.OWN: "산책하기"}, hours=2, minutes=1)

    assert words(vault, haneul) == [{Step.OWN: "산책하기"}, {Step.ASK: "이모"}]


def test_a_plan_that_was_emptied_leaves_the_one_before(vault, haneul):
    keep(vault, haneul, {Step.OWN: "음악"})
    keep(vault, haneul, {}, minutes=10)

    assert words(vault, haneul) == [{}, {Step.OWN: "음악"}]


def test_what_may_not_be_kept_changes_nothing_and_is_blotted_out_at_a_lock(vault, haneul):
    keep(vault, haneul, {Step.OWN: "음악"})

    with pytest.raises(ResidentNumberFound):
        keep(vault, haneul, {Step.ASK: "090101-3234567"})
    with pytest.raises(TextTooLong):
        keep(vault, haneul, {Step.ASK: "가" * 2_001})
    assert words(vault, haneul) == [{Step.OWN: "음악"}]

    safety.rescue(vault, haneul, {Step.ASK: "이모 090101-3234567"}, a_moment(minutes=10))
    assert words(vault, haneul)[0] == {Step.ASK: "이모 " + "●" * 14}


def test_showing_it_is_a_look(vault, haneul):
    keep(vault, haneul, {Step.OWN: "음악"})

    safety.plans(vault, haneul, a_moment())

    assert Kind.PLAN in {look.sight.kind for look in looks.of(vault, haneul)}


def test_it_goes_with_its_person(vault, haneul):
    keep(vault, haneul, {Step.OWN: "음악"})
    keep(vault, haneul, {Step.OWN: "산책"}, minutes=10)

    counts = retention.purge(vault, [Target(Thing.YOUTH, haneul)], Ground.MISTAKE, a_moment())

    assert counts["plan"] == 2
    assert words(vault, haneul) == []
    vault.verify()
