"""Whoever is written about may see it, correct it or stop it, and is answered within ten days."""

from datetime import UTC, date, datetime

import pytest
from builders import a_moment

from desktop.consent_errors import RequestNotOpen
from desktop.days_off import is_off
from desktop.domain.looks import Act
from desktop.domain.own_data import Outcome, Wish, due_on
from desktop.errors import NothingWritten, ResidentNumberFound
from desktop.services import looks, own_data, retention


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-20T03:00", "2026-11-30"),  # a Friday; the tenth day is a Monday
        ("2026-11-19T03:00", "2026-11-30"),  # the tenth day is a Sunday
        ("2026-11-18T03:00", "2026-11-30"),  # a Saturday
        ("2026-11-17T03:00", "2026-11-27"),
        ("2026-12-15T03:00", "2026-12-28"),  # 25 December, then a weekend
        ("2026-11-19T16:00", "2026-11-30"),  # 20 November in Korea already
        ("2027-01-28T03:00", "2027-02-10"),  # the lunar new year, and the day in its place
    ],
)
def test_ten_days_end_on_a_working_day(asked, due):
    at = datetime.fromisoformat(asked).replace(tzinfo=UTC)

    assert due_on(at, is_off) == date.fromisoformat(due)


def test_a_request_waits_until_it_is_answered_once(vault, town):
    youth = town.meet()
    asked = own_data.ask(vault, youth, Wish.SEE, "", town.moment())

    [case] = own_data.waiting(vault, town.moment())
    assert (case.request, case.youth.alias) == (asked, "하늘")
    assert 10 <= case.days_left <= 14

    done = own_data.answer(vault, asked.id, Outcome.DONE, "", town.moment())
    assert own_data.waiting(vault, town.moment()) == ()
    assert own_data.of_youth(vault, youth) == (done,)
    with pytest.raises(RequestNotOpen):
        own_data.answer(vault, asked.id, Outcome.DONE, "", town.moment())


@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.REFUSED])
def test_whatever_is_not_done_says_why(vault, town, outcome):
    asked = own_data.ask(vault, town.meet(), Wish.STOP, "", town.moment())

    with pytest.raises(NothingWritten):
        own_data.answer(vault, asked.id, outcome, " ", town.moment())


def test_a_correction_says_what_is_wrong_without_a_resident_number(vault, town):
    youth = town.meet()

    with pytest.raises(NothingWritten):
        own_data.ask(vault, youth, Wish.CORRECT, "", town.moment())
    with pytest.raises(ResidentNumberFound):
        own_data.ask(vault, youth, Wish.CORRECT, "900101-1234567", town.moment())


def test_their_own_data_go_to_a_file_and_that_is_written_down(vault, town, tmp_path):
    consent, sent = town.agreed_and_released()
    youth, file = consent.youth, tmp_path / "own.txt"

    own_data.save(vault, youth, file, _written, town.moment())

    said = file.read_text("utf-8")
    assert "하늘" in said
    assert all(words in said for words in sent.referral.words.values())
    acts = [look.sight.act for look in looks.of(vault, youth)]
    assert Act.EXPORTED in acts


def test_a_request_goes_with_its_person(vault, town):
    youth = town.meet()
    own_data.ask(vault, youth, Wish.SEE, "", town.moment())

    retention.erase(vault, youth, a_moment(town.now))

    with vault.reading() as db:
        assert db.execute("SELECT count(*) FROM own_data_request").fetchone() == (0,)


def _written(data):
    told = (words for each in data.referrals for words in each.tracking.referral.words.values())
    return "\n".join((data.youth.alias, *told))
