"""Words about somebody without an alias stay only with a yes; else they are gone, and counted."""

from datetime import timedelta

import pytest
from builders import NOON, a_judgement, a_moment, called
from prove.decrypted import frames, pages

from desktop.domain.forms import FormName
from desktop.domain.own_data import Outcome, Wish
from desktop.domain.promises import Due
from desktop.domain.retention import Ground, Policy, Reason, Since, Thing
from desktop.domain.screening import NextStep, Risk
from desktop.domain.youths import Age
from desktop.errors import NothingWritten
from desktop.services import (
    forms,
    growing,
    merging,
    notes,
    outreach,
    own_data,
    promises,
    retention,
    screening,
    search,
    supervision,
    youths,
)
from desktop.services.outreach import Plan
from desktop.services.promises import NewPromise
from desktop.services.youths import NewYouth
from desktop.vault.folder import Folder

WORDS = "벤치에서 코코아를 마심"
WEEK = timedelta(days=7)


@pytest.fixture
def met(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())
    who = NewYouth("이름 없음 1", Age.estimated(16), is_nameless=True, given="핫팩")
    return youths.meet(vault, who, "4번 출구", a_moment())


@pytest.fixture
def quiet(vault, met):
    """Meet somebody of whom nothing is noted."""
    who = NewYouth("이름 없음 2", Age.unknown(), is_nameless=True)
    return youths.meet(vault, who, "", a_moment()).youth.id


def write(vault, met, text=WORDS):
    return notes.save(vault, met.youth.id, met.meeting.id, text, a_moment())


def file_of(vault, met):
    return youths.open_file(vault, met.youth.id, met.meeting.id, a_moment())


def raw(vault):
    folder, key = Folder(vault.folder), vault.session.keys.database
    return b"".join(pages(folder.database, key)) + b"".join(frames(folder.wal, key))


def test_tonights_list_knows_who_has_no_alias_and_when_the_words_go(vault, met):
    [row] = outreach.tonight(vault).met

    assert row.jotting.given == "핫팩"
    assert [row.jotting.days_left(NOON + timedelta(days=n)) for n in (0, 6, 7, 9)] == [7, 1, 0, 0]


def test_with_a_yes_the_note_stays_and_no_day_is_counted_any_more(vault, met):
    write(vault, met)

    growing.get_to_know(
        vault, met.youth.id, called(vault, met.youth.id, "하늘"), a_moment(), agreed=True
    )

    kept = file_of(vault, met)
    assert (kept.youth.alias, kept.jotting) == ("하늘", None)
    assert kept.note.text == f"{WORDS}\n핫팩"
    assert growing.expire(vault, a_moment(NOON + 2 * WEEK)) == 0
    assert [youth.id for youth in search.people(vault, "ㅎㄴ", 4)] == [met.youth.id]
    vault.verify()


def test_with_a_yes_what_was_given_stays_also_where_nothing_else_was_noted(vault, met):
    growing.get_to_know(
        vault, met.youth.id, called(vault, met.youth.id, "하늘"), a_moment(), agreed=True
    )

    assert file_of(vault, met).note.text == "핫팩"
    vault.verify()


def test_with_a_yes_what_was_given_goes_with_them_to_somebody_known(vault, met):
    known = youths.meet(vault, NewYouth("하늘", Age.stated(16)), "역", a_moment()).youth.id

    merging.merge(vault, met.youth.id, known, a_moment(), agreed=True)

    kept = youths.open_file(vault, known, met.meeting.id, a_moment())
    assert kept.note.text == "핫팩"
    vault.verify()


def test_with_a_no_the_words_are_destroyed_and_the_alias_stays(vault, met):
    write(vault, met)
    screening.judge(vault, a_judgement(youth=met.youth.id, grounds="얇은 옷차림"), a_moment())

    growing.get_to_know(
        vault, met.youth.id, called(vault, met.youth.id, "하늘"), a_moment(), agreed=False
    )

    kept = file_of(vault, met)
    assert (kept.youth.alias, kept.note, kept.judgement) == ("하늘", None, None)
    assert retention.log(vault)[0].ground is Ground.DECLINED
    assert retention.sweep(vault, NOON)
    for words in (WORDS, "핫팩", "얇은 옷차림"):
        assert words.encode() not in raw(vault)
    vault.verify()


def test_where_something_was_noted_an_answer_is_needed_and_nothing_happens_without(vault, met):
    write(vault, met)

    with pytest.raises(NothingWritten):
        growing.get_to_know(vault, met.youth.id, called(vault, met.youth.id, "하늘"), a_moment())

    kept = file_of(vault, met)
    assert (kept.youth.alias, kept.note.text) == ("이름 없음 1", WORDS)


def test_where_nothing_was_noted_nothing_is_asked(vault, quiet):
    growing.get_to_know(vault, quiet, called(vault, quiet, "바다"), a_moment())

    assert youths.open_file(vault, quiet, None, a_moment()).jotting is None


def test_after_its_days_every_word_is_gone_and_that_somebody_was_met_stays(vault, met):
    write(vault, met)

    assert growing.expire(vault, a_moment(NOON + WEEK - timedelta(seconds=1))) == 0
    assert growing.expire(vault, a_moment(NOON + WEEK)) == 1

    kept = file_of(vault, met)
    assert (kept.note, kept.jotting, kept.meeting.place) == (None, None, "4번 출구")
    assert search.everything(vault, "코코아", a_moment()).notes == ()
    assert retention.sweep(vault, NOON + WEEK)
    assert WORDS.encode() not in raw(vault)
    assert growing.expire(vault, a_moment(NOON + 2 * WEEK)) == 0
    vault.verify()


