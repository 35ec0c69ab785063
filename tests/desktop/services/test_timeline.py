"""What happened with somebody, in one column: all of it once, newest first, page by page."""

from datetime import timedelta

import pytest
from builders import NOON, a_consent, a_judgement, a_moment

from desktop.domain.looks import Kind as Sight
from desktop.domain.notes import Mark, Written
from desktop.domain.promises import Due, Outcome
from desktop.domain.safety import Step
from desktop.domain.screening import NextStep, Risk
from desktop.domain.timeline import Kind, first_line
from desktop.domain.youths import Age
from desktop.services import (
    looks,
    merging,
    notes,
    outreach,
    promises,
    safety,
    screening,
    timeline,
    withdrawals,
    youths,
)
from desktop.services.outreach import Plan
from desktop.services.promises import NewPromise
from desktop.services.timeline import SHOWN, Reading
from desktop.services.youths import NewYouth
from desktop.vault import consents as consent_rows
from desktop.vault import timeline as rows
from sync.client.sealing import seal
from sync.protocol.bodies import TaskNote
from sync.protocol.codec import canonical
from sync.protocol.messages import Kind as Message

READING = Reading(("어떻게 만났나요",), "[민감]")


@pytest.fixture(autouse=True)
def night(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())


def meet(vault, alias="하늘", text="", hours=0):
    met = youths.meet(vault, NewYouth(alias, Age.stated(16)), "역 앞", a_moment(hours=hours))
    if text:
        notes.save(vault, met.youth.id, met.meeting.id, text, a_moment(hours=hours))
    return met


def told(vault, youth, **later):
    page = timeline.page(vault, youth, None, READING, a_moment(**later or {"hours": 9}))
    return [(event.kind, event.code, event.words or event.name) for event in page.events]


def test_all_that_happened_stands_there_once_and_the_newest_first(vault):
    met = meet(vault, text="어떻게 만났나요\n\n벤치에서 코코아를 마심")
    youth = met.youth.id
    high = a_judgement(
        youth=youth, risk=Risk.HIGH, grounds="잘 곳이 없음", next_step=NextStep.ACCOMPANY,
        judged_at=NOON + timedelta(hours=1),
    )  # fmt: skip
    screening.judge(vault, high, a_moment(hours=1))
    tomorrow = Due((NOON + timedelta(days=1)).date())
    made = promises.make(vault, NewPromise(youth, "전화하기", tomorrow), a_moment(hours=2))
    safety.keep(vault, youth, {Step.OWN: "산책"}, a_moment(hours=3))
    promises.end(vault, made.id, Outcome.KEPT, a_moment(hours=4))
    note = youths.open_file(vault, youth, None, a_moment(hours=5)).note
    notes.sign(vault, note.id, a_moment(hours=5))
    notes.add(vault, note.id, "다시 확인함", a_moment(hours=6))

    assert told(vault, youth) == [
        (Kind.ADDENDUM, "", "다시 확인함"),
        (Kind.PROMISE_ENDED, "kept", "전화하기"),
        (Kind.PLAN, "", ""),
        (Kind.PROMISE, "kept", "전화하기"),
        (Kind.JUDGEMENT, "high", "잘 곳이 없음"),
        (Kind.MEETING, "signed", "벤치에서 코코아를 마심"),
    ]


def test_consents_are_given_refused_taken_back_and_run_out(vault):
    youth = meet(vault).youth.id
    with vault.transaction() as db:
        for agency, hours, days in (("1", 0, 1), ("2", 2, 90)):
            asked = NOON + timedelta(hours=hours, minutes=1)
            consent = a_consent(
                youth=youth, agency=agency, asked_at=asked, valid_until=asked + timedelta(days)
            )
            consent_rows.add(db, consent)
    withdrawals.withdraw(vault, consent.id, a_moment(hours=3))

    codes = [(kind, code) for kind, code, _ in told(vault, youth, days=2)]

    assert codes == [
        (Kind.CONSENT_ENDED, "expired"),
        (Kind.CONSENT_ENDED, "withdrawn"),
        (Kind.CONSENT, "given"),
        (Kind.CONSENT, "given"),
        (Kind.MEETING, ""),
    ]
    before = [(kind, code) for kind, code, _ in told(vault, youth, hours=4)]
    assert (Kind.CONSENT_ENDED, "expired") not in before


