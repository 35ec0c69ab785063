"""What has ended goes by itself: five days after it was shown, by two clocks, owed to nobody."""

from datetime import timedelta

import pytest
from builders import NOON, a_draft, a_moment, on_a_night

from desktop.domain.own_data import Outcome, Wish
from desktop.domain.promises import Due
from desktop.domain.retention import Ground, Reason, Target, Thing
from desktop.domain.youths import Age
from desktop.services import (
    expiring,
    merging,
    notes,
    own_data,
    promises,
    referrals,
    retention,
    youths,
)
from desktop.services.promises import NewPromise
from desktop.services.youths import NewYouth
from desktop.vault import mailbox
from sync.protocol.messages import Kind

YEAR, DAY = timedelta(days=365), timedelta(days=1)
ENDED = NOON + YEAR
"""When somebody met at `NOON`, and never again, goes."""


def met(vault, alias="하늘", at=NOON):
    """Meet somebody and write about it; return who it is."""
    on_a_night(vault, a_moment(at))
    file = youths.meet(vault, NewYouth(alias, Age.stated(17)), "", a_moment(at))
    wrote = notes.save(vault, file.youth.id, file.meeting.id, "골목에서 만남", a_moment(at))
    notes.sign(vault, wrote.id, a_moment(at))
    return file.youth.id


def looks(vault, now, hub=None, spared=None):
    """Look after the vault once, our clock at `now` and the hub's at `hub`, if it was heard."""
    with vault.transaction() as db:
        if hub is not None:
            mailbox.heard(db, now, round((hub - now).total_seconds()))
    return expiring.expire(vault, a_moment(now), spared)


def is_here(vault, youth):
    with vault.reading() as db:
        return bool(db.execute("SELECT 1 FROM youth WHERE id = ?", (str(youth),)).fetchone())


def foretold(vault):
    with vault.reading() as db:
        return [name for (name,) in db.execute("SELECT record FROM foretold")]


def test_it_goes_on_its_day_when_it_was_shown_before(vault):
    youth = met(vault)

    assert looks(vault, ENDED - 10 * DAY, hub=ENDED - 10 * DAY) == 0
    assert looks(vault, ENDED - DAY, hub=ENDED - DAY) == 0
    assert looks(vault, ENDED, hub=ENDED) == 1

    assert not is_here(vault, youth)
    (entry,) = retention.log(vault)
    assert (entry.ground, entry.counts["youth"], entry.counts["note"]) == (Ground.EXPIRED, 1, 1)
    assert foretold(vault) == []
    assert looks(vault, ENDED + DAY, hub=ENDED + DAY) == 0


def test_what_had_ended_before_anybody_could_see_it_is_shown_five_days_first(vault):
    # As a night noted while the clock stood a year behind, or a laptop that lay in a drawer.
    youth, late = met(vault), ENDED + 40 * DAY

    assert looks(vault, late, hub=late) == 0
    assert looks(vault, late + 5 * DAY - timedelta(seconds=1), hub=late + 5 * DAY) == 0
    assert is_here(vault, youth)
    assert looks(vault, late + 5 * DAY, hub=late + 5 * DAY) == 1


@pytest.mark.parametrize("hub", [None, NOON + DAY])
def test_a_clock_that_runs_ahead_alone_destroys_nothing(vault, hub):
    youth = met(vault)

    for days in range(0, 100, 5):
        looks(vault, ENDED + days * DAY, hub=hub)

    assert is_here(vault, youth)
    assert foretold(vault) == []


def test_a_hub_whose_clock_runs_ahead_alone_destroys_nothing(vault):
    youth = met(vault)

    for days in range(0, 100, 5):
        looks(vault, NOON + days * DAY, hub=NOON + 5 * YEAR)

    assert is_here(vault, youth)


def test_a_clock_that_is_wrong_twice_in_opposite_ways_destroys_nothing(vault):
    youth, month = met(vault), timedelta(days=30)
    today = ENDED - 10 * DAY
    looks(vault, today, hub=today)
    with vault.transaction() as db:  # a month behind: the hub will not hear it, and says so
        mailbox.clock_differs(db, round(month.total_seconds()))
        assert mailbox.place(db).heard_at == today - month

    assert looks(vault, today + month) == 0

    assert is_here(vault, youth)


def test_it_waits_for_the_next_word_of_the_hub(vault):
    youth = met(vault)
    looks(vault, ENDED - 10 * DAY, hub=ENDED - 10 * DAY)

    assert looks(vault, ENDED + 3 * DAY) == 0
    assert is_here(vault, youth)
    assert looks(vault, ENDED + 3 * DAY, hub=ENDED + 3 * DAY) == 1


def test_who_was_met_again_meanwhile_stays_and_is_shown_anew(vault):
    youth, again = met(vault), ENDED - 5 * DAY
    looks(vault, ENDED - 10 * DAY, hub=ENDED - 10 * DAY)
    on_a_night(vault, a_moment(again))
    youths.meet_again(vault, youth, "", a_moment(again))

    assert looks(vault, ENDED, hub=ENDED) == 0
    assert is_here(vault, youth)
    # Its old days count for nothing.
    assert looks(vault, again + YEAR, hub=again + YEAR) == 0
    assert looks(vault, again + YEAR + 5 * DAY, hub=again + YEAR + 5 * DAY) == 1


def test_notes_about_somebody_who_is_still_met_stay_for_a_person_to_decide(vault):
    youth, again = met(vault), ENDED - 5 * DAY
    on_a_night(vault, a_moment(again))
    youths.meet_again(vault, youth, "", a_moment(again))
    late = ENDED + 30 * DAY
    (end,) = retention.upcoming(vault, late)
    assert end.target.thing is Thing.NOTE

    for days in range(20):
        assert looks(vault, late + days * DAY, hub=late + days * DAY) == 0

    assert retention.upcoming(vault, late) == (end,)


