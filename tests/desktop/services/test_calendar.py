"""A month holds nights, what is due, appointments and ending consents; a day begins at 06:00."""

from datetime import date, datetime, timedelta

import pytest
from builders import SAID_YES, a_consent, a_moment

from desktop.domain.calendar import Kind, weeks
from desktop.domain.consents import Answer, Article
from desktop.domain.nights import Month
from desktop.domain.outreach import KOREA
from desktop.domain.promises import Due, Outcome, Part
from desktop.domain.youths import Age
from desktop.services import calendar, looks, outreach, promises, withdrawals, youths
from desktop.services.outreach import Plan
from desktop.services.promises import NewPromise
from desktop.services.youths import NewYouth
from desktop.vault import calendar as rows
from desktop.vault import consents as consent_rows
from sync.client.sealing import seal
from sync.protocol import bodies
from sync.protocol.bodies import TaskNote
from sync.protocol.codec import canonical
from sync.protocol.messages import Kind as Message

LATE = datetime(2026, 11, 21, 1, 30, tzinfo=KOREA)
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def meet(vault):
    night = outreach.begin(vault, Plan("신림역"), a_moment(LATE))
    who = NewYouth("하늘", Age.stated(16))
    return night, youths.meet(vault, who, "", a_moment(LATE)).youth.id


def test_weeks_are_whole_and_begin_on_sunday():
    shown = weeks(Month(2026, 11))

    assert (shown[0][0], shown[-1][-1]) == (date(2026, 11, 1), date(2026, 12, 5))
    assert all(len(week) == 7 and week[0].weekday() == 6 for week in shown)
    assert weeks(Month(2026, 2)) == tuple(
        tuple(date(2026, 2, 1 + 7 * n + d) for d in range(7)) for n in range(4)
    )


def test_a_night_after_midnight_stands_on_the_date_it_began(vault):
    night, youth = meet(vault)
    small_hours = promises.make(
        vault, NewPromise(youth, "확인", Due(FRIDAY, Part.SMALL_HOURS)), a_moment(LATE)
    )
    kept = promises.make(vault, NewPromise(youth, "전화", Due(SATURDAY)), a_moment(LATE))
    promises.end(vault, kept.id, Outcome.KEPT, a_moment(LATE))
    promises.make(vault, NewPromise(youth, "병원", Due(SATURDAY)), a_moment(LATE))

    page = calendar.month(vault, Month(2026, 11), "ko", LATE)

    assert page.today == FRIDAY
    assert page.counts == {FRIDAY: {Kind.NIGHT: 1, Kind.PROMISE: 1}, SATURDAY: {Kind.PROMISE: 1}}
    found = calendar.day(vault, FRIDAY, "ko").entries
    assert [(each.kind, each.name, each.alias) for each in found] == [
        (Kind.NIGHT, "신림역", ""), (Kind.PROMISE, "", "하늘"),
    ]  # fmt: skip
    assert (found[0].night, found[1].youth) == (night.id, youth)
    assert found[1].at == small_hours.due.opens()


def test_a_consent_stands_where_it_ends_unless_it_was_refused_or_taken_back(vault):
    _, youth = meet(vault)
    end = datetime(2026, 11, 26, 5, 59, tzinfo=KOREA)
    with vault.transaction() as db:
        standing = a_consent(youth=youth, asked_at=LATE, valid_until=end)
        taken_back = a_consent(
            youth=youth, agency="other", asked_at=LATE, valid_until=end, withdrawn_at=LATE
        )
        for each in (standing, taken_back):
            consent_rows.add(db, each)
        consent_rows.end(db, taken_back.id, LATE + timedelta(hours=1))

    found = calendar.day(vault, date(2026, 11, 25), "ko").entries

    assert [(each.kind, each.alias, each.at) for each in found] == [(Kind.CONSENT, "하늘", end)]


