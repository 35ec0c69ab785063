"""Promises in a real vault: listed, put off, ended, undone; and who has gone quiet."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from builders import a_judgement, a_moment

from desktop.domain.looks import Kind
from desktop.domain.outreach import KOREA
from desktop.domain.promises import Due, Outcome, Part, Promiser, Snooze
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.screening import NextStep, Risk
from desktop.domain.youths import Age
from desktop.errors import NothingWritten
from desktop.promise_errors import PromiseFar, PromiseOver, TimeNotUnderstood
from desktop.services import looks, merging, outreach, promises, retention, screening, youths
from desktop.services.outreach import Plan
from desktop.services.promises import Counts, NewPromise
from desktop.services.youths import NewYouth

NIGHT = datetime(2026, 11, 20, 21, 42, tzinfo=KOREA)


def at(**later):
    return a_moment(NIGHT, **later)


@pytest.fixture
def haneul(vault):
    return meet(vault, "하늘")


def meet(vault, alias):
    if outreach.tonight(vault) is None:
        outreach.begin(vault, Plan("신림역"), at())
    return youths.meet(vault, NewYouth(alias, Age.stated(16)), "", at()).youth.id


def promised(vault, youth, words="내일 점심에 전화하기", moment=None):
    moment = moment or at()
    found = promises.read(vault, words, "ko", moment)
    return promises.make(vault, NewPromise(youth, found.rest or "전화", found.due), moment)


def whats(listed):
    return [each.promise.what for each in listed]


def test_a_promise_is_kept_as_it_was_understood(vault, haneul):
    made = promised(vault, haneul)

    shown = promises.lists(vault, "ko", at(minutes=1))

    assert whats(shown.coming) == ["전화하기"]
    assert shown.coming[0].promise == made
    assert shown.coming[0].youth.alias == "하늘"
    assert made.by is Promiser.ME
    vault.verify()


def test_it_moves_from_coming_to_today_to_overdue_without_anybody_touching_it(vault, haneul):
    promised(vault, haneul)

    def counted(**later):
        return promises.counts(vault, at(**later).now)

    assert counted() == Counts(coming=1)
    assert counted(hours=8) == Counts(coming=1)  # 05:42: the night is not over
    assert counted(hours=9) == Counts(today=1)
    assert counted(hours=14) == Counts(today=1, come_due=1)
    assert counted(hours=17) == Counts(overdue=1, come_due=1)
    assert whats(promises.lists(vault, "ko", at(hours=17)).overdue) == ["전화하기"]


def test_done_takes_it_from_the_list_and_undo_brings_it_back(vault, haneul):
    made = promised(vault, haneul)

    before = promises.end(vault, made.id, Outcome.KEPT, at(minutes=5))
    assert promises.counts(vault, NIGHT).open == 0
    promises.put_back(vault, before, at(minutes=6))

    assert promises.lists(vault, "ko", at(minutes=7)).coming[0].promise == made
    vault.verify()


def test_undone_after_its_person_was_put_to_another_it_is_open_about_whoever_stays(vault, haneul):
    other = meet(vault, "하눌")
    before = promises.end(vault, promised(vault, other).id, Outcome.KEPT, at(minutes=5))
    merging.merge(vault, other, haneul, at(minutes=6))

    promises.put_back(vault, before, at(minutes=7))

    assert promises.lists(vault, "ko", at(minutes=8)).coming[0].youth.id == haneul
    vault.verify()


def test_undone_after_its_person_was_destroyed_nothing_comes_back_and_all_is_whole(vault, haneul):
    before = promises.end(vault, promised(vault, haneul).id, Outcome.KEPT, at(minutes=5))
    retention.purge(vault, [Target(Thing.YOUTH, haneul)], Ground.EXPIRED, at(minutes=6))

    promises.put_back(vault, before, at(minutes=7))

    assert promises.counts(vault, NIGHT).open == 0
    vault.verify()


def test_put_off_to_the_next_working_day_it_skips_weekend_and_holiday(vault, haneul):
    christmas = a_moment(datetime(2026, 12, 24, 20, tzinfo=KOREA))  # a Thursday
    made = promised(vault, haneul, "오늘 밤", christmas)

    before = promises.put_off(vault, made.id, Snooze.WORKING, christmas)
    later = promises.lists(vault, "ko", christmas).coming[0].promise

    assert later.due == Due(datetime(2026, 12, 28, tzinfo=KOREA).date(), Part.NIGHT)
    assert (later.snoozed, before) == (1, made)
    promises.put_back(vault, before, christmas)
    assert promises.lists(vault, "ko", christmas).today[0].promise == made


def test_at_the_end_of_a_night_there_is_no_later_tonight(vault, haneul):
    made = promised(vault, haneul)

    with pytest.raises(PromiseOver):
        promises.put_off(vault, made.id, Snooze.TONIGHT, at(hours=8))


def test_a_holiday_says_its_name_in_the_language_in_use(vault, haneul):
    promised(vault, haneul, "12월 25일")

    assert promises.lists(vault, "ko", at()).coming[0].holiday == "기독탄신일"
    assert promises.lists(vault, "en", at()).coming[0].holiday == "Christmas Day"
    assert promises.read(vault, "12월 25일", "ko", at()).holiday == "기독탄신일"


@pytest.mark.parametrize(
    ("words", "error"),
    [("언젠가", TimeNotUnderstood), ("어제", PromiseOver),
     ("2026-11-19", PromiseOver), ("1999-01-01", PromiseOver),
     ("2031-01-01", PromiseFar), ("2099-12-31", PromiseFar)],
)  # fmt: skip
def test_a_day_that_cannot_be_promised_is_refused(vault, haneul, words, error):
    with pytest.raises(error):
        promised(vault, haneul, words)

    assert promises.counts(vault, NIGHT) == Counts()


def test_a_promise_needs_words(vault, haneul):
    due = promises.read(vault, "내일", "ko", at()).due
    with pytest.raises(NothingWritten):
        promises.make(vault, NewPromise(haneul, " ", due), at())


def test_looking_at_the_list_is_a_look_at_each_in_it_and_counting_is_none(vault, haneul):
    made = promised(vault, haneul)
    promises.counts(vault, NIGHT)
    before = looks.of(vault, haneul)

    promises.lists(vault, "ko", at(minutes=1))

    [look] = [each for each in looks.of(vault, haneul) if each not in before]
    assert (look.sight.kind, look.sight.record) == (Kind.PROMISE, str(made.id))


def test_who_has_gone_quiet_is_whoever_is_promised_something_or_judged_so(vault):
    promised_to, low, high = (meet(vault, name) for name in ("하늘", "바다", "새벽"))
    promised(vault, promised_to, "3주 뒤")
    screening.judge(vault, a_judgement(youth=low, risk=Risk.LOW), at())
    judged = a_judgement(youth=high, risk=Risk.HIGH, next_step=NextStep.ACCOMPANY)
    screening.judge(vault, judged, at())

    def quiet(**later):
        return {each.youth.alias for each in promises.lists(vault, "ko", at(**later)).quiet}

    assert quiet(days=13) == set()
    assert quiet(days=14) == {"하늘", "새벽"}
    assert promises.counts(vault, at(days=14).now).quiet == 2

    promises.choose_quiet_days(vault, 30, at())
    assert quiet(days=14) == set()
    assert promises.quiet_days(vault) == 30


def test_a_meeting_or_a_promise_kept_is_a_contact_and_one_called_off_is_none(vault, haneul):
    one, two = promised(vault, haneul, "3주 뒤"), promised(vault, haneul, "4주 뒤")

    def since(**later):
        return promises.of_youth(vault, haneul, "ko", at(**later).now).quiet_since

    assert since(days=20) == at().now
    promises.end(vault, one.id, Outcome.OFF, at(days=10))
    assert since(days=20) == at().now
    promises.end(vault, two.id, Outcome.KEPT, at(days=10))
    assert since(days=40) is None  # nothing is open any more, and nobody judged a risk
    promised(vault, haneul, "3주 뒤", at(days=11))
    assert since(days=20) is None
    assert since(days=25) == at(days=10).now
    outreach.begin(vault, Plan("역"), at(days=26))
    youths.meet_again(vault, haneul, "", at(days=26))
    assert since(days=27) is None


def test_forgetting_somebody_takes_the_promises_and_the_clock(vault, haneul):
    promised(vault, haneul, "내일 점심에 하늘이와 통화")

    gone = retention.purge(vault, [Target(Thing.YOUTH, haneul)], Ground.MISTAKE, at())

    assert gone
    assert promises.counts(vault, at(days=99).now) == Counts()
    assert promises.lists(vault, "ko", at(days=99)).quiet == ()
    vault.verify()


def test_a_list_asks_for_the_rows_it_shows(vault, haneul):
    for n in range(promises.SHOWN + 5):
        promises.make(
            vault,
            NewPromise(haneul, f"전화 {n}", Due((NIGHT + timedelta(days=n + 1)).date())),
            at(),
        )

    shown = promises.lists(vault, "ko", at())

    assert len(shown.coming) == promises.SHOWN
    assert shown.counts.coming == promises.SHOWN + 5
    with vault.reading() as db:
        for where in ("ends_at <= ? ORDER BY ends_at DESC", "ends_at > ? ORDER BY ends_at"):
            plan = db.execute(
                f"EXPLAIN QUERY PLAN SELECT id FROM promise WHERE outcome = '' AND {where}", ("",)
            ).fetchall()
            assert "promise_open" in str(plan)
            assert "TEMP B-TREE" not in str(plan)


def test_an_id_from_nowhere_is_a_bug(vault):
    with pytest.raises(LookupError):
        promises.end(vault, uuid4(), Outcome.KEPT, at())
