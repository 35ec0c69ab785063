"""The record of an asking is whole, never changes, and comes back as it was made."""

import json
from dataclasses import fields, replace
from importlib import resources

import pytest
from builders import SAID_YES, a_consent, a_guardian, a_moment
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.consent_errors import (
    GuardianNotToBeTold,
    NotEntrusted,
    NotTheSameAsking,
    RecordIncomplete,
)
from desktop.domain.agencies import Category
from desktop.domain.consent_records import (
    Answering,
    Manner,
    Paper,
    Point,
    Record,
    Responsible,
)
from desktop.domain.consents import Answer, Article, Guardian, Item
from desktop.domain.ids import AgencyId
from desktop.domain.who_answers import Answers, GuardianStands, KeepReason, Way
from desktop.domain.youths import Age
from desktop.errors import ConsentMissing, PreviewChanged
from desktop.services import consents, guardians, handing, letters, referrals, withdrawals
from desktop.vault import consent_records as record_rows
from desktop.vault import consents as rows
from desktop.vault import youths
from sync.client.sealing import header_of
from sync.protocol.codec import canonical

DRAWN = ((Point(100, 200, 0), Point(150, 260, 16)), (Point(400, 200, 300),))
PAPER = Paper("ab" * 32, "센터 서류함 3번")
MANNERS = {
    Manner.SCREEN: Answering(),
    Manner.STROKES: Answering(Manner.STROKES, strokes=DRAWN),
    Manner.SPOKEN: Answering(Manner.SPOKEN, witness="이동료"),
    Manner.PAPER: Answering(Manner.PAPER, paper=PAPER),
}


@pytest.mark.parametrize("manner", Manner)
def test_it_comes_back_as_it_was_made(vault, town, manner):
    record = Record(
        "김상담", ("통역 응우옌",), MANNERS[manner], is_for_children=True, verified_at=town.now,
        categories=frozenset({Category.LEGAL, Category.COUNSEL}),
    )  # fmt: skip

    kept = town.agree(town.meet(), record=record)

    with vault.reading() as db:
        read = rows.one(db, kept.id)
    assert read == kept
    assert letters._digest(read) == letters._digest(kept)
    assert read.record == replace(record, responsible=read.record.responsible)


@pytest.fixture
def listed(town):
    """A directory in which our own organisation says its name, telephone and address."""
    raw = (resources.files("sync.practice") / "agencies" / "centre.json").read_text("utf-8")
    record = json.loads(raw.replace(json.loads(raw)["id"], town.centre.org))
    others = town.hub.listings[1:]
    town.hub.publish_listings(3, (town.centre.own.listing(canonical(record)), *others))
    town.round()
    return town


def test_the_program_says_who_is_responsible_and_who_asked(listed):
    kept = listed.agree(listed.meet())

    assert kept.record.is_whole
    assert kept.record.responsible == Responsible(
        listed.centre.org, "달빛구청소년상담복지센터", "02-000-0001",
        "가온시 달빛구 달맞이로 24, 3층",
    )  # fmt: skip


def test_the_digest_of_a_record_from_before_a_guardians_time_was_kept_still_holds():
    _, facts, _ = record_rows.row_of(Record("김상담"))

    assert "verified" not in facts
    assert "categories" not in facts


def test_every_field_that_the_standard_makes_mandatory_is_there(listed):
    """ISO/IEC TS 27560, as the table in our advice names them."""
    kept = listed.agree(listed.meet())
    record, notice = kept.record, kept.notice

    mandatory = {
        "record id": kept.id, "schema version": record.schema, "language": notice.language,
        "jurisdiction": record.jurisdiction, "principal": kept.youth,
        "lawful basis": kept.answers, "purpose": kept.purpose, "pii types": kept.items,
        "recipients": (kept.agency, kept.agency_name), "retention": kept.retention,
        "storage": record.storage, "notice": (notice.form, notice.sha256),
        "event": kept.asked_at, "validity": kept.valid_until, "withdrawal": record.withdrawal,
        "controller": record.responsible.name, "controller id": record.responsible.id,
        "controller address": record.responsible.address,
        "controller contact": record.responsible.contact,
        "refusal told": record.refusal, "asked by": record.asked_by,
    }  # fmt: skip
    assert all(mandatory.values()), [name for name, value in mandatory.items() if not value]
    assert {field.name for field in fields(Record)} >= {"supersedes", "answering", "present"}
    assert {field.name for field in fields(Guardian)} == {
        "name", "contact", "relation", "verified_by"
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE consent_record SET facts = '{}'",
        "UPDATE consent_record SET supersedes = 'another'",
        "UPDATE consent_record SET strokes = ''",
        "UPDATE consent_record SET n = 0",
        "DELETE FROM consent_record",
    ],
)
def test_it_never_changes(vault, town, change):
    town.agree(town.meet())

    with pytest.raises(sqlcipher.IntegrityError), vault.transaction() as db:
        db.execute(change)


