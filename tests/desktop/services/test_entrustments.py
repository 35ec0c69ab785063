"""A passport or registration number is asked for and leaves only where a law entrusts us."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import SAID_YES, a_moment
from consent_texts_for_tests import as_supervisor, sit_at
from street_for_tests import Street

from desktop.consent_errors import (
    EntrustmentUnclear,
    EntrustmentUnsigned,
    NotEntrusted,
    NotSupervisor,
)
from desktop.domain.consents import Answer, Article, Item
from desktop.domain.entrustments import ARTICLE, EntrustedBy, Entrustment
from desktop.errors import PreviewChanged
from desktop.services import consents, entrustments, guardians, referrals, youths
from desktop.vault import drafts
from sync.protocol.states import Delivery

NUMBER = "passport M12345678"
WORDS = {Item.ALIAS: "하늘", Item.IDENTIFIER: NUMBER}
WITH_24 = SAID_YES | {Article.IDENTIFIERS: Answer.GIVEN}
PAPER = Entrustment(EntrustedBy.LOCAL, ARTICLE, "관악구 아동청소년과-12", date(2026, 11, 2))


@pytest.fixture
def office(town):
    """Return a town whose organisation a law entrusts."""
    as_supervisor(town.vault)
    entrustments.record(town.vault, PAPER, town.moment())
    return town


def draft_of(town, youth):
    with town.vault.reading() as db:
        return drafts.of_youth(db, youth)


def kept_draft(town, youth):
    return referrals.keep_draft(town.vault, town.draft(youth, words=WORDS), town.moment())


def test_it_is_off_at_first(town):
    how = entrustments.standing(town.vault, town.now)

    assert (how.held, how.is_on, how.may_record) == (None, False, False)
    assert entrustments.end(as_supervisor(town.vault) or town.vault, town.moment()) is None


@pytest.mark.parametrize("role", ["counselor", "admin", "", None])
def test_only_a_supervisor_records_it_or_that_it_ended(vault, town, role):
    if role is not None:
        sit_at(vault, role)

    for change in (
        lambda: entrustments.record(vault, PAPER, town.moment()),
        lambda: entrustments.end(vault, town.moment()),
        lambda: entrustments.save(vault, vault.folder / "entrusted.json"),
    ):
        with pytest.raises(NotSupervisor):
            change()
    assert entrustments.standing(vault, town.now).held is None


def test_one_that_is_over_already_is_not_recorded(town):
    as_supervisor(town.vault)
    over = replace(PAPER, last_day=town.now.date() - timedelta(days=2))

    with pytest.raises(EntrustmentUnclear):
        entrustments.record(town.vault, over, town.moment())


def test_without_it_no_answer_is_kept_and_the_number_stays(town):
    youth = town.meet()
    with pytest.raises(NotEntrusted):
        town.agree(youth, answers=WITH_24)
    town.agree(youth)

    shown = town.preview(youth, words=WORDS)

    assert (dict(shown.rows), shown.staying) == ({Item.ALIAS: "하늘"}, (Item.IDENTIFIER,))
    assert b"M12345678" not in shown.packet


def test_with_a_yes_of_its_own_it_leaves_and_the_record_names_the_ground(office):
    youth = office.meet()
    consent = office.agree(youth, answers=WITH_24)

    tracking = office.release(youth, words=WORDS)
    office.round()

    assert tracking.referral.words == WORDS
    assert office.tracking(tracking.referral.id).delivery is Delivery.SENT
    (given,) = (each for each in office.arrived() if each.kind == "referral.request")
    assert given
    assert consent.record.entrusted == PAPER.basis
    with office.vault.reading() as db:
        (kept,) = consents.consents.of_youth(db, youth)
    assert kept == consent


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.LATER])
def test_a_no_takes_only_the_number_out_and_erases_it(office, answer):
    youth = office.meet()
    kept_draft(office, youth)
    office.agree(youth, answers=SAID_YES | {Article.IDENTIFIERS: answer})

    tracking = office.release(youth, words=WORDS)

    assert tracking.referral.words == {Item.ALIAS: "하늘"}


def test_after_a_no_the_number_is_in_no_draft_and_after_later_it_is(office):
    youth = office.meet()
    for answer, rest in ((Answer.LATER, WORDS), (Answer.REFUSED, {Item.ALIAS: "하늘"})):
        kept_draft(office, youth)
        office.agree(youth, answers=SAID_YES | {Article.IDENTIFIERS: answer})
        assert draft_of(office, youth).words == rest


def test_a_later_no_to_it_ends_nothing_else(office):
    youth = office.meet()
    office.agree(youth, answers=WITH_24)
    office.agree(youth, answers={Article.IDENTIFIERS: Answer.REFUSED})

    shown = office.preview(youth, words=WORDS)

    assert dict(shown.rows) == {Item.ALIAS: "하늘"}


def test_once_it_ended_nothing_is_asked_and_nothing_leaves(office):
    youth = office.meet()
    office.agree(youth, answers=WITH_24)
    kept_draft(office, youth)
    shown = office.preview(youth, words=WORDS)
    waiting = office.release(office_youth(office), words=WORDS)

    entrustments.end(office.vault, office.moment())

    assert draft_of(office, youth).words == {Item.ALIAS: "하늘"}
    with pytest.raises(PreviewChanged):
        referrals.release(office.vault, shown, office.moment(), office.hub.chance)
    with pytest.raises(NotEntrusted):
        office.agree(youth, answers=WITH_24)
    assert dict(office.preview(youth, words=WORDS).rows) == {Item.ALIAS: "하늘"}
    office.round()
    assert office.tracking(waiting.referral.id).delivery is Delivery.QUEUED
    more = referrals.begin_answer(office.vault, waiting.referral.id, office.moment())
    assert more.words == {Item.ALIAS: "하늘"}
    assert not youths.open_file(office.vault, youth, None, office.moment()).is_entrusted


def office_youth(office):
    other = office.meet(alias="바다")
    office.agree(other, answers=WITH_24)
    return other


def test_it_ends_by_itself_on_its_day(town):
    as_supervisor(town.vault)
    today = town.now.date()
    entrustments.record(town.vault, replace(PAPER, last_day=today), town.moment())
    youth = town.meet()
    town.agree(youth, answers=WITH_24)
    waiting = town.release(youth, words=WORDS)
    town.hub.clock.turn(days=2)

    assert not entrustments.standing(town.vault, town.now).is_on
    town.round()
    assert town.tracking(waiting.referral.id).delivery is Delivery.QUEUED
    assert dict(town.preview(youth, words=WORDS).rows) == {Item.ALIAS: "하늘"}


def test_a_number_is_asked_about_where_there_is_one(office):
    youth = office.meet()
    with office.vault.reading() as db:
        person = youths.youths.one(db, youth)

    asked = guardians.as_known(person, None, frozenset(WORDS)).questions

    assert asked == (Article.COLLECT, Article.PROVIDE, Article.IDENTIFIERS)
    rest = guardians.as_known(person, None, frozenset({Item.ALIAS})).questions
    assert Article.IDENTIFIERS not in rest


# --- between the laptops of the organisation -------------------------------------------------


@pytest.fixture
def street(tmp_path):
    street = Street(tmp_path / "street")
    yield street
    street.close()


def test_it_reaches_a_counselors_laptop_signed_and_so_does_its_end(street, tmp_path):
    head, other, file = street.supervisor, street.counselor, tmp_path / "entrusted.json"
    held = entrustments.record(head.vault, PAPER, head.moment())
    entrustments.save(head.vault, file)

    assert entrustments.take(other.vault, file, other.moment()) == held
    assert entrustments.take(other.vault, file, other.moment()) == held
    how = entrustments.standing(other.vault, other.now)
    assert (how.is_on, how.may_record) == (True, False)

    street.hub.clock.turn(hours=1)
    entrustments.end(head.vault, head.moment())
    entrustments.save(head.vault, tmp_path / "ended.json")
    entrustments.take(other.vault, tmp_path / "ended.json", other.moment())
    assert not entrustments.standing(other.vault, other.now).is_on
    with pytest.raises(EntrustmentUnsigned):  # an older word does not bring it back
        entrustments.take(other.vault, file, other.moment())
    assert not entrustments.standing(other.vault, other.now).is_on


@pytest.mark.parametrize("change", ["ended", "recorded anew"])
def test_what_was_recorded_by_a_clock_that_was_ahead_can_be_replaced_elsewhere(
    street, tmp_path, change
):
    head, other, file = street.supervisor, street.counselor, tmp_path / "entrusted.json"
    ahead = a_moment(head.now + timedelta(days=365))
    entrustments.take(other.vault, told_in(head, file, ahead), other.moment())
    anew = replace(PAPER, document="관악구 아동청소년과-13")

    if change == "ended":
        wanted = entrustments.end(head.vault, head.moment())
    else:
        wanted = entrustments.record(head.vault, anew, head.moment())
    entrustments.save(head.vault, file)

    assert entrustments.take(other.vault, file, other.moment()) == wanted
    assert entrustments.standing(other.vault, other.now).is_on is (change != "ended")


def told_in(place, file, moment):
    entrustments.record(place.vault, PAPER, moment)
    entrustments.save(place.vault, file)
    return file


def test_what_no_supervisor_of_ours_signed_changes_nothing(street, tmp_path):
    head, file = street.supervisor, tmp_path / "entrusted.json"
    entrustments.record(head.vault, PAPER, head.moment())
    entrustments.save(head.vault, file)
    police = street.place("police-desk-2", street.police_desk)
    whole = json.loads(file.read_text("utf-8"))
    for change in ({"sig": "AAAA"}, {"claim": "e30="}, {"cert": ""}, {"more": 1}):
        (tmp_path / "changed.json").write_text(json.dumps(whole | change), "utf-8")
        with pytest.raises(EntrustmentUnsigned):
            entrustments.take(street.counselor.vault, tmp_path / "changed.json", head.moment())
    for missing in (tmp_path / "nothing.json", tmp_path):
        with pytest.raises(EntrustmentUnsigned):
            entrustments.take(street.counselor.vault, missing, head.moment())
    with pytest.raises(EntrustmentUnsigned):
        entrustments.take(police.vault, file, police.moment())

    assert entrustments.standing(street.counselor.vault, head.now).held is None
    assert entrustments.standing(police.vault, head.now).held is None