def test_a_consent_that_was_asked_about_anew_does_not_end_by_itself_later(vault):
    youth = meet(vault).youth.id
    with vault.transaction() as db:
        for hours in (0, 12, 30):  # anew while it holds; then once more after it had run out
            asked = NOON + timedelta(hours=hours, minutes=1)
            until = asked + timedelta(hours=14)
            consent_rows.add(db, a_consent(youth=youth, asked_at=asked, valid_until=until))

    page = timeline.page(vault, youth, None, READING, a_moment(days=9))

    ended = [event.at for event in page.events if event.kind is Kind.CONSENT_ENDED]
    assert ended == [NOON + timedelta(hours=hours, minutes=1) for hours in (44, 26)]


def test_what_an_agency_decided_and_answered_stands_beside_the_referral(town):
    _, tracking = town.agreed_and_released()
    town.round()
    ref, youth = str(tracking.referral.id), tracking.referral.youth
    header = town.shelter.header(Message.TASK_NOTE, ref, to_org=town.centre.org)
    readers = tuple((each.org, each.own.sealing_key) for each in (town.centre, town.shelter))
    body = canonical(TaskNote("기다릴게요", town.now))
    answer = seal(header, body, town.shelter.keys.sign, readers, town.hub.chance)
    town.answer(town.shelter.moves(ref, "accepted"), answer)
    town.round()

    page = timeline.page(town.vault, youth, None, READING, town.moment())

    found = {event.kind: event for event in page.events}
    assert found[Kind.STEP].code == "accepted"
    assert found[Kind.ANSWER].words == "기다릴게요"
    assert found[Kind.REFERRAL].name == found[Kind.ANSWER].name == tracking.agency_name
    assert found[Kind.CONSENT].code == "given"


def test_pages_join_without_a_gap_or_a_repetition(vault):
    youth = meet(vault).youth.id
    due = Due((NOON + timedelta(days=30)).date())
    for n in range(SHOWN + 5):  # all of one moment: nothing but their keys tells them apart
        promises.make(vault, NewPromise(youth, f"약속 {n}", due), a_moment(hours=1))

    first = timeline.page(vault, youth, None, READING, a_moment(hours=2))
    second = timeline.page(vault, youth, first.next, READING, a_moment(hours=2))

    assert (len(first.events), len(second.events), second.next) == (SHOWN, 6, None)
    assert len({event.key for event in (*first.events, *second.events)}) == SHOWN + 6


def test_a_sensitive_passage_does_not_stand_there(vault):
    met = meet(vault)
    text = "약을 먹는다고 함, 내일 병원"
    written = Written(text, (Mark(0, 9), Mark(10, 6)))
    notes.save(vault, met.youth.id, met.meeting.id, written, a_moment())

    [(_, _, words)] = told(vault, met.youth.id)

    assert words == "[민감],[민감]"


def test_every_row_that_shows_words_is_a_look_at_its_record(vault):
    met = meet(vault, text="벤치에서 만남")
    youth = met.youth.id
    due = Due((NOON + timedelta(days=1)).date())
    made = promises.make(vault, NewPromise(youth, "전화하기", due), a_moment())

    told(vault, youth)

    seen = {(look.sight.kind, look.sight.record) for look in looks.of(vault, youth)}
    note = youths.open_file(vault, youth, None, a_moment(hours=10)).note
    assert seen == {
        (Sight.YOUTH, str(youth)), (Sight.NOTE, str(note.id)), (Sight.PROMISE, str(made.id)),
    }  # fmt: skip


def test_two_who_are_one_have_one_column(vault):
    other, kept = meet(vault, "하눌", "처음 만남"), meet(vault, "하늘", "다시 만남", 1)

    merging.merge(vault, other.youth.id, kept.youth.id, a_moment(hours=2))

    assert told(vault, kept.youth.id) == [
        (Kind.MERGED, "", "하눌"),
        (Kind.MEETING, "written", "다시 만남"),
        (Kind.MEETING, "written", "처음 만남"),
    ]
    assert told(vault, other.youth.id) == []


def test_it_is_answered_by_index_alone(vault):
    with vault.reading() as db:
        given = ("y", "9", "", "", 40, "9")
        for select in rows.SELECTS:
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {select}", given)]
            assert not [line for line in plan if line.startswith("SCAN")], select


@pytest.mark.parametrize(
    ("text", "line"),
    [("", ""), ("머리\n\n 첫 줄 \n둘", "첫 줄"), ("머리\n", ""), ("가" * 999, "가" * 160)],
)
def test_a_head_is_no_first_line(text, line):
    assert first_line(text, ("머리",)) == line