@pytest.mark.parametrize(
    "wrong",
    [
        {"manner": Manner.STROKES},
        {"manner": Manner.STROKES, "strokes": ((),)},
        {"manner": Manner.SPOKEN, "witness": " "},
        {"manner": Manner.PAPER},
        {"strokes": DRAWN},
        {"witness": "이동료"},
        {"manner": Manner.STROKES, "strokes": DRAWN[::-1]},
        {"manner": Manner.SPOKEN, "witness": "이동료", "paper": PAPER},
    ],
    ids=str,
)
def test_a_manner_without_its_own_proof_cannot_be_built(wrong):
    with pytest.raises(RecordIncomplete):
        Answering(**wrong)


@pytest.mark.parametrize("wrong", [{"sha256": "AB" * 32}, {"sha256": "ab"}])
def test_a_digest_that_is_none_cannot_be_built(wrong):
    with pytest.raises(RecordIncomplete):
        replace(PAPER, **wrong)


def test_nobody_is_their_own_witness():
    with pytest.raises(RecordIncomplete):
        Record("김상담", answering=Answering(Manner.SPOKEN, witness="김상담"))


@pytest.mark.parametrize("point", [(-1, 0, 0), (0, 10_001, 0), (0, 0, -1)])
def test_what_no_pen_drew_cannot_be_built(point):
    with pytest.raises(RecordIncomplete):
        Point(*point)


# --- a change is a new question --------------------------------------------------------------


def test_a_new_asking_in_its_place_ends_the_earlier_one(vault, town):
    youth = town.meet()
    first = town.agree(youth)
    second = town.agree(youth, items=frozenset({Item.ALIAS}), record=Record(supersedes=first.id))

    shown = town.preview(youth)

    assert shown.consent.id == second.id
    assert set(shown.referral.words) == {Item.ALIAS}


def test_what_was_sent_under_the_earlier_one_is_withdrawn_with_the_later(vault, town):
    youth = town.meet()
    first = town.agree(youth)
    town.release(youth)
    town.round()
    second = town.agree(youth, record=Record(supersedes=first.id))

    done = withdrawals.withdraw(vault, second.id, town.moment())

    assert done.recalled == 1
    assert withdrawals.withdraw(vault, second.id, town.moment()) == withdrawals.Withdrawal(0, 0)


def test_each_of_several_that_ended_as_one_yes_is_told_to_the_hub(vault, town):
    youth = town.meet()
    first = town.agree(youth)
    town.release(youth)
    town.round()
    second = town.agree(youth, record=Record(supersedes=first.id))
    town.release(youth)
    town.round()
    town.arrived()

    done = withdrawals.withdraw(vault, second.id, town.moment())
    town.round()

    withdrawn = [header_of(event.message).ref for event in town.arrived()]
    assert done.recalled == 2
    assert withdrawn == [str(second.id), str(first.id)]


def test_an_asking_is_replaced_only_when_nothing_waits_that_rests_on_it(vault, town):
    youth = town.meet()
    with vault.reading() as db:
        person = youths.one(db, youth)
    agency, here = AgencyId(town.shelter.org), GuardianStands.PRESENT

    def replaced():
        return handing.known(vault, person, agency, frozenset({Item.ALIAS}), here).replaces

    assert replaced() is None
    first = town.agree(youth)
    assert replaced() == first.id
    town.release(youth)
    assert replaced() is None  # what waits would be held back for ever
    town.round()
    assert replaced() == first.id
    withdrawals.withdraw(vault, first.id, town.moment())
    assert replaced() is None