def test_what_is_kept_longer_with_a_reason_stays_until_then(vault):
    youth = met(vault)
    looks(vault, ENDED - 10 * DAY, hub=ENDED - 10 * DAY)
    (end,) = retention.upcoming(vault, ENDED - 10 * DAY)
    until = ENDED + 100 * DAY
    retention.keep_longer(
        vault, end, until, (Reason.DISPUTE, "민원이 진행 중"), a_moment(ENDED - 9 * DAY)
    )

    for days in range(100):
        assert looks(vault, ENDED + days * DAY, hub=ENDED + days * DAY) == 0
    assert is_here(vault, youth)
    assert looks(vault, until, hub=until) == 1


def test_whoever_was_promised_something_that_is_still_ahead_stays_until_then(vault):
    youth, ahead = met(vault), (ENDED + 9 * DAY).date()
    looks(vault, ENDED - 10 * DAY, hub=ENDED - 10 * DAY)
    called = a_moment(ENDED - 5 * DAY)
    promises.make(vault, NewPromise(youth, "검정고시 접수 같이 가기", Due(ahead)), called)

    _, end = retention.upcoming(vault, ENDED)
    assert end.target == Target(Thing.YOUTH, youth)
    assert end.due > ENDED + 9 * DAY
    assert looks(vault, ENDED + 8 * DAY, hub=ENDED + 8 * DAY) == 0
    assert looks(vault, ENDED + 14 * DAY, hub=ENDED + 14 * DAY) == 1


def test_whoever_asked_about_their_own_data_is_answered_first(vault):
    youth, asked_at = met(vault), ENDED - DAY
    looks(vault, ENDED - 10 * DAY, hub=ENDED - 10 * DAY)
    request = own_data.ask(vault, youth, Wish.SEE, "", a_moment(asked_at))

    for days in range(40):  # also when the ten days are long over
        assert looks(vault, ENDED + days * DAY, hub=ENDED + days * DAY) == 0
    assert is_here(vault, youth)
    answered = ENDED + 40 * DAY
    own_data.answer(vault, request.id, Outcome.DONE, "", a_moment(answered))
    assert looks(vault, answered, hub=answered) == 1


def test_whoever_is_written_about_now_waits(vault):
    youth, other = met(vault), met(vault, "새벽별")
    looks(vault, ENDED - 10 * DAY, hub=ENDED - 10 * DAY)

    assert looks(vault, ENDED, hub=ENDED, spared=youth) == 1
    assert (is_here(vault, youth), is_here(vault, other)) == (True, False)
    assert looks(vault, ENDED, hub=ENDED) == 1


def test_an_unsent_referral_goes_and_its_person_stays(vault):
    youth = met(vault)
    referrals.keep_draft(vault, a_draft(youth=youth), a_moment())
    over = NOON + 90 * DAY
    looks(vault, over - 6 * DAY, hub=over - 6 * DAY)

    assert looks(vault, over, hub=over) == 1

    (entry,) = retention.log(vault)
    assert entry.counts == {"draft": 1}
    assert is_here(vault, youth)


def test_many_go_a_few_at_a_time_and_the_rest_at_the_next_look(vault, monkeypatch):
    monkeypatch.setattr(expiring, "_IN_AN_HOUR", 16)
    monkeypatch.setattr(expiring, "_AT_ONCE", 8)
    everybody = [met(vault, f"별{number}") for number in range(20)]
    looks(vault, ENDED - 10 * DAY, hub=ENDED - 10 * DAY)

    assert looks(vault, ENDED, hub=ENDED) == 16
    assert looks(vault, ENDED, hub=ENDED) == 4

    assert not any(is_here(vault, youth) for youth in everybody)
    assert sorted(entry.counts["youth"] for entry in retention.log(vault)) == [4, 8, 8]


def test_who_is_met_while_it_is_being_destroyed_stays(vault, monkeypatch):
    youth, destroyed = met(vault), expiring._destroyed
    looks(vault, ENDED - 10 * DAY, hub=ENDED - 10 * DAY)
    on_a_night(vault, a_moment(ENDED))

    def met_just_before(*asked):
        youths.meet_again(vault, youth, "", a_moment(ENDED))
        return destroyed(*asked)

    monkeypatch.setattr(expiring, "_destroyed", met_just_before)

    assert looks(vault, ENDED, hub=ENDED) == 0
    assert is_here(vault, youth)
    assert retention.log(vault) == ()


def test_who_is_put_to_somebody_else_leaves_no_word_of_their_end(vault):
    one, other = met(vault), met(vault, "새벽별")
    looks(vault, ENDED - 10 * DAY, hub=ENDED - 10 * DAY)

    merging.merge(vault, other, one, a_moment(ENDED - 9 * DAY))

    assert foretold(vault) == [Target(Thing.YOUTH, one).name]


def test_what_an_agency_still_has_to_hear_or_do_comes_first(town):
    _, tracking = town.agreed_and_released()
    ref, youth = str(tracking.referral.id), tracking.referral.youth
    town.round()
    request = next(e for e in town.arrived() if e.kind is Kind.REFERRAL_REQUEST).message
    town.answer(town.shelter.receipt(request), town.shelter.moves(ref, "accepted"))
    town.round()

    for days in range(0, 2000, 100):
        then = town.now + days * DAY
        assert looks(town.vault, then, hub=then) == 0
    assert is_here(town.vault, youth)
