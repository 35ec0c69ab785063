"""A case judged high stands before the supervisor until somebody says who has seen it."""

import pytest
from builders import a_judgement, a_moment

from desktop.domain.looks import Kind
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.screening import NextStep, Risk
from desktop.domain.youths import Age
from desktop.promise_errors import SupervisorNameMissing
from desktop.services import looks, outreach, retention, screening, supervision, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth


@pytest.fixture
def meet(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())
    return lambda alias: (
        youths.meet(vault, NewYouth(alias, Age.stated(16)), "", a_moment()).youth.id
    )


def judge(vault, youth, risk=Risk.HIGH, **later):
    step = NextStep.ACCOMPANY if risk is Risk.HIGH else None
    judged = a_judgement(youth=youth, risk=risk, next_step=step, grounds="잘 곳이 없음")
    return screening.judge(vault, judged, a_moment(**later))


def aliases(vault, **later):
    return [case.youth.alias for case in supervision.waiting(vault, a_moment(**later)).cases]


def test_only_a_high_judgement_puts_a_case_before_the_supervisor(vault, meet):
    judge(vault, meet("하늘"), Risk.LOW)
    judge(vault, meet("바다"), Risk.MEDIUM)
    judge(vault, meet("새벽"))

    assert aliases(vault) == ["새벽"]
    assert supervision.count(vault) == 1


def test_seen_it_is_gone_with_name_and_time_and_judged_high_again_it_is_back(vault, meet):
    youth = meet("하늘")
    judge(vault, youth)
    [case] = supervision.waiting(vault, a_moment()).cases

    kept = supervision.seen(vault, case, " 김 팀장 ", "내일 같이 병원", a_moment(hours=1))

    assert aliases(vault) == []
    assert supervision.standing(vault, youth) == supervision.Standing(False, kept)
    assert (kept.seen_by, kept.seen_at) == ("김 팀장", a_moment(hours=1).now)
    judge(vault, youth, hours=2)
    assert aliases(vault, hours=3) == ["하늘"]
    vault.verify()


def test_a_later_lower_judgement_does_not_take_it_from_the_list(vault, meet):
    youth = meet("하늘")
    judge(vault, youth)
    judge(vault, youth, Risk.LOW, hours=1)

    assert aliases(vault, hours=2) == ["하늘"]


def test_two_high_judgements_are_one_case_and_the_later_one_is_shown(vault, meet):
    youth = meet("하늘")
    judge(vault, youth)
    later = judge(vault, youth, hours=1)

    [case] = supervision.waiting(vault, a_moment(hours=2)).cases
    assert case.judgement.id == later.id
    supervision.seen(vault, case, "김", "", a_moment(hours=2))
    assert supervision.count(vault) == 0


def test_high_after_the_clock_was_ahead_counts_and_waits_again(vault, meet):
    youth = meet("하늘")
    judge(vault, youth, days=30)
    [case] = supervision.waiting(vault, a_moment()).cases
    supervision.seen(vault, case, "김", "", a_moment())
    judge(vault, youth, Risk.LOW, days=29)

    again = judge(vault, youth, hours=2)

    [case] = supervision.waiting(vault, a_moment(hours=3)).cases
    assert case.judgement == again
    assert youths.open_file(vault, youth, None, a_moment(hours=3)).judgement == again
    assert [met.risk for met in outreach.tonight(vault).met] == [Risk.HIGH]
    kept = supervision.seen(vault, case, "박", "", a_moment(hours=4))
    assert supervision.standing(vault, youth) == supervision.Standing(False, kept)


def test_without_a_name_it_is_not_seen(vault, meet):
    judge(vault, meet("하늘"))
    [case] = supervision.waiting(vault, a_moment()).cases

    with pytest.raises(SupervisorNameMissing):
        supervision.seen(vault, case, "  ", "", a_moment())

    assert supervision.count(vault) == 1


def test_the_list_is_a_look_and_the_count_is_none(vault, meet):
    youth = meet("하늘")
    judged = judge(vault, youth)
    supervision.count(vault)
    before = looks.of(vault, youth)

    supervision.waiting(vault, a_moment(minutes=1))

    [look] = [each for each in looks.of(vault, youth) if each not in before]
    assert (look.sight.kind, look.sight.record) == (Kind.JUDGEMENT, str(judged.id))


def test_forgetting_somebody_takes_the_case_too(vault, meet):
    youth, other = meet("하늘"), meet("바다")
    for each in (youth, other):
        judge(vault, each)
    [case] = [c for c in supervision.waiting(vault, a_moment()).cases if c.youth.id == other]
    supervision.seen(vault, case, "김", "하늘이도 함께", a_moment())

    for each in (youth, other):
        retention.purge(vault, [Target(Thing.YOUTH, each)], Ground.MISTAKE, a_moment())

    assert supervision.count(vault) == 0
    vault.verify()


def test_nobody_is_proposed_as_the_supervisor_on_a_laptop_without_that_role(vault, meet):
    judge(vault, meet("하늘"))

    assert supervision.waiting(vault, a_moment()).supervisor == ""
