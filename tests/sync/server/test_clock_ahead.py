"""A hub whose clock was ahead for a moment goes on as if it had not been."""

import secrets
from datetime import timedelta

import pytest
from backups_for_tests import bring, held, keep
from hub_for_tests import NIGHT, Clock, header_of

from sync.protocol.states import ANSWER_WITHIN, ERASURE_WITHIN, answer_within
from sync.server import office, restores, tables
from sync.server.desk import Desk
from sync.server.headers import PRIORITIES
from sync.server.rates import Gates, Rates
from sync.server.shelf import Shelf
from sync.server.signatures import COUNTS_FOR, Nonces
from sync.server.stamps import moment
from sync.server.standing import standing
from sync.server.steady import STEADY_AFTER
from sync.trust.layout import LIFE, TIMESTAMP, Role
from sync.trust.making import ends

AHEAD, FAR = timedelta(days=2), timedelta(days=60)
MINUTE = timedelta(minutes=1)


def nobody(_device):
    pass


def test_nobody_is_shut_out_for_what_was_counted_then():
    clock = Clock()
    gates = Gates(Rates(device="3/minute", code="1/minute"), clock)
    clock.now = NIGHT + AHEAD
    gates.pass_device("laptop")
    gates.note("code", "127.0.0.1")
    clock.now = NIGHT

    gates.check("code", "127.0.0.1")
    for _ in range(60):  # an hour of rounds
        gates.pass_device("laptop")
        clock.turn(minutes=1)


def test_what_was_signed_is_let_go_again():
    nonces = Nonces()
    nonces.is_new("laptop", "then", NIGHT + AHEAD, nobody)

    for n in range(1_000):
        assert nonces.is_new("laptop", str(n), NIGHT + timedelta(seconds=10 * n), nobody)

    assert len(nonces._young) + len(nonces._old) < 100


def test_a_clock_that_goes_back_a_little_lets_no_signature_count_twice():
    nonces = Nonces()
    turned = NIGHT + COUNTS_FOR + timedelta(seconds=2)
    nonces.is_new("laptop", "first", NIGHT, nobody)
    nonces.is_new("laptop", "seen", NIGHT + COUNTS_FOR, nobody)
    nonces.is_new("laptop", "after", turned, nobody)

    assert not nonces.is_new("laptop", "seen", turned - timedelta(seconds=1), nobody)


def test_what_is_over_goes_on_being_destroyed(house, monkeypatch):
    house.desk.look_after(NIGHT + AHEAD)
    purged = []
    monkeypatch.setattr(house.desk, "purge", purged.append)

    house.desk.look_after(NIGHT)
    house.desk.look_after(NIGHT + timedelta(minutes=1))

    assert purged == [NIGHT]


def test_a_stamp_of_then_is_made_anew_and_a_stamp_of_now_is_not(house):
    house.shelf.restamp(NIGHT + timedelta(days=400))

    house.shelf.restamp(NIGHT)

    stamp = Shelf(house.hub).leaf(TIMESTAMP, NIGHT).content
    assert ends(stamp) == NIGHT + LIFE[Role.TIMESTAMP]
    house.shelf.restamp(NIGHT + timedelta(hours=1))
    assert Shelf(house.hub).leaf(TIMESTAMP, NIGHT).content == stamp


def test_what_another_process_stamped_is_handed_out(house):
    other = Shelf(house.hub)
    other.leaf(TIMESTAMP, NIGHT + AHEAD)
    house.shelf.restamp(NIGHT + timedelta(days=1, hours=2))

    served = other.leaf(TIMESTAMP, NIGHT + timedelta(days=1, hours=2))

    assert ends(served.content) == NIGHT + timedelta(days=8, hours=2)


@pytest.mark.parametrize("priority", sorted(PRIORITIES))
def test_a_referral_that_came_in_then_is_reminded_of_in_time(house, priority):
    centre, shelter = house.centre, house.shelter
    sent = _sent_then(house, priority)
    limit = answer_within(priority)

    assert _set_right(house) == frozenset()

    assert house.desk.look_after(NIGHT + limit - MINUTE) == frozenset()
    assert house.desk.look_after(NIGHT + limit) == {centre.org, shelter.org}
    # Planned once the first was sent.
    assert house.desk.look_after(NIGHT + 2 * limit) == {centre.org, shelter.org}
    reminded = [(e.ref, e.reason) for e in house.exchange(centre).events if e.reason]
    assert reminded == [(header_of(sent).ref, "silent"), (header_of(sent).ref, "still-silent")]


