"""Rest, rollover and the look back: no night runs into the next, no number is lost."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from builders import NOON, a_draft, a_judgement, a_moment

from desktop.domain.nights import Kind, Month, Promised, Rows
from desktop.domain.outreach import Tally
from desktop.domain.promises import Due, Outcome
from desktop.domain.retention import Target, Thing
from desktop.domain.screening import NextStep, Risk, Unfinished
from desktop.domain.youths import Age
from desktop.errors import FileNotWritten, NothingWritten
from desktop.services import (
    counting,
    nights,
    notes,
    outreach,
    promises,
    referrals,
    screening,
    youths,
)
from desktop.services.outreach import Plan
from desktop.services.promises import NewPromise
from desktop.services.standing import partners_known, standing
from desktop.services.youths import NewYouth
from desktop.vault import nights as rows
from desktop.vault import outreach as kept
from desktop.vault.purge import Purging

NOVEMBER = Month(2026, 11)


def begin(vault, place="신림역", partners=(), **later):
    return outreach.begin(vault, Plan(place, partners=partners), a_moment(**later))


def meet(vault, alias="하늘", **later):
    return youths.meet(vault, NewYouth(alias, Age.stated(17)), "", a_moment(**later))


def one(vault, night):
    with vault.reading() as db:
        return kept.one(db, night.id)


def test_a_pause_ends_when_somebody_goes_on(vault):
    begin(vault)
    outreach.pause(vault, a_moment(hours=1))
    outreach.pause(vault, a_moment(hours=2))
    assert outreach.tonight(vault).outreach.is_paused

    outreach.resume(vault, a_moment(hours=3))

    now = outreach.tonight(vault).outreach
    assert not now.is_paused
    assert len(now.pauses) == 1
    assert now.length(NOON.replace(hour=16)).total_seconds() == 2 * 3600


@pytest.mark.parametrize(
    "work",
    [
        lambda vault, moment: outreach.count(vault, Tally.MEAL, 1, moment),
        lambda vault, moment: youths.meet(vault, NewYouth("하늘", Age.stated(17)), "", moment),
    ],
)
def test_work_ends_a_pause_by_itself(vault, work):
    begin(vault)
    outreach.pause(vault, a_moment(hours=1))

    work(vault, a_moment(hours=2))

    assert outreach.tonight(vault).outreach.pauses[-1].ended_at == a_moment(hours=2).now


def test_a_correction_is_no_work(vault):
    begin(vault)
    outreach.count(vault, Tally.MEAL, 2, a_moment())
    outreach.pause(vault, a_moment(hours=1))

    outreach.count(vault, Tally.MEAL, -1, a_moment(hours=2))

    assert outreach.tonight(vault).outreach.is_paused


def test_ending_within_a_pause_ends_the_pause_too(vault):
    night = begin(vault)
    outreach.pause(vault, a_moment(hours=1))

    outreach.end(vault, night.id, a_moment(hours=2))

    ended = one(vault, night)
    assert ended.pauses[-1].ended_at == ended.ended_at == a_moment(hours=2).now


def test_another_plan_is_kept_and_a_body_that_joined_is_known_the_next_time(vault):
    night = begin(vault)

    plan = Plan("도림천", "다리 밑", ("한빛",), ("관악경찰서", " ", "관악경찰서"))
    outreach.change(vault, night.id, plan, a_moment(hours=1))

    now = outreach.tonight(vault).outreach
    assert (now.place, now.route, now.team) == ("도림천", "다리 밑", ("한빛",))
    assert (now.partners, now.is_joint, now.started_at) == (("관악경찰서",), True, NOON)
    assert partners_known(vault) == ("관악경찰서",)


def test_bodies_of_earlier_nights_are_offered_the_latest_first_and_once(vault):
    for day, bodies in enumerate((("구청", "경찰서"), (), ("시청", "구청"))):
        night = begin(vault, partners=bodies, days=day)
        outreach.end(vault, night.id, a_moment(days=day, hours=2))

    assert standing(vault, a_moment(days=3)).partners == ("시청", "구청", "경찰서")


def test_a_night_nobody_ended_is_closed_with_its_last_entry_and_said_so(vault):
    night = begin(vault)
    met = meet(vault, hours=1)
    outreach.count(vault, Tally.MEAL, 1, a_moment(hours=2))
    notes.save(vault, met.youth.id, met.meeting.id, "벤치에 있음", a_moment(hours=3))
    # The note is gone on with the next day.
    notes.save(vault, met.youth.id, met.meeting.id, "벤치에 있었음", a_moment(hours=20))

    now = standing(vault, a_moment(hours=22))

    assert now.tonight is None
    assert now.forgotten.id == night.id
    assert now.forgotten.ended_at == a_moment(hours=3).now


def test_nothing_falls_into_a_night_that_has_passed(vault):
    night = begin(vault)
    outreach.count(vault, Tally.MEAL, 1, a_moment(hours=8, minutes=59))

    assert outreach.count(vault, Tally.MEAL, 1, a_moment(hours=9)) is None
    with pytest.raises(NothingWritten):
        meet(vault, hours=10)
    second = begin(vault, "노량진", hours=24)
    outreach.count(vault, Tally.MEAL, 5, a_moment(hours=25))

    assert nights.review(vault, night.id, a_moment(hours=25)).night.counts.given() == 1
    assert outreach.tonight(vault).outreach == second
    assert one(vault, night).ended_at == a_moment(hours=8, minutes=59).now


def test_the_notice_goes_with_the_next_night(vault):
    begin(vault)
    assert standing(vault, a_moment(days=1)).forgotten is not None

    night = begin(vault, days=1)
    outreach.end(vault, night.id, a_moment(days=1, hours=1))

    assert standing(vault, a_moment(days=1, hours=2)).forgotten is None


def test_a_pause_nobody_ended_is_where_the_night_ended(vault):
    night = begin(vault)
    outreach.pause(vault, a_moment(hours=2))

    standing(vault, a_moment(days=2))

    ended = one(vault, night)
    assert ended.ended_at == a_moment(hours=2).now
    assert ended.length(a_moment(days=2).now).total_seconds() == 2 * 3600


def test_steps_are_taken_back_the_last_one_first(vault):
    begin(vault)
    steps = counting.Steps()
    for tally, by in ((Tally.MEAL, 1), (Tally.FARE, 1), (Tally.MEAL, -5), (Tally.MEAL, -1)):
        steps.count(vault, tally, by, a_moment())

    undone = [steps.take_back(vault, a_moment()) for _ in range(4)]

    assert [(step.tally, step.moved) for step in undone[:3]] == [
        (Tally.MEAL, 1), (Tally.FARE, -1), (Tally.MEAL, -1),
    ]  # fmt: skip
    assert undone[3] is None
    assert not any(outreach.tonight(vault).tallies.values())


def test_a_step_of_another_night_is_not_taken_back_from_this_one(vault):
    begin(vault)
    steps = counting.Steps()
    steps.count(vault, Tally.MEAL, 3, a_moment())
    begin(vault, days=1)
    outreach.count(vault, Tally.MEAL, 3, a_moment(days=1))

    assert steps.take_back(vault, a_moment(days=1)) is None
    assert outreach.tonight(vault).tallies[Tally.MEAL] == 3


def left(vault, night):
    return [(end.kind, end.alias) for end in nights.review(vault, night.id, a_moment()).loose_ends]


def test_the_look_back_shows_what_is_not_finished_the_most_pressing_first(vault):
    night = begin(vault)
    sky, sea, done = meet(vault), meet(vault, "바다"), meet(vault, "린")
    for met in (sky, done):
        note = notes.save(vault, met.youth.id, met.meeting.id, "벤치에 있음", a_moment())
    notes.sign(vault, note.id, a_moment())
    referrals.keep_draft(vault, a_draft(youth=sea.youth.id), a_moment())
    high = a_judgement(youth=sea.youth.id, risk=Risk.HIGH, next_step=NextStep.REPORT)
    screening.judge(vault, high, a_moment())
    aside = Unfinished(sky.youth.id, Risk.MEDIUM, "표정이 어두")
    screening.set_aside(vault, aside)

    assert left(vault, night) == [
        (Kind.RISK, "바다"), (Kind.GROUNDS, "하늘"), (Kind.NOTE, "하늘"), (Kind.DRAFT, "바다"),
    ]  # fmt: skip


def test_a_high_risk_is_no_loose_end_once_it_is_judged_lower(vault):
    night, met = begin(vault), meet(vault)
    high = a_judgement(youth=met.youth.id, risk=Risk.HIGH, next_step=NextStep.URGENT_REFERRAL)
    screening.judge(vault, high, a_moment())
    assert left(vault, night) == [(Kind.RISK, "하늘")]

    screening.judge(vault, a_judgement(youth=met.youth.id), a_moment(minutes=1))

    assert left(vault, night) == []


def test_a_referral_that_was_released_settles_it_and_is_counted(town):
    town.agreed_and_released()

    found = outreach.tonight(town.vault)

    assert found.counts.referrals == 1
    review = nights.review(town.vault, found.outreach.id, a_moment())
    assert (review.waiting, review.night.counts.referrals) == (2, 1)  # with its consent


def test_the_numbers_of_a_night_stay_when_a_person_is_destroyed(vault):
    night, met = begin(vault), meet(vault)
    notes.save(vault, met.youth.id, met.meeting.id, "벤치에 있음", a_moment())
    outreach.count(vault, Tally.GREETING, 4, a_moment())
    outreach.end(vault, night.id, a_moment(hours=1))

    with vault.transaction() as db:
        Purging(db, NOON).destroy(Target(Thing.YOUTH, met.youth.id))

    counts = nights.month(vault, NOVEMBER, NOON).total
    assert (counts.met, counts.counseled) == (5, 1)
    vault.verify()


def test_a_month_shows_its_nights_and_what_they_come_to(vault):
    for day in (-30, 0, 1, 7):  # the first one in October
        night = begin(vault, days=day, hours=5)  # at 02:00: still the evening before
        outreach.count(vault, Tally.LEAFLET, 10, a_moment(days=day, hours=6))
        outreach.end(vault, night.id, a_moment(days=day, hours=7))

    page = nights.month(vault, NOVEMBER, NOON)

    assert [n.outreach.night().day for n in page.nights] == [25, 24]
    assert (page.total.leaflets, page.total.nights) == (20, 2)
    assert page.total.out.total_seconds() == 4 * 3600
    assert (page.has_earlier, page.has_later) == (True, True)
    assert not nights.month(vault, Month(2026, 10), NOON).has_earlier


def test_the_file_of_a_month_names_no_person_and_starts_no_formula(vault, tmp_path):
    plan = Plan("=신림역", "", ("김활동",), ("관악경찰서", "구청"))
    night = outreach.begin(vault, plan, a_moment())
    meet(vault)
    outreach.count(vault, Tally.HOT_PACK, 7, a_moment())
    outreach.end(vault, night.id, a_moment(hours=2))

    page = nights.month(vault, NOVEMBER, a_moment(hours=3).now)
    nights.save(tmp_path / "11월.csv", page, nights.COLUMNS)

    text = (tmp_path / "11월.csv").read_text("utf-8-sig")
    (line,) = csv.DictReader(StringIO(text))
    assert (line["night"], line["place"], line["hot-pack"]) == ("2026-11-24", "'=신림역", "7")
    assert (line["met"], line["counselors"], line["minutes"]) == ("1", "1", "120")
    assert line["partners"] == "관악경찰서; 구청"
    assert "김활동" not in text
    assert "하늘" not in text
    assert [file.name for file in tmp_path.glob("*.csv")] == ["11월.csv"]


def test_a_file_that_cannot_be_written_leaves_the_one_before_and_no_half(vault, tmp_path):
    place = tmp_path / "n"
    place.mkdir()
    (place / "x.csv").write_text("before")
    (place / ".x.csv.half").mkdir()  # in the way of what is written first
    (place / ".x.csv.half" / "y").touch()

    with pytest.raises(FileNotWritten):
        nights.save(place / "x.csv", nights.month(vault, NOVEMBER, NOON), nights.COLUMNS)

    assert (place / "x.csv").read_text() == "before"


def test_rows_that_were_destroyed_stay_counted_and_new_ones_count():
    assert Rows(3, 2, 1).or_more(Rows(1, 4, 1)) == Rows(3, 4, 1)


def test_every_question_is_answered_by_an_index(vault):
    begin(vault)
    with vault.reading() as db:
        for query, given in (
            (f"{kept.NIGHT} WHERE started_at >= ? AND started_at < ?", "ab"),
            ("SELECT count(*) FROM referral WHERE released_at >= ? AND released_at <= ?", "ab"),
            (rows._DRAFTS, "ab"),
            (rows._RISKS, "a"),
            (rows._UNFINISHED_NOTES, "a"),
        ):
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", tuple(given))]
            assert not [step for step in plan if step.startswith("SCAN") and "SUBQ" not in step], (
                query,
                plan,
            )
        newest = db.execute(f"EXPLAIN QUERY PLAN {kept.NIGHT} ORDER BY started_at DESC LIMIT 1")
        assert [row[3] for row in newest] == ["SCAN outreach USING INDEX outreach_by_start"]


def test_the_first_versions_joint_nights_stay_joint(vault):
    night = begin(vault)
    with vault.transaction() as db:
        kept.change(db, replace(night, is_joint=True), NOON)

    changed = outreach.change(vault, night.id, Plan("역"), a_moment())

    assert changed.is_joint


def promise(vault, youth, day, what="전화", **later):
    new = NewPromise(youth, what, Due(day))
    return promises.make(vault, new, a_moment(**later))


def test_promises_of_a_night_are_counted_and_what_was_due_is_left_to_do(vault):
    today = NOON.date()
    before = begin(vault)
    old, other = meet(vault, "하늘").youth.id, meet(vault, "바다").youth.id
    promise(vault, old, today + timedelta(days=1), "늦은 약속", minutes=5)
    promise(vault, other, today + timedelta(days=1), "이날의 약속", minutes=5)
    promise(vault, meet(vault, "강").youth.id, today, "어제의 약속", minutes=6)
    outreach.end(vault, before.id, a_moment(hours=2))

    night = begin(vault, days=1)
    meeting = youths.meet_again(vault, old, "", a_moment(days=1)).meeting
    kept = promise(vault, old, today + timedelta(days=9), days=1, hours=1)
    promises.end(vault, kept.id, Outcome.KEPT, a_moment(days=1, hours=1))
    promise(vault, old, today + timedelta(days=9), days=1, hours=1)

    seen = nights.review(vault, night.id, a_moment(days=1, hours=2))

    assert seen.promised == Promised(made=2, kept=1, overdue=1)
    left = [(each.alias, each.meeting) for each in seen.loose_ends if each.kind is Kind.PROMISE]
    assert left == [("바다", None), ("하늘", meeting.id)]
    assert nights.review(vault, before.id, a_moment(days=3)).promised == Promised(3, 0, 1)
