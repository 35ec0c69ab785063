"""Two records put together and parted: nothing of either is lost, and nothing stays too long."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from builders import NOON, a_consent, a_draft, a_judgement, a_moment, called
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.ids import ReferralId
from desktop.domain.retention import Expiry, Ground, Reason, Since, Target, Thing
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import Age
from desktop.errors import NothingWritten
from desktop.people_errors import CannotMerge, CannotPart
from desktop.services import (
    growing,
    guardians,
    looks,
    merging,
    notes,
    outreach,
    referrals,
    retention,
    screening,
    search,
    youths,
)
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from desktop.vault import consents as consent_rows
from desktop.vault.merging import LEFT, MANY, ONCE
from desktop.vault.subjects import SUBJECTS

ABOUT = (
    "youth", "meeting", "note", "judgement", "consent", "draft", "draft_answer",
    "unfinished_judgement",
)  # fmt: skip
ADDS_TO = ReferralId(UUID(int=9))


@pytest.fixture(autouse=True)
def night(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())


def meet(vault, alias, text="", hours=0, **more):
    who = NewYouth(alias, Age.stated(17), **more)
    met = youths.meet(vault, who, "역 앞", a_moment(hours=hours))
    if text:
        notes.save(vault, met.youth.id, met.meeting.id, text, a_moment(hours=hours))
    return met.youth.id


def full(vault, alias, text):
    """Meet somebody about whom there is one of everything."""
    youth = meet(vault, alias, text)
    screening.judge(vault, a_judgement(youth=youth), a_moment())
    with vault.transaction() as db:
        consent_rows.add(db, a_consent(youth=youth))
    referrals.keep_draft(vault, a_draft(youth=youth, answers=ADDS_TO), a_moment())
    return youth


def tables(vault):
    with vault.reading() as db:
        return {name: sorted(db.execute(f"SELECT * FROM {name}").fetchall()) for name in ABOUT}


def file_of(vault, youth):
    return youths.open_file(vault, youth, None, a_moment())


def whole(youth):
    return Target(Thing.YOUTH, youth)


def test_every_subject_about_a_person_is_moved_or_it_is_said_why_not():
    about = {name for name, rows in SUBJECTS.items() if "youth" in rows.columns + rows.key}

    assert about == {*MANY, *ONCE, *LEFT}


def test_everything_about_one_is_about_the_other_afterwards(vault):
    other, kept = full(vault, "하눌", "처음 만남"), meet(vault, "하늘", "다시 만남", 1)

    merging.merge(vault, other, kept, a_moment(hours=2))

    file = file_of(vault, kept)
    assert (file.youth.alias, file.youth.met_first, file.times_met) == ("하늘", NOON, 2)
    assert file.judgement is not None
    assert file.draft.answers == ADDS_TO
    assert len(file.consents) == 1
    assert search.people(vault, "하눌", 4) == ()
    [hit] = search.everything(vault, "처음", a_moment()).notes
    assert hit.youth_id == kept
    vault.verify()


def test_parting_brings_back_exactly_what_was(vault):
    other = full(vault, "하눌", "처음 만남")
    kept = meet(vault, "하늘", "다시 만남", 1)
    before = tables(vault)

    merging.merge(vault, other, kept, a_moment(hours=2))
    assert [each.alias for each in file_of(vault, kept).merged] == ["하눌"]
    assert merging.part(vault, other, a_moment(hours=3)) == kept

    assert tables(vault) == before
    assert file_of(vault, kept).merged == ()
    vault.verify()


def test_what_was_written_since_stays_and_a_note_goes_with_its_meeting(vault):
    other, kept = meet(vault, "하눌"), meet(vault, "하늘", hours=1)
    theirs = file_of(vault, other).meeting
    merging.merge(vault, other, kept, a_moment(hours=2))
    notes.save(vault, kept, theirs.id, "합친 뒤 적음", a_moment())
    screening.judge(vault, a_judgement(youth=kept), a_moment())

    merging.part(vault, other, a_moment(hours=3))

    assert file_of(vault, other).note.text == "합친 뒤 적음"
    assert file_of(vault, other).judgement is None
    assert file_of(vault, kept).judgement is not None
    vault.verify()


def test_what_must_stay_from_a_guardian_still_does(vault):
    other = meet(vault, "하눌", keep_from_guardian=True)
    kept = meet(vault, "하늘")

    merging.merge(vault, other, kept, a_moment())
    assert file_of(vault, kept).youth.keep_from_guardian

    merging.part(vault, other, a_moment())
    assert not file_of(vault, kept).youth.keep_from_guardian


def test_who_had_no_alias_has_days_again_after_parting_and_can_have_an_alias(vault):
    other = meet(vault, "이름 없음 1", "벤치에서 만남", is_nameless=True, given="핫팩")
    kept = meet(vault, "하늘", hours=1)
    merging.merge(vault, other, kept, a_moment(hours=2), agreed=True)
    [merged] = file_of(vault, kept).merged
    assert merged.is_nameless

    merging.part(vault, other, a_moment(days=20))

    file = file_of(vault, other)
    assert file.jotting.since == NOON + timedelta(days=20)
    assert file.note.text == "벤치에서 만남\n핫팩"
    assert growing.expire(vault, a_moment(days=20, hours=1)) == 0
    vault.verify()
    growing.get_to_know(vault, other, called(vault, other, "새벽"), a_moment(days=21), agreed=True)
    assert file_of(vault, other).jotting is None
    vault.verify()


def test_words_of_who_was_parted_go_after_their_days(vault):
    other = meet(vault, "이름 없음 1", "벤치에서 만남", is_nameless=True)
    kept = meet(vault, "하늘", hours=1)
    merging.merge(vault, other, kept, a_moment(hours=2), agreed=True)
    merging.part(vault, other, a_moment(hours=3))

    assert growing.expire(vault, a_moment(days=8)) == 1

    assert file_of(vault, other).note is None
    vault.verify()


def kept_from(vault, other, kept):
    """Part them, and say of whom a guardian is not to be told."""
    merging.part(vault, other, a_moment(hours=4))
    vault.verify()
    return {n for n in (other, kept) if file_of(vault, n).youth.keep_from_guardian}


@pytest.mark.parametrize("marked", [(), ("하눌",), ("하늘",), ("하눌", "하늘")])
@pytest.mark.parametrize("days", [-30, 0])
def test_that_a_guardian_is_not_told_stands_for_both_if_it_was_decided_since(vault, marked, days):
    other, kept = (meet(vault, a, keep_from_guardian=a in marked) for a in ("하눌", "하늘"))
    merging.merge(vault, other, kept, a_moment(hours=2))
    # Whatever the clock says: it was decided since.
    guardians.keep_from(
        vault, kept, KeepReason.ABUSE, "집에서 맞았다", a_moment(days=days, hours=3)
    )

    assert kept_from(vault, other, kept) == {other, kept}


def test_what_was_decided_before_about_one_is_not_the_others_after_parting(vault):
    other, kept = meet(vault, "하눌"), meet(vault, "하늘")
    guardians.keep_from(vault, kept, KeepReason.WISH, "", a_moment(hours=1))
    merging.merge(vault, other, kept, a_moment(hours=2))

    assert kept_from(vault, other, kept) == {kept}


def test_both_were_looked_at_and_the_record_tells_of_both(vault):
    other, kept = meet(vault, "하눌"), meet(vault, "하늘")

    merging.merge(vault, other, kept, a_moment())

    assert {look.sight.youth for look in looks.of(vault, kept)} == {other, kept}


@pytest.mark.parametrize("why", ["draft", "same", "wish", "longer", "nameless"])
def test_where_one_of_two_would_be_lost_nothing_is_changed(vault, why):
    other, kept = meet(vault, "하눌", is_nameless=why == "same"), meet(vault, "하늘")
    match why:
        case "draft":
            for each in (other, kept):
                referrals.keep_draft(vault, a_draft(youth=each), a_moment())
        case "same":
            other = kept
        case "wish":
            with vault.transaction() as db:
                db.execute("INSERT INTO erasure_wish VALUES (?, ?)", (str(other), "2026"))
        case "longer":
            due = Expiry(whole(other), other, "하눌", NOON, Since.CONTACT)
            late = (Reason.LAW, "법 21조")
            retention.keep_longer(vault, due, NOON + timedelta(days=9), late, a_moment())
        case "nameless":
            kept = meet(vault, "이름 없음 3", is_nameless=True)
    before = tables(vault)

    with pytest.raises(CannotMerge):
        merging.merge(vault, other, kept, a_moment())

    assert tables(vault) == before


def test_words_from_before_an_alias_need_an_answer_here_too(vault):
    other = meet(vault, "이름 없음 1", "혼자 앉아 있음", is_nameless=True)
    kept = meet(vault, "하늘", "다시 만남")
    with pytest.raises(NothingWritten):
        merging.merge(vault, other, kept, a_moment())

    merging.merge(vault, other, kept, a_moment(), agreed=False)

    assert file_of(vault, kept).times_met == 2
    assert search.everything(vault, "혼자", a_moment()).notes == ()
    merging.part(vault, other, a_moment())
    assert file_of(vault, other).note is None
    vault.verify()


def test_destroying_whoever_keeps_destroys_both(vault):
    first, second = full(vault, "하눌", "처음"), meet(vault, "하누리", "둘째")
    kept = meet(vault, "하늘", "다시")
    merging.merge(vault, first, second, a_moment())
    merging.merge(vault, second, kept, a_moment())

    retention.purge(vault, [whole(kept)], Ground.EXPIRED, a_moment())

    assert all(rows == [] for rows in tables(vault).values())
    with vault.reading() as db:
        assert db.execute("SELECT count(*) FROM merged_youth").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM salt WHERE subject = 'merged'").fetchone() == (0,)
    vault.verify()


def test_once_something_of_either_is_destroyed_it_cannot_be_undone_and_no_alias_is_left(vault):
    other, kept = meet(vault, "하눌", "처음"), meet(vault, "하늘", "다시")
    note = file_of(vault, kept).note
    merging.merge(vault, other, kept, a_moment())

    retention.purge(vault, [Target(Thing.NOTE, note.id)], Ground.EXPIRED, a_moment())

    assert file_of(vault, kept).merged == ()
    with pytest.raises(CannotPart):
        merging.part(vault, other, a_moment())
    with vault.reading() as db:
        assert db.execute("SELECT row, moved FROM merged_youth").fetchone() == ("", "")
    vault.verify()


def test_only_the_newest_of_two_is_parted(vault):
    first, second, kept = (meet(vault, alias) for alias in ("하눌", "하누", "하늘"))
    merging.merge(vault, first, kept, a_moment())
    merging.merge(vault, second, kept, a_moment())

    with pytest.raises(CannotPart):
        merging.part(vault, first, a_moment())
    merging.part(vault, second, a_moment())
    merging.part(vault, first, a_moment())

    assert {row[1] for row in tables(vault)["youth"]} == {"하눌", "하누", "하늘"}


def test_a_consent_that_has_ended_moves_but_changes_for_nobody_else(vault):
    other, kept = meet(vault, "하눌"), meet(vault, "하늘")
    ended = replace(a_consent(youth=other), withdrawn_at=NOON)
    with vault.transaction() as db:
        consent_rows.add(db, replace(ended, withdrawn_at=None))
        consent_rows.end(db, ended.id, NOON)
    with pytest.raises(sqlcipher.IntegrityError), vault.transaction() as db:
        db.execute("UPDATE consent SET youth = ?", (str(kept),))

    merging.merge(vault, other, kept, a_moment())

    assert [each.withdrawn_at for each in file_of(vault, kept).consents] == [NOON]
    with pytest.raises(sqlcipher.IntegrityError), vault.transaction() as db:
        db.execute("UPDATE consent SET withdrawn_at = NULL")
