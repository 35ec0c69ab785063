"""What nobody will come for is destroyed, too; what somebody may come for waits."""

from datetime import timedelta

import pytest
from hub_for_tests import NIGHT, header_of

from sync.protocol.messages import SEALED_KINDS, Kind
from sync.server import office, purging, tables
from sync.server.mailbox import box
from sync.server.readers import KEPT_AFTER_ACK, SILENT_AFTER
from sync.server.stamps import stamp

LONG = SILENT_AFTER.days + 1


@pytest.fixture
def closing(house, shelter):
    """An agency with two desks, one in a drawer, that has told its words and completed the case.

    Nobody at the centre has read them yet.
    """
    drawer = house.let_in(shelter, "desk")
    house.exchange(drawer)
    given = house.centre.fresh()
    sent = house.centre.referral(given, shelter)
    house.exchange(house.centre, house.centre.consent(given, shelter), sent)
    ref = header_of(sent).ref
    words = shelter.note(ref, house.centre)
    completed = shelter.moves(ref, "completed")
    house.exchange(shelter, shelter.moves(ref, "accepted"), words, completed)
    return drawer, words


def _on_day(house, day, *readers):
    """Let the hub do what is due on this day, once these have read all that waits for them."""
    house.clock.now = NIGHT + timedelta(days=day)
    for reader in readers:
        house.exchange(reader, after=99)
    house.desk.purge(house.clock())


def _sealed(house):
    with house.hub.store.reading() as db:
        kinds = [row["kind"] for row in db.all(tables.packet)]
    return sorted(kind for kind in kinds if kind in SEALED_KINDS)


@pytest.mark.parametrize("fate", ["silent", "revoked"])
def test_words_that_were_read_go_when_their_writers_have_closed(house, centre, closing, fate):
    drawer, words = closing
    _on_day(house, 1, centre, house.shelter)
    for desk in (drawer, house.shelter) if fate == "revoked" else ():
        office.revoke(house.hub, desk.org, desk.keys.device, house.clock())
    _on_day(house, 60, centre)
    _on_day(house, LONG + 1, centre)
    _on_day(house, LONG + KEPT_AFTER_ACK.days, centre)
    assert _sealed(house) == [Kind.TASK_NOTE]

    _on_day(house, LONG + 1 + KEPT_AFTER_ACK.days, centre)

    assert _sealed(house) == []
    files = b"".join(file.read_bytes() for file in (house.home / "hub").iterdir())
    assert words.ct[64:128] not in files
    # What was decided is heard again, in codes.
    kinds = [event.kind for event in house.exchange(centre).events if event.message]
    assert kinds == [Kind.TASK_STATUS, Kind.TASK_STATUS]


def test_what_has_ended_waits_for_neither_side_when_both_have_closed(house, closing):
    _on_day(house, LONG)
    assert _sealed(house) == [Kind.TASK_NOTE]

    _on_day(house, LONG + KEPT_AFTER_ACK.days)

    assert _sealed(house) == []


def test_what_is_under_way_and_unread_waits_for_whoever_may_come_back(house, centre, shelter):
    house.exchange(shelter)
    colleague, given = house.let_in(centre), centre.fresh()
    sent = centre.referral(given, shelter)
    house.exchange(centre, centre.consent(given, shelter), sent)
    _on_day(house, 1, centre, colleague)

    for day in (LONG + 1, LONG + 40, 800):
        _on_day(house, day)

    assert house.exchange(shelter).events[0].message == sent


def test_words_in_a_case_under_way_go_once_they_are_read_and_not_before(house, centre, shelter):
    drawer, given = house.let_in(shelter, "desk"), centre.fresh()
    house.exchange(drawer)
    sent = centre.referral(given, shelter)
    house.exchange(centre, centre.consent(given, shelter), sent)
    ref = header_of(sent).ref
    house.exchange(shelter, shelter.moves(ref, "accepted"), shelter.note(ref, centre))

    for day in (LONG, LONG + 40):
        _on_day(house, day)
    assert _sealed(house) == [Kind.REFERRAL_REQUEST, Kind.TASK_NOTE]
    for day in (300, 331):
        _on_day(house, day, centre)

    assert _sealed(house) == [Kind.REFERRAL_REQUEST], "the drawer has never read it"


def test_words_wait_for_a_device_that_was_let_in_and_has_not_read_yet(house, centre, closing):
    _drawer, words = closing
    _on_day(house, LONG)
    house.clock.now = NIGHT + timedelta(days=LONG + 40)
    newcomer = house.let_in(centre)

    house.desk.purge(house.clock())

    assert words in [event.message for event in house.exchange(newcomer).events]


def test_words_that_came_lately_wait_as_long_as_any(house, centre, shelter):
    given = centre.fresh()
    later = NIGHT + timedelta(days=900)
    sent = centre.referral(given, shelter)
    house.exchange(centre, centre.consent(given, shelter, valid_until=later), sent)
    ref = header_of(sent).ref
    _on_day(house, LONG, shelter)
    words, completed = shelter.note(ref, centre), shelter.moves(ref, "completed")
    house.exchange(shelter, shelter.moves(ref, "accepted"), words, completed)

    _on_day(house, 2 * LONG - 2, shelter)
    assert _sealed(house) == [Kind.TASK_NOTE]
    _on_day(house, 2 * LONG, shelter)

    assert _sealed(house) == []


def test_only_who_was_heard_once_can_fall_silent(house, centre, shelter, consent):
    house.exchange(shelter)
    house.clock.turn(days=400)
    house.exchange(shelter, after=1)

    with house.hub.store.reading() as db:
        found = db.asked(purging.unattended(), since=stamp(house.clock() - SILENT_AFTER))

    # Nobody at the clinic has ever read: its first device may be on its way.
    assert [row["org_id"] for row in found] == [centre.org]


def test_a_clock_that_was_ahead_for_a_moment_lets_nothing_go(house, centre, closing):
    for day in (0, 400, 1):
        _on_day(house, day)
    assert _noted(house) == set()

    _on_day(house, 440)

    assert _sealed(house) == [Kind.TASK_NOTE]
    assert _noted(house) == {box(centre.org), box(house.shelter.org)}


def test_what_was_noted_in_a_future_puts_nothing_off(house, closing):
    for day in (700, LONG, LONG + KEPT_AFTER_ACK.days):
        _on_day(house, day)

    assert _sealed(house) == []


def test_whoever_comes_back_is_not_taken_for_silent_at_once_another_time(house, closing):
    _on_day(house, LONG)
    _on_day(house, LONG + 10, house.centre)
    assert _noted(house) == {box(house.shelter.org)}


def _noted(house):
    with house.hub.store.reading() as db:
        keys = [row["key"] for row in db.all(tables.meta)]
    return {key.partition(":")[2] for key in keys if key.startswith("unattended:")}