def test_a_consent_that_was_asked_about_anew_stands_nowhere_and_the_newer_one_does(vault):
    _, youth = meet(vault)
    end, anew = (datetime(2026, 11, day, 5, 59, tzinfo=KOREA) for day in (26, 28))
    refused = dict.fromkeys((Article.COLLECT, Article.PROVIDE), Answer.REFUSED)
    with vault.transaction() as db:
        for agency, answers in (("1", SAID_YES), ("2", refused)):
            old = a_consent(youth=youth, agency=agency, asked_at=LATE, valid_until=end)
            consent_rows.add(db, old)
            asked = {"asked_at": LATE + timedelta(hours=1), "valid_until": anew}
            consent_rows.add(db, a_consent(youth=youth, agency=agency, answers=answers, **asked))

    page = calendar.month(vault, Month(2026, 11), "ko", LATE)

    assert [each for each in page.counts.values() if Kind.CONSENT in each] == [{Kind.CONSENT: 1}]
    assert len(calendar.day(vault, date(2026, 11, 27), "ko").entries) == 1


def _books(town, ref, at, meeting):
    header = town.shelter.header(Message.TASK_NOTE, ref, to_org=town.centre.org)
    told = TaskNote("네", town.now, appointment=bodies.Appointment(at, "1층", meeting))
    readers = tuple((each.org, each.own.sealing_key) for each in (town.centre, town.shelter))
    town.answer(seal(header, canonical(told), town.shelter.keys.sign, readers, town.hub.chance))
    town.round()


def test_an_appointment_stands_there_until_a_newer_word_about_it(town):
    _, tracking = town.agreed_and_released()
    town.round()
    ref, at = str(tracking.referral.id), town.now + timedelta(days=2)
    span = (at - timedelta(hours=1), at + timedelta(hours=1), 5)
    _books(town, ref, at, bodies.Meeting.BOOKED)
    with town.vault.reading() as db:
        [booked] = rows.between(db, *span)
    town.hub.clock.turn(hours=1)
    _books(town, ref, at, bodies.Meeting.CANCELLED)
    with town.vault.reading() as db:
        later = rows.between(db, *span)

    assert (booked.kind, booked.at, booked.name) == (Kind.APPOINTMENT, at, tracking.agency_name)
    assert later == ()


@pytest.mark.parametrize("end", ["withdrawn", "completed", "failed"])
def test_by_a_referral_that_has_ended_nobody_is_awaited(town, end):
    consent, tracking = town.agreed_and_released()
    town.round()
    ref, at = str(tracking.referral.id), town.now + timedelta(days=2)
    span = (at - timedelta(hours=1), at + timedelta(hours=1))
    town.answer(town.shelter.moves(ref, "accepted"))
    _books(town, ref, at, bodies.Meeting.BOOKED)
    with town.vault.reading() as db:
        booked = rows.between(db, *span, 5)

    if end == "withdrawn":
        withdrawals.withdraw(town.vault, consent.id, town.moment())
    else:
        town.answer(town.shelter.moves(ref, end, "contact-lost"))
        town.round()

    assert [each.kind for each in booked] == [Kind.APPOINTMENT]
    with town.vault.reading() as db:
        assert rows.between(db, *span, 5) == ()
        assert rows.counts(db, *span) == {}


def test_holidays_are_named_in_the_language_asked_for(vault):
    page = calendar.month(vault, Month(2026, 12), "en", LATE)

    assert page.holidays == {
        date(2026, 12, 25): "Christmas Day",
        date(2027, 1, 1): "New Year's Day",
    }


def test_a_month_is_no_look_at_anybody_and_is_read_by_index(vault):
    _, youth = meet(vault)
    before = looks.of(vault, youth)

    calendar.month(vault, Month(2026, 11), "ko", LATE)
    calendar.day(vault, FRIDAY, "ko")

    assert looks.of(vault, youth) == before
    with vault.reading() as db:
        for source in rows._SOURCES:
            plan = db.execute(f"EXPLAIN QUERY PLAN {source}", ("1", "2"))
            assert not [row[3] for row in plan if row[3].startswith("SCAN")], source