def test_silence_that_went_on_then_is_told_in_time(house, request_sent):
    house.desk.look_after(NIGHT + FAR)
    assert [due for _, due in _planned(house)] == [NIGHT + FAR + ANSWER_WITHIN]

    _set_right(house)

    assert _planned(house) == [("still-silent", NIGHT + ANSWER_WITHIN)]
    assert house.desk.look_after(NIGHT + ANSWER_WITHIN) == {house.centre.org, house.shelter.org}


def test_a_duty_to_destroy_of_then_is_owed_from_now_on(house, centre, consent, request_sent):
    house.clock.now = NIGHT + FAR
    house.exchange(centre, centre.withdrawal(consent))

    _set_right(house)

    late = NIGHT + ERASURE_WITHIN
    assert _standing(house, late - MINUTE).overdue == 0
    assert _standing(house, late).overdue == 1
    assert house.desk.look_after(late) == {centre.org, house.shelter.org}


def test_the_figures_tell_of_a_referral_that_came_in_then(house):
    _sent_then(house, "urgent")
    assert _standing(house, NIGHT + timedelta(hours=3)).unanswered["urgent"] == 0

    _set_right(house)

    assert _standing(house, NIGHT + timedelta(hours=3)).unanswered["urgent"] == 3 * 60 * 60


def test_what_could_be_planned_now_stays_as_it_was_planned(house, centre, shelter, consent):
    both = [centre.referral(consent, shelter, priority=each) for each in PRIORITIES]
    house.exchange(centre, *both)
    before = _planned(house)

    _set_right(house)

    assert len(before) == 2
    assert _planned(house) == before


def test_a_clock_that_is_behind_when_the_machine_starts_plans_nothing_anew(house, request_sent):
    _restored(house, NIGHT)
    before, desk = _planned(house), Desk(house.hub)
    behind = NIGHT - timedelta(days=2_000)

    for minute in range(9):
        desk.look_after(behind + minute * MINUTE)
    for minute in range(30):
        assert desk.look_after(NIGHT + minute * MINUTE) == frozenset()

    assert _planned(house) == before
    with house.hub.store.reading() as db:
        assert restores.is_recent(db, NIGHT + timedelta(days=29))


def test_a_hub_that_was_restored_then_is_patient_no_longer_than_any(house):
    _restored(house, NIGHT + timedelta(days=365))

    _set_right(house)

    with house.hub.store.reading() as db:
        assert restores.is_recent(db, NIGHT + restores.PATIENCE - MINUTE)
        assert not restores.is_recent(db, NIGHT + restores.PATIENCE)


def test_a_lost_laptops_backup_is_not_destroyed_by_a_machine_that_just_started(
    house, centre, laptop
):
    bring(house, laptop, b"all that is left")
    keep(house, laptop, "first", b"all that is left")
    office.revoke(house.hub, centre.org, laptop.keys.device, NIGHT)
    desk, lost = Desk(house.hub), timedelta(days=91)

    desk.look_after(NIGHT + lost)
    desk.look_after(NIGHT)
    desk.look_after(NIGHT + STEADY_AFTER)
    assert held(house) == {b"all that is left"}

    desk.look_after(NIGHT + lost)
    assert held(house) == set()


def _sent_then(house, priority):
    """A referral that came in while the clock was ahead."""
    centre, given = house.centre, house.centre.fresh()
    later = NIGHT + timedelta(days=90)
    house.exchange(centre, centre.consent(given, house.shelter, valid_until=later))
    house.clock.now = NIGHT + FAR
    sent = centre.referral(given, house.shelter, priority=priority)
    assert house.outcomes(centre, sent) == ["accepted"]
    house.clock.now = NIGHT
    return sent


def _set_right(house):
    """Let the first turns go by after the clock was set right."""
    house.clock.now = NIGHT
    news = [house.desk.look_after(NIGHT + minute * MINUTE) for minute in range(11)]
    return frozenset().union(*news)


def _restored(house, at):
    office.restored(house.hub, secrets.token_bytes, at)


def _planned(house):
    with house.hub.store.reading() as db:
        rows = db.all(tables.reminder)
    return [(row["reason"], moment(row["due_at"])) for row in rows]


def _standing(house, now):
    with house.hub.store.reading() as db:
        return standing(db, now)