def test_nothing_is_sent_under_a_record_that_names_nobody_responsible(vault, town):
    youth = town.meet()
    asked_before_joining = a_consent(
        youth=youth, agency=AgencyId(town.shelter.org), asked_at=town.now,
        valid_until=town.now.replace(year=2030), record=Record("김상담"),
    )  # fmt: skip
    with vault.transaction() as db:
        rows.add(db, asked_before_joining)

    with pytest.raises(ConsentMissing):
        town.preview(youth)


def test_nobody_elses_asking_is_replaced(town):
    other = town.agree(town.meet())

    with pytest.raises(NotTheSameAsking):
        town.agree(town.meet(alias="바다"), record=Record(supersedes=other.id))


def test_a_wrong_clock_does_not_bring_a_yes_back(vault, town):
    youth = town.meet()
    yes = a_consent(youth=youth, agency=town.shelter.org, asked_at=town.now,
                    valid_until=town.now.replace(year=2030))  # fmt: skip
    consents.record(vault, yes, town.moment())
    town.hub.clock.turn(hours=-2)
    town.agree(youth, answers=SAID_YES | {Article.PROVIDE: Answer.REFUSED})
    town.hub.clock.turn(hours=4)

    with pytest.raises(ConsentMissing):
        town.preview(youth)


def test_identifiers_are_off(town):
    with pytest.raises(NotEntrusted):
        town.agree(town.meet(), answers=SAID_YES | {Article.IDENTIFIERS: Answer.GIVEN})


# --- the guardian who is not to be told ------------------------------------------------------


def test_why_travels_inside_the_seal(vault, town):
    youth = town.meet()
    town.agree(youth)
    guardians.keep_from(vault, youth, KeepReason.ABUSE, "집에서 맞았다고 함", town.moment())

    packet = town.preview(youth).packet

    assert b'"keep_from_guardian":true' in packet
    assert b'"keep_reason":"abuse"' in packet
    assert "맞았다고".encode() not in packet


def test_a_preview_from_before_the_reason_is_not_released(vault, town):
    youth = town.meet(keep_from_guardian=True)
    town.agree(youth)
    shown = town.preview(youth)
    guardians.keep_from(vault, youth, KeepReason.FEAR, "", town.moment())

    with pytest.raises(PreviewChanged):
        referrals.release(vault, shown, town.moment(), town.hub.chance)


def test_a_guardian_who_is_not_to_be_told_does_not_answer(vault, town):
    youth = town.meet(age=Age.stated(12))
    guardians.keep_from(vault, youth, KeepReason.FEAR, "", town.moment())

    with pytest.raises(GuardianNotToBeTold):
        town.agree(youth, guardian=a_guardian())

    said = guardians.who_answers(vault, youth, GuardianStands.PRESENT, "ko", frozenset(Item))
    assert (said.answers, said.ways[0]) == (Answers.NOBODY, Way.LIFE)


def test_the_reason_that_counts_is_the_one_kept_last_whatever_the_clock_said(vault, town):
    youth = town.meet()
    guardians.keep_from(vault, youth, KeepReason.WISH, "", a_moment(days=400))  # a clock ahead

    kept = guardians.keep_from(vault, youth, KeepReason.ABUSE, "맞았다고 함", a_moment())

    assert guardians.kept_from(vault, youth) == kept


def test_it_can_be_taken_back_and_that_it_was_there_stays(vault, town):
    youth = town.meet()
    kept = guardians.keep_from(
        vault, youth, KeepReason.WISH, " 말하지 말아 달라고 함 ", town.moment()
    )
    assert guardians.kept_from(vault, youth) == kept

    guardians.may_be_told_again(vault, youth, town.moment())

    assert guardians.kept_from(vault, youth) is None
    with vault.reading() as db:
        assert db.execute("SELECT count(*) FROM guardian_kept").fetchone() == (2,)


def test_a_mark_from_before_there_were_reasons_still_keeps_them_away(vault, town):
    youth = town.meet(age=Age.stated(12), keep_from_guardian=True)

    said = guardians.who_answers(vault, youth, GuardianStands.PRESENT, "vi", frozenset(Item))

    assert not said.may_reach_guardian