def test_whoever_was_judged_high_waits_until_somebody_has_looked_and_then_its_days(vault, met):
    judged = a_judgement(youth=met.youth.id, risk=Risk.HIGH, next_step=NextStep.REPORT)
    screening.judge(vault, judged, a_moment())

    assert growing.expire(vault, a_moment(NOON + 2 * WEEK)) == 0
    assert Thing.JOTTING not in {e.target.thing for e in retention.upcoming(vault, NOON)}
    [row] = outreach.tonight(vault).met
    assert (row.jotting.is_noted, row.jotting.is_held) == (True, True)

    [case] = supervision.waiting(vault, a_moment()).cases
    supervision.seen(vault, case, "김", "내일 다시 찾기", a_moment(NOON + 2 * WEEK))
    [ends] = [e for e in retention.upcoming(vault, NOON) if e.target.thing is Thing.JOTTING]
    assert ends.due == file_of(vault, met).jotting.due == NOON + 3 * WEEK
    assert not file_of(vault, met).jotting.is_held
    assert growing.expire(vault, a_moment(NOON + 3 * WEEK - timedelta(seconds=1))) == 0
    assert growing.expire(vault, a_moment(NOON + 3 * WEEK)) == 1
    vault.verify()


def test_what_is_promised_to_somebody_without_an_alias_is_waited_for(vault, met):
    day = (NOON + WEEK + timedelta(days=2)).date()
    made = promises.make(vault, NewPromise(met.youth.id, "병원", Due(day)), a_moment())

    assert growing.expire(vault, a_moment(NOON + WEEK)) == 0
    [ends] = [e for e in retention.upcoming(vault, NOON) if e.target.thing is Thing.JOTTING]
    assert ends.due == file_of(vault, met).jotting.due == made.due.ends()
    assert outreach.tonight(vault).met[0].jotting.is_noted
    assert growing.expire(vault, a_moment(made.due.ends())) == 1
    assert promises.counts(vault, NOON).open == 0
    vault.verify()


def test_whoever_asked_about_their_own_data_is_answered_first(vault, met):
    write(vault, met)
    asked = own_data.ask(vault, met.youth.id, Wish.SEE, "", a_moment())

    assert growing.expire(vault, a_moment(NOON + 2 * WEEK)) == 0
    own_data.answer(vault, asked.id, Outcome.DONE, "보여줌", a_moment())
    assert growing.expire(vault, a_moment(NOON + 2 * WEEK)) == 1


@pytest.mark.parametrize("how", ["no", "days", "forgotten"])
def test_what_was_half_typed_goes_with_the_words_but_for_a_report_by_law(vault, quiet, how):
    for name in (FormName.ANSWERS, FormName.PROMISE, FormName.REPORT):
        forms.keep_about(vault, name, quiet, {"q": "임신한 것 같다고 함"}, a_moment())
    assert growing.has_words(vault, quiet)

    if how == "no":
        growing.get_to_know(vault, quiet, called(vault, quiet, "하늘"), a_moment(), agreed=False)
    elif how == "days":
        growing.expire(vault, a_moment(NOON + WEEK))
    else:
        retention.erase(vault, quiet, a_moment())

    left = {form.name for form in forms.kept(vault)}
    assert left == (set() if how == "forgotten" else {FormName.REPORT})
    vault.verify()


def test_a_half_typed_alias_or_age_asks_for_no_answer(vault, quiet):
    for name in (FormName.ALIAS, FormName.ABOUT, FormName.REPORT):
        forms.keep_about(vault, name, quiet, {"alias": "하늘"}, a_moment())

    assert not growing.has_words(vault, quiet)


def test_whoever_is_in_front_waits(vault, met):
    write(vault, met)

    assert growing.expire(vault, a_moment(NOON + WEEK), spared=met.youth.id) == 0
    assert growing.expire(vault, a_moment(NOON + WEEK)) == 1


def test_an_organisation_sets_the_days_and_they_count_for_what_is_there(vault, met):
    write(vault, met)
    retention.choose_policy(vault, Policy(jotting=2), a_moment())

    assert outreach.tonight(vault).met[0].jotting.days_left(NOON) == 2
    assert growing.expire(vault, a_moment(NOON + timedelta(days=2))) == 1


def test_it_is_among_what_ends_soon_and_can_be_kept_longer_with_a_reason(vault, met):
    write(vault, met)
    ends = retention.upcoming(vault, NOON)
    [expiry] = [each for each in ends if each.target.thing is Thing.JOTTING]
    assert (expiry.due, expiry.since) == (NOON + WEEK, Since.JOTTING)

    why = (Reason.HELP, "내일 보호자와 만남")
    retention.keep_longer(vault, expiry, NOON + 2 * WEEK, why, a_moment())

    assert growing.expire(vault, a_moment(NOON + WEEK)) == 0
    assert growing.expire(vault, a_moment(NOON + 2 * WEEK)) == 1


@pytest.mark.parametrize("days", [0, 366])
def test_no_policy_keeps_them_for_nothing_or_for_more_than_a_year(days):
    with pytest.raises(ValueError, match="days"):
        Policy(jotting=days)
